"""`journal`: what I learned, newest first or by full-text search. It is never shown to anybody else."""

from bot.chat.card import Actions, Block
from bot.chat.command import Given, Option, OptionKind, Reading, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.focus_options import FOCUS, find_focus
from bot.commands.shared.handler import Command
from bot.commands.shared.journal_entries import with_present_areas
from bot.commands.shared.options import PAGE
from bot.commands.shared.paging import is_new_page, page_buttons
from bot.commands.shared.recalling import keep_choices
from bot.commands.shared.share_offer import may_be_quoted
from bot.context import Context
from bot.domain import area_names
from bot.domain.group import AREA_LIMIT
from bot.domain.journal import SEARCH_LIMIT, phrases_of
from bot.domain.journal_entry import JournalEntry, JournalNote, JournalQuery
from bot.domain.names import quoted, read_text
from bot.domain.period import ALL, Period, read_period
from bot.errors import Refused
from bot.store import focuses, journal
from bot.views import journal as view
from bot.views import sharing

ROWS = 5
"""Notes on a page; so many of the longest fit one message of every platform."""


def _read_search(text: str, _reading: Reading) -> str:
    typed = read_text(text, SEARCH_LIMIT, "search")
    if not phrases_of(typed):
        raise Refused(f"There's no word in {quoted(text)} to look for.", "/journal chain rule")
    return typed


def _read_area(text: str, reading: Reading) -> str:
    """Read an area of the group, or one that the person has studied before."""
    return area_names.read_area(text, list(dict.fromkeys((*reading.areas, *reading.past_areas))))


def _read_period(text: str, reading: Reading) -> Period:
    return read_period(text, reading.today)


SEARCH: Option[str] = Option(
    "search", OptionKind.TEXT, "words to look for", _read_search, hint="chain rule", longest=SEARCH_LIMIT
)
AREA: Option[str] = Option("area", OptionKind.AREA, "of one area", _read_area, hint="Statistics", longest=AREA_LIMIT)
PERIOD: Option[Period] = Option(
    "period", OptionKind.PERIOD, "of a month, a year …", _read_period, hint="2026-11, last month, 2026", longest=40
)

SPEC = Spec(
    "journal",
    "what you learned: newest first, or searched",
    (SEARCH, AREA, PERIOD, FOCUS, PAGE),
    group="Where you stand",
    is_read_only=True,
    examples=("/journal", "/journal chain rule", "/journal last month"),
    also="notes learned learnings",
)


def run(context: Context, given: Given) -> Answer:
    """Show one page; a button shows another in its place."""
    focus = find_focus(context, given)
    area, former_names = _names_of(context, given[AREA])
    number_of_focus = focus.number if focus else None
    query = JournalQuery(context.person, given[PERIOD] or ALL, given[SEARCH] or "", area, number_of_focus, former_names)
    number, rows = _load_page(context, query, given[PAGE] or 0)
    entries, title = with_present_areas(context, rows[:ROWS]), focus.title if focus else None
    buttons = _page_actions(context, query, number, has_more=len(rows) > ROWS)
    in_place = is_new_page(context, given)
    if not entries:
        return Reply(view.nothing(query, title, buttons), in_place=in_place)
    page = view.JournalPage(query, entries, number, title, context.today)
    return Reply(view.journal(page, (*buttons, *_offers(context, entries))), in_place=in_place)


def _load_page(context: Context, query: JournalQuery, number: int) -> tuple[int, list[JournalEntry]]:
    """Return a page, with its number and one entry more; the first page if the journal has become shorter than that."""
    rows = journal.find_page(context.tx, query, number * ROWS, ROWS + 1)
    return (number, rows) if rows or not number else (0, journal.find_page(context.tx, query, 0, ROWS + 1))


def _names_of(context: Context, area: str | None) -> tuple[str | None, tuple[str, ...]]:
    """Return an area by its present name, and the names that it had before."""
    if area is None:
        return None, ()
    renamed = context.renamed_areas()
    present = renamed.get(area, area)
    return present, tuple(old for old, new in renamed.items() if new == present)


def _page_actions(context: Context, query: JournalQuery, number: int, *, has_more: bool) -> tuple[Actions, ...]:
    """Return the buttons to other pages, and on the first page one that narrows it to the newest focus."""
    values = {
        "search": query.search,
        "area": query.area or "",
        "period": "" if query.period.is_all else query.period.key,
        "focus": "" if query.focus is None else str(query.focus),
    }
    options = {name: value for name, value in values.items() if value}
    labels = ("Better", "Further") if query.search else ("Newer", "Older")
    newest = [] if number or query.focus is not None else focuses.list_newest(context.tx, context.person.id, limit=1)
    pages = page_buttons(SPEC, options, number, has_more=has_more, labels=labels)
    buttons = (*pages, *(view.focus_button(focus, options) for focus in newest))
    return (Actions(buttons),) if buttons else ()


def _offers(context: Context, entries: list[JournalEntry]) -> list[Block]:
    """Return the ways to offer notes to results, to take back those that are offered, and to keep them for recall."""
    notes = [entry for entry in entries if isinstance(entry, JournalNote)]
    may_choose = [note for note in notes if note.is_shared or may_be_quoted(context, note.group_id, note.day)]
    return [*sharing.choices(may_choose, context.today), *keep_choices(context, entries)]


COMMAND = Command(SPEC, run)
