"""`make pairs OLD=folder`: what an older checkout takes and what this one takes, in turn, in one run.

Both are measured as whole processes by the same commands, so that only what everybody sees is compared, each in the
environment that `make` built in its folder. A change of structure may cost at most 5 %.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from tests.bench.lines import line

HERE = Path(__file__).parents[2]
MOST = 1.05
CHECKINS = 600
PAIRS = 7
START_PAIRS = 15
YEARS_PAIRS = 3
YEARS = """
import asyncio, pathlib, tempfile
from bot.store import migrate
from tests.bench import delivery, years
path = pathlib.Path(tempfile.mkdtemp()) / "years.db"
migrate.migrate(path)
print(sum(asyncio.run(years.live(path, delivery.Terminal()))))
"""
"""Prints the seconds that planning and sending took; names alike in both checkouts."""


def run(old: Path) -> list[str]:
    """Return a line for each thing that is compared."""
    return [
        _compare(f"{CHECKINS:,} check-ins typed into `tenhours chat`", old, _check_in, PAIRS),
        _compare("`tenhours chat`, first answer, new database", old, _first_answer, START_PAIRS),
        _compare("two simulated years of 2,000 members", old, _two_years, YEARS_PAIRS),
    ]


def _compare(words: str, old: Path, measure: Callable[[Path], float], pairs: int) -> str:
    """Measure both in turn, the first one first every second time; the ratio is the median of the pairs' ratios."""
    measure(old), measure(HERE)
    ratios = []
    for number in range(pairs):
        order = (old, HERE) if number % 2 else (HERE, old)
        seconds = {tree: measure(tree) for tree in order}
        ratios.append(seconds[HERE] / seconds[old])
    return line(f"{words}, beside the commit before, median of {pairs} pairs", median(ratios), MOST)


def _check_in(tree: Path) -> float:
    lines = "".join(f"@p{number % 20} /checkin {number % 50 + 10}m\n" for number in range(CHECKINS))
    return _chat(tree, lines)


def _first_answer(tree: Path) -> float:
    return _chat(tree, "/checkin 1h\n")


def _chat(tree: Path, lines: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        environ = _environ(tree) | {"TENHOURS_DATABASE__URL": f"sqlite:///{folder}/pairs.db"}
        command = [_python(tree), "-m", "bot", "chat", "--as", "ada", "--json", "--clock", "2026-01-05T09:00"]
        return _seconds(command, tree, environ, lines)


def _two_years(tree: Path) -> float:
    done = subprocess.run(
        [_python(tree), "-c", YEARS], cwd=tree, env=_environ(tree), capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def _python(tree: Path) -> str:
    return str(tree / ".venv" / "bin" / "python")


def _environ(tree: Path) -> dict[str, str]:
    return dict(os.environ) | {"PYTHONPATH": str(tree)}


def _seconds(command: list[str], tree: Path, environ: dict[str, str], lines: str) -> float:
    began = time.perf_counter()
    subprocess.run(command, cwd=tree, env=environ, input=lines, text=True, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


if __name__ == "__main__":
    for result in run(Path(sys.argv[1]).absolute()):
        print(result, flush=True)
