"""Notes that come back to be explained once more: a row for each that is on the ladder, or was."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from bot.domain.checkin import Checkin
from bot.domain.person import Person
from bot.domain.recall import DONE, LOOKS_BACK, NEVER, STAYS, NoteRef, RecallNote, RecallSource, new_note
from bot.domain.week import Week
from bot.store.rows import instant, maybe_week, monday, ms
from bot.store.tx import LISTED, Tx, listed

BEGINNING_CHARACTERS = 80
"""So much of a note is read to name one that has neither area nor focus."""

OF_CHECKIN = f"""SELECT 'c' AS source, c.number AS number, c.day AS day, CAST(NULL AS BIGINT) AS ended_at,
    c.area AS about, length(c.learned) AS length, substr(c.learned, 1, {BEGINNING_CHARACTERS}) AS beginning"""
OF_FOCUS = """SELECT 'f' AS source, f.number AS number, CAST(NULL AS TEXT) AS day, f.ended_at AS ended_at,
    f.title AS about, length(f.explanation) AS length, '' AS beginning"""
ON_LADDER = "r.week, r.since, r.step, r.asked_on, r.answered_on"
NOT_YET = """CAST(NULL AS TEXT) AS week, CAST(NULL AS TEXT) AS since, 0 AS step, CAST(NULL AS TEXT) AS asked_on,
    CAST(NULL AS TEXT) AS answered_on"""
HAS_NONE = """NOT EXISTS (SELECT 1 FROM recalls x WHERE x.person_id = :person AND x.source = '{source}'
    AND x.number = {note}.number)"""
NOTES = f"""{OF_CHECKIN}, {ON_LADDER}
    FROM recalls r JOIN checkins c ON c.person_id = r.person_id AND c.number = r.number
    WHERE r.person_id = :person AND r.source = 'c' AND r.since >= :stays
    UNION ALL {OF_FOCUS}, {ON_LADDER}
    FROM recalls r JOIN focuses f ON f.person_id = r.person_id AND f.number = r.number
    WHERE r.person_id = :person AND r.source = 'f' AND r.since >= :stays
    UNION ALL {OF_CHECKIN}, {NOT_YET} FROM checkins c
    WHERE c.person_id = :person AND c.learned IS NOT NULL AND c.undone_at IS NULL AND c.source <> 'import'
      AND c.day >= :from_day AND {HAS_NONE.format(source="c", note="c")}
    UNION ALL {OF_FOCUS}, {NOT_YET} FROM focuses f
    WHERE f.person_id = :person AND f.explanation IS NOT NULL AND f.ended_at >= :from_ms
      AND {HAS_NONE.format(source="f", note="f")}"""
"""What is on the ladder, or left it lately, and what may enter it."""

OF_LADDER = "r.week, r.since, coalesce(r.step, 0) AS step, r.asked_on, r.answered_on"
OWN_NOTES = f"""{OF_CHECKIN}, {OF_LADDER}
    FROM checkins c LEFT JOIN recalls r ON r.person_id = c.person_id AND r.source = 'c' AND r.number = c.number
    WHERE c.person_id = :person AND c.number IN {LISTED} AND c.learned IS NOT NULL AND c.undone_at IS NULL
      AND c.source <> 'import'"""
OWN_EXPLANATIONS = f"""{OF_FOCUS}, {OF_LADDER}
    FROM focuses f LEFT JOIN recalls r ON r.person_id = f.person_id AND r.source = 'f' AND r.number = f.number
    WHERE f.person_id = :person AND f.number IN {LISTED} AND f.explanation IS NOT NULL AND f.ended_at IS NOT NULL"""


class _Row(NamedTuple):
    """A row of `NOTES`."""

    source: str
    number: int
    day: str | None
    ended_at: int | None
    about: str | None
    length: int
    beginning: str
    week: str | None
    since: str | None
    step: int
    asked_on: str | None
    answered_on: str | None


class RecallState(NamedTuple):
    """When a person's notes are looked at next (None: with the next check-in), and the day of a *Not now*.

    None if another answer came since.
    """

    look_on: date | None
    refused_on: date | None


def list_notes(tx: Tx, person: Person, today: date) -> list[RecallNote]:
    """Return a person's notes that are on the ladder, or may enter it."""
    oldest = today - LOOKS_BACK
    rows = tx.all(
        NOTES,
        person=person.id,
        stays=(today - STAYS).isoformat(),
        from_day=oldest.isoformat(),
        from_ms=ms(datetime.combine(oldest, time(), person.zone).astimezone(UTC)),
    )
    return [_note(row, person) for row in rows]


def find_notes(tx: Tx, person: Person, refs: Iterable[NoteRef]) -> list[RecallNote]:
    """Return those of a person's notes that are named, however old; without what was imported or undone."""
    rows: list[Any] = []
    numbers: dict[RecallSource, list[int]] = {}
    for ref in refs:
        numbers.setdefault(ref.source, []).append(ref.number)
    for source, statement in ((RecallSource.CHECKIN, OWN_NOTES), (RecallSource.FOCUS, OWN_EXPLANATIONS)):
        if source in numbers:
            rows += tx.all(statement, person=person.id, ids=listed(numbers[source]))
    return [_note(row, person) for row in rows]


def has_rival(tx: Tx, person_id: int, checkin: Checkin) -> bool:
    """Return True if another note of its week is as long as a check-in's, or on the ladder already.

    A check-in waits for it, so what areas were recalled lately is left out.
    """
    week = Week.of(checkin.entry.day)
    row = tx.one(
        """SELECT EXISTS (SELECT 1 FROM checkins c WHERE c.person_id = :person AND c.day >= :monday AND c.day <= :sunday
               AND c.number <> :number AND c.learned IS NOT NULL AND c.undone_at IS NULL AND c.source <> 'import'
               AND (length(c.learned) >= :length OR EXISTS (SELECT 1 FROM recalls r
                   WHERE r.person_id = c.person_id AND r.source = 'c' AND r.number = c.number)))""",
        person=person_id,
        monday=monday(week),
        sunday=week.sunday.isoformat(),
        number=checkin.number,
        length=len(checkin.entry.learned or ""),
    )
    assert row is not None
    return bool(row[0])


def save_anew(tx: Tx, person_id: int, note: RecallNote) -> None:
    """Save where a note stands that begins once more, in another week than before."""
    tx.run(
        "DELETE FROM recalls WHERE person_id = :person AND source = :source AND number = :number",
        person=person_id,
        source=note.ref.source.value,
        number=note.ref.number,
    )
    save(tx, person_id, note)


def save(tx: Tx, person_id: int, note: RecallNote) -> None:
    """Save where a note stands. One that enters in the week of another takes its place."""
    tx.run(
        """INSERT INTO recalls (person_id, week, source, number, since, step, asked_on, answered_on)
           VALUES (:person, :week, :source, :number, :since, :step, :asked_on, :answered_on)
           ON CONFLICT (person_id, week) DO UPDATE
           SET source = excluded.source, number = excluded.number, since = excluded.since, step = excluded.step,
               asked_on = excluded.asked_on, answered_on = excluded.answered_on""",
        person=person_id,
        week=monday(note.entered),
        source=note.ref.source.value,
        number=note.ref.number,
        since=note.since.isoformat(),
        step=note.step,
        asked_on=_iso(note.asked_on),
        answered_on=_iso(note.answered_on),
    )


def take_off(tx: Tx, person_id: int, checkin_number: int) -> None:
    """Let the note of a check-in leave the ladder, if it is on it: it says something else now, or nothing."""
    tx.run(
        "UPDATE recalls SET step = :done WHERE person_id = :person AND source = 'c' AND number = :number",
        done=DONE,
        person=person_id,
        number=checkin_number,
    )


def look_again(tx: Tx, person_id: int, day: date | None) -> None:
    """Save the day on which a person's notes are looked at next; None: with their next check-in."""
    tx.run("UPDATE people SET recall_on = :day WHERE id = :id", id=person_id, day=_iso(day))


def find_state(tx: Tx, person_id: int) -> RecallState:
    """Return how a person's recall is set."""
    row = tx.one("SELECT recall_on, recall_refused_on FROM people WHERE id = :id", id=person_id)
    assert row is not None
    return RecallState(_day(row[0]), _day(row[1]))


def save_refusal(tx: Tx, person_id: int, day: date | None) -> None:
    """Save the day of a *Not now*; None once another answer came."""
    tx.run("UPDATE people SET recall_refused_on = :day WHERE id = :id", id=person_id, day=_iso(day))


def export(tx: Tx, person_id: int) -> dict[str, Any]:
    """Return all that is stored of a person's recall, as plain values."""
    rows = tx.all(
        """SELECT week, source, number, since, step, asked_on, answered_on FROM recalls WHERE person_id = :id
           ORDER BY week""",
        id=person_id,
    )
    state = find_state(tx, person_id)
    return {
        "on": state.look_on != NEVER,
        "next_look": _iso(state.look_on) if state.look_on != NEVER else None,
        "refused_on": _iso(state.refused_on),
        "notes": [
            {
                "week": week,
                "checkin": number if source == RecallSource.CHECKIN else None,
                "focus": number if source == RecallSource.FOCUS else None,
                "since": since,
                "step": step,
                "asked_on": asked_on,
                "answered_on": answered_on,
            }
            for week, source, number, since, step, asked_on, answered_on in rows
        ],
    }


def _note(values: Iterable[Any], person: Person) -> RecallNote:
    row = _Row._make(values)
    ref = NoteRef(RecallSource(row.source), row.number)
    day = date.fromisoformat(row.day) if row.day is not None else person.today(instant(row.ended_at or 0))
    note = new_note(ref, day, row.about, row.length, row.beginning)
    if row.since is None:
        return note
    return note._replace(
        since=date.fromisoformat(row.since),
        step=row.step,
        entered=maybe_week(row.week),
        asked_on=_day(row.asked_on),
        answered_on=_day(row.answered_on),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
