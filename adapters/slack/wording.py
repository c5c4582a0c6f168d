"""The names of commands on Slack: cards say `/streak`, and what is typed here is `/tenhours streak`.

Only words to type (`Code`) and titles that are a command are put right: nothing of what somebody wrote.
"""

import re
from collections.abc import Callable

from msgspec.structs import replace

from adapters.slack.commands import BUILT_IN, OWN_SLASHES, UMBRELLA
from bot.chat.card import Block, Card, Facts, Line, Note
from bot.chat.plain import plain_span, plain_text
from bot.chat.text import Code, Mention, Text

_COMMAND = re.compile(r"/([a-z]+)(?=[\s.,;:!?)]|$)")
_TITLE = re.compile(r"/[a-z]+( [a-z]+)?")
_UNCHANGED = frozenset((*OWN_SLASHES, UMBRELLA, *BUILT_IN))


def translate_card(card: Card) -> Card:
    """Return the card with every command as it is typed on Slack."""
    title = translate_command(card.title) if _TITLE.fullmatch(card.title) else card.title
    return replace(card, title=title, blocks=tuple(_change_texts(block, _translate_text) for block in card.blocks))


def translate_command(command: str) -> str:
    """Return `/streak` as `/tenhours streak`; `/checkin` and Slack's own stay."""
    match = _COMMAND.match(command)
    return f"/{UMBRELLA} {command[1:]}" if match and match[1] not in _UNCHANGED else command


def plain_words(text: Text) -> str:
    """Return a text as plain words, with every command as it is typed on Slack."""
    return plain_text(_translate_text(text))


def without_mentions(card: Card) -> Card:
    """Return the card with everybody in it named, and nobody notified."""
    return replace(card, blocks=tuple(_change_texts(block, _name_mentioned) for block in card.blocks))


def _change_texts(block: Block, change: Callable[[Text], Text]) -> Block:
    match block:
        case Line(text):
            return Line(change(text))
        case Note(text):
            return Note(change(text))
        case Facts(facts):
            return Facts(tuple(replace(fact, value=change(fact.value)) for fact in facts))
        case _:
            return block


def _translate_text(text: Text) -> Text:
    return tuple(Code(translate_command(span.text)) if isinstance(span, Code) else span for span in text)


def _name_mentioned(text: Text) -> Text:
    return tuple(plain_span(span) if isinstance(span, Mention) else span for span in text)
