"""How long a platform is waited for: one timer for all that is under way, since hardly any of it takes so long."""

import asyncio
from types import TracebackType


class Patience:
    """Ends with `TimeoutError` what waits for longer than `within` seconds inside `with patience.limited()`.

    `asyncio.timeout` does the same with a timer for each, a tenth of what a post cost the event loop.
    """

    def __init__(self, within: float) -> None:
        self._within = within
        self._until: dict[asyncio.Task[object], float] = {}
        self._late: set[asyncio.Task[object]] = set()
        self._timer: asyncio.TimerHandle | None = None

    def limited(self) -> "Limited":
        """What the running task waits for inside of it is limited."""
        return Limited(self)

    def begin(self, task: "asyncio.Task[object]") -> None:
        """It waits from now on."""
        loop = asyncio.get_running_loop()
        self._until[task] = until = loop.time() + self._within
        if self._timer is None:
            self._timer = loop.call_at(until, self._look)

    def end(self, task: "asyncio.Task[object]") -> bool:
        """It waits no longer; whether it was ended from here."""
        del self._until[task]
        was_late = task in self._late
        self._late.discard(task)
        return was_late

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        self._timer = None
        for task, until in self._until.items():
            if until > loop.time():
                self._timer = loop.call_at(until, self._look)
                return
            if task not in self._late:
                self._late.add(task)
                task.cancel()


class Limited:
    """One task that waits, and no longer than it may."""

    __slots__ = ("_patience", "_task")

    def __init__(self, patience: Patience) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._patience, self._task = patience, task

    def __enter__(self) -> None:
        self._patience.begin(self._task)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Where somebody else cancelled the task besides, it stays cancelled."""
        if self._patience.end(self._task) and self._task.uncancel() <= 0 and kind is asyncio.CancelledError:
            raise TimeoutError from error
