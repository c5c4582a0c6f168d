"""Turns that all processes take together: never two closer than asked for, and no wrong clock keeps anybody waiting."""

import asyncio
from datetime import timedelta

import pytest

from bot.clock import StillClock
from bot.store.database import Store
from bot.store.key_values import StoredMemory
from tests.talk import MONDAY_MORNING

APART = 6.0


async def test_turns_are_as_far_apart_as_is_asked_for_each_key(store: Store) -> None:
    clock = StillClock(MONDAY_MORNING)
    here, there = StoredMemory(store, clock), StoredMemory(store, clock)
    assert [await memory.take_turn("a", APART) for memory in (here, there, here)] == [0, 6, 12]
    assert await here.take_turn("b", APART) == 0
    clock.advance(timedelta(seconds=16))
    assert await here.take_turn("a", APART) == 2
    clock.advance(timedelta(minutes=1))
    assert await there.take_turn("a", APART) == 0


async def test_turns_that_are_taken_at_once_differ(store: Store) -> None:
    memory = StoredMemory(store, StillClock(MONDAY_MORNING))
    turns = await asyncio.gather(*(memory.take_turn("a", APART) for _ in range(8)))
    assert sorted(turns) == [number * APART for number in range(8)]


@pytest.mark.parametrize("ahead", [timedelta(hours=2), timedelta(days=400)])
async def test_a_clock_that_was_ahead_keeps_nobody_waiting(store: Store, ahead: timedelta) -> None:
    wrong, right = StillClock(MONDAY_MORNING + ahead), StillClock(MONDAY_MORNING)
    await StoredMemory(store, wrong).take_turn("a", APART)
    assert await StoredMemory(store, right).take_turn("a", APART) == 0
