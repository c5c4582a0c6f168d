"""`journal`: what I learned, newest first or by full-text search. It is never shown to anybody else."""

from dataclasses import replace

from bot.chat.card import Actions
from bot.chat.command import Given, Option, OptionKind, Reading, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.focus_options import FOCUS, named
from bot.commands.shared.handler import Command
from bot.commands.shared.options import PAGE, read_area
from bot.commands.shared.paging import is_turned, turning
from bot.commands.shared.share_offer import may_be_quoted
from bot.context import Context
from bot.domain.group import AREA_LIMIT
from bot.domain.journal import SEARCH_LIMIT, phrases_of
from bot.domain.journal_entry import JournalEntry, JournalNote, JournalQuery
from bot.domain.names import clean, quoted, read_text
from bot.domain.period import ALL, Period, read_period
from bot.errors import Refused
from bot.store import focuses, journal
from bot.views import journal as view

ROWS = 5
"""Of the longest notes so many fit one message of every platform."""


def _read_search(text: str, _reading: Reading) -> str:
    typed = read_text(text, SEARCH_LIMIT, "search")
    if not phrases_of(typed):
        raise Refused(f"There is no word in {quoted(text)} to look for.", "/journal chain rule")
    return typed


def _read_area(text: str, _reading: Reading) -> str:
    """As typed: which areas there are, the person's own past ones too, only the handler knows."""
    return clean(text, AREA_LIMIT)


def _read_period(text: str, reading: Reading) -> Period:
    return read_period(text, reading.today)


SEARCH: Option[str] = Option(
    "search", OptionKind.TEXT, "words to look for", _read_search, hint="chain rule", longest=SEARCH_LIMIT
)
AREA: Option[str] = Option("area", OptionKind.AREA, "of one area", _read_area, hint="Statistics", longest=AREA_LIMIT)
PERIOD: Option[Period] = Option(
    "period", OptionKind.TEXT, "of a month, a year …", _read_period, hint="2026-11, last month, 2026", longest=40
)

SPEC = Spec(
    "journal",
    "what you learned: newest first, or searched",
    (SEARCH, AREA, PERIOD, FOCUS, PAGE),
    group="Where you stand",
    is_read_only=True,
    examples=("/journal", "/journal chain rule", "/journal period: last month"),
    also="notes learned learnings",
)


def run(context: Context, given: Given) -> Answer:
    """One page; a button turns it in place."""
    focus = named(context, given)
    of_focus = focus.number if focus else None
    area, formerly = _area(context, given[AREA])
    wanted = JournalQuery(context.person, given[PERIOD] or ALL, given[SEARCH] or "", area, of_focus, formerly)
    number, found = _page(context, wanted, given[PAGE] or 0)
    entries, title = _shown(context, found[:ROWS]), focus.title if focus else None
    buttons = _turning(context, wanted, number, has_more=len(found) > ROWS)
    in_place = is_turned(context, given)
    if not entries:
        return Reply(view.nothing(wanted, title, buttons), in_place=in_place)
    page = view.JournalPage(wanted, entries, number, title, context.today)
    return Reply(view.journal(page, (*_sharing(context, entries), *buttons)), in_place=in_place)


def _page(context: Context, wanted: JournalQuery, number: int) -> tuple[int, list[JournalEntry]]:
    """A page and the first entry after it; the first page where the journal has become shorter than that."""
    found = journal.page(context.tx, wanted, number * ROWS, ROWS + 1)
    return (number, found) if found or not number else (0, journal.page(context.tx, wanted, 0, ROWS + 1))


def _shown(context: Context, entries: list[JournalEntry]) -> list[JournalEntry]:
    """Under the names that areas have now."""
    renamed = context.renamed_areas()
    return [
        replace(entry, area=renamed[entry.area]) if isinstance(entry, JournalNote) and entry.area in renamed else entry
        for entry in entries
    ]


def _area(context: Context, typed: str | None) -> tuple[str | None, tuple[str, ...]]:
    """The area that is meant under its name of today, and the names that it had before."""
    if typed is None:
        return None, ()
    known = dict.fromkeys((*context.areas(), *journal.areas(context.tx, context.person.id)))
    renamed = context.renamed_areas()
    area = read_area(typed, replace(context.reading, areas=tuple(known)))
    today = renamed.get(area, area)
    return today, tuple(old for old, new in renamed.items() if new == today)


def _turning(context: Context, wanted: JournalQuery, number: int, *, has_more: bool) -> tuple[Actions, ...]:
    """The buttons that turn pages, and on the first the one that narrows it to the newest focus."""
    asked = {
        "search": wanted.search,
        "area": wanted.area or "",
        "period": "" if wanted.period.is_all else wanted.period.key,
        "focus": "" if wanted.focus is None else str(wanted.focus),
    }
    options = {name: value for name, value in asked.items() if value}
    ways = ("Better", "Further") if wanted.search else ("Newer", "Older")
    newest = [] if number or wanted.focus is not None else focuses.newest(context.tx, context.person.id, limit=1)
    turned = turning(SPEC, options, number, has_more=has_more, words=ways)
    buttons = (*turned, *(view.focus_button(focus, options) for focus in newest))
    return (Actions(buttons),) if buttons else ()


def _sharing(context: Context, entries: list[JournalEntry]) -> tuple[Actions, ...]:
    """What may be quoted soon can be marked, and unmarked."""
    notes = [entry for entry in entries if isinstance(entry, JournalNote)]
    buttons = [
        view.unshare_button(note.number) if note.is_shared else view.share_button(note.number)
        for note in notes
        if note.is_shared or may_be_quoted(context, note.group_id, note.day)
    ]
    return (Actions(tuple(buttons)),) if buttons else ()


COMMAND = Command(SPEC, run)
