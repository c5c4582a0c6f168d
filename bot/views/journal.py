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

LONGEST_LABEL = 40
LONGEST = 1_500
"""Characters of an explanation; the export has it whole."""


@dataclass(frozen=True, slots=True)
class JournalPage:
    """What is shown: the entries of page `number` (from 0), and what stands below them."""

    wanted: JournalQuery
    entries: list[JournalEntry]
    number: int
    focus: str | None
    today: date


def journal(page: JournalPage, actions: tuple[Actions, ...]) -> Card:
    """The newest day first, or the best match where something is searched."""
    blocks = _ranked(page) if page.wanted.search else _by_day(page)
    order = "Best match first" if page.wanted.search else "Newest first"
    number = f", page {page.number + 1}" if page.number else ""
    note = Note((f"{order}{number}. Only you see this.",))
    return Card(_title(page.wanted, page.focus), (*blocks, note, *actions))


def nothing(wanted: JournalQuery, focus: str | None, actions: tuple[Actions, ...]) -> Card:
    """No entry is like that; where none is at all, how the first comes about."""
    if _asked(wanted, focus):
        return Card(_title(wanted, focus), (Line(("Your journal has nothing there.",)), *actions))
    example = "/checkin 45m learned: what a p-value is not"
    lines = (Line(("Your journal is empty: say what you learned when you check in.",)), Note((Code(example),)))
    return Card("Journal", (*lines, Actions((words.CHECK_IN,))))


def focus_button(focus: Focus, options: dict[str, str]) -> Button:
    """Shows the entries of one focus alone."""
    return Button(cut(f"Only {focus.title}", LONGEST_LABEL), "journal", {**options, "focus": str(focus.number)})


def share_button(number: int) -> Button:
    """Marks the line of a check-in for sharing."""
    return Button(f"Share #{number}", "share", {"checkin": str(number)})


def unshare_button(number: int) -> Button:
    """Takes that back."""
    return Button(f"Keep #{number} to myself", "share", {"checkin": str(number), "keep": "yes"})


def _title(wanted: JournalQuery, focus: str | None) -> str:
    return " · ".join(["Journal", *_asked(wanted, focus)])


def _asked(wanted: JournalQuery, focus: str | None) -> list[str]:
    """What narrows it."""
    search = f"“{wanted.search}”" if wanted.search else ""
    period = "" if wanted.period.is_all else wanted.period.label
    return [part for part in (search, wanted.area or "", focus or "", period) if part]


def _by_day(page: JournalPage) -> list[Block]:
    blocks: list[Block] = []
    for day, entries in groupby(page.entries, key=lambda entry: entry.day):
        blocks.append(Line((Bold(capitalize(say_day(day, page.today))),)))
        blocks += [block for entry in entries for block in _entry(_head(entry), entry)]
    return blocks


def _ranked(page: JournalPage) -> list[Block]:
    return [
        block
        for entry in page.entries
        for block in _entry((Bold(capitalize(say_day(entry.day, page.today))), " · ", *_head(entry)), entry)
    ]


def _entry(head: Text, entry: JournalEntry) -> Iterator[Block]:
    yield Line(head)
    yield Quote(cut(entry.text, LONGEST))
    if isinstance(entry, JournalExplanation) and entry.link:
        yield Note((Link(entry.link, entry.link),))


def _head(entry: JournalEntry) -> Text:
    if isinstance(entry, JournalNote):
        marked = "marked for sharing" if entry.is_shared else ""
        parts = (say(entry.minutes), entry.area or "", entry.focus or "", f"#{entry.number}", marked)
        return (" · ".join(part for part in parts if part),)
    return ("Finished ", Bold(entry.focus), f" after {say(entry.minutes)}, explained from first principles:")
