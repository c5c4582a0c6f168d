"""WakaTime's daily dump: for each day the projects and their seconds, or its total where it has no projects."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.domain.names import quoted
from bot.domain.timesheet.dates import read_date
from bot.domain.timesheet.sheet import MOST_ROWS, BadRow, Sheet, SheetKind, SheetRow, to_minutes, validate_day
from bot.errors import Refused

NOT_A_DUMP = "That JSON is no daily dump of WakaTime: it has no list of days with their projects."


def read_dump(text: str, today: date) -> Sheet:
    """Read the dump in `text`; raises Refused for any other JSON. A day that is not over is left for a later dump."""
    try:
        dump = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused("That file begins like JSON, but cannot be read as such.") from None
    days = dump.get("days") if isinstance(dump, dict) else None
    if not isinstance(days, list) or len(days) > MOST_ROWS:
        raise Refused(NOT_A_DUMP)
    rows: list[SheetRow] = []
    bad: list[BadRow] = []
    for number, day in enumerate(days, 1):
        for row in _read_day(number, day, today):
            if isinstance(row, SheetRow):
                rows.append(row)
            else:
                bad.append(row)
    return Sheet(SheetKind.WAKATIME, rows, bad)


def _read_day(number: int, item: Any, today: date) -> Iterator[SheetRow | BadRow]:
    text = item.get("date") if isinstance(item, dict) else None
    day = read_date(text, None) if isinstance(text, str) else None
    if day is None:
        yield BadRow(number, f"{quoted(str(text))} is no date")
        return
    if day == today:
        yield BadRow(number, f"{day} is not over yet")
        return
    why = validate_day(day, today)
    if why:
        yield BadRow(number, why)
        return
    projects = item.get("projects")
    for project in projects if isinstance(projects, list) else [{**item, "name": ""}]:
        yield _read_project(number, day, project)


def _read_project(number: int, day: date, item: Any) -> SheetRow | BadRow:
    name = item.get("name") if isinstance(item, dict) else None
    seconds = _seconds(item) if isinstance(item, dict) else None
    if not isinstance(name, str) or seconds is None:
        return BadRow(number, "a project without name or seconds")
    minutes = to_minutes(seconds)
    if isinstance(minutes, str):
        return BadRow(number, f"{quoted(name)}: {minutes}")
    return SheetRow(number, day, minutes, name.strip(), "", "", "", ("wakatime", day.isoformat(), name.strip()))


def _seconds(item: dict[str, Any]) -> float | None:
    total = item.get("grand_total")
    seconds = total.get("total_seconds") if isinstance(total, dict) else item.get("total_seconds")
    return float(seconds) if isinstance(seconds, int | float) and -1e9 < seconds < 1e9 else None
