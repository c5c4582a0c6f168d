"""What takes too long is ended, each by itself; what is cancelled by somebody else stays cancelled."""

import asyncio

import pytest

from bot.delivery.patience import Patience

SHORT = 0.02


async def wait_for(patience: Patience, gate: asyncio.Event) -> str:
    with patience.limited():
        await gate.wait()
    return "in time"


async def outcome(task: asyncio.Task[str]) -> object:
    [found] = await asyncio.gather(task, return_exceptions=True)
    return found if isinstance(found, str) else type(found)


async def test_each_has_its_own_time_and_one_timer_does_for_all() -> None:
    patience, soon, never = Patience(SHORT), asyncio.Event(), asyncio.Event()
    first = [asyncio.create_task(wait_for(patience, gate)) for gate in (soon, never)]
    await asyncio.sleep(SHORT / 2)
    second = asyncio.create_task(wait_for(patience, never))
    soon.set()
    assert [await outcome(task) for task in (*first, second)] == ["in time", TimeoutError, TimeoutError]
    third = asyncio.create_task(wait_for(patience, never))
    assert await outcome(third) is TimeoutError


async def test_what_was_ended_goes_on_with_its_task() -> None:
    patience = Patience(SHORT)
    with pytest.raises(TimeoutError), patience.limited():
        await asyncio.Event().wait()
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0
    await asyncio.sleep(0)


async def test_who_is_cancelled_by_somebody_else_stays_so_even_when_it_is_late() -> None:
    patience, gate = Patience(SHORT), asyncio.Event()
    early = asyncio.create_task(wait_for(patience, gate))
    await asyncio.sleep(0)
    early.cancel()
    assert await outcome(early) is asyncio.CancelledError

    async def stubborn() -> str:
        with patience.limited():
            try:
                await gate.wait()
            except asyncio.CancelledError:
                own.cancel()
                raise
        return "in time"

    own = asyncio.create_task(stubborn())
    assert await outcome(own) is asyncio.CancelledError


async def test_another_fault_stays_what_it_is() -> None:
    with pytest.raises(ZeroDivisionError), Patience(SHORT).limited():
        raise ZeroDivisionError
