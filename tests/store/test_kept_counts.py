"""How many kept each of the last weeks, against a naive count of random groups."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.streak import RECENT_WEEKS
from bot.domain.week import Week
from bot.store.kept_counts import count_kept
from bot.store.rows import ms
from bot.store.sqlite import SqliteTx, connect
from bot.store.tx import Tx

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CURRENT = Week.of(NOW.date())
GOAL = 600


@dataclass(frozen=True)
class Member:
    """A made-up member: the minutes that counted in weeks, by how many weeks ago they were."""

    joined_days_ago: int
    has_left: bool
    is_hidden: bool
    weeks: dict[int, int]
    stored: frozenset[int] = frozenset()
    """The weeks, by how many ago they were, whose results have counted this member."""

    def kept(self, week: Week, with_results: set[int]) -> bool:
        """Return True if a group that shows this member counts the week as kept by them."""
        ago = week.weeks_to(CURRENT)
        has_joined = (NOW - timedelta(days=self.joined_days_ago)).date() <= week.sunday
        is_counted = ago in self.stored if ago in with_results else has_joined
        return not self.has_left and not self.is_hidden and is_counted and self.weeks.get(ago, 0) >= GOAL


MEMBERS = st.builds(
    Member,
    st.integers(0, 120),
    st.integers(0, 5).map(lambda number: number == 0),
    st.integers(0, 5).map(lambda number: number == 0),
    st.dictionaries(st.integers(0, 15), st.sampled_from([0, 599, 600, 900]), max_size=12),
    st.frozensets(st.integers(0, 15), max_size=8),
)


@pytest.fixture
def connection(database: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(database, read_only=False)) as opened:
        yield opened


def fill(tx: Tx, members: list[Member]) -> None:
    """Two groups; everybody is in the first alone."""
    for group in (1, 2):
        tx.run(
            """INSERT INTO groups (id, platform, team, channel, name, zone, goal, created_at)
               VALUES (:id, 'console', '', :id, 'g', 'UTC', 600, 0)""",
            id=group,
        )
    for number, member in enumerate(members, 1):
        tx.run("INSERT INTO people (id, name, zone, created_at) VALUES (:id, 'x', 'UTC', 0)", id=number)
        tx.run(
            """INSERT INTO members (group_id, person_id, joined_at, first_week, left_at, is_hidden)
               VALUES (1, :id, :joined, 0, :left, :hidden)""",
            id=number,
            joined=ms(NOW - timedelta(days=member.joined_days_ago)),
            left=1 if member.has_left else None,
            hidden=member.is_hidden,
        )
        tx.many(
            "INSERT INTO weeks (person_id, monday, minutes, number, counted, goal) VALUES (:id, :day, :m, :n, :m, :g)",
            [
                {
                    "id": number,
                    "day": CURRENT.plus(-ago).monday.isoformat(),
                    "m": minutes,
                    "n": CURRENT.plus(-ago).number,
                    "g": GOAL,
                }
                for ago, minutes in member.weeks.items()
            ],
        )
        tx.many(
            "INSERT INTO results_members (group_id, week, person_id) VALUES (1, :week, :id)",
            [{"id": number, "week": CURRENT.plus(-ago).monday.isoformat()} for ago in member.stored],
        )


@given(st.lists(MEMBERS, max_size=8), st.integers(0, 3))
@example([Member(4, False, False, {0: 600, 1: 600})], 0)
@example([Member(5, False, False, {1: 600})], 1)
@example([Member(40, False, False, {1: 600}), Member(9, False, False, {}, frozenset({1}))], 1)
def test_the_counts_are_those_of_a_naive_model(connection: sqlite3.Connection, members: list[Member], ago: int) -> None:
    last = CURRENT.plus(-ago)
    with_results = {ago for member in members for ago in member.stored}
    counts = [
        sum(member.kept(week, with_results) for member in members) for week in last.plus(1 - RECENT_WEEKS).until(last)
    ]
    while counts and not counts[0]:
        counts.pop(0)
    connection.execute("BEGIN")
    try:
        tx = SqliteTx(connection)
        fill(tx, members)
        assert count_kept(tx, [1, 2], last) == ({1: tuple(counts)} if counts else {})
        assert count_kept(tx, [2], last) == {}
    finally:
        connection.execute("ROLLBACK")
