"""Pictures beside the bare library drawing the same, and what a hundred of them do to the event loop and to memory."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from bot.charts.picture import picture
from bot.charts.theme import DARK, LIGHT
from bot.chat.chart import AreaBars, BoardBars, Chart, GroupWeek
from tests.bench.lines import line
from tests.charts.shown import charts

PICTURES = 100
ROUNDS = 5
STATM = Path("/proc/self/statm")
PAGE = 4096


def run() -> Iterator[str]:
    """All lines of this part; lag and memory are those of a process that has drawn nothing before."""
    yield line("a picture, beside the bare library drawing the same", _beside_the_library(), 1.3)
    command = [sys.executable, "-m", "tests.bench.pictures"]
    lag, memory = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    words = f"worst wait of the event loop while {PICTURES} pictures are drawn, the first of a process, ms"
    yield line(words, float(lag), 50)
    yield line("memory that they leave behind, fonts and all, MB; who shows none pays nothing", float(memory), 80)


def _beside_the_library() -> float:
    """Processor time of both, which draw the same bytes in turns; the best of each counts."""
    from bot.charts.drawing import draw  # noqa: PLC0415 - brings Pillow, which the other process must not have yet
    from tests.bench.strokes import strokes_of  # noqa: PLC0415

    ours = bare = 0.0
    for chart in _charts(10):
        pairs = []
        for again in range(ROUNDS):
            fresh = _another(chart, again + 1)
            began = time.thread_time()
            drawn = draw(fresh)
            spent = time.thread_time() - began
            strokes = strokes_of(fresh)
            began = time.thread_time()
            assert strokes.replay() == drawn
            pairs.append((spent, time.thread_time() - began))
        ours += min(pair[0] for pair in pairs)
        bare += min(pair[1] for pair in pairs)
    return ours / bare


async def _draw_many() -> tuple[float, float]:
    """The worst wait of the loop in milliseconds, and the memory that was taken in MB, in this process."""
    before, lag = _memory(), [0.0]
    watching = asyncio.create_task(_watch(lag))
    await asyncio.sleep(0.05)
    await asyncio.gather(*(picture(chart, theme) for chart in _charts(PICTURES // 2) for theme in (LIGHT, DARK)))
    watching.cancel()
    return lag[0] * 1000, (_memory() - before) / 1e6


async def _watch(lag: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0.001)
        lag[0] = max(lag[0], time.perf_counter() - began - 0.001)


def _memory() -> int:
    """Bytes in memory; 0 where the system does not say."""
    return int(STATM.read_text(encoding="ascii").split()[1]) * PAGE if STATM.exists() else 0


def _charts(count: int) -> list[Chart]:
    """Charts of every kind, no two alike, so that none is remembered."""
    kinds = list(charts().values())
    return [_another(kinds[at % len(kinds)], at) for at in range(count)]


def _another(chart: Chart, at: int) -> Chart:
    if isinstance(chart, BoardBars):
        named = tuple(replace(row, name=f"{row.name} {at}", minutes=row.minutes + at) for row in chart.rows)
        return replace(chart, rows=named)
    if isinstance(chart, AreaBars):
        return replace(chart, rows=tuple(replace(row, minutes=row.minutes + 60 * at) for row in chart.rows))
    if isinstance(chart, GroupWeek):
        return replace(chart, minutes=chart.minutes + 60 * at, counted=chart.counted + 60 * at)
    return replace(chart, title=f"{chart.title} · {at}", minutes=tuple(minutes + at for minutes in chart.minutes))


if __name__ == "__main__":
    print(*asyncio.run(_draw_many()))
