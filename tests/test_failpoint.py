"""A process dies where it is told to, and nowhere else."""

import os
import signal
import subprocess
import sys

import pytest

from bot.failpoint import VARIABLE, reach

STEPS = """
from bot.failpoint import reach

for n in range(3):
    print(n, flush=True)
    reach("here")
    reach("there")
"""


@pytest.mark.parametrize(
    ("armed", "status", "steps"),
    [("", 0, 3), ("here", -9, 1), ("there:2", -9, 2), ("here:4", 0, 3), ("elsewhere", 0, 3)],
)
def test_it_dies_where_it_is_told_to(armed: str, status: int, steps: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STEPS],
        env={**os.environ, VARIABLE: armed},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, len(done.stdout.split())) == (status, steps)


def test_this_process_is_not_armed() -> None:
    reach("posted")


@pytest.mark.parametrize(("armed", "steps"), [("here:stop", 1), ("there:2:stop", 2)])
def test_it_stops_where_it_is_told_to_until_it_may_go_on(armed: str, steps: int) -> None:
    with subprocess.Popen([sys.executable, "-c", STEPS], env={**os.environ, VARIABLE: armed}, stdout=-1) as process:
        _, status = os.waitpid(process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        assert process.stdout is not None
        assert os.read(process.stdout.fileno(), 1024).split() == [str(n).encode() for n in range(steps)]
        process.send_signal(signal.SIGCONT)
        assert process.wait(60) == 0
        assert len(process.stdout.read().split()) == 3 - steps
