"""Boards in SQL against a naive model over random groups: ranks, capping, who is shown, and which weeks count."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.collation import sort_key
from bot.domain.goal import DEFAULT_GOAL
from bot.domain.group import is_resting
from bot.domain.leaderboard import NO_TOTAL, LeaderboardPage, LeaderboardPeriod, RankBy, Row, Span, Total, span_of
from bot.domain.milestone import Milestone, MilestoneKind
from bot.domain.week import Week
from bot.store import groups, leaderboards, running_sums
from bot.store.leaderboards import MANY_WEEKS, MANY_WEEKS_ADDED_UP, ONE_WEEK
from bot.store.rows import ms
from bot.store.running_sums import WHOLE_SHARE
from bot.store.sqlite import SqliteTx, connect
from bot.store.tx import Tx

NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)
TODAY = NOW.date()
CURRENT = Week.of(TODAY)
BACK = 14


@dataclass(frozen=True)
class Person:
    """A made-up member: their weeks as (minutes, counted, goal), by how many weeks ago they were."""

    name: str
    streak: int
    recent: str
    goal: int | None
    joined_days_ago: int
    checked_in_days_ago: int | None
    has_left: bool
    is_hidden: bool
    weeks: dict[int, tuple[int, int, int]]
    began: int | None = 50
    """Weeks ago at which the first check-in was made; None before it."""
    away: frozenset[int] = frozenset()
    """Weeks ago in which four days were a pause, as it was announced."""
    saved: frozenset[int] = frozenset()
    away_in_streak: int = 0

    @property
    def joined_at(self) -> datetime:
        return NOW - timedelta(days=self.joined_days_ago)

    @property
    def checked_in_at(self) -> datetime | None:
        days = self.checked_in_days_ago
        return None if days is None else NOW - timedelta(days=days)

    @property
    def away_until(self) -> date | None:
        """The last day of the newest pause; one that was ended early ended on its second day."""
        last = (CURRENT.plus(-ago).monday + timedelta(days=2 if ago % 2 == 0 else 4) for ago in self.away)
        return max(last, default=None)

    @property
    def first_week(self) -> Week:
        return Week.first_from(self.joined_at.date())

    def has_kept(self, ago: int) -> bool:
        return ago in self.weeks and self.weeks[ago][1] >= self.weeks[ago][2]

    def is_counted(self, ago: int) -> bool:
        """Return True if they are one of those of whom so many kept the week."""
        has_begun = self.began is not None and self.began > ago
        return self.has_kept(ago) or (has_begun and ago not in self.away and ago not in self.saved)


GOALS = st.sampled_from([60, 300, 600, 601, 1500])
MINUTES = st.sampled_from([0, 1, 300, 480, 599, 600, 1300])
PEOPLE = st.builds(
    Person,
    name=st.sampled_from(["Ada", "bo", "Cy", "dee", "Élodie", "emil", "Bo 2", "Bo 10"]),
    streak=st.integers(0, 3),
    recent=st.text("kmpf", max_size=12),
    goal=st.none() | GOALS,
    joined_days_ago=st.integers(0, 100),
    checked_in_days_ago=st.none() | st.integers(0, 60),
    has_left=st.integers(0, 5).map(lambda n: n == 0),
    is_hidden=st.integers(0, 5).map(lambda n: n == 0),
    weeks=st.dictionaries(st.integers(0, BACK), st.tuples(MINUTES, MINUTES, GOALS), max_size=8),
    began=st.none() | st.integers(0, 3) | st.just(50),
    away_in_streak=st.integers(0, 2),
    away=st.frozensets(st.integers(0, 2)),
    saved=st.frozensets(st.integers(0, 2)),
)


@pytest.fixture
def connection(database: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(database, read_only=False)) as opened:
        yield opened


def fill(tx: Tx, people: list[Person]) -> None:
    """Two groups; the second one has everybody too, and must not be seen in the first."""
    for group in (1, 2):
        tx.run(
            """INSERT INTO groups (id, platform, team, channel, name, zone, goal, created_at)
               VALUES (:id, 'console', '', :id, 'g', 'UTC', 600, 0)""",
            id=group,
        )
    for number, person in enumerate(people, 1):
        _add(tx, number, person)
    _add(tx, len(people) + 1, Person("Stranger", 9, "k", 600, 90, 0, False, False, {0: (600, 600, 600)}), groups=(2,))


def _add(tx: Tx, number: int, person: Person, groups: tuple[int, ...] = (1, 2)) -> None:
    checked_in_at = person.checked_in_at
    tx.run(
        """INSERT INTO people (id, name, zone, created_at, streak, away, recent, last_checkin_at, first_week)
           VALUES (:id, 'elsewhere', 'UTC', 0, :streak, :away, :recent, :last, :first)""",
        id=number,
        streak=person.streak,
        away=person.away_in_streak,
        recent=person.recent,
        last=None if checked_in_at is None else ms(checked_in_at),
        first=None if person.began is None else CURRENT.plus(-person.began).monday.isoformat(),
    )
    for ago in person.saved:
        tx.run(
            "INSERT INTO freezes (person_id, week) VALUES (:id, :w)", id=number, w=CURRENT.plus(-ago).monday.isoformat()
        )
    for ago in person.away:
        _pause(tx, number, CURRENT.plus(-ago).monday, is_ended=ago % 2 == 0)
    if person.goal is not None:
        tx.run("INSERT INTO goals (person_id, minutes, set_at) VALUES (:id, :goal, 0)", id=number, goal=person.goal)
    for group in groups:
        tx.run(
            """INSERT INTO members (group_id, person_id, name, sort_key, joined_at, first_week, left_at, is_hidden)
               VALUES (:group, :id, :name, :key, :joined, :week, :left, :hidden)""",
            group=group,
            id=number,
            name=person.name,
            key=sort_key(person.name),
            joined=ms(person.joined_at),
            week=person.first_week.number,
            left=1 if person.has_left else None,
            hidden=person.is_hidden,
        )
    for ago, (minutes, counted, goal) in person.weeks.items():
        week = CURRENT.plus(-ago)
        tx.run(
            "INSERT INTO weeks (person_id, monday, minutes, number, counted, goal) VALUES (:id, :day, :m, :n, :c, :g)",
            id=number,
            day=week.monday.isoformat(),
            m=minutes,
            n=week.number,
            c=counted,
            g=goal,
        )
    running_sums.renew(tx, number, "")


def _pause(tx: Tx, number: int, monday: date, *, is_ended: bool) -> None:
    """Announce four days from Tuesday on; where it `is_ended`, end them on Wednesday."""
    first, ended, announced = (monday + timedelta(days=days) for days in (1, 2, 4))
    tx.run(
        """INSERT INTO pauses (person_id, from_day, until_day, announced_until, created_at)
           VALUES (:id, :first, :until, :announced, 0)""",
        id=number,
        first=first.isoformat(),
        until=(ended if is_ended else announced).isoformat(),
        announced=announced.isoformat() if is_ended else None,
    )


def _seen(people: list[Person], week: Week) -> list[Person]:
    """Return those whom others see on the board of one week."""
    return [
        person
        for person in people
        if not person.has_left
        and not person.is_hidden
        and not is_resting(person.checked_in_at, person.joined_at, NOW, person.away_until)
        and person.joined_at.date() <= week.sunday
    ]


def naive_total(people: list[Person], week: Week, me: int) -> Total:
    """Return the total of the group, whose goal is 600, without any SQL."""
    ago, seen = week.weeks_to(CURRENT), _seen(people, week)
    weeks = {
        id(person): person.weeks.get(ago, (0, 0, DEFAULT_GOAL if person.goal is None else person.goal))
        for person in seen
    }
    counted = [person for person in seen if person.is_counted(ago)]
    short = [person for person in seen if not person.has_kept(ago)]
    parts = {id(person): min(weeks[id(person)][2], 1200) for person in counted}
    return Total(
        sum(weeks[id(person)][0] for person in seen),
        sum(min(weeks[id(person)][1], parts[id(person)]) for person in counted),
        sum(parts.values()),
        len(seen) - len(short),
        len(counted),
        sum(ago in person.saved for person in short),
        sum(weeks[id(person)][0] > 0 for person in short),
        sum(0 < weeks[id(person)][1] >= weeks[id(person)][2] - 120 for person in short),
        sum(weeks[id(person)][0] == 0 and (not me or person is not people[me - 1]) for person in counted),
    )


def naive(people: list[Person], period: LeaderboardPeriod, span: Span, by: RankBy) -> list[Row]:
    """Return the rows of the board without any SQL."""
    is_one_week = period in (LeaderboardPeriod.WEEK, LeaderboardPeriod.LAST_WEEK)
    rows = []
    for number, person in enumerate(people, 1):
        if person.has_left or person.is_hidden:
            continue
        if is_resting(person.checked_in_at, person.joined_at, NOW, person.away_until):
            continue
        if is_one_week and person.joined_at.date() > span.last.sunday:
            continue
        if not is_one_week and person.first_week > span.last:
            continue
        row = _standing(number, person, span, is_one_week=is_one_week)
        if row.minutes:
            rows.append(row)
    key = {
        RankBy.SHARE: "share",
        RankBy.HOURS: "minutes",
        RankBy.STREAK: "streak",
        RankBy.CONSISTENCY: "kept_of_recent",
    }[by]
    rows.sort(key=lambda s: (-getattr(s, key), -s.kept_of_recent, sort_key(s.name), s.person_id))
    values = [getattr(standing, key) for standing in rows]
    return [
        Row(
            values.index(value) + 1, s.person_id, s.name, s.share, s.minutes, s.goal, s.streak, s.away, s.kept_of_recent
        )
        for s, value in zip(rows, values, strict=True)
    ]


def _standing(number: int, person: Person, span: Span, *, is_one_week: bool) -> Row:
    first = span.last if is_one_week else max(span.first, person.first_week)
    inside = [CURRENT.plus(-ago) for ago in person.weeks if first <= CURRENT.plus(-ago) <= span.last]
    weeks = [person.weeks[week.weeks_to(CURRENT)] for week in inside]
    shares = sum((min(Fraction(1), Fraction(counted, goal)) for _, counted, goal in weeks), Fraction(0))
    if not is_one_week:  # sums are of whole millionths
        shares = Fraction(
            sum(min(WHOLE_SHARE, counted * WHOLE_SHARE // goal) for _, counted, goal in weeks), WHOLE_SHARE
        )
    share = round(float(shares / (first.weeks_to(span.last) + 1)), 9)
    own_goal = DEFAULT_GOAL if person.goal is None else person.goal
    goal = weeks[0][2] if is_one_week and weeks else own_goal
    minutes = sum(counted for _, counted, _ in weeks)
    return Row(
        0, number, person.name, share, minutes, goal, person.streak, person.away_in_streak, person.recent.count("k")
    )


def rounded(standings: list[Row]) -> list[tuple[object, ...]]:
    return [
        (s.rank, s.person_id, s.name, round(s.share, 9), s.minutes, s.goal, s.streak, s.away, s.kept_of_recent)
        for s in standings
    ]


@given(
    st.lists(PEOPLE, max_size=12),
    st.sampled_from(LeaderboardPeriod),
    st.sampled_from(RankBy),
    st.integers(0, 12),
    st.integers(1, 5),
    st.booleans(),
)
def test_a_page_is_what_a_naive_model_says(  # noqa: PLR0917 - all are drawn
    connection: sqlite3.Connection,
    people: list[Person],
    period: LeaderboardPeriod,
    by: RankBy,
    me: int,
    size: int,
    are_missing: bool,
) -> None:
    span = span_of(period, TODAY)
    expected = naive(people, period, span, by)
    connection.execute("BEGIN")
    try:
        tx = SqliteTx(connection)
        fill(tx, people)
        if are_missing:
            tx.run(f"CREATE TABLE {running_sums.UNSUMMED} (person_id INTEGER PRIMARY KEY)")
        group = groups.get(tx, 1)
        for top in range(0, len(expected) + 1, size):
            page = leaderboards.find_page(
                tx, leaderboards.LeaderboardQuery(group, period, span, by, me), top, size, NOW
            )
            _check(page, expected, me, top, size)
        if period.is_one_week:
            _check_week(tx, people, span.last, me)
    finally:
        connection.execute("ROLLBACK")


def _check(page: LeaderboardPage, expected: list[Row], me: int, top: int, size: int) -> None:
    assert rounded(page.rows) == rounded(expected[top : top + size])
    at = next((at for at, standing in enumerate(expected) if standing.person_id == me), None)
    around = [] if at is None else range(max(0, at - 1), min(len(expected), at + 2))
    assert rounded(page.before) == rounded([expected[n] for n in around if n < top])
    assert rounded(page.after) == rounded([expected[n] for n in around if n >= top + size])
    assert page.has_gap_before == bool(page.before and around[min(len(page.before), len(around)) - 1] < top - 1)
    assert page.has_gap_after == bool(page.after and around[-len(page.after)] > top + size)
    if page.rows or page.before or page.after:
        assert page.members == len(expected)
        last = max(around[-1] if page.after else -1, top + len(page.rows) - 1 if page.rows else around[-1])
        assert page.rest == len(expected) - 1 - last


def _check_week(tx: Tx, people: list[Person], week: Week, me: int) -> None:
    group, me = groups.get(tx, 1), me if me <= len(people) else 0
    total = naive_total(people, week, me)
    assert leaderboards.find_total(tx, group, week, NOW, me) == total
    again, keepers = leaderboards.find_results(tx, [group], week, NOW).get(1, (NO_TOTAL, []))
    assert again == naive_total(people, week, 0)
    kept_the_week = [person for person in _seen(people, week) if person.has_kept(week.weeks_to(CURRENT))]
    streaks = sorted(
        (-streak_after(person, week), sort_key(person.name), number)
        for number, person in enumerate(people, 1)
        if any(person is kept for kept in kept_the_week)
    )
    assert [(-s.streak, sort_key(s.name), s.person_id) for s in keepers] == streaks


def streak_after(person: Person, week: Week) -> int:
    later = [person.weeks[ago] for ago in person.weeks if CURRENT.plus(-ago) > week]
    return person.streak - sum(counted >= goal for _, counted, goal in later)


def test_a_week_ends_by_the_clock_of_the_group(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN")
    tx = SqliteTx(connection)
    fill(tx, [Person("Ada", 0, "", 600, 0, 0, False, False, {})])
    last = CURRENT.plus(-1)
    joined = datetime.combine(CURRENT.monday, datetime.min.time(), UTC) + timedelta(hours=5)
    tx.run("UPDATE members SET joined_at = :at", at=ms(joined))
    assert leaderboards.find_total(tx, groups.get(tx, 1), last, NOW).members == 0
    tx.run("UPDATE groups SET zone = 'America/Los_Angeles'")
    assert leaderboards.find_total(tx, groups.get(tx, 1), last, NOW).members == 1
    connection.execute("ROLLBACK")


def test_a_goal_that_waits_is_not_yet_the_goal(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN")
    tx = SqliteTx(connection)
    fill(tx, [Person("Ada", 0, "", 600, 30, 0, False, False, {})])
    tx.run("INSERT INTO goals (person_id, from_week, minutes, set_at) VALUES (1, '2026-03-23', 60, 0)")
    assert leaderboards.find_total(tx, groups.get(tx, 1), CURRENT, NOW).goal == 600
    assert leaderboards.find_total(tx, groups.get(tx, 1), CURRENT.plus(1), NOW).goal == 60
    connection.execute("ROLLBACK")


SEEN = [
    Person("bo", 0, "", None, 90, 0, False, False, {}),
    Person("Ada", 0, "", None, 90, 0, False, False, {}),
    Person("Left", 0, "", None, 90, 0, True, False, {}),
    Person("Hidden", 0, "", None, 90, 0, False, True, {}),
    Person("Resting", 0, "", None, 90, 28, False, False, {}),
]


def test_milestones_are_those_of_shown_members(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN")
    tx = SqliteTx(connection)
    fill(tx, SEEN)
    tx.run("INSERT INTO milestones SELECT id, 'hours', 100, :at, TRUE FROM people", at=ms(NOW))
    hundred = Milestone(MilestoneKind.HOURS, 100)
    reached = leaderboards.list_milestones(tx, [1], CURRENT, NOW, NOW + timedelta(days=1), NOW)
    assert [(each.name, each.milestone) for each in reached[1]] == [("Ada", hundred), ("bo", hundred)]
    assert leaderboards.list_milestones(tx, [1], CURRENT, NOW - timedelta(days=1), NOW, NOW) == {}
    connection.execute("ROLLBACK")


def test_the_zones_of_a_group_are_those_of_its_members(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN")
    tx = SqliteTx(connection)
    fill(tx, SEEN[:3])
    for person, zone in ((1, "UTC"), (1, "Asia/Tokyo"), (2, "UTC"), (3, "Europe/Berlin")):
        tx.run("INSERT INTO zones (person_id, zone, set_at) VALUES (:id, :zone, 0)", id=person, zone=zone)
    assert sorted(leaderboards.list_zones(tx, [1])[1]) == ["Asia/Tokyo", "UTC"]
    connection.execute("ROLLBACK")


def test_no_statement_reads_check_ins_or_walks_through_all_people(connection: sqlite3.Connection) -> None:
    boards = [
        leaderboards.RANKED.format(board=board, key="share") for board in (ONE_WEEK, MANY_WEEKS, MANY_WEEKS_ADDED_UP)
    ]
    names = (
        "me",
        "resting_day",
        "today",
        "top",
        "size",
        "group",
        "first",
        "last",
        "sunday",
        "ended",
        "resting",
        "first_number",
        "last_number",
    )
    values = {**dict.fromkeys(names, 1), "ids": "[1]", "away": "[]"}
    for sql in (*boards, leaderboards.TOTALS, leaderboards.KEEPERS, leaderboards.PAUSES):
        plan = connection.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
        steps = [row[3] for row in plan]
        assert not any("checkins" in step for step in steps)
        assert not any(step.startswith("SCAN") and step.split()[1] in ("p", "w", "g", "m", "f") for step in steps), (
            steps
        )
