"""A copy of a large database in use, beside a plain copy and sync of the same file."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from bot.store.backup import backup
from tests.bench import large
from tests.bench.lines import line, told

FACTOR = 1 / 16
PAIRS = 7
MIB = 1 << 20
LIMIT = 2.0


def run() -> Iterator[str]:
    """All lines of this part; the first copy of all isn't counted, and each pair is measured in turn."""
    with tempfile.TemporaryDirectory(prefix="tenhours-bench-") as folder:
        path, target = Path(folder, "tenhours.db"), Path(folder, "copy.db")
        large.build(path, FACTOR)

        def copy() -> None:
            backup(path, target)

        def copy_plainly() -> None:
            shutil.copyfile(path, target)
            handle = os.open(target, os.O_RDWR)
            os.fsync(handle)
            os.close(handle)

        _seconds(copy_plainly, target)
        pairs = [(_seconds(copy, target), _seconds(copy_plainly, target)) for _ in range(PAIRS)]
        ratio = median(ours for ours, _ in pairs) / median(plain for _, plain in pairs)
        size = path.stat().st_size / MIB
        yield line(f"`tenhours backup` of {size:.0f} MiB, beside a plain copy and sync", ratio, LIMIT)
        yield told("seconds of it", median(ours for ours, _ in pairs))


def _seconds(do: Callable[[], None], target: Path) -> float:
    began = time.perf_counter()
    do()
    taken = time.perf_counter() - began
    target.unlink()
    return taken
