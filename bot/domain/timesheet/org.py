"""Clock lines of an org file, under their headlines: `CLOCK: [2024-05-06 Mon 09:00]--[2024-05-06 Mon 10:30]`."""

import re
from collections.abc import Callable, Iterator

from bot.domain.pattern import compile_on_use
from bot.domain.timesheet.table import Row, SheetKind, Table, at_most
from bot.errors import Refused

TITLES = ("start", "end", "project", "note")
_CLOCK = compile_on_use(r"\s*CLOCK:\s*\[([^\]]{10,40})\](?:--\[([^\]]{10,40})\])?", re.IGNORECASE)
_STAMP = compile_on_use(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?: [^\d\s]+)? +([0-9]{1,2}:[0-9]{2})")
_HEADLINE = compile_on_use(r"(\*+)\s+(?:(?:TODO|DONE|NEXT|WAITING|CANCELLED)\s+)?(.*?)(?:\s+:[\w@#%:]+:)?\s*$")
_CLOCK_TABLE = compile_on_use(r"\s*#\+BEGIN: clocktable", re.IGNORECASE)


def is_org(head: str) -> bool:
    """Return True if a text begins like an org file with clocks."""
    lines = head.lstrip("\ufeff").splitlines()
    return any(_CLOCK.match(line) or _CLOCK_TABLE.match(line) for line in lines)


def read_org(lines: Callable[[], Iterator[str]]) -> Table:
    """Return the clocks of an org file. Raises `Refused` for a clock table, which sums up without days."""
    if not any(_CLOCK.match(line) for line in lines()):
        raise Refused(
            "A clock table sums up, and has no days. Bring in the org file itself: its CLOCK lines have them."
        )
    return Table(SheetKind.ORG, TITLES, lambda: at_most(_rows(lines())), has_former_keys=False)


def _rows(lines: Iterator[str]) -> Iterator[Row]:
    path: list[str] = []
    for number, line in enumerate(lines, 1):
        if headline := _HEADLINE.match(line):
            depth = len(headline[1])
            path[depth - 1 :] = [""] * max(0, depth - 1 - len(path)) + [headline[2].strip()]
        elif clock := _CLOCK.match(line):
            project = next(filter(None, path), "")
            note = path[-1] if len(path) > 1 else ""
            yield number, (_stamp(clock[1]), _stamp(clock[2] or ""), project, note)


def _stamp(text: str) -> str:
    match = _STAMP.match(text)
    return f"{match[1]} {match[2]}" if match else text
