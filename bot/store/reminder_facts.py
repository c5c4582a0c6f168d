"""The facts that decide whether people are reminded, read in one statement: thousands fall due at one instant."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from msgspec import Struct

from bot.domain.group import seen_until
from bot.domain.pause import paused_days
from bot.domain.reminder import ReminderChoice, ReminderKind, ReminderRoute
from bot.domain.streak import PAUSED_DAYS
from bot.domain.week import Week
from bot.store import people
from bot.store.leaderboards import GOAL
from bot.store.rows import instant
from bot.store.tx import LISTED, Tx, listed

ROUTES = {route.value: route for route in ReminderRoute}
MINUTES = "coalesce((SELECT counted FROM weeks WHERE person_id = p.id AND monday = :last), 0)"
NAME = "coalesce((SELECT m.name FROM members m WHERE m.group_id = r.group_id AND m.person_id = p.id), p.name)"
FACTS = f"""SELECT p.id, {NAME}, r.how, r.group_id, r.platform, r.team, r."user", r.fresh_run, {GOAL}, {MINUTES},
    coalesce(p.last_checkin_at, 0),
    coalesce((SELECT max(joined_at) FROM members WHERE person_id = p.id AND left_at IS NULL), 0),
    EXISTS (SELECT 1 FROM pauses WHERE person_id = p.id AND coalesce(announced_until, until_day) >= :last
        AND from_day <= :sunday),
    EXISTS (SELECT 1 FROM members m JOIN groups g ON g.id = m.group_id
            WHERE m.group_id = r.group_id AND m.person_id = p.id AND m.left_at IS NULL AND NOT m.is_hidden
              AND g.asleep IS NULL),
    (SELECT count(*) FROM freezes f WHERE f.person_id = p.id) > p.freezes_told,
    (SELECT max(until_day) FROM pauses WHERE person_id = p.id AND from_day <= :today)
    FROM people p JOIN reminders r ON r.person_id = p.id WHERE p.id IN {LISTED} AND r.how <> 'off' AND {{use}}
      AND (p.first_week IS NULL OR p.first_week <= :last)"""
USE = {
    ReminderKind.NUDGE: "coalesce((SELECT minutes FROM weeks WHERE person_id = p.id AND monday = :last), 0) = 0",
    ReminderKind.LAST_CALL: f"{MINUTES} < {GOAL}",
    ReminderKind.FRESH_START: """p.first_week < :last AND NOT EXISTS
        (SELECT 1 FROM weeks w WHERE w.person_id = p.id AND w.monday = :before AND w.counted >= w.goal)""",
}
"""Conditions for people to whom a reminder of a kind can be of use; of all others, who are most, nothing is read."""


class _Row(NamedTuple):
    """A row of `FACTS`."""

    person_id: int
    name: str
    how: str
    group_id: int | None
    platform: str
    team: str
    user: str
    fresh_run: str | None
    goal: int
    minutes: int
    checked_in_at: int
    joined_at: int
    has_pauses: int
    is_shown: int
    has_freeze_news: int
    away_until: str | None


class ReminderFacts(Struct, frozen=True):
    """A person who wants reminders, in their current week.

    `name` is the one that the group has for them whose channel they chose, else their own.
    `seen_at` is when they last joined, checked in or were away; `is_away` says that they are on a pause, or that the
    week is a paused one; `is_shown` that the channel that they chose can be posted to, and may see them;
    `has_freeze_news` that they do not know yet of a freeze that was spent.
    """

    person_id: int
    name: str
    choice: ReminderChoice
    goal: int
    minutes: int
    seen_at: datetime
    is_away: bool
    is_shown: bool
    has_freeze_news: bool

    @property
    def missing(self) -> int:
        """Minutes still to go this week."""
        return max(0, self.goal - self.minutes)


def find(tx: Tx, person_ids: Sequence[int], kind: ReminderKind, today: date) -> dict[int, ReminderFacts]:
    """Return the facts, by id, of people who want reminders and to whom one of this kind may be of use.

    `today` is their local date. Their weeks must have been closed by now.
    """
    week = Week.of(today)
    rows = tx.all(
        FACTS.format(use=USE[kind]),
        last=week.monday.isoformat(),
        before=week.plus(-1).monday.isoformat(),
        sunday=week.sunday.isoformat(),
        today=today.isoformat(),
        ids=listed(person_ids),
    )
    return {row.person_id: _facts(tx, row, today) for row in map(_Row._make, rows)}


def _facts(tx: Tx, row: _Row, today: date) -> ReminderFacts:
    return ReminderFacts(
        row.person_id,
        row.name,
        ReminderChoice(ROUTES[row.how], row.group_id, row.platform, row.team, row.user, row.fresh_run),
        row.goal,
        row.minutes,
        seen_until(
            instant(max(row.checked_in_at, row.joined_at)),
            date.fromisoformat(row.away_until) if row.away_until else None,
        ),
        bool(row.has_pauses) and _is_away(tx, row.person_id, today),
        bool(row.is_shown),
        bool(row.has_freeze_news),
    )


def _is_away(tx: Tx, person_id: int, today: date) -> bool:
    week = Week.of(today)
    pauses = people.list_pauses(tx, person_id, week.monday)
    return paused_days(pauses, week) >= PAUSED_DAYS or any(pause.covers(today) for pause in pauses)


def find_plans(tx: Tx, person_ids: Sequence[int], week: Week) -> dict[int, str]:
    """Return what people wrote of when and where they will study in a week, by id; of several plans the newest."""
    rows = tx.all(
        f"""SELECT person_id, plan FROM intentions WHERE person_id IN {LISTED} AND week = :week AND plan IS NOT NULL
            ORDER BY made_at""",
        week=week.monday.isoformat(),
        ids=listed(person_ids),
    )
    return dict(map(tuple, rows))


def save_fresh_runs(tx: Tx, runs: dict[int, str]) -> None:
    """Save for which run of missed weeks people have got their fresh start."""
    sql = "UPDATE reminders SET fresh_run = :run WHERE person_id = :id"
    tx.many(sql, [{"id": person_id, "run": run} for person_id, run in runs.items()])
