"""The loop that serves is uvloop's where that is installed, and Python's own where it is not."""

import asyncio
import signal
import subprocess
import sys
import threading

import pytest
import uvloop

from bot import event_loop


async def loop_in_use() -> str:
    return type(asyncio.get_running_loop()).__module__.split(".")[0]


async def do_as_the_program_does() -> list[bytes | str]:
    """Wait for a process, for a thread and for a signal."""
    loop, signalled = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, signalled.set)
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "print(1)", stdout=subprocess.PIPE)
    written, _ = await process.communicate()
    done: asyncio.Future[str] = loop.create_future()
    threading.Thread(target=lambda: loop.call_soon_threadsafe(done.set_result, "thread")).start()
    said = await done
    signal.raise_signal(signal.SIGTERM)
    await asyncio.wait_for(signalled.wait(), 5)
    return [written.strip(), said]


def test_the_quick_loop_serves_where_it_is_installed() -> None:
    assert event_loop.find_fast() is uvloop.new_event_loop
    assert event_loop.run(loop_in_use(), is_fast=True) == "uvloop"
    assert event_loop.run(loop_in_use()) == "asyncio"


@pytest.mark.parametrize("is_fast", [True, False])
def test_processes_threads_and_signals_work_on_either(is_fast: bool) -> None:
    assert event_loop.run(do_as_the_program_does(), is_fast=is_fast) == [b"1", "thread"]


def test_without_it_pythons_own_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvloop", None)
    assert event_loop.find_fast() is None
    assert event_loop.run(loop_in_use(), is_fast=True) == "asyncio"
