"""How commands are called on Slack: cards say `/streak`, and what is typed here is `/tenhours streak`.

Only what the core says is put right: words to type (`Code`), titles that are a command, and the core's own sentences
about wrong input, outside the quotation marks in which they repeat what somebody typed.
"""

import re

from msgspec.structs import replace

from adapters.slack.commands import BUILT_IN, OWN, UMBRELLA
from bot.chat.card import Block, Card, Facts, Line, Note, Tone
from bot.chat.text import Code, Span, Text

_COMMAND = re.compile(r"/([a-z]+)(?=[\s.,;:!?)]|$)")
_TITLE = re.compile(r"/[a-z]+( [a-z]+)?")
_QUOTED = re.compile(r"(“[^”]*”)")
_AS_THEY_ARE = frozenset((*OWN, UMBRELLA, *BUILT_IN))


def here(card: Card) -> Card:
    """The card with every command as it is typed on Slack."""
    title = typed(card.title) if _TITLE.fullmatch(card.title) else card.title
    return replace(card, title=title, blocks=tuple(_block(block, card.tone) for block in card.blocks))


def typed(command: str) -> str:
    """`/streak` as `/tenhours streak`; `/checkin` and Slack's own stay."""
    found = _COMMAND.match(command)
    return f"/{UMBRELLA} {command[1:]}" if found and found[1] not in _AS_THEY_ARE else command


def sentence(words: str) -> str:
    """What the core says of wrong input."""
    parts = _QUOTED.split(words)
    return "".join(part if part.startswith("“") else _sentence(part) for part in parts)


def _sentence(words: str) -> str:
    return re.sub(rf"(?<![^\s(]){_COMMAND.pattern}", lambda found: typed(found[0]), words)


def _block(block: Block, tone: Tone) -> Block:
    match block:
        case Line(text):
            return Line(_text(text, tone))
        case Note(text):
            return Note(_text(text, tone))
        case Facts(facts):
            return Facts(tuple(replace(fact, value=_text(fact.value, tone)) for fact in facts))
        case _:
            return block


def _text(text: Text, tone: Tone) -> Text:
    return tuple(_span(span, tone) for span in text)


def _span(span: Span, tone: Tone) -> Span:
    match span:
        case Code(words):
            return Code(typed(words))
        case str() if tone is Tone.WRONG:
            return sentence(span)
        case _:
            return span
