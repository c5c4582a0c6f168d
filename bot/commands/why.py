"""*Say why*: why it is worth it to you, in your own words; a fresh start quotes it back."""

from bot.chat.command import Given, Option, OptionKind, Reading, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command
from bot.context import Context
from bot.domain.group import WHY_LIMIT
from bot.domain.names import read_text
from bot.store import people
from bot.views import welcome


def _read_why(text: str, _reading: Reading) -> str:
    return read_text(text, WHY_LIMIT, "why", multiline=True)


WHY = Option(
    "why",
    OptionKind.LONG,
    "why it is worth it to you",
    _read_why,
    hint="only you see it",
    longest=WHY_LIMIT,
)

SPEC = Spec("why", "say why it is worth it to you", (WHY,), title="Why?", is_button_only=True, shows_form=True)


def run(context: Context, given: Given) -> Answer:
    """Save it; an empty one is saved as none."""
    why = given[WHY] or None
    people.set_why(context.tx, context.person.id, why)
    return Reply(welcome.why_saved(why))


def prefill(context: Context, _raw: dict[str, str]) -> dict[str, str]:
    """Return what was said before."""
    return {"why": context.person.why or ""}


COMMAND = Command(SPEC, run, prefill)
