"""A page of the journal, for the eyes of the one who wrote it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.chat.card import Actions, Block, Button, Card, Line, Note, Quote
from bot.chat.text import Bold, Code, Link, Text
from bot.domain.day import say_day
from bot.domain.duration import say
from bot.domain.focus import Focus
from bot.domain.journal_entry import JournalEntry, JournalExplanation, JournalNote, JournalQuery
from bot.domain.names import capitalize, cut
from bot.views import words

MAX_LABEL_CHARACTERS = 34
ALL_NOTES = Button("All notes", "journal")
MAX_TEXT_CHARACTERS = 1_500
"""Of an explanation; the export has it whole."""


@dataclass(frozen=True, slots=True)
class JournalPage:
    """The entries of page `number` (from 0) that match `query`; `focus` is the title of the one asked for."""

    query: JournalQuery
    entries: list[JournalEntry]
    number: int
    focus: str | None
    today: date


def journal(page: JournalPage, actions: tuple[Block, ...]) -> Card:
    """Show entries, the newest day first, or the best match where something is searched."""
    blocks = _list_matches(page) if page.query.search else _list_days(page)
    order = "best match first" if page.query.search else "newest first"
    number = f", page {page.number + 1}" if page.number else ""
    note = Note((f"Only you see this; {order}{number}.",))
    return Card(_title(page.query, page.focus), (*blocks, note, *actions))


def nothing(query: JournalQuery, focus: str | None, actions: tuple[Actions, ...]) -> Card:
    """Say that no entry matches; where there is none at all, how the first comes about."""
    if _say_filters(query, focus):
        return Card(_title(query, focus), (Line(("No note matches.",)), *actions, Actions((ALL_NOTES,))))
    example = Code("/checkin 45m learned: what a p-value is not")
    text = ("What you learn will stand here, for you to search. Add it to a check-in: ", example, ".")
    return Card("", (Line(text), Actions((words.CHECK_IN,))))


def focus_button(focus: Focus, options: dict[str, str]) -> Button:
    """Return the button that shows the entries of one focus alone."""
    return Button(cut(f"Only {focus.title}", MAX_LABEL_CHARACTERS), "journal", {**options, "focus": str(focus.number)})


def _title(query: JournalQuery, focus: str | None) -> str:
    return " · ".join(["Journal", *_say_filters(query, focus)])


def _say_filters(query: JournalQuery, focus: str | None) -> list[str]:
    """Return the words of each part of the query."""
    search = f"“{query.search}”" if query.search else ""
    period = "" if query.period.is_all else query.period.label
    return [part for part in (search, query.area or "", focus or "", period) if part]


def _list_days(page: JournalPage) -> list[Block]:
    blocks: list[Block] = []
    for day, entries in groupby(page.entries, key=lambda entry: entry.day):
        blocks.append(Line((Bold(capitalize(say_day(day, page.today))),)))
        blocks += [block for entry in entries for block in _entry(_head(entry), entry)]
    return blocks


def _list_matches(page: JournalPage) -> list[Block]:
    return [
        block
        for entry in page.entries
        for block in _entry((Bold(capitalize(say_day(entry.day, page.today))), " · ", *_head(entry)), entry)
    ]


def _entry(head: Text, entry: JournalEntry) -> Iterator[Block]:
    yield Line(head)
    yield Quote(cut(entry.text, MAX_TEXT_CHARACTERS))
    if isinstance(entry, JournalExplanation) and entry.link:
        yield Note((Link(entry.link, entry.link),))


def _head(entry: JournalEntry) -> Text:
    if isinstance(entry, JournalNote):
        marked = "offered for the results" if entry.is_shared else ""
        parts = (say(entry.minutes), entry.area or "", entry.focus or "", f"#{entry.number}", marked)
        return (" · ".join(part for part in parts if part),)
    return ("You finished ", Bold(entry.focus), f" after {say(entry.minutes)} and explained it:")
