"""Entries of the journal, as its card has them: a day, what it was about, and the words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from adapters.web import links
from adapters.web.cards import is_heading, is_link
from adapters.web.html import EMPTY, Html, join, tag, words
from adapters.web.spans import text
from bot.chat.card import Block, Line, Note, Quote
from bot.chat.legible import legible
from bot.chat.plain import plain_text
from bot.chat.text import Text

_NUMBER = re.compile(r" · #([0-9]+)(?: · |$)")
"""The number of a check-in, as the head of its note has it."""


@dataclass(slots=True)
class Entry:
    """One entry: its day ("" where its head has it), its head, its words, and what stands below."""

    day: Text
    head: Text
    words: str
    below: list[Text] = field(default_factory=list)


def split(blocks: Iterable[Block]) -> tuple[list[Entry], list[Block]]:
    """Return the entries of a journal's card, and all its other blocks."""
    entries: list[Entry] = []
    others: list[Block] = []
    day: Text = ()
    head: Text = ()
    for block in blocks:
        if isinstance(block, Line) and is_heading(block):
            day = block.text
        elif isinstance(block, Line):
            head = block.text
        elif isinstance(block, Quote):
            entries.append(Entry(day, head, block.text))
            head = ()
        elif isinstance(block, Note) and is_link(block) and entries:
            entries[-1].below.append(block.text)
        else:
            others.append(block)
    if head and not entries:
        others.insert(0, Line(head))
    return entries, others


def render(entries: Sequence[Entry], search: str = "") -> Html:
    """Return the entries as a list; words that were searched are marked."""
    return tag("ol", *(_entry(entry, search) for entry in entries), cls="entries") if entries else EMPTY


def _entry(entry: Entry, search: str) -> Html:
    between = " · " if entry.day and entry.head else ""
    number = _NUMBER.search(plain_text(entry.head))
    edit = tag("a", "Edit", href=links.form("edit", {"checkin": number[1]}, links.JOURNAL)) if number else EMPTY
    meta = tag("p", text(entry.day), between, text(entry.head), " " if edit else EMPTY, edit, cls="meta")
    said = (tag("p", _marked(line, search), dir="auto") for line in entry.words.splitlines() if line.strip())
    return tag("li", meta, *said, *(tag("p", text(below), cls="meta") for below in entry.below))


def _marked(line: str, search: str) -> Html:
    """Return a line in which the words that were searched are marked."""
    looked_for = [re.escape(word) for word in legible(search).split() if any(map(str.isalnum, word))]
    if not looked_for:
        return words(line)
    return join(_parts(legible(line), re.compile("|".join(looked_for), re.IGNORECASE)))


def _parts(line: str, pattern: re.Pattern[str]) -> Iterator[Html]:
    end = 0
    for match in pattern.finditer(line):
        yield words(line[end : match.start()])
        yield tag("mark", match[0])
        end = match.end()
    yield words(line[end:])
