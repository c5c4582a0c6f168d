"""How commands are called on Slack: cards say `/streak`, and what is typed here is `/tenhours streak`.

Only words to type (`Code`) and titles that are a command are put right: nothing of what somebody wrote.
"""

import re

from msgspec.structs import replace

from adapters.slack.commands import BUILT_IN, OWN, UMBRELLA
from bot.chat.card import Block, Card, Facts, Line, Note
from bot.chat.plain import plain_text
from bot.chat.text import Code, Text

_COMMAND = re.compile(r"/([a-z]+)(?=[\s.,;:!?)]|$)")
_TITLE = re.compile(r"/[a-z]+( [a-z]+)?")
_AS_THEY_ARE = frozenset((*OWN, UMBRELLA, *BUILT_IN))


def here(card: Card) -> Card:
    """The card with every command as it is typed on Slack."""
    title = typed(card.title) if _TITLE.fullmatch(card.title) else card.title
    return replace(card, title=title, blocks=tuple(_block(block) for block in card.blocks))


def typed(command: str) -> str:
    """`/streak` as `/tenhours streak`; `/checkin` and Slack's own stay."""
    found = _COMMAND.match(command)
    return f"/{UMBRELLA} {command[1:]}" if found and found[1] not in _AS_THEY_ARE else command


def words(text: Text) -> str:
    """Return a text as plain words, with every command as it is typed on Slack."""
    return plain_text(_text(text))


def _block(block: Block) -> Block:
    match block:
        case Line(text):
            return Line(_text(text))
        case Note(text):
            return Note(_text(text))
        case Facts(facts):
            return Facts(tuple(replace(fact, value=_text(fact.value)) for fact in facts))
        case _:
            return block


def _text(text: Text) -> Text:
    return tuple(Code(typed(span.text)) if isinstance(span, Code) else span for span in text)
