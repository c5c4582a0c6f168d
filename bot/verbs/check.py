"""`tenhours check`: prints what was found; its status is for monitoring."""

import sys

from bot.checkup import report
from bot.checkup.line import Level, worst
from bot.checkup.report import Look
from bot.clock import SystemClock

STATUS = {Level.WELL: 0, Level.WARNING: 0, Level.WRONG: 1}
STRICT = STATUS | {Level.WARNING: 2}


async def check(look: Look, *, as_json: bool, is_strict: bool) -> int:
    """Print all lines. 0 where nothing is wrong, 1 where something is; `is_strict` makes 2 of mere warnings."""
    clock = SystemClock()
    found = await report.lines(look, clock)
    sys.stdout.write((report.as_json(found, clock.now()) if as_json else report.text(found)) + "\n")
    return (STRICT if is_strict else STATUS)[worst(found)]
