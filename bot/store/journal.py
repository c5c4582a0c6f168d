"""The journal of a person: what their check-ins taught them, and what they explained when a focus was finished.

Nothing is copied: entries are read from the check-ins and focuses themselves, a page at a time, by an index.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from bot.domain.journal_entry import JournalEntry, JournalExplanation, JournalNote, JournalQuery
from bot.domain.period import ALL
from bot.domain.person import Person
from bot.domain.week import first_instant
from bot.store import search
from bot.store.rows import ALL_ROWS, instant, ms
from bot.store.tx import Tx

NOTES = """c.day, c.learned, c.number, c.minutes, c.area,
    (SELECT title FROM focuses WHERE focuses.id = c.focus_id), c.is_shared, c.group_id"""
EXPLANATIONS = "f.ended_at, f.explanation, f.number, f.minutes, f.title, f.link"
EARLIEST, LATEST = date(1970, 1, 2), date(9998, 12, 31)
"""Days beyond these are in no journal, and their midnights are out of reach."""


def find_page(tx: Tx, query: JournalQuery, top: int, size: int) -> list[JournalEntry]:
    """Return `size` entries after the first `top`: the newest first, or, for a search, the best match first."""
    if not query.search:
        return _newest(tx, query, top, size)
    rows = search.find_best(tx, query.person.id, query.search, top, size, _narrow(query))
    return [_entry(tx, query.person, row) for row in rows]


def list_all(tx: Tx, person: Person) -> list[JournalEntry]:
    """Return every entry of a person, oldest first; for the export alone."""
    query = JournalQuery(person, ALL)
    return sorted([*_notes(tx, query, 0, ALL_ROWS), *_explanations(tx, query)], key=_sort_key)


def list_areas(tx: Tx, person_id: int) -> list[str]:
    """Return the areas that a person has ever studied, also those that no group has any more."""
    rows = tx.all("SELECT area FROM area_totals WHERE person_id = :id ORDER BY area", id=person_id)
    return [row[0] for row in rows]


def _newest(tx: Tx, query: JournalQuery, top: int, size: int) -> list[JournalEntry]:
    """Merge notes and explanations. All that comes before the notes that are read lies before the page for sure."""
    explanations = _explanations(tx, query)
    begin = max(0, top - len(explanations))
    notes = _notes(tx, query, begin, size + len(explanations))
    return sorted([*notes, *explanations], key=_sort_key, reverse=True)[top - begin : top - begin + size]


def _sort_key(entry: JournalEntry) -> tuple[date, bool, int]:
    """Return what entries are sorted by: of one day an explanation is the last word."""
    return entry.day, isinstance(entry, JournalExplanation), entry.number


def _notes(tx: Tx, query: JournalQuery, top: int, size: int) -> list[JournalEntry]:
    rows = tx.all(
        f"""SELECT {NOTES} FROM checkins c WHERE c.person_id = :person AND c.learned IS NOT NULL
            AND c.undone_at IS NULL AND {_note_condition(query)}
            ORDER BY c.day DESC, c.number DESC LIMIT :size OFFSET :top""",
        top=top,
        size=size,
        **_values(query),
    )
    return [_note(row) for row in rows]


def _explanations(tx: Tx, query: JournalQuery) -> list[JournalEntry]:
    """Return all explanations of a query: a focus takes weeks, so they are few."""
    rows = tx.all(
        f"""SELECT {EXPLANATIONS} FROM focuses f WHERE f.person_id = :person AND f.explanation IS NOT NULL
            AND {_explanation_condition(query)}""",
        **_values(query),
    )
    return [_explanation(row, query.person) for row in rows]


def _entry(tx: Tx, person: Person, row: int) -> JournalEntry:
    """Return the entry that the search knows as `row`."""
    kind, entry_id = search.entry_of(row)
    if kind == search.OF_FOCUS:
        explanation = tx.one(f"SELECT {EXPLANATIONS} FROM focuses f WHERE f.id = :id", id=entry_id)
        assert explanation is not None
        return _explanation(explanation, person)
    note = tx.one(f"SELECT {NOTES} FROM checkins c WHERE c.id = :id", id=entry_id)
    assert note is not None
    return _note(note)


def _note(values: Iterable[Any]) -> JournalEntry:
    day, text, number, minutes, area, focus, is_shared, group_id = values
    return JournalNote(date.fromisoformat(day), text, number, minutes, area, focus, bool(is_shared), group_id)


def _explanation(values: Iterable[Any], person: Person) -> JournalEntry:
    ended_at, *rest = values
    return JournalExplanation(person.today(instant(ended_at)), *rest)


def _narrow(query: JournalQuery) -> search.Narrow | None:
    """Return how a search is narrowed; None where it is not."""
    if query.period.is_all and query.area is None and query.focus is None:
        return None
    return f"(({_note_condition(query)}) OR ({_explanation_condition(query)}))", _values(query)


def _note_condition(query: JournalQuery) -> str:
    """Return the condition for check-ins `c` of a query."""
    conditions = ["TRUE"]
    if not query.period.is_all:
        conditions.append("c.day >= :first AND c.day <= :last")
    if query.area is not None:
        conditions.append(f"c.area IN ({', '.join(f':{name}' for name in _area_values(query))})")
    if query.focus is not None:
        conditions.append("c.focus_id = (SELECT id FROM focuses WHERE person_id = :person AND number = :focus)")
    return " AND ".join(conditions)


def _explanation_condition(query: JournalQuery) -> str:
    """Return the condition for focuses `f` of a query: none where an area is asked for, for they have none."""
    conditions = ["FALSE" if query.area is not None else "TRUE"]
    if not query.period.is_all:
        conditions.append("f.ended_at >= :since AND f.ended_at < :until")
    if query.focus is not None:
        conditions.append("f.number = :focus")
    return " AND ".join(conditions)


def _values(query: JournalQuery) -> dict[str, object]:
    period, zone = query.period, query.person.zone
    first = max(period.first or EARLIEST, EARLIEST)
    last = min(period.last or LATEST, LATEST)
    return {
        "person": query.person.id,
        **_area_values(query),
        "focus": query.focus,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "since": ms(first_instant(min(first, LATEST), zone)),
        "until": ms(first_instant(max(last, EARLIEST) + timedelta(days=1), zone)),
    }


def _area_values(query: JournalQuery) -> dict[str, str]:
    return {f"area{index}": name for index, name in enumerate(query.area_names)}
