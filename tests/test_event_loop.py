"""The loop that serves is uvloop's where that is installed, and Python's own where it is not."""

import asyncio
import signal
import subprocess
import sys
import threading

import pytest
import uvloop

from bot import event_loop

IN_VAIN = """
import asyncio, os, signal, threading, time
from bot import event_loop

def interrupt():
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    time.sleep(0.2)
    os.kill(os.getpid(), signal.SIGINT)

async def wait():
    threading.Thread(target=interrupt, daemon=True).start()
    await asyncio.Event().wait()

signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
try:
    event_loop.run(wait(), is_fast=IS_FAST)
except KeyboardInterrupt:
    print("heard")
"""
"""A program that gets Ctrl-C on another thread: its waiting is not interrupted, as in the moment in which it begins."""


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


@pytest.mark.parametrize("is_fast", [True, False])
def test_ctrl_c_is_heard_though_it_does_not_interrupt_the_waiting(is_fast: bool) -> None:
    program = [sys.executable, "-c", IN_VAIN.replace("IS_FAST", str(is_fast))]
    assert subprocess.run(program, capture_output=True, text=True, check=True, timeout=60).stdout == "heard\n"
