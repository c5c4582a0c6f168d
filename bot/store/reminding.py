"""What decides whether people are reminded, read in one statement for many: thousands fall due at one instant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.pause import paused_days
from bot.domain.reminder import ReminderChoice, ReminderKind, ReminderRoute
from bot.domain.streak import PAUSED_DAYS
from bot.domain.week import Week
from bot.store import people
from bot.store.leaderboards import GOAL
from bot.store.rows import instant
from bot.store.sqlite import LISTED, Tx, listed

HOWS = {how.value: how for how in ReminderRoute}
MINUTES = "coalesce((SELECT minutes FROM weeks WHERE person_id = p.id AND monday = :last), 0)"
FACTS = f"""SELECT p.id, p.name, r.how, r.group_id, r.platform, r.team, r."user", r.fresh_run, {GOAL}, {MINUTES},
    max(coalesce(p.last_checkin_at, 0),
        coalesce((SELECT max(joined_at) FROM members WHERE person_id = p.id AND left_at IS NULL), 0)),
    EXISTS (SELECT 1 FROM pauses WHERE person_id = p.id AND until_day >= :last AND from_day <= :sunday),
    EXISTS (SELECT 1 FROM members m JOIN groups g ON g.id = m.group_id
            WHERE m.group_id = r.group_id AND m.person_id = p.id AND m.left_at IS NULL AND NOT m.is_hidden
              AND g.asleep IS NULL)
    FROM people p JOIN reminders r ON r.person_id = p.id WHERE p.id IN {LISTED} AND r.how <> 'off' AND {{use}}"""
USE = {
    ReminderKind.NUDGE: f"{MINUTES} = 0",
    ReminderKind.LAST_CALL: f"{MINUTES} < {GOAL}",
    ReminderKind.FRESH_START: "p.streak = 0",
}
"""Whom a reminder of this kind can be of use to; of all others, who are most, nothing more is read."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """Somebody who wants reminders, in their current week. `seen_at` is when they last joined or checked in;
    `is_away` says that they are on a pause, or that the week is a paused one; `is_shown` that the channel that they
    chose can be posted to, and may see them."""

    person_id: int
    name: str
    chosen: ReminderChoice
    goal: int
    minutes: int
    seen_at: datetime
    is_away: bool
    is_shown: bool

    @property
    def missing(self) -> int:
        """Minutes still to go this week."""
        return max(0, self.goal - self.minutes)


def find(tx: Tx, person_ids: Sequence[int], kind: ReminderKind, today: date) -> dict[int, Reminded]:
    """Those of some people who want reminders, and whom one of this kind may be of use to on their local `today`.

    Their weeks must have been closed by now.
    """
    week = Week.of(today)
    rows = tx.all(
        FACTS.format(use=USE[kind]),
        last=week.monday.isoformat(),
        sunday=week.sunday.isoformat(),
        ids=listed(person_ids),
    )
    return {
        row[0]: Reminded(
            row[0],
            row[1],
            ReminderChoice(HOWS[row[2]], row[3], row[4], row[5], row[6], row[7]),
            row[8],
            row[9],
            instant(row[10]),
            bool(row[11]) and _is_away(tx, row[0], today),
            bool(row[12]),
        )
        for row in rows
    }


def _is_away(tx: Tx, person_id: int, today: date) -> bool:
    week = Week.of(today)
    pauses = people.pauses(tx, person_id, week.monday)
    return paused_days(pauses, week) >= PAUSED_DAYS or any(pause.covers(today) for pause in pauses)


def plans(tx: Tx, person_ids: Sequence[int], week: Week) -> dict[int, str]:
    """What some people wrote of when and where they will study in a week; of several the newest."""
    rows = tx.all(
        f"""SELECT person_id, plan FROM intentions WHERE person_id IN {LISTED} AND week = :week AND plan IS NOT NULL
            ORDER BY made_at""",
        week=week.monday.isoformat(),
        ids=listed(person_ids),
    )
    return {row[0]: row[1] for row in rows}


def studied(tx: Tx, person_id: int, first: Week, until: Week) -> int:
    """Minutes of somebody's weeks from `first` to before `until`."""
    row = tx.one(
        "SELECT sum(minutes) FROM weeks WHERE person_id = :id AND monday >= :first AND monday < :until",
        id=person_id,
        first=first.monday.isoformat(),
        until=until.monday.isoformat(),
    )
    return int(row[0] or 0) if row else 0


def remember_fresh(tx: Tx, runs: dict[int, str]) -> None:
    """Keep for which run of missed weeks people have got their fresh start."""
    sql = "UPDATE reminders SET fresh_run = :run WHERE person_id = :id"
    tx.many(sql, [{"id": person_id, "run": run} for person_id, run in runs.items()])
