"""Two years of 100 groups of 20: their weeks close, and everything that is posted by the clock is planned and sent.

What members log is written beside the clock that is measured, twice a week for everybody; some weeks are short, so
that freezes are spent, streaks break, people come back and get fresh starts. A quarter of them chose reminders.
"""

import time
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from bot.app import App, opened
from bot.chat.request import Channel, User
from bot.clock import StillClock
from bot.config import DatabaseSettings, Settings
from bot.domain.person import ZoneSource
from bot.domain.reminder import RULES, ReminderChoice, ReminderKind, ReminderRoute
from bot.domain.week import Week
from bot.store import groups, people, reminders, schedules
from bot.store import progress as stored_progress
from bot.store.rows import ms
from bot.store.tx import Tx

STARTS = datetime(2026, 1, 5, 0, tzinfo=UTC)
WEEKS = 104
GROUPS = 100
MEMBERS = 20
MONTH = 4
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Tokyo")
REMINDED = {
    0: ReminderRoute.DIRECT,
    1: ReminderRoute.DIRECT,
    2: ReminderRoute.DIRECT,
    3: ReminderRoute.CHANNEL,
    4: ReminderRoute.CHANNEL,
}
"""How the first members of each group are reminded; the others are not."""

GOAL = 600
STUDY_AT_ONCE = 500
SHORT = 0.25
"""How often somebody's week is short."""


def growth(weeks: list[float]) -> float:
    """What the last month took beside the first. The very first week is left out: none has closed in it."""
    return sum(weeks[-MONTH:]) / sum(weeks[1 : 1 + MONTH])


async def live(path: Path, platform: object, weeks: int = WEEKS) -> list[float]:
    """Let the groups live so many weeks; the seconds that each of them took."""
    settings = Settings(database=DatabaseSettings(f"sqlite:///{path}"))
    clock, chance = StillClock(STARTS), Random(7)
    spent: list[float] = []
    async with opened(settings, clock) as app:
        app.serve(platform)  # type: ignore[arg-type]
        for number in range(1, GROUPS + 1):
            await app.store.write(lambda tx: _found(tx, number))  # noqa: B023
        for week in (Week.of(STARTS.date()).plus(n) for n in range(weeks)):
            took = 0.0
            for day in week.days():
                took += await _live_until(app, datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
                if day.weekday() in (2, 5):
                    await _study_all(app, day, _minutes(chance, day.weekday()))
            spent.append(took)
    return spent


async def _live_until(app: App, instant: datetime) -> float:
    began = time.perf_counter()
    await app.delivery.move(instant)
    await app.delivery.tick()
    return time.perf_counter() - began


def _found(tx: Tx, number: int) -> None:
    """A group and its members, in one of the zones."""
    zone = ZONES[number % len(ZONES)]
    group = groups.add(tx, Channel("console", "", f"room{number}", ""), f"Group {number}", zone, GOAL, STARTS)
    for kind in (ReminderKind.RESULTS, ReminderKind.GROUP_CALL):
        schedules.arm_group(tx, group, kind, RULES[kind].moment, STARTS)
    for member in range(MEMBERS):
        user = User("console", "", f"person{number}-{member}", f"Person {number}-{member}", zone)
        person = people.add(tx, user, user.name, zone, ZoneSource.PLATFORM, STARTS)
        groups.join(tx, group, person, STARTS)
        people.set_goals(tx, person.id, [], STARTS)
        if member in REMINDED:
            how = REMINDED[member]
            in_group = group.id if how is ReminderRoute.CHANNEL else None
            reminders.save_choice(tx, person.id, ReminderChoice(how, in_group, "console", "", user.id, None))
            for kind in (ReminderKind.NUDGE, ReminderKind.LAST_CALL, ReminderKind.FRESH_START):
                schedules.arm_person(tx, person, kind, RULES[kind].moment, STARTS)


def _minutes(chance: Random, weekday: int) -> list[tuple[int, int]]:
    """Person and minutes of everybody who logs on this day: most on Wednesday, more on Saturday."""
    found = []
    for person in range(1, GROUPS * MEMBERS + 1):
        if weekday == 2:
            found += [(person, 300)] if chance.random() < 0.9 else []
        else:
            found.append((person, chance.choice((60, 150)) if chance.random() < SHORT else 360))
    return found


async def _study_all(app: App, day: date, minutes: list[tuple[int, int]]) -> None:
    for start in range(0, len(minutes), STUDY_AT_ONCE):
        part = minutes[start : start + STUDY_AT_ONCE]
        await app.store.write(lambda tx: _study(tx, day, part, app.clock.now()))  # noqa: B023


def _study(tx: Tx, day: date, minutes: list[tuple[int, int]], now: datetime) -> None:
    """The totals that check-ins leave behind, and everybody judged by them."""
    week = Week.of(day)
    rows: list[dict[str, object]] = [
        {
            "person": person,
            "minutes": spent,
            "day": day.isoformat(),
            "monday": week.monday.isoformat(),
            "number": week.number,
            "now": ms(now),
        }
        for person, spent in minutes
    ]
    tx.many("INSERT INTO day_totals (person_id, day, minutes) VALUES (:person, :day, :minutes)", rows)
    tx.many(
        """INSERT INTO weeks (person_id, monday, number, minutes, counted, goal)
           VALUES (:person, :monday, :number, :minutes, :minutes, 600)
           ON CONFLICT (person_id, monday) DO UPDATE
           SET minutes = weeks.minutes + excluded.minutes, counted = weeks.counted + excluded.counted""",
        rows,
    )
    tx.many(
        """UPDATE people SET last_checkin_at = :now, total_minutes = total_minutes + :minutes,
                  first_week = coalesce(first_week, :monday) WHERE id = :person""",
        rows,
    )
    stored_progress.save(tx, stored_progress.judge_people(tx, [person for person, _ in minutes], now), now)
