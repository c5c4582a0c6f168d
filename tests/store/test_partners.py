"""The streak of two from real rows, beside what two whole histories say: over zones, goals, pauses and closings."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.request import Channel, User
from bot.domain.partner import Ending, Pair
from bot.domain.person import ZoneSource
from bot.domain.streak import Judged, WeekState
from bot.domain.week import Week
from bot.store import closing as weeks
from bot.store import groups, partner_cards, partner_invitations, partners, people, progress
from bot.store.sqlite import SqliteTx, connect
from bot.store.tx import Tx
from tests.store.lives import LIVES, NAMES, Lives, Moment
from tests.talk import MONDAY_MORNING, Talk

EXCUSED = (WeekState.PAUSED, WeekState.FROZEN, WeekState.FIRST)


@pytest.fixture
def connection(database: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(database, read_only=False)) as opened:
        yield opened


def live_together(tx: Tx, lives: Lives, begins: int) -> tuple[list[int], datetime]:
    """Let four people live, of whom three become partners when `begins` deeds are done."""
    now = MONDAY_MORNING
    group = groups.add(tx, Channel("console", "", "room"), "room", "UTC", 600, now)
    ids = [people.add(tx, User("console", "", name, name), name, "UTC", ZoneSource.GROUP, now).id for name in NAMES]
    for person_id in ids:
        groups.join(tx, group, people.get(tx, person_id), now)
    for number, (who, deed, days) in enumerate(lives):
        if number == begins:
            partners.start(tx, group.id, ids[:3], Week.of(now.date()), now)
        now += timedelta(days=days, hours=1)
        deed(Moment(tx, ids[who], now))
    if begins >= len(lives):
        partners.start(tx, group.id, ids[:3], Week.of(now.date()), now)
    return ids, now


def naive(one: list[Judged], other: list[Judged], pair: Pair) -> tuple[int, int]:
    """Count by going through both lives, week by week."""
    by_week = [{judged.week: judged for judged in judged_weeks} for judged_weeks in (one, other)]
    last = max((judged.week for judged in (*one, *other)), default=pair.started_week)
    streak = best = 0
    for week in pair.started_week.until(max(last, pair.started_week)):
        both = [judged_weeks.get(week) for judged_weeks in by_week]
        known = [judged for judged in both if judged is not None]
        if len(known) == 2 and all(judged.state is WeekState.KEPT for judged in known):
            streak += 1
            best = max(best, streak)
        elif (
            len(known) == 2
            and all(judged.facts.is_closed for judged in known)
            and not any(judged.state in EXCUSED for judged in known)
        ):
            streak = 0
    return streak, best


@given(LIVES, st.integers(0, 30))
def test_the_streak_of_each_two_is_what_their_histories_say(
    connection: sqlite3.Connection, lives: Lives, begins: int
) -> None:
    connection.execute("BEGIN")
    try:
        tx = SqliteTx(connection)
        ids, now = live_together(tx, lives, begins)
        before = partners.load_streaks(tx, partners.list_pairs(tx, ids[0]), {})
        while weeks.close_due(tx, now):
            pass
        histories = {person_id: progress.judge_history(tx, person_id, now) for person_id in ids}
        pairs = {pair.ids: pair for one in ids for pair in partners.list_pairs(tx, one)}
        assert set(pairs) == {(one, other) for one, other in combinations(sorted(ids[:3]), 2)}
        streaks = partners.load_streaks(tx, pairs.values(), {})
        for (one, other), pair in pairs.items():
            expected = naive(histories[one], histories[other], pair)
            assert (streaks[pair.ids].now.streak, streaks[pair.ids].now.best) == expected
            if pair.ids in before:
                assert before[pair.ids].settled.best <= expected[1]
        partners.settle(tx, ids)
        settled = partners.load_streaks(tx, partners.list_pairs(tx, ids[0]), {})
        assert all(settled[pair].now[:2] == streaks[pair].now[:2] for pair in settled)
        today = Week.of(now.date())
        shown = partner_cards.find(tx, ids[0], today, now)
        assert shown is not None
        assert len(shown.pairs) == 2
        assert all(pair.tally[:2] == settled[pair.partner.pair.ids].now[:2] for pair in shown.pairs)
    finally:
        connection.execute("ROLLBACK")


def test_a_pair_that_ended_keeps_its_best_and_begins_anew(connection: sqlite3.Connection) -> None:
    tx = SqliteTx(connection)
    ids, now = live_together(tx, [], 0)
    tx.run("UPDATE partner_pairs SET streak = 5, best = 7")
    [pair, _] = partners.list_pairs(tx, ids[0])
    partners.end(tx, [pair], Ending.LEFT, now)
    assert frozenset(pair.ids) in partner_invitations.find_apart(tx, ids)
    [(ended, _)] = partners.list_ended(tx, ids[0])
    assert ended.tally.best == 7
    partners.start(tx, pair.group_id, pair.ids, Week.of(now.date()), now)
    again = next(one for one in partners.list_pairs(tx, ids[0]) if one.ids == pair.ids)
    assert (again.tally.streak, again.tally.best) == (0, 7)
    assert partner_invitations.find_apart(tx, ids) == set()


async def test_two_answers_at_once_make_one_pair(talk: Talk) -> None:
    await talk.join("ada", "bo", "cy")
    await talk("ada", "/partner invite bo")
    await talk("bo", "/partner invite cy")
    rows = await talk.rows("SELECT id FROM partner_invitations ORDER BY id")
    first, second = (str(number) for (number,) in rows)
    heard = await asyncio.gather(
        talk.command("bo", "partner answer", invitation=first, choice="yes"),
        talk.command("cy", "partner answer", invitation=second, choice="yes"),
    )
    assert sum("are study partners" in answer for answer in heard) == 1
    assert await talk.rows("SELECT count(*) FROM partner_pairs") == [(1,)]
