"""`tenhours check`: prints all lines; its exit status is for monitoring."""

import sys

from bot.checkup import report
from bot.checkup.line import Level, worst
from bot.checkup.report import Look
from bot.clock import SystemClock

EXIT_STATUS = {Level.WELL: 0, Level.WARNING: 0, Level.WRONG: 1}
STRICT_EXIT_STATUS = EXIT_STATUS | {Level.WARNING: 2}


async def check(look: Look, *, as_json: bool, is_strict: bool) -> int:
    """Print all lines. Return 0 where nothing is wrong and 1 where something is; `is_strict`: 2 for mere warnings."""
    clock = SystemClock()
    lines = await report.lines(look, clock)
    sys.stdout.write((report.as_json(lines, clock.now()) if as_json else report.text(lines)) + "\n")
    return (STRICT_EXIT_STATUS if is_strict else EXIT_STATUS)[worst(lines)]
