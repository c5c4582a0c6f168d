"""The event loop that serves: uvloop's where it is installed (`pip install tenhours[fast]`), else Python's own."""

import asyncio
import importlib
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
LoopFactory = Callable[[], asyncio.AbstractEventLoop]


def run(work: Coroutine[Any, Any, T], *, is_fast: bool = False) -> T:
    """Run some work to its end, as `asyncio.run` does; with `is_fast` on the quicker loop, where there is one.

    That one takes some time to load, which pays only for what serves.
    """
    with asyncio.Runner(loop_factory=find_fast() if is_fast else None) as runner:
        return runner.run(work)


def find_fast() -> LoopFactory | None:
    """Return what makes uvloop's loops, None where it is not installed."""
    try:
        make_loop: LoopFactory = importlib.import_module("uvloop").new_event_loop
    except ImportError:
        return None
    return make_loop
