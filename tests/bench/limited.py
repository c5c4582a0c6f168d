"""The program in 512 MiB of memory on a large database: a member asks for all that costs, weeks close, and one erases.

The system itself sets the limit, on what the process and its libraries take for themselves; the files that it reads are
not counted, for the system gives that memory to whoever needs it. It comes last, since it changes the database.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from tests.bench.large import NOW, Large
from tests.bench.lines import line, told

LIMIT_MIB = 512
MOST_MIB = 250
"""Each of three connections may keep 32 MiB of the file in memory, whatever it was asked."""

WITHIN_SECONDS = 1200
PROGRAM = """
import atexit, resource, sys, time
from pathlib import Path
limit = int(sys.argv.pop(1)) << 20
resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))

def tell():
    status = Path("/proc/self/status").read_text()
    print("peak", status.split("VmHWM:")[1].split()[0], file=sys.stderr)

atexit.register(tell)
from bot import cli
cli.main(sys.argv[1:])
"""
BOARDS = tuple(
    f"/leaderboard {period} {by}"
    for period in ("week", "month", "year", "all")
    for by in ("share", "hours", "streak", "consistency")
)
SAID = (*BOARDS, "/journal model", "/history 104", "/checkin 45m", ":advance 8d", BOARDS[0])
ERASED = ("/mydata erase", ":press Erase everything")


def run(whole: Large) -> Iterator[str]:
    """All lines of this part; none where the system knows no such limit."""
    if sys.platform != "linux":
        return
    peak = _talk(whole, "member7", SAID)
    yield line(f"MiB at the most for boards, search, history and closing weeks, of {LIMIT_MIB}", peak, MOST_MIB)
    yield told("MiB at the most for an erase", _talk(whole, "member8", ERASED))
    yield told("MiB at the most for `tenhours check`", _check(whole))


def _talk(whole: Large, who: str, said: tuple[str, ...]) -> float:
    """Return the MiB that a conversation took at the most; each line of it is answered, and none by a fault."""
    words = ("chat", "--as", who, "--json", "--clock", NOW.strftime("%Y-%m-%dT%H:%M"))
    done = _run(whole, words, "".join(f"{words}\n" for words in said))
    told_lines = [json.loads(row) for row in done.stdout.splitlines()]
    answers = [row for row in told_lines if row["kind"] in ("reply", "edit")]
    asked = [words for words in said if not words.startswith(":advance")]
    assert len(answers) >= len(asked), done.stderr[-2000:]
    assert "Traceback" not in done.stderr, done.stderr[-2000:]
    assert not any("my fault" in str(row).lower() for row in answers), answers
    return _peak(done.stderr)


def _check(whole: Large) -> float:
    return _peak(_run(whole, ("check", "--local"), "").stderr)


def _run(whole: Large, words: tuple[str, ...], typed: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(LIMIT_MIB), *words],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=WITHIN_SECONDS,
        env={**os.environ, "TENHOURS_DATABASE__URL": f"sqlite:///{whole.path}"},
    )


def _peak(written: str) -> float:
    [peak] = [row for row in written.splitlines() if row.startswith("peak ")]
    return int(peak.split()[1]) / 1024
