"""What else is kept of a person: a running timer, how they want to be reminded, and milestones reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.milestone import Kind, Milestone
from bot.domain.reminder import How
from bot.store.rows import instant, ms
from bot.store.sqlite import Tx

REACH = """INSERT INTO milestones (person_id, kind, value, reached_at, is_greeted)
    VALUES (:id, :kind, :value, :now, :greeted) ON CONFLICT DO NOTHING"""


@dataclass(frozen=True, slots=True)
class Timer:
    """A stretch of study that is running."""

    started_at: datetime
    area: str | None


@dataclass(frozen=True, slots=True)
class Reminders:
    """Where a person wants reminders: to which identity directly, and in which group's channel."""

    how: How
    group_id: int | None
    platform: str
    team: str
    user: str
    fresh_run: str | None


def timer(tx: Tx, person_id: int) -> Timer | None:
    """The running timer."""
    row = tx.one("SELECT started_at, area FROM timers WHERE person_id = :id", id=person_id)
    return None if row is None else Timer(instant(row[0]), row[1])


def start_timer(tx: Tx, person_id: int, area: str | None, now: datetime) -> bool:
    """Start it; False where one is running."""
    return (
        tx.run(
            "INSERT INTO timers (person_id, started_at, area) VALUES (:id, :now, :area) ON CONFLICT DO NOTHING",
            id=person_id,
            now=ms(now),
            area=area,
        )
        > 0
    )


def stop_timer(tx: Tx, person_id: int) -> None:
    """Take the running timer away."""
    tx.run("DELETE FROM timers WHERE person_id = :id", id=person_id)


def reminders(tx: Tx, person_id: int) -> Reminders | None:
    """What the person has chosen; None: never asked for any."""
    row = tx.one(
        'SELECT how, group_id, platform, team, "user", fresh_run FROM reminders WHERE person_id = :id',
        id=person_id,
    )
    return None if row is None else Reminders(How(row[0]), row[1], row[2], row[3], row[4], row[5])


def set_reminders(tx: Tx, person_id: int, chosen: Reminders) -> None:
    """Keep what the person has chosen."""
    tx.run(
        """INSERT INTO reminders (person_id, how, group_id, platform, team, "user", fresh_run)
           VALUES (:id, :how, :group, :platform, :team, :user, :fresh)
           ON CONFLICT (person_id) DO UPDATE SET how = excluded.how, group_id = excluded.group_id,
               platform = excluded.platform, team = excluded.team, "user" = excluded."user",
               fresh_run = excluded.fresh_run""",
        id=person_id,
        how=chosen.how,
        group=chosen.group_id,
        platform=chosen.platform,
        team=chosen.team,
        user=chosen.user,
        fresh=chosen.fresh_run,
    )


def refuse_direct(tx: Tx, person_id: int) -> None:
    """Remember that the person's platform let no direct message through."""
    tx.run("UPDATE reminders SET is_refused = TRUE WHERE person_id = :id", id=person_id)


def is_direct_refused(tx: Tx, person_id: int) -> bool:
    """Whether a direct message was refused, and they have not been told since."""
    return tx.one("SELECT 1 FROM reminders WHERE person_id = :id AND is_refused", id=person_id) is not None


def tell_refused(tx: Tx, person_id: int) -> bool:
    """Whether the person is to be told now that a direct message was refused; from now on they know."""
    sql = "UPDATE reminders SET is_refused = FALSE WHERE person_id = :id AND is_refused"
    return tx.run(sql, id=person_id) > 0


def reach(tx: Tx, person_id: int, marks: Iterable[Milestone], now: datetime, *, is_greeted: bool) -> None:
    """Keep milestones that are not known yet; the person is greeted for them later, unless they have been."""
    values = {"id": person_id, "now": ms(now), "greeted": is_greeted}
    tx.many(REACH, [{**values, "kind": mark.kind, "value": mark.value} for mark in marks])


def greet(tx: Tx, person_id: int, marks: Iterable[Milestone], now: datetime) -> list[Milestone]:
    """What the person is to be greeted for now, each once: what is new of `marks`, and whatever waited for them."""
    rows = tx.all("SELECT kind, value, is_greeted FROM milestones WHERE person_id = :id", id=person_id)
    known = {Milestone(Kind(row[0]), row[1]): bool(row[2]) for row in rows}
    new = [mark for mark in marks if mark not in known]
    waiting = [mark for mark, was_greeted in known.items() if not was_greeted]
    if new:
        reach(tx, person_id, new, now, is_greeted=True)
    if waiting:
        tx.run("UPDATE milestones SET is_greeted = TRUE WHERE person_id = :id AND NOT is_greeted", id=person_id)
    return [*new, *waiting]
