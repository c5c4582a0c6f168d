"""The journal of a person: what their check-ins taught them, and what they explained when a focus was finished.

Nothing is copied: entries are read from the check-ins and focuses themselves, a page at a time, by an index.
"""

import sqlite3
from datetime import date, timedelta

from bot.domain.journal_entry import JournalEntry, JournalExplanation, JournalNote, JournalQuery
from bot.domain.period import ALL
from bot.domain.person import Person
from bot.domain.week import first_instant
from bot.store import search
from bot.store.rows import instant, ms
from bot.store.sqlite import Tx

NOTES = """c.day, c.learned, c.number, c.minutes, c.area,
    (SELECT title FROM focuses WHERE focuses.id = c.focus_id), c.is_shared, c.group_id"""
EXPLANATIONS = "f.ended_at, f.explanation, f.number, f.minutes, f.title, f.link"
EARLIEST, LATEST = date(1970, 1, 2), date(9998, 12, 31)
"""Days beyond these are in no journal, and their midnights are out of reach."""


def page(tx: Tx, wanted: JournalQuery, top: int, size: int) -> list[JournalEntry]:
    """`size` entries after the first `top`: the newest first, or, where something is searched, the best match."""
    if not wanted.search:
        return _newest(tx, wanted, top, size)
    rows = search.best(tx, wanted.person.id, wanted.search, top, size, _narrow(wanted))
    return [_of_row(tx, wanted.person, row) for row in rows]


def whole(tx: Tx, person: Person) -> list[JournalEntry]:
    """Every entry of a person, oldest first; for the export alone."""
    wanted = JournalQuery(person, ALL)
    return sorted([*_notes(tx, wanted, 0, -1), *_explanations(tx, wanted)], key=_age)


def areas(tx: Tx, person_id: int) -> list[str]:
    """The areas that a person has ever studied, also those that no group has any more."""
    rows = tx.all("SELECT area FROM area_totals WHERE person_id = :id ORDER BY area", id=person_id)
    return [row[0] for row in rows]


def _newest(tx: Tx, wanted: JournalQuery, top: int, size: int) -> list[JournalEntry]:
    """Notes and explanations are merged. What comes before the notes that are read lies before the page for sure."""
    explanations = _explanations(tx, wanted)
    begin = max(0, top - len(explanations))
    notes = _notes(tx, wanted, begin, size + len(explanations))
    return sorted([*notes, *explanations], key=_age, reverse=True)[top - begin : top - begin + size]


def _age(entry: JournalEntry) -> tuple[date, bool, int]:
    """Of one day an explanation is the last word."""
    return entry.day, isinstance(entry, JournalExplanation), entry.number


def _notes(tx: Tx, wanted: JournalQuery, top: int, size: int) -> list[JournalEntry]:
    rows = tx.all(
        f"""SELECT {NOTES} FROM checkins c WHERE c.person_id = :person AND c.learned IS NOT NULL
            AND c.undone_at IS NULL AND {_noted(wanted)} ORDER BY c.day DESC, c.number DESC LIMIT :size OFFSET :top""",
        top=top,
        size=size,
        **_values(wanted),
    )
    return [_note(row) for row in rows]


def _explanations(tx: Tx, wanted: JournalQuery) -> list[JournalEntry]:
    """All of them that are wanted: a focus takes weeks, so they are few."""
    rows = tx.all(
        f"""SELECT {EXPLANATIONS} FROM focuses f WHERE f.person_id = :person AND f.explanation IS NOT NULL
            AND {_explained(wanted)}""",
        **_values(wanted),
    )
    return [_explanation(row, wanted.person) for row in rows]


def _of_row(tx: Tx, person: Person, row: int) -> JournalEntry:
    """The entry that the search knows as `row`."""
    kind, number = search.entry_of(row)
    if kind == search.OF_FOCUS:
        found = tx.one(f"SELECT {EXPLANATIONS} FROM focuses f WHERE f.id = :id", id=number)
        assert found is not None
        return _explanation(found, person)
    found = tx.one(f"SELECT {NOTES} FROM checkins c WHERE c.id = :id", id=number)
    assert found is not None
    return _note(found)


def _note(row: sqlite3.Row) -> JournalEntry:
    return JournalNote(date.fromisoformat(row[0]), row[1], row[2], row[3], row[4], row[5], bool(row[6]), row[7])


def _explanation(row: sqlite3.Row, person: Person) -> JournalEntry:
    return JournalExplanation(person.today(instant(row[0])), row[1], row[2], row[3], row[4], row[5])


def _narrow(wanted: JournalQuery) -> search.Narrow | None:
    """How a search is narrowed; None where it is not."""
    if wanted.period.is_all and wanted.area is None and wanted.focus is None:
        return None
    return f"(({_noted(wanted)}) OR ({_explained(wanted)}))", _values(wanted)


def _noted(wanted: JournalQuery) -> str:
    """Which check-ins `c` are wanted."""
    said = ["TRUE"]
    if not wanted.period.is_all:
        said.append("c.day >= :first AND c.day <= :last")
    if wanted.area is not None:
        said.append(f"c.area IN ({', '.join(f':{name}' for name in _area_values(wanted))})")
    if wanted.focus is not None:
        said.append("c.focus_id = (SELECT id FROM focuses WHERE person_id = :person AND number = :focus)")
    return " AND ".join(said)


def _explained(wanted: JournalQuery) -> str:
    """Which focuses `f` are wanted: of an area none, for they have none."""
    said = ["FALSE" if wanted.area is not None else "TRUE"]
    if not wanted.period.is_all:
        said.append("f.ended_at >= :since AND f.ended_at < :until")
    if wanted.focus is not None:
        said.append("f.number = :focus")
    return " AND ".join(said)


def _values(wanted: JournalQuery) -> dict[str, object]:
    period, zone = wanted.period, wanted.person.zone
    first = max(period.first or EARLIEST, EARLIEST)
    last = min(period.last or LATEST, LATEST)
    return {
        "person": wanted.person.id,
        **_area_values(wanted),
        "focus": wanted.focus,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "since": ms(first_instant(min(first, LATEST), zone)),
        "until": ms(first_instant(max(last, EARLIEST) + timedelta(days=1), zone)),
    }


def _area_values(wanted: JournalQuery) -> dict[str, str]:
    return {f"area{at}": name for at, name in enumerate(wanted.area_names)}
