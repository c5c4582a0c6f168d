"""Weeks of the long road, put together from kept weeks, days before them and imports: beside a naive count of days."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.request import User
from bot.domain.person import ZoneSource
from bot.domain.week import Week
from bot.store import people, sqlite, totals
from bot.store.sqlite import SqliteTx
from bot.store.tx import Tx

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
MONDAY = date(2026, 1, 5)
DAYS = st.dictionaries(
    st.integers(-60, 60).map(lambda at: MONDAY + timedelta(days=at)),
    st.tuples(st.integers(0, 600), st.integers(0, 600)),
    max_size=12,
)


@pytest.fixture
def tx(database: Path) -> Iterator[Tx]:
    with closing(sqlite.connect(database, read_only=False)) as connection:
        yield SqliteTx(connection)


@given(DAYS, st.integers(-8, 8) | st.none(), st.integers(-10, 10))
def test_every_minute_is_in_its_week_once(
    tx: Tx, days: dict[date, tuple[int, int]], first: int | None, last: int
) -> None:
    for table in ("day_totals", "weeks", "identities", "zones", "people"):
        tx.run(f"DELETE FROM {table}")
    person = people.add(tx, User("console", "", "ada", "Ada"), "Ada", "UTC", ZoneSource.OWN, NOW)
    first_week = None if first is None else Week(MONDAY).plus(first)
    person = person._replace(first_week=first_week)
    in_weeks: Counter[Week] = Counter()
    expected: Counter[Week] = Counter()
    end = Week(MONDAY).plus(last)
    for day, (minutes, imported) in days.items():
        tx.run(
            "INSERT INTO day_totals (person_id, day, minutes, imported) VALUES (:id, :day, :minutes, :imported)",
            id=person.id,
            day=day.isoformat(),
            minutes=minutes,
            imported=imported,
        )
        if first_week is not None and day >= first_week.monday:
            in_weeks[Week.of(day)] += minutes
        expected[min(Week.of(day), end)] += minutes + imported
    for week, minutes in in_weeks.items():
        tx.run(
            """INSERT INTO weeks (person_id, monday, number, minutes, counted, goal)
               VALUES (:id, :monday, :number, :minutes, :minutes, 600)""",
            id=person.id,
            monday=week.monday.isoformat(),
            number=week.number,
            minutes=minutes,
        )
    weeks = totals.sum_by_week(tx, person, end)
    begins = min((week for week, minutes in expected.items() if minutes), default=end.plus(1))
    assert weeks == [expected[week] for week in begins.until(end)]
    assert sum(weeks) == sum(minutes + imported for minutes, imported in days.values())
