"""Leaderboards and group totals, ranked by the database from stored totals; no check-in is ever scanned."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.goal import DEFAULT_GOAL
from bot.domain.group import RESTING_AFTER, Group
from bot.domain.leaderboard import Keeper, LeaderboardPage, LeaderboardPeriod, RankBy, Row, Span, Total
from bot.domain.milestone import Milestone, MilestoneKind
from bot.domain.week import Week, first_instant
from bot.store.rows import ms
from bot.store.sqlite import LISTED, Tx, listed

GOAL = f"""coalesce((SELECT minutes FROM goals g WHERE g.person_id = p.id
    AND (g.from_week IS NULL OR g.from_week <= :last) ORDER BY g.id DESC LIMIT 1), {DEFAULT_GOAL})"""
CONSISTENCY = "length(p.recent) - length(replace(p.recent, 'k', ''))"
SHARE = "CASE WHEN w.counted >= w.goal THEN 1.0 ELSE w.counted * 1.0 / w.goal END"
SEEN = """m.left_at IS NULL AND NOT m.is_hidden AND (m.joined_at > :resting OR p.last_checkin_at > :resting)"""
"""Members that others see: neither hidden nor resting. A week's board also wants them to have joined by its end."""
SHOWN = f"m.group_id = :group AND {SEEN}"

ONE_WEEK_OF = f"""SELECT m.group_id, p.id, m.name, m.sort_key, coalesce(w.minutes, 0) AS minutes,
    coalesce(w.goal, {GOAL}) AS goal, p.streak, {CONSISTENCY} AS consistency, coalesce({SHARE}, 0.0) AS share, p.zone
    FROM members m JOIN people p ON p.id = m.person_id
    LEFT JOIN weeks w ON w.person_id = p.id AND w.monday = :last
    WHERE m.group_id {{groups}} AND {SEEN} AND m.joined_at < :ended"""
ONE_WEEK = ONE_WEEK_OF.format(groups="= :group")
MANY_GROUPS = ONE_WEEK_OF.format(groups=f"IN {LISTED}")

MANY_WEEKS = f"""SELECT p.id, m.name, m.sort_key, coalesce(sum(w.minutes), 0) AS minutes, {GOAL} AS goal, p.streak,
    {CONSISTENCY} AS consistency,
    round(coalesce(sum({SHARE}), 0.0) / (:last_number + 1 -
        CASE WHEN m.first_week > :first_number THEN m.first_week ELSE :first_number END), 9) AS share
    FROM members m JOIN people p ON p.id = m.person_id
    LEFT JOIN weeks w ON w.person_id = p.id AND w.monday >= :first AND w.monday <= :last AND w.number >= m.first_week
    WHERE {SHOWN} AND m.first_week <= :last_number
    GROUP BY p.id, m.group_id"""

RANKED = """WITH board AS ({board}), ranked AS (
        SELECT *, rank() OVER (ORDER BY {key} DESC) AS rank,
               row_number() OVER (ORDER BY {key} DESC, consistency DESC, sort_key, id) AS place,
               count(*) OVER () AS members
        FROM board),
    mine AS (SELECT place FROM ranked WHERE id = :me)
    SELECT rank, id, name, share, minutes, goal, streak, consistency, place, members FROM ranked
    WHERE place BETWEEN :top + 1 AND :top + :size
       OR place BETWEEN (SELECT place FROM mine) - 1 AND (SELECT place FROM mine) + 1
    ORDER BY place"""

RANK_COLUMNS = {
    RankBy.SHARE: "share",
    RankBy.HOURS: "minutes",
    RankBy.STREAK: "streak",
    RankBy.CONSISTENCY: "consistency",
}


class _RankedRow(NamedTuple):
    """A row of `RANKED`: the fields of a board's `Row`, its place from 1 without ties, and the size of the board."""

    rank: int
    person_id: int
    name: str
    share: float
    minutes: int
    goal: int
    streak: int
    consistency: int
    place: int
    members: int


class _ResultRow(NamedTuple):
    """A member's row of a group's results; who did not keep the week has neither `streak` nor `later_kept`."""

    minutes: int
    goal: int
    person_id: int
    name: str
    zone: str
    streak: int | None
    later_kept: str | None


@dataclass(frozen=True, slots=True)
class LeaderboardQuery:
    """A query for a board; `me` is the person whose row is wanted with its neighbours (0: nobody's)."""

    group: Group
    period: LeaderboardPeriod
    span: Span
    by: RankBy
    me: int = 0


def find_page(tx: Tx, query: LeaderboardQuery, top: int, size: int, now: datetime) -> LeaderboardPage:
    """Return `size` rows of a board after the first `top`, and those around the asker. The span must hold a week."""
    rows = [
        _RankedRow._make(row)
        for row in tx.all(
            RANKED.format(board=ONE_WEEK if query.period.is_one_week else MANY_WEEKS, key=RANK_COLUMNS[query.by]),
            me=query.me,
            top=top,
            size=size,
            **_bounds(query.group, query.span, now),
        )
    ]
    before = [row for row in rows if row.place <= top]
    after = [row for row in rows if row.place > top + size]
    return LeaderboardPage(
        [_row(row) for row in before],
        [_row(row) for row in rows[len(before) : len(rows) - len(after)]],
        [_row(row) for row in after],
        bool(before) and before[-1].place < top,
        bool(after) and after[0].place > top + size + 1,
        rows[0].members if rows else 0,
    )


def find_total(tx: Tx, group: Group, week: Week, now: datetime) -> Total:
    """Return what the shown members of a group studied together in one week, and how many of them kept it."""
    return find_totals(tx, [group], week, now).get(group.id, Total(0, 0, 0, 0))


def find_totals(tx: Tx, groups: Sequence[Group], week: Week, now: datetime) -> dict[int, Total]:
    """Return the totals of groups in one zone, by id; none for a group in which nobody is shown."""
    rows = tx.all(
        f"""SELECT group_id, sum(minutes), sum(goal), count(*) FILTER (WHERE share >= 1), count(*)
            FROM ({MANY_GROUPS}) AS board GROUP BY group_id""",
        **_bounds(groups[0], Span(week, week), now),
        ids=listed(group.id for group in groups),
    )
    return {group_id: Total(*figures) for group_id, *figures in rows}


def find_results(tx: Tx, groups: Sequence[Group], week: Week, now: datetime) -> dict[int, tuple[Total, list[Keeper]]]:
    """Return the totals of groups in one zone, by id, and those who kept the week, with the longest streak first.

    That streak is right as long as every later week that they kept, and that has begun where they are, has lengthened
    it: until the week after closes.
    """
    rows = tx.all(
        f"""SELECT group_id, minutes, goal, id, name, zone, CASE WHEN share >= 1 THEN streak END,
                CASE WHEN share >= 1 THEN (SELECT group_concat(monday) FROM weeks w
                    WHERE w.person_id = id AND w.monday > :last AND w.counted >= w.goal) END
            FROM ({MANY_GROUPS}) AS board ORDER BY sort_key, id""",
        **_bounds(groups[0], Span(week, week), now),
        ids=listed(group.id for group in groups),
    )
    members: dict[int, list[_ResultRow]] = defaultdict(list)
    for group_id, *values in rows:
        members[group_id].append(_ResultRow._make(values))
    return {group_id: _results(of_group, now) for group_id, of_group in members.items()}


def count_freezes(tx: Tx, group_ids: Iterable[int], week: Week, now: datetime) -> dict[int, int]:
    """Return how many freezes of shown members saved a week, by group."""
    rows = tx.all(
        f"""SELECT m.group_id, count(*) FROM freezes f JOIN members m ON m.person_id = f.person_id
            JOIN people p ON p.id = f.person_id WHERE f.week = :week AND m.group_id IN {LISTED} AND {SEEN}
            GROUP BY m.group_id""",
        week=week.monday.isoformat(),
        resting=ms(now - RESTING_AFTER),
        ids=listed(group_ids),
    )
    return dict(map(tuple, rows))


def list_milestones(
    tx: Tx, group_ids: Iterable[int], since: datetime, until: datetime, now: datetime
) -> dict[int, list[tuple[str, Milestone]]]:
    """Return by group which shown members reached what in a stretch of time, `until` excluded."""
    rows = tx.all(
        f"""SELECT m.group_id, m.name, s.kind, s.value FROM milestones s JOIN members m ON m.person_id = s.person_id
            JOIN people p ON p.id = s.person_id
            WHERE s.reached_at >= :since AND s.reached_at < :until AND m.group_id IN {LISTED} AND {SEEN}
            ORDER BY m.sort_key, p.id, s.kind, s.value""",
        since=ms(since),
        until=ms(until),
        resting=ms(now - RESTING_AFTER),
        ids=listed(group_ids),
    )
    by_group: dict[int, list[tuple[str, Milestone]]] = defaultdict(list)
    for group_id, name, kind, value in rows:
        by_group[group_id].append((name, Milestone(MilestoneKind(kind), value)))
    return by_group


def list_day_minutes(tx: Tx, group_id: int, day: date, now: datetime) -> list[tuple[str, int]]:
    """Return name and minutes of the shown members who studied on a local day, by name; imported time is left out."""
    rows = tx.all(
        f"""SELECT m.name, d.minutes FROM members m JOIN people p ON p.id = m.person_id
            JOIN day_totals d ON d.person_id = p.id AND d.day = :day
            WHERE d.minutes > 0 AND {SHOWN} ORDER BY m.sort_key, p.id""",
        day=day.isoformat(),
        group=group_id,
        resting=ms(now - RESTING_AFTER),
    )
    return [(name, minutes) for name, minutes in rows]


def list_zones(tx: Tx, group_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return by group every zone that a member holds or has held: a week closes for all when it has closed in each."""
    rows = tx.all(
        f"""SELECT DISTINCT m.group_id, z.zone FROM members m JOIN zones z ON z.person_id = m.person_id
            WHERE m.group_id IN {LISTED} AND m.left_at IS NULL""",
        ids=listed(group_ids),
    )
    by_group: dict[int, list[str]] = defaultdict(list)
    for group_id, zone in rows:
        by_group[group_id].append(zone)
    return by_group


def _bounds(group: Group, span: Span, now: datetime) -> dict[str, object]:
    return {
        "group": group.id,
        "first": span.first.monday.isoformat(),
        "last": span.last.monday.isoformat(),
        "first_number": span.first.number,
        "last_number": span.last.number,
        "ended": ms(first_instant(span.last.plus(1).monday, group.zone)),
        "resting": ms(now - RESTING_AFTER),
    }


def _results(rows: list[_ResultRow], now: datetime) -> tuple[Total, list[Keeper]]:
    keepers = [
        Keeper(row.person_id, row.name, row.streak - _count_begun(row.later_kept, row.zone, now))
        for row in rows
        if row.streak is not None
    ]
    keepers.sort(key=lambda keeper: -keeper.streak)
    # lists, for a sum over a generator takes longer, and thousands are summed at one instant
    return Total(sum([row.minutes for row in rows]), sum([row.goal for row in rows]), len(keepers), len(rows)), keepers


def _count_begun(mondays: str | None, zone: str, now: datetime) -> int:
    """Return how many of some weeks, Mondays with commas between, have begun in a zone."""
    if mondays is None:
        return 0
    current = Week.of(now.astimezone(ZoneInfo(zone)).date()).monday.isoformat()
    return sum(monday <= current for monday in mondays.split(","))


def _row(ranked: _RankedRow) -> Row:
    return Row._make(ranked[: len(Row._fields)])
