"""Work that goes on after Slack has been answered: held on to, so that it is neither lost nor left running."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

log = logging.getLogger(__name__)
T = TypeVar("T")


class BackgroundTasks:
    """The tasks of one adapter: none is collected half-way, none fails unheard, and none outlives the adapter."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
        """Begin work whose result somebody may wait for; what it raises is logged."""
        task = asyncio.create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._finish)
        return task

    def spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        """Begin work that nobody waits for."""
        _ = self.start(work, name)

    async def settle(self) -> None:
        """Wait until nothing is running any more."""
        while self._running:
            await asyncio.wait(set(self._running))

    async def close(self, seconds: float) -> None:
        """Let what is running finish for so many seconds, then cancel it."""
        if self._running:
            await asyncio.wait(set(self._running), timeout=seconds)
        for task in set(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _finish(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("work after an answer failed", exc_info=task.exception(), extra={"task": task.get_name()})
