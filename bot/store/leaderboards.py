"""Leaderboards and group totals, ranked by the database from stored totals; no check-in is ever scanned."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.domain.goal import DEFAULT_GOAL
from bot.domain.group import Group
from bot.domain.leaderboard import (
    GOALS_AT_MOST,
    NEAR_MINUTES,
    NO_TOTAL,
    Keeper,
    LeaderboardPage,
    LeaderboardPeriod,
    RankBy,
    Row,
    Span,
    Total,
)
from bot.domain.milestone import Milestone, MilestoneKind
from bot.domain.pause import Pause, paused_days
from bot.domain.results import Reached
from bot.domain.streak import PAUSED_DAYS
from bot.domain.week import EPOCH_MONDAY, Week, first_instant
from bot.store import running_sums
from bot.store.results_members import OF_RESULTS, SEEN, resting_at
from bot.store.rows import ms
from bot.store.tx import LISTED, Tx, listed

GOAL = f"""coalesce((SELECT minutes FROM goals g WHERE g.person_id = p.id
    AND (g.from_week IS NULL OR g.from_week <= :last)
    AND (NOT g.is_for_one_week OR g.from_week = :last) ORDER BY g.id DESC LIMIT 1), {DEFAULT_GOAL})"""
CONSISTENCY = "length(p.recent) - length(replace(p.recent, 'k', ''))"
SHARE = "CASE WHEN w.counted >= w.goal THEN 1.0 ELSE w.counted * 1.0 / w.goal END"
SHOWN = f"m.group_id = :group AND {SEEN}"

LISTED_AWAY = LISTED.replace(":ids", ":away")

ONE_WEEK = f"""SELECT p.id, m.name, m.sort_key, w.counted AS minutes, w.goal, p.streak, p.away,
    {CONSISTENCY} AS consistency,
    {SHARE} AS share
    FROM members m JOIN people p ON p.id = m.person_id
    JOIN weeks w ON w.person_id = p.id AND w.monday = :last AND w.counted > 0
    WHERE {SHOWN} AND m.joined_at < :ended"""

WEEKS_IN_PERIOD = """(:last_number + 1 -
    CASE WHEN m.first_week > :first_number THEN m.first_week ELSE :first_number END)"""
"""The weeks that began in a period while somebody was a member."""

MANY_WEEKS_ADDED_UP = f"""SELECT p.id, m.name, m.sort_key, sum(w.counted) AS minutes, {GOAL} AS goal, p.streak, p.away,
    {CONSISTENCY} AS consistency,
    round(sum({running_sums.SHARE}) * 1.0 / {running_sums.WHOLE_SHARE} / {WEEKS_IN_PERIOD}, 9) AS share
    FROM members m JOIN people p ON p.id = m.person_id
    JOIN weeks w ON w.person_id = p.id AND w.monday >= :first AND w.monday <= :last AND w.number >= m.first_week
    WHERE {SHOWN} AND m.first_week <= :last_number
    GROUP BY p.id, m.group_id HAVING sum(w.counted) > 0"""
"""The mean of capped shares over the weeks of a period, one by one: while running sums are still to be made."""

NEWEST = "SELECT max(monday) FROM weeks WHERE person_id = p.id AND monday"
JOINED = f"date('{EPOCH_MONDAY}', (m.first_week * 7) || ' days')"
"""The Monday of a member's first week in the group."""

BEGIN = f"CASE WHEN m.first_week > :first_number THEN {JOINED} ELSE :first END"
MANY_WEEKS = f"""SELECT * FROM (
    SELECT p.id, m.name, m.sort_key, w.counted_sum - coalesce(b.counted_sum, 0) AS minutes, {GOAL} AS goal, p.streak,
        p.away, {CONSISTENCY} AS consistency,
        round((w.share_sum - coalesce(b.share_sum, 0)) * 1.0 / {running_sums.WHOLE_SHARE} / {WEEKS_IN_PERIOD}, 9)
            AS share
    FROM members m JOIN people p ON p.id = m.person_id
    JOIN weeks w ON w.person_id = p.id AND w.monday = ({NEWEST} <= :last)
    LEFT JOIN weeks b ON b.person_id = p.id AND b.monday = ({NEWEST} < {BEGIN})
    WHERE {SHOWN} AND m.first_week <= :last_number) AS members WHERE minutes > 0"""
"""The same as the difference of two running sums."""

GROUPS_WEEK = f"""SELECT m.group_id, p.id, m.name, m.sort_key, p.zone, p.streak, coalesce(w.minutes, 0) AS minutes,
    coalesce(w.counted, 0) AS counted, coalesce(w.goal, {GOAL}) AS goal, {GOALS_AT_MOST} * g.goal AS most,
    coalesce(w.counted >= w.goal, FALSE) AS is_kept, coalesce(p.first_week < :last, FALSE) AS has_begun,
    p.id IN {LISTED_AWAY} AS is_away,
    EXISTS (SELECT 1 FROM freezes f WHERE f.person_id = p.id AND f.week = :last) AS is_saved
    FROM groups g JOIN members m ON m.group_id = g.id JOIN people p ON p.id = m.person_id
    LEFT JOIN weeks w ON w.person_id = p.id AND w.monday = :last
    WHERE g.id IN {LISTED} AND {OF_RESULTS} AND m.joined_at < :ended"""
"""The members of groups in one week, whatever they did in it."""

WEIGHED = f"""SELECT *, CASE WHEN goal < most THEN goal ELSE most END AS part,
    is_kept OR (has_begun AND NOT is_away AND NOT is_saved) AS is_counted FROM ({GROUPS_WEEK}) AS members"""
"""The same with the part of the group's goal that is theirs, and whether they are among those of whom so many kept it:
not in a practice week, away or saved, unless they have kept it."""

TOTALS = f"""SELECT group_id, sum(minutes),
    sum(CASE WHEN NOT is_counted THEN 0 WHEN counted < part THEN counted ELSE part END),
    sum(CASE WHEN is_counted THEN part ELSE 0 END), count(*) FILTER (WHERE is_kept),
    count(*) FILTER (WHERE is_counted), count(*) FILTER (WHERE is_saved AND NOT is_kept),
    count(*) FILTER (WHERE minutes > 0 AND NOT is_kept),
    count(*) FILTER (WHERE counted > 0 AND NOT is_kept AND goal - counted <= {NEAR_MINUTES}),
    count(*) FILTER (WHERE is_counted AND minutes = 0 AND id <> :me)
    FROM ({WEIGHED}) AS weighed GROUP BY group_id"""

KEEPERS = f"""SELECT group_id, id, name, zone, streak, (SELECT group_concat(monday) FROM weeks w
        WHERE w.person_id = members.id AND w.monday > :last AND w.counted >= w.goal)
    FROM ({GROUPS_WEEK}) AS members WHERE is_kept ORDER BY sort_key, id"""

PAUSES = f"""SELECT p.person_id, p.from_day, coalesce(p.announced_until, p.until_day)
    FROM pauses p WHERE p.from_day <= :sunday AND coalesce(p.announced_until, p.until_day) >= :last
    AND p.person_id IN (SELECT person_id FROM members WHERE group_id IN {LISTED} AND left_at IS NULL)"""

RANKED = """WITH board AS ({board}), ranked AS (
        SELECT *, rank() OVER (ORDER BY {key} DESC) AS rank,
               row_number() OVER (ORDER BY {key} DESC, consistency DESC, sort_key, id) AS place,
               count(*) OVER () AS members
        FROM board),
    mine AS (SELECT place FROM ranked WHERE id = :me)
    SELECT rank, id, name, share, minutes, goal, streak, away, consistency, place, members FROM ranked
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
    away: int
    consistency: int
    place: int
    members: int


class _KeeperRow(NamedTuple):
    """A row of `KEEPERS` without its group; `later_kept` has the Mondays of weeks kept since, commas between."""

    person_id: int
    name: str
    zone: str
    streak: int
    later_kept: str | None


class LeaderboardQuery(Struct, frozen=True):
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
            RANKED.format(board=_board(tx, query.period), key=RANK_COLUMNS[query.by]),
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
        rows[-1].members - rows[-1].place if rows else 0,
    )


def _board(tx: Tx, period: LeaderboardPeriod) -> str:
    """Return the statement for the rows of a board, not yet ranked."""
    if period.is_one_week:
        return ONE_WEEK
    return MANY_WEEKS_ADDED_UP if running_sums.are_missing(tx) else MANY_WEEKS


def find_total(tx: Tx, group: Group, week: Week, now: datetime, me: int = 0) -> Total:
    """Return what the shown members of a group studied together in one week, and how many of them kept it.

    `me` is not among those who have logged nothing yet.
    """
    return find_totals(tx, [group], week, now, me).get(group.id, NO_TOTAL)


def find_totals(tx: Tx, groups: Sequence[Group], week: Week, now: datetime, me: int = 0) -> dict[int, Total]:
    """Return the totals of groups in one zone, by id; none for a group in which nobody is shown."""
    rows = tx.all(TOTALS, me=me, **_bounds_of_groups(tx, groups, week, now))
    return {group_id: Total(*figures) for group_id, *figures in rows}


def find_results(tx: Tx, groups: Sequence[Group], week: Week, now: datetime) -> dict[int, tuple[Total, list[Keeper]]]:
    """Return the totals of groups in one zone, by id, and those who kept the week, with the longest streak first.

    That streak is right as long as every later week that they kept, and that has begun where they are, has lengthened
    it: until the week after closes.
    """
    bounds = _bounds_of_groups(tx, groups, week, now)
    keepers: dict[int, list[Keeper]] = defaultdict(list)
    for group_id, *values in tx.all(KEEPERS, **bounds):
        row = _KeeperRow._make(values)
        streak = row.streak - _count_begun(row.later_kept, row.zone, now)
        keepers[group_id].append(Keeper(row.person_id, row.name, streak))
    for of_group in keepers.values():
        of_group.sort(key=lambda keeper: -keeper.streak)
    totals = {group_id: Total(*figures) for group_id, *figures in tx.all(TOTALS, me=0, **bounds)}
    return {group_id: (total, keepers[group_id]) for group_id, total in totals.items()}


def find_away(tx: Tx, groups: Sequence[Group], week: Week) -> list[int]:
    """Return the members of groups who are away in a week: pauses, as they were announced, cover most of it."""
    rows = tx.all(
        PAUSES,
        last=week.monday.isoformat(),
        sunday=week.sunday.isoformat(),
        ids=listed(group.id for group in groups),
    )
    pauses: dict[int, list[Pause]] = defaultdict(list)
    for person_id, from_day, until_day in rows:
        pauses[person_id].append(Pause(date.fromisoformat(from_day), date.fromisoformat(until_day)))
    return [person_id for person_id, theirs in pauses.items() if paused_days(theirs, week) >= PAUSED_DAYS]


def list_milestones(
    tx: Tx, group_ids: Iterable[int], week: Week, since: datetime, until: datetime, now: datetime
) -> dict[int, list[Reached]]:
    """Return by group which members of a week's results reached what in a stretch of time, `until` excluded."""
    rows = tx.all(
        f"""SELECT m.group_id, p.id, m.name, s.kind, s.value FROM milestones s
            JOIN members m ON m.person_id = s.person_id JOIN people p ON p.id = s.person_id
            WHERE s.reached_at >= :since AND s.reached_at < :until AND m.group_id IN {LISTED} AND {OF_RESULTS}
            ORDER BY m.sort_key, p.id, s.kind, s.value""",
        since=ms(since),
        until=ms(until),
        last=week.monday.isoformat(),
        **resting_at(now),
        ids=listed(group_ids),
    )
    by_group: dict[int, list[Reached]] = defaultdict(list)
    for group_id, person_id, name, kind, value in rows:
        by_group[group_id].append(Reached(person_id, name, Milestone(MilestoneKind(kind), value)))
    return by_group


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
        **resting_at(now),
    }


def _bounds_of_groups(tx: Tx, groups: Sequence[Group], week: Week, now: datetime) -> dict[str, object]:
    return {
        **_bounds(groups[0], Span(week, week), now),
        "ids": listed(group.id for group in groups),
        "away": listed(find_away(tx, groups, week)),
    }


def _count_begun(mondays: str | None, zone: str, now: datetime) -> int:
    """Return how many of some weeks, Mondays with commas between, have begun in a zone."""
    if mondays is None:
        return 0
    current = Week.of(now.astimezone(ZoneInfo(zone)).date()).monday.isoformat()
    return sum(monday <= current for monday in mondays.split(","))


def _row(ranked: _RankedRow) -> Row:
    return Row._make(ranked[: len(Row._fields)])
