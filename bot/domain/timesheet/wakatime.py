"""WakaTime's daily dump: for each day the projects and their seconds, or the day's total where it has no projects."""

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
    """The dump in `text`; raises `Refused` for any other JSON. A day that is not over is left for a later dump."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused("That file begins like JSON, but cannot be read as such.") from None
    days = found.get("days") if isinstance(found, dict) else None
    if not isinstance(days, list) or len(days) > MOST_ROWS:
        raise Refused(NOT_A_DUMP)
    rows: list[SheetRow] = []
    bad: list[BadRow] = []
    for number, day in enumerate(days, 1):
        for each in _day(number, day, today):
            if isinstance(each, SheetRow):
                rows.append(each)
            else:
                bad.append(each)
    return Sheet(SheetKind.WAKATIME, rows, bad)


def _day(number: int, found: Any, today: date) -> Iterator[SheetRow | BadRow]:
    said = found.get("date") if isinstance(found, dict) else None
    day = read_date(said, None) if isinstance(said, str) else None
    if day is None:
        yield BadRow(number, f"{quoted(str(said))} is no date")
        return
    if day == today:
        yield BadRow(number, f"{day} is not over yet")
        return
    why = validate_day(day, today)
    if why:
        yield BadRow(number, why)
        return
    projects = found.get("projects")
    for project in projects if isinstance(projects, list) else [{**found, "name": ""}]:
        yield _project(number, day, project)


def _project(number: int, day: date, found: Any) -> SheetRow | BadRow:
    name = found.get("name") if isinstance(found, dict) else None
    seconds = _seconds(found) if isinstance(found, dict) else None
    if not isinstance(name, str) or seconds is None:
        return BadRow(number, "a project without name or seconds")
    minutes = to_minutes(seconds)
    if isinstance(minutes, str):
        return BadRow(number, f"{quoted(name)}: {minutes}")
    return SheetRow(number, day, minutes, name.strip(), "", "", "", ("wakatime", day.isoformat(), name.strip()))


def _seconds(found: dict[str, Any]) -> float | None:
    total = found.get("grand_total")
    seconds = total.get("total_seconds") if isinstance(total, dict) else found.get("total_seconds")
    return float(seconds) if isinstance(seconds, int | float) and -1e9 < seconds < 1e9 else None
