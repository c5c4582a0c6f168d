"""Blocks of words as paragraphs of Discord's Markdown, each of which knows how to be no longer than it may be."""

from collections.abc import Callable, Iterable
from functools import partial

from adapters.discord.markup import escape, fit, mark_text
from adapters.discord.tables import render_table
from bot.chat.card import Bar, Facts, Line, Note, Picture, Quote, Table
from bot.chat.plain import draw_blocks
from bot.chat.text import Bold, Text

SMALL = "-# "
Words = Line | Note | Quote | Facts | Bar | Table | Picture
"""A block that can be said in words; a picture by those that stand for it."""

Paragraph = Callable[[int], str]
"""A paragraph that knows how to be no longer than so many characters."""


def paragraph(block: Words) -> Paragraph:
    """Return a block as a paragraph."""
    match block:
        case Line():
            return partial(mark_text, block.text)
        case Note():
            return lambda room: _small(mark_text(block.text, max(room - len(SMALL), 0)), room)
        case Quote():
            return lambda room: fit(block.text, room, _quote)
        case Facts():
            return lambda room: join((partial(mark_text, _fact(fact.label, fact.value)) for fact in block.facts), room)
        case Bar():
            blocks = draw_blocks(block.done, block.goal)
            return lambda room: fit(block.text, room, lambda part: f"{escape(part)} {blocks}".lstrip())
        case Table():
            return partial(render_table, block)
        case Picture():
            return lambda room: _small(fit(" ".join(block.alt.split()), max(room - len(SMALL), 0), escape), room)


def join(paragraphs: Iterable[Paragraph], room: int) -> str:
    """Return as many paragraphs as fit into `room` characters, one a line; the last one may be cut."""
    lines: list[str] = []
    for part in paragraphs:
        if room <= 1:
            break
        text = part(room)
        if text.strip():
            lines.append(text)
            room -= len(text) + 1
    return "\n".join(lines)


def _fact(label: str, value: Text) -> Text:
    return (Bold(label), " ", *value) if label.strip() else value


def _small(text: str, room: int) -> str:
    """Return each line of `text` as small print; `text` itself where there is no room for that."""
    small = "\n".join(f"{SMALL}{line}" for line in text.splitlines() if line.strip())
    return small if len(small) <= room else text


def _quote(text: str) -> str:
    return "\n".join(f"> {escape(line)}" for line in text.splitlines() if line.strip())
