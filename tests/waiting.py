"""Waiting for what a test says it waits for: no test sleeps for a while and hopes."""

import asyncio
from collections.abc import Callable
from inspect import isawaitable

LOOK_SECONDS = 0.005


async def eventually(is_so: Callable[[], object], within: float = 60.0) -> None:
    """Wait until a condition holds, which may be a coroutine function. Raises `TimeoutError` if it never does."""
    async with asyncio.timeout(within):
        while True:
            answer = is_so()
            if await answer if isawaitable(answer) else answer:
                return
            await asyncio.sleep(LOOK_SECONDS)


async def turns(count: int = 20) -> None:
    """Let the event loop go round, so that whatever can go on without waiting for anything goes on."""
    for _ in range(count):
        await asyncio.sleep(0)


async def stopped(task: asyncio.Task[None]) -> None:
    """Cancel a task that serves, and wait for its orderly end."""
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled(), task
