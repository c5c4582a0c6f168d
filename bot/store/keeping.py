"""Keeping where people stand: the checkpoint moves over weeks that have closed, with what their closing has brought."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import json

from bot.domain.milestone import STREAKS, reached
from bot.domain.person import Person
from bot.domain.streak import State, last_closed
from bot.domain.week import Week, first_instant
from bot.domain.zones import closes_at
from bot.store import personal
from bot.store.rows import Row, monday, ms
from bot.store.sqlite import Tx
from bot.store.standing import Books, Standing, books, standing_by

KEEP = """UPDATE people SET closed_week = :week, closed_tally = :closed, streak = :streak, recent = :recent,
    kept = :kept, closes_at = :closes_at WHERE id = :id"""
KEEP_ADDED = """UPDATE people SET checkins = checkins + 1, last_checkin_at = :last, first_week = :first,
    total_minutes = :total, closed_week = :week, closed_tally = :closed, streak = :streak, recent = :recent,
    kept = :kept WHERE id = :id"""
KEEP_ADDED_AND_CLOSING = KEEP_ADDED.replace("kept = :kept", "kept = :kept, closes_at = :closes_at")
"""The index by `closes_at` is written only where that has changed: once a week."""
SPEND = "INSERT INTO freezes (person_id, week) VALUES (:id, :week) ON CONFLICT DO NOTHING"


def refresh(tx: Tx, person: Person, now: datetime) -> Standing:
    """Judge a person again after a change, and keep the result."""
    return keep(tx, books(tx, person), now)


def keep(tx: Tx, kept: Books, now: datetime) -> Standing:
    """Judge by books that are at hand, and keep the result: the checkpoint moves over weeks that have closed."""
    found = standing_by(tx, kept, now)
    keep_all(tx, [found], now)
    return found


def keep_added(tx: Tx, kept: Books, now: datetime) -> Standing:
    """The same after `checkins.add`, whose books they are: what it leaves to the person's row is written, too."""
    found, person = standing_by(tx, kept, now), kept.person
    assert person.last_checkin_at is not None
    row, spent = _kept(found)
    tx.run(
        KEEP_ADDED if row["closes_at"] == kept.next_closing else KEEP_ADDED_AND_CLOSING,
        **row,
        last=ms(person.last_checkin_at),
        first=monday(person.first_week),
        total=person.total_minutes,
    )
    if spent:
        tx.many(SPEND, spent)
    return found


def keep_all(tx: Tx, found: Iterable[Standing], now: datetime) -> None:
    """Keep how people stand, with the freezes that closed weeks have spent and the milestones that became certain."""
    rows, spent = [], []
    for each in found:
        row, freezes = _kept(each)
        rows.append(row)
        spent += freezes
        _reach(tx, each, now)
    tx.many(KEEP, rows)
    if spent:
        tx.many(SPEND, spent)


def _reach(tx: Tx, found: Standing, now: datetime) -> None:
    """Where a milestone of the streak has become certain by a closing, nobody is there to be greeted for it yet."""
    streak = found.certain_streak
    if any(found.books.closed.streak < mark <= streak for mark in STREAKS):
        personal.reach(tx, found.books.person.id, reached(streak, 0), now, is_greeted=False)


def _kept(found: Standing) -> tuple[Row, list[Row]]:
    """What stands in the person's row, and the freezes spent; the checkpoint moves over weeks that have closed."""
    books, person = found.books, found.books.person
    last = last_closed(found.weeks)
    closed_week, closed = (last.week, last.tally) if last else (books.closed_week, books.closed)
    following = closed_week.plus(1) if closed_week else person.first_week
    row: Row = {
        "id": person.id,
        "week": monday(closed_week),
        "closed": json.encode(closed).decode() if closed_week else None,
        "streak": found.tally.streak,
        "recent": found.tally.recent,
        "kept": found.tally.kept,
        "closes_at": ms(_judged_at(found, following)) if following else None,
    }
    spent: list[Row] = [
        {"id": person.id, "week": monday(judged.week)}
        for judged in found.weeks
        if judged.state is State.FROZEN and closed_week and judged.week <= closed_week
    ]
    return row, spent


def _judged_at(found: Standing, following: Week) -> datetime:
    """When to judge again unasked: when the next week closes, or one begins that was studied in already."""
    closing = closes_at(found.books.zones, following)
    if not found.is_ahead:
        return closing
    return min(closing, first_instant(found.current.plus(1).monday, found.books.person.zone))
