"""`tenhours check`: prints all lines; its exit status is for monitoring."""

import sys

from bot.checkup import configuration, report
from bot.checkup.line import Level, worst
from bot.checkup.report import Look
from bot.clock import SystemClock
from bot.errors import EXIT_CONFIG

EXIT_STATUS = {Level.WELL: 0, Level.WARNING: 0, Level.WRONG: 1}
STRICT_EXIT_STATUS = EXIT_STATUS | {Level.WARNING: 2}


async def check(look: Look, *, as_json: bool, is_strict: bool) -> int:
    """Print all lines. Return 0 where nothing is wrong, 1 where something is, 78 where it is a setting.

    With `is_strict`, mere warnings are 2.
    """
    clock = SystemClock()
    lines = await report.lines(look, clock)
    sys.stdout.write((report.as_json(lines, clock.now()) if as_json else report.text(lines)) + "\n")
    if any(line.subject == configuration.SUBJECT and line.level is Level.WRONG for line in lines):
        return EXIT_CONFIG
    return (STRICT_EXIT_STATUS if is_strict else EXIT_STATUS)[worst(lines)]
