"""The event loop that serves: uvloop's where it is installed (`pip install tenhours[fast]`), else Python's own."""

import asyncio
import importlib
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
LoopFactory = Callable[[], asyncio.AbstractEventLoop]
ENOUGH_BYTES = 4096
"""More than the bytes of all signals that come between two turns of a loop."""


def run(work: Coroutine[Any, Any, T], *, is_fast: bool = False) -> T:
    """Run some work to its end, as `asyncio.run` does; with `is_fast` on the quicker loop, where there is one.

    That one takes some time to load, which pays only for what serves.
    """
    with (
        asyncio.Runner(loop_factory=find_fast() if is_fast else None) as runner,
        _woken_by_signals(runner.get_loop()),
    ):
        return runner.run(work)


@contextmanager
def _woken_by_signals(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Let signals wake Python's own loop; uvloop's has that already.

    Ctrl-C would not be heard before the next event if it came at the moment at which the loop begins to wait.
    """
    if not isinstance(loop, asyncio.SelectorEventLoop):
        yield
        return
    read, written = socket.socketpair()
    with read, written:
        for end in (read, written):
            end.setblocking(False)
        loop.add_reader(read, read.recv, ENOUGH_BYTES)
        former = signal.set_wakeup_fd(written.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(former)
            loop.remove_reader(read)


def find_fast() -> LoopFactory | None:
    """Return what makes uvloop's loops, None where it is not installed."""
    try:
        make_loop: LoopFactory = importlib.import_module("uvloop").new_event_loop
    except ImportError:
        return None
    return make_loop
