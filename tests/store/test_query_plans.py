"""What is asked often reads by indexes alone: no statement looks through a table that grows with the community."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.delivery import planner
from bot.domain.leaderboard import LeaderboardPeriod, RankBy, span_of
from bot.store import (
    checkins,
    claims,
    groups,
    leaderboards,
    lines,
    outbox,
    progress,
    schedules,
    search,
    sqlite,
    totals,
)
from bot.store import closing as closing_weeks
from bot.store.leaderboards import LeaderboardQuery
from bot.store.sqlite import SqliteTx
from bot.store.tx import Row, Tx
from tests.bench import large

pytestmark = pytest.mark.sqlite

NOW = large.NOW
PERIODS = (LeaderboardPeriod.WEEK, LeaderboardPeriod.MONTH, LeaderboardPeriod.LAST_YEAR, LeaderboardPeriod.ALL)
FOUND_SO_FAR = frozenset(("board", "ranked", "mine", "members", "due", "firsts", "lines_of_today"))
SMALL = FOUND_SO_FAR | {"json_each", "journal_words", "sqlite_master"}
"""What a step may go through: lists of ours, the index of words, and what its statement has found so far, by name."""


class Planned(SqliteTx):
    """Keeps how each statement is run, and runs it."""

    def __init__(self, connection: object) -> None:
        super().__init__(connection)  # type: ignore[arg-type]
        self.steps: list[str] = []

    def all(self, sql: str, **params: object) -> list[Row]:
        self._plan(sql, params)
        return super().all(sql, **params)

    def one(self, sql: str, **params: object) -> Row | None:
        self._plan(sql, params)
        return super().one(sql, **params)

    def run(self, sql: str, **params: object) -> int:
        self._plan(sql, params)
        return super().run(sql, **params)

    def _plan(self, sql: str, params: dict[str, object]) -> None:
        self.steps += [row[3] for row in super().all(f"EXPLAIN QUERY PLAN {sql}", **params)]


def board(period: LeaderboardPeriod, by: RankBy) -> Callable[[Tx], object]:
    def ask(tx: Tx) -> object:
        query = LeaderboardQuery(groups.get(tx, large.LARGE_GROUP), period, span_of(period, NOW.date()), by, 3)
        return leaderboards.find_page(tx, query, 0, 10, NOW)

    return ask


ASKED: dict[str, Callable[[Tx], object]] = {
    **{f"the board of {period.value} by {by.value}": board(period, by) for period in PERIODS for by in RankBy},
    "the group's week": lambda tx: leaderboards.find_total(tx, groups.get(tx, 1), large.CURRENT, NOW),
    "a search": lambda tx: search.find_best(tx, 7, "model loss", 0, 10),
    "a history of five years": lambda tx: progress.judge_from_start(tx, 7, NOW),
    "the last weeks of five years": lambda tx: progress.judge_since(tx, 7, large.CURRENT.plus(-52), NOW),
    "its days": lambda tx: totals.list_days(tx, 7, large.FIRST.monday, large.CURRENT.sunday),
    "what is due": planner.next_instant,
    "schedules that are due": lambda tx: schedules.list_due(tx, NOW, 500),
    "weeks that close": lambda tx: closing_weeks.close_due(tx, NOW, 500),
    "who comes next": lambda tx: outbox.list_waiting(tx, "console", NOW, 100),
    "when to send next": lambda tx: outbox.find_next_at(tx, "console"),
    "a claim": lambda tx: claims.claim(tx, ["a", "b"], NOW),
    "one's newest check-ins": lambda tx: checkins.list_newest(tx, 7, 5),
    "a check-in by its number": lambda tx: checkins.find(tx, 7, 3),
    "one's lines": lambda tx: lines.find_recent(tx, 1, 7, NOW, NOW, 20),
}


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A community of eighty. As the program keeps no statistics, what it asks is planned as in one of thousands."""
    path = large.build(tmp_path_factory.mktemp("plans") / "few.db", 0.0).path
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("DELETE FROM sqlite_stat1")
    return path


@pytest.mark.parametrize("what", ASKED)
def test_nothing_is_looked_through(few: Path, what: str) -> None:
    with closing(sqlite.connect(few, read_only=False)) as connection:
        planned = Planned(connection)
        ASKED[what](planned)
    assert planned.steps
    scans = [step.split()[1] for step in planned.steps if step.startswith("SCAN ")]
    assert [name for name in scans if name not in SMALL and not name.startswith("(")] == []
