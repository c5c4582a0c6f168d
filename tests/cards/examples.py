"""What a refusal offers "for example" is a line that would itself be taken: it is read by the same readers."""

from collections.abc import Iterator

from bot.chat.card import Card, Line
from bot.chat.plain import plain_text
from bot.chat.reading.commands import find_command
from bot.chat.reading.split import Unclear, split_words
from bot.chat.reading.values import read_options
from bot.chat.request import Request, TextRequest
from bot.chat.text import Code
from bot.commands.registry import SPECS
from bot.context import Saving, context_for
from bot.dispatch.dispatcher import Dispatcher
from bot.errors import Refused
from bot.store.tx import Tx

LEAD = "For example: "


def examples_in(card: Card) -> Iterator[str]:
    """Yield the lines that a card calls examples."""
    for block in card.blocks:
        if isinstance(block, Line) and plain_text(block.text).startswith(LEAD):
            yield from (span.text for span in block.text if isinstance(span, Code))


async def is_taken(core: Dispatcher, asked: Request, example: str) -> bool:
    """Return True if the one who was refused can type the example: a command that is there, with values it can read."""
    if not example.startswith("/"):
        return True
    line = example.removeprefix("/")
    request = TextRequest("example", asked.user, asked.channel, line)

    def unit(tx: Tx) -> bool:
        context = context_for(tx, request, SPECS, core._defaults, core.now(), Saving.NOTHING)
        if context is None:
            return True
        try:
            spec, rest = find_command(line, SPECS)
            read_options(spec, split_words(spec, rest, context.reading), context.reading)
        except Unclear:
            return False
        except Refused:
            return False
        return not spec.is_button_only

    return await core._store.read(unit)
