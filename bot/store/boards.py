"""Leaderboards and group totals, ranked by the database from totals that are kept; no check-in is ever scanned."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.goal import DEFAULT
from bot.domain.group import RESTING_AFTER
from bot.domain.milestone import Kind, Milestone
from bot.domain.standings import By, Period, Span, Standing, Total
from bot.domain.week import Week
from bot.store.rows import ms
from bot.store.sqlite import Tx

GOAL = f"""coalesce((SELECT minutes FROM goals g WHERE g.person_id = p.id
    AND (g.from_week IS NULL OR g.from_week <= :last) ORDER BY g.id DESC LIMIT 1), {DEFAULT})"""
CONSISTENCY = "length(p.recent) - length(replace(p.recent, 'k', ''))"
SHARE = "CASE WHEN w.counted >= w.goal THEN 1.0 ELSE w.counted * 1.0 / w.goal END"
SHOWN = """m.group_id = :group AND m.left_at IS NULL AND NOT m.is_hidden
    AND (m.joined_at > :resting OR p.last_checkin_at > :resting)"""
"""Members that others see: neither hidden nor resting."""

ONE_WEEK = f"""SELECT p.id, p.name, coalesce(w.minutes, 0) AS minutes, coalesce(w.goal, {GOAL}) AS goal, p.streak,
    {CONSISTENCY} AS consistency, coalesce({SHARE}, 0.0) AS share
    FROM members m JOIN people p ON p.id = m.person_id
    LEFT JOIN weeks w ON w.person_id = p.id AND w.monday = :last
    WHERE {SHOWN}"""

MANY_WEEKS = f"""SELECT p.id, p.name, coalesce(sum(w.minutes), 0) AS minutes, {GOAL} AS goal, p.streak,
    {CONSISTENCY} AS consistency,
    round(coalesce(sum({SHARE}), 0.0)
        / (:last_number - CASE WHEN m.first_week > :first_number THEN m.first_week ELSE :first_number END + 1), 9) AS share
    FROM members m JOIN people p ON p.id = m.person_id
    LEFT JOIN weeks w ON w.person_id = p.id AND w.monday >= :first AND w.monday <= :last AND w.number >= m.first_week
    WHERE {SHOWN} AND m.first_week <= :last_number
    GROUP BY p.id, m.first_week"""

RANKED = """WITH board AS ({board}), ranked AS (
        SELECT *, rank() OVER (ORDER BY {key} DESC) AS rank,
               row_number() OVER (ORDER BY {key} DESC, streak DESC, lower(name), id) AS place,
               count(*) OVER () AS members
        FROM board),
    mine AS (SELECT place FROM ranked WHERE id = :me)
    SELECT rank, id, name, share, minutes, goal, streak, consistency, place, members FROM ranked
    WHERE place BETWEEN :top + 1 AND :top + :size
       OR place BETWEEN (SELECT place FROM mine) - 1 AND (SELECT place FROM mine) + 1
    ORDER BY place"""

KEYS = {By.SHARE: "share", By.HOURS: "minutes", By.STREAK: "streak", By.CONSISTENCY: "consistency"}


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of a board, the asker's own row with neighbours (if not in it already), and how long the board is."""

    rows: list[Standing]
    around: list[Standing]
    members: int


def page(
    tx: Tx, group_id: int, period: Period, span: Span, by: By, *, me: int, top: int, size: int, now: datetime
) -> Page:
    """`size` rows of a group's board after the first `top`, and the rows around person `me`."""
    one_week = period in (Period.WEEK, Period.LAST_WEEK)
    found = tx.all(
        RANKED.format(board=ONE_WEEK if one_week else MANY_WEEKS, key=KEYS[by]),
        me=me,
        top=top,
        size=size,
        **_bounds(group_id, span, now),
    )
    shown = [row for row in found if top < row[8] <= top + size]
    mine = any(row[1] == me for row in shown)
    around = [] if mine else [row for row in found if not top < row[8] <= top + size]
    return Page([_standing(row) for row in shown], [_standing(row) for row in around], found[0][9] if found else 0)


def total(tx: Tx, group_id: int, week: Week, now: datetime) -> Total:
    """What the shown members of a group studied together in one week, and how many of them kept it."""
    row = tx.one(
        f"SELECT sum(minutes), sum(goal), sum(share >= 1), count(*) FROM ({ONE_WEEK}) AS board",
        **_bounds(group_id, Span(week, week), now),
    )
    return Total(*(int(value or 0) for value in row)) if row else Total(0, 0, 0, 0)


def keepers(tx: Tx, group_id: int, week: Week, now: datetime) -> list[Standing]:
    """The shown members who kept a week, longest streak first."""
    rows = tx.all(
        f"""SELECT 1, id, name, share, minutes, goal, streak, consistency FROM ({ONE_WEEK}) AS board
            WHERE share >= 1 ORDER BY streak DESC, lower(name), id""",
        **_bounds(group_id, Span(week, week), now),
    )
    return [_standing(row) for row in rows]


def freezes(tx: Tx, group_id: int, week: Week, now: datetime) -> int:
    """How many freezes of shown members saved a week."""
    row = tx.one(
        f"""SELECT count(*) FROM freezes f JOIN members m ON m.person_id = f.person_id JOIN people p ON p.id = f.person_id
            WHERE f.week = :last AND {SHOWN}""",
        **_bounds(group_id, Span(week, week), now),
    )
    return int(row[0]) if row else 0


def milestones(tx: Tx, group_id: int, since: datetime, until: datetime, now: datetime) -> list[tuple[str, Milestone]]:
    """Who of the shown members reached what in a stretch of time, `until` excluded."""
    rows = tx.all(
        f"""SELECT p.name, s.kind, s.value FROM milestones s JOIN members m ON m.person_id = s.person_id
            JOIN people p ON p.id = s.person_id
            WHERE s.reached_at >= :since AND s.reached_at < :until AND {SHOWN} ORDER BY lower(p.name), s.kind, s.value""",
        since=ms(since),
        until=ms(until),
        group=group_id,
        resting=ms(now - RESTING_AFTER),
    )
    return [(row[0], Milestone(Kind(row[1]), row[2])) for row in rows]


def day(tx: Tx, group_id: int, of: date, now: datetime) -> list[tuple[str, int]]:
    """Name and minutes of the shown members who studied on a local day, by name; imported time is left out."""
    rows = tx.all(
        f"""SELECT p.name, d.minutes FROM members m JOIN people p ON p.id = m.person_id
            JOIN day_totals d ON d.person_id = p.id AND d.day = :day
            WHERE d.minutes > 0 AND {SHOWN} ORDER BY lower(p.name), p.id""",
        day=of.isoformat(),
        group=group_id,
        resting=ms(now - RESTING_AFTER),
    )
    return [(row[0], row[1]) for row in rows]


def zones(tx: Tx, group_id: int) -> list[str]:
    """Every zone that a member of the group holds or has held: the week closes for all when it has closed in each."""
    rows = tx.all(
        """SELECT DISTINCT z.zone FROM members m JOIN zones z ON z.person_id = m.person_id
           WHERE m.group_id = :group AND m.left_at IS NULL""",
        group=group_id,
    )
    return [row[0] for row in rows]


def _bounds(group_id: int, span: Span, now: datetime) -> dict[str, object]:
    return {
        "group": group_id,
        "first": span.first.monday.isoformat(),
        "last": span.last.monday.isoformat(),
        "first_number": span.first.number,
        "last_number": span.last.number,
        "resting": ms(now - RESTING_AFTER),
    }


def _standing(row: sqlite3.Row) -> Standing:
    return Standing(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7])
