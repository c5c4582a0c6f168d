"""Progress of people is loaded and saved for many as it is for one."""

import random
from collections.abc import Iterator
from contextlib import closing as closing_at_end
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.streak import WeekOutcome
from bot.store import closing, progress, sqlite
from bot.store.sqlite import SqliteTx
from bot.store.tx import Tx
from tests.store.lives import LIVES, Lives, live
from tests.talk import Talk


@pytest.fixture
def tx(database: Path) -> Iterator[Tx]:
    with closing_at_end(sqlite.connect(database, read_only=False)) as connection:
        yield SqliteTx(connection)


@contextmanager
def rolled_back(tx: Tx) -> Iterator[None]:
    """Undo at the end what is written meanwhile."""
    tx.run("BEGIN")
    try:
        yield
    finally:
        tx.run("ROLLBACK")


def stored(tx: Tx) -> list[tuple[object, ...]]:
    """Return all that judging saves."""
    people = "SELECT id, closed_week, closed_tally, streak, away, recent, kept, closes_at FROM people ORDER BY id"
    freezes = "SELECT person_id, week FROM freezes ORDER BY 1, 2"
    milestones = "SELECT person_id, kind, value, is_greeted FROM milestones ORDER BY 1, 2, 3"
    return [tuple(row) for sql in (people, freezes, milestones) for row in tx.all(sql)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(LIVES)
def test_one_person_is_loaded_as_among_many(tx: Tx, lives: Lives) -> None:
    with rolled_back(tx):
        ids, now = live(tx, lives)
        shuffled = random.Random(len(lives)).sample(ids, len(ids))
        for from_start in (False, True):
            alone = [record for person_id in ids for record in progress.load(tx, [person_id], from_start=from_start)]
            assert progress.load(tx, shuffled, from_start=from_start) == alone
        for at in (now, now + timedelta(weeks=2)):
            assert progress.judge_people(tx, shuffled, at) == [
                progress.judge_person(tx, person_id, at) for person_id in ids
            ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(LIVES, st.integers(-1, 12))
def test_the_last_weeks_are_those_of_judging_from_the_start(tx: Tx, lives: Lives, weeks_back: int) -> None:
    with rolled_back(tx):
        ids, now = live(tx, lives)
        for at in (now, now + timedelta(weeks=2)):
            for person_id in ids:
                whole = progress.judge_from_start(tx, person_id, at)
                since = whole.current.plus(-weeks_back)
                outcomes, recent = progress.judge_since(tx, person_id, since, at)
                expected = [WeekOutcome(week.facts, week.state) for week in whole.weeks if week.week >= since]
                assert outcomes == expected
                assert recent == progress.judge_person(tx, person_id, at)._replace(record=recent.record)
                assert (recent.tally, recent.condition) == (whole.tally, whole.condition)
                assert (recent.minutes, recent.elsewhere) == (whole.minutes, whole.elsewhere)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(LIVES)
def test_closing_together_saves_what_closing_one_by_one_saves(tx: Tx, lives: Lives) -> None:
    with rolled_back(tx):
        ids, now = live(tx, lives)
        later = now + timedelta(weeks=2)
        tx.run("SAVEPOINT before")
        for person_id in ids:
            progress.refresh(tx, person_id, later)
        alone = stored(tx)
        tx.run("ROLLBACK TO before")
        closing.close_due(tx, later)
        assert not any(closing.must_close_first(tx, person_id, later) for person_id in ids)
        assert stored(tx) == alone


async def live_five_weeks(talk: Talk) -> None:
    """Live five weeks of four people: one keeps all, one comes back, one is away, one moves and changes the goal."""
    for week in range(5):
        for who, hours in (("ada", "10h"), ("bo", "10h" if week in (0, 4) else "1h"), ("cy", "2h"), ("di", "6h")):
            await talk(who, f"/checkin {hours}")
        if week == 1:
            await talk("cy", "/pause until: 2026-01-25")
            await talk("di", "/goal 5")
            await talk("di", "/timezone Pacific/Auckland")
        talk.advance(weeks=1)


async def test_who_came_back_is_known_from_the_checkpoint(talk: Talk) -> None:
    await live_five_weeks(talk)
    later = talk.clock.now() + timedelta(days=3)
    await talk.store.write(lambda tx: closing.close_due(tx, later))
    bo = await talk.person("bo")
    checkpoints = await talk.store.read(lambda tx: progress.load_checkpoints(tx, [bo.id]))
    last, tally = checkpoints[bo.id]
    assert (str(last), tally.came_back, tally.missed_run) == ("2–8 Feb", True, 0)
