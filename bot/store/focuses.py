"""Focuses: one open at a time, each with the minutes of its valid check-ins, counted in their transactions."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from bot.domain.duration import Minutes
from bot.domain.focus import Focus, FocusOutcome, FocusPlan
from bot.store import search
from bot.store.rows import instant, maybe_instant, ms
from bot.store.tx import Tx

COLUMNS = "id, number, title, estimate, done, minutes, started_at, ended_at, outcome, explanation, link"
ALL = 1_000_000


class _Row(NamedTuple):
    """A row of `COLUMNS`."""

    id: int
    number: int
    title: str
    estimate: int | None
    done: str | None
    minutes: int
    started_at: int
    ended_at: int | None
    outcome: str | None
    explanation: str | None
    link: str | None


def find_current(tx: Tx, person_id: int) -> Focus | None:
    """Return the focus that runs; None where none does."""
    row = tx.one(f"SELECT {COLUMNS} FROM focuses WHERE person_id = :person AND ended_at IS NULL", person=person_id)
    return None if row is None else _focus(row)


def find(tx: Tx, person_id: int, number: int) -> Focus | None:
    """Return one of the person's own focuses; None if there is none of that number."""
    row = tx.one(
        f"SELECT {COLUMNS} FROM focuses WHERE person_id = :person AND number = :number",
        person=person_id,
        number=number,
    )
    return None if row is None else _focus(row)


def list_newest(tx: Tx, person_id: int, top: int = 0, limit: int = ALL) -> list[Focus]:
    """Return focuses after the `top` newest, at most `limit`, newest first."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM focuses WHERE person_id = :person ORDER BY number DESC LIMIT :limit OFFSET :top",
        person=person_id,
        limit=limit,
        top=top,
    )
    return [_focus(row) for row in rows]


def count_outcomes(tx: Tx, person_id: int) -> dict[FocusOutcome | None, int]:
    """Return how many ended in which way; None counts the one that runs."""
    rows = tx.all("SELECT outcome, count(*) FROM focuses WHERE person_id = :person GROUP BY outcome", person=person_id)
    return {None if outcome is None else FocusOutcome(outcome): count for outcome, count in rows}


def start(tx: Tx, person_id: int, plan: FocusPlan, now: datetime) -> Focus | None:
    """Begin a focus and return it; None where another one runs."""
    row = tx.one(
        f"""INSERT INTO focuses (person_id, number, title, estimate, done, started_at)
            VALUES (:person, (SELECT coalesce(max(number), 0) + 1 FROM focuses WHERE person_id = :person),
                    :title, :estimate, :done, :now)
            ON CONFLICT DO NOTHING RETURNING {COLUMNS}""",
        person=person_id,
        title=plan.title,
        estimate=plan.estimate,
        done=plan.done,
        now=ms(now),
    )
    return None if row is None else _focus(row)


def finish(tx: Tx, focus_id: int, explanation: str, link: str | None, now: datetime) -> Focus | None:
    """End a focus with what was understood, which the journal finds; None where it had ended already."""
    ended = _end(tx, focus_id, FocusOutcome.FINISHED, explanation, link, now)
    if ended is not None:
        _index(tx, ended)
    return ended


def set_aside(tx: Tx, focus_id: int, now: datetime) -> Focus | None:
    """End a focus for another one; None where it had ended already."""
    return _end(tx, focus_id, FocusOutcome.SET_ASIDE, None, None, now)


def add_minutes(tx: Tx, focus_id: int, minutes: int) -> Focus:
    """Add minutes to a focus, or take them away (below 0), and return it."""
    row = tx.one(
        f"UPDATE focuses SET minutes = minutes + :minutes WHERE id = :id RETURNING {COLUMNS}",
        id=focus_id,
        minutes=minutes,
    )
    assert row is not None
    return _focus(row)


def _focus(values: Iterable[Any]) -> Focus:
    row = _Row._make(values)
    return Focus(
        row.id,
        row.number,
        FocusPlan(row.title, None if row.estimate is None else Minutes(row.estimate), row.done),
        row.minutes,
        instant(row.started_at),
        maybe_instant(row.ended_at),
        None if row.outcome is None else FocusOutcome(row.outcome),
        row.explanation,
        row.link,
    )


def _index(tx: Tx, focus: Focus) -> None:
    owner = tx.one("SELECT person_id FROM focuses WHERE id = :id", id=focus.id)
    assert owner is not None
    search.save(tx, search.OF_FOCUS * focus.id, owner[0], search.text_of_focus(focus.title, focus.explanation))


def _end(
    tx: Tx, focus_id: int, outcome: FocusOutcome, explanation: str | None, link: str | None, now: datetime
) -> Focus | None:
    row = tx.one(
        f"""UPDATE focuses SET ended_at = :now, outcome = :outcome, explanation = :explanation, link = :link
            WHERE id = :id AND ended_at IS NULL RETURNING {COLUMNS}""",
        id=focus_id,
        outcome=outcome,
        explanation=explanation,
        link=link,
        now=ms(now),
    )
    return None if row is None else _focus(row)
