"""JSON of time trackers as tables: WakaTime's dumps and summaries, ActivityWatch's buckets, and any list of objects."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.pattern import compile_on_use
from bot.domain.timesheet.table import LeftOut, Row, SheetKind, Table, table_of
from bot.errors import Refused

NOT_READABLE = "That file begins like JSON, but cannot be read as such."
NO_LIST = "That JSON has no list of entries with a day and a duration."
DEEPEST = 3
MOST_TITLES = 200
_LISTS = (
    "data",
    "days",
    "entries",
    "time_entries",
    "timeEntries",
    "timeentries",
    "sessions",
    "events",
    "records",
    "items",
)
_DAY = compile_on_use(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SPENT = "timeSpentOnDay"
"""Milliseconds by day, in each task of Super Productivity; those of a task with subtasks are the sum of theirs."""
DEEPEST_TASK = 8
_TOTALS = ("day", "seconds", "project")
TIMEWARRIOR_DATE_LENGTH = 16


def read_json(text: str) -> Table:
    """Return the table in a JSON text, which begins as an object or a list. Raises `Refused` if there is none."""
    content = _load(text.lstrip("\ufeff"))
    if isinstance(content, dict) and isinstance(content.get("buckets"), dict):
        content = [_event(event) for event in _bucket_events(content["buckets"])]
    items = _find_rows_under_heads(content) or _find_days(content) or _find_list(content)
    if items is None:
        raise Refused(NO_LIST)
    if any(isinstance(item, dict) and isinstance(item.get("heartbeats"), list) for item in items):
        raise Refused(
            "Those are WakaTime's heartbeats. Export the daily totals instead: Settings, Export, Daily totals."
        )
    if any(_is_day_of_totals(item) for item in items):
        return _totals(items)
    return _objects(items)


def _load(text: str) -> Any:
    """Return the content of a JSON text, or the list of its lines if each is one. Raises `Refused` for any other."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        lines = [line for line in text.split("\n") if line.strip()]
    try:
        return [json.loads(line) for line in lines] if len(lines) > 1 and lines[0].endswith("}") else json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(NOT_READABLE) from None


def _find_rows_under_heads(content: Any) -> list[Any] | None:
    """Return the rows of RescueTime's `row_headers` and `rows` as objects; None for any other content."""
    if not isinstance(content, dict):
        return None
    heads, rows = content.get("row_headers"), content.get("rows")
    if not isinstance(heads, list) or not isinstance(rows, list):
        return None
    return [dict(zip(map(str, heads), row, strict=False)) if isinstance(row, list) else row for row in rows]


def _find_days(content: Any) -> list[Any] | None:
    """Return a row for each day: of an object whose names are days, or of Super Productivity's `timeSpentOnDay`."""
    if not isinstance(content, dict):
        return None
    if content and all(_DAY.fullmatch(name) for name in content):
        return [{"date": day, "duration": value} for day, value in content.items() if isinstance(value, int | float)]
    names: dict[str, str] = {}
    tasks: list[Mapping[str, Any]] = []
    _gather_tasks(content, names, tasks, 0)
    return [
        {
            "date": day,
            "duration (milliseconds)": ms,
            "project": names.get(str(task.get("projectId")), ""),
            "description": task.get("title", ""),
        }
        for task in tasks
        for day, ms in task[_SPENT].items()
        if not task.get("subTaskIds")
    ] or None


def _gather_tasks(content: Any, names: dict[str, str], tasks: list[Mapping[str, Any]], depth: int) -> None:
    """Add the tasks that hold time by day, and the titles of all that has an id."""
    if not isinstance(content, dict) or depth > DEEPEST_TASK:
        return
    if isinstance(content.get(_SPENT), dict):
        tasks.append(content)
    elif isinstance(content.get("id"), str) and isinstance(content.get("title"), str):
        names[content["id"]] = content["title"]
    else:
        for value in content.values():
            _gather_tasks(value, names, tasks, depth + 1)


def _find_list(content: Mapping[str, Any] | list[Any]) -> list[Any] | None:
    if isinstance(content, list):
        return content
    named = [content[name] for name in _LISTS if isinstance(content.get(name), list)]
    return named[0] if named else next((value for value in content.values() if isinstance(value, list)), None)


def _is_day_of_totals(item: Any) -> bool:
    return isinstance(item, dict) and (isinstance(item.get("projects"), list) or "grand_total" in item)


def _totals(items: list[Any]) -> Table:
    """Return WakaTime's days: each project's seconds, or the day's total where it has no projects."""
    rows: list[Row] = []
    left_out: list[LeftOut] = []
    for number, item in enumerate(items, 1):
        if not isinstance(item, dict):
            left_out.append(LeftOut(number, "that are no day"))
            continue
        span = item.get("range")
        day = item.get("date") or (span.get("date") if isinstance(span, dict) else None)
        projects = item.get("projects")
        for project in projects if isinstance(projects, list) and projects else [{**item, "name": ""}]:
            name = project.get("name") if isinstance(project, dict) else None
            seconds = _seconds(project) if isinstance(project, dict) else None
            if not isinstance(name, str) or seconds is None:
                left_out.append(LeftOut(number, "without a project's name or seconds"))
            elif seconds or name:
                rows.append((number, (str(day), f"{seconds:.3f}", name)))
    return table_of(SheetKind.WAKATIME, _TOTALS, rows, left_out=tuple(left_out), is_total=True)


def _seconds(item: Mapping[str, Any]) -> float | None:
    total = item.get("grand_total")
    seconds = total.get("total_seconds") if isinstance(total, dict) else item.get("total_seconds")
    is_number = isinstance(seconds, int | float) and not isinstance(seconds, bool) and -1e9 < seconds < 1e9
    return float(seconds) if is_number and seconds is not None else None


def _objects(items: list[Any]) -> Table:
    """Return a table of objects, whose titles are their keys; what is inside an object is `outer inner`."""
    flattened = [dict(_flat(item)) if isinstance(item, dict) else None for item in items]
    titles = list(dict.fromkeys(name for item in flattened if item for name in item))[:MOST_TITLES]
    if not titles:
        raise Refused(NO_LIST)
    titles = [title for title in titles if not _is_beside(title, titles)]
    rows: list[Row] = []
    left_out: list[LeftOut] = []
    for number, item in enumerate(flattened, 1):
        if item is None:
            left_out.append(LeftOut(number, "that are no entry"))
        else:
            rows.append((number, [item.get(title, "") for title in titles]))
    kind = (
        SheetKind.TIMEWARRIOR if {"start", "tags"} <= set(titles) and _is_timewarrior(rows, titles) else SheetKind.JSON
    )
    return table_of(kind, titles, rows, left_out=tuple(left_out), has_former_keys=False)


def _is_beside(title: str, titles: list[str]) -> bool:
    return title.startswith("workspace") or (title == "at" and "start" in titles)


def _is_timewarrior(rows: list[Row], titles: list[str]) -> bool:
    at = titles.index("start")
    return all(len(cells[at]) == TIMEWARRIOR_DATE_LENGTH for _, cells in rows)


def _flat(item: Mapping[str, Any], before: str = "", depth: int = 1) -> Iterator[tuple[str, str]]:
    for name, value in item.items():
        title = f"{before} {name}".strip()
        if isinstance(value, dict):
            if depth < DEEPEST:
                yield from _flat(value, _outer(name), depth + 1)
        elif isinstance(value, list):
            yield title, _listed(value)
        else:
            yield title, _text(value)


def _outer(name: str) -> str:
    """Return what an object's name adds to those inside: nothing where it only wraps them."""
    return "" if name in ("timeInterval", "interval", "data", "attributes") else name


def _listed(values: list[Any]) -> str:
    names = [value.get("name") if isinstance(value, dict) else value for value in values]
    return ", ".join(_text(name) for name in names if isinstance(name, str | int))


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return ""
    return repr(value) if isinstance(value, float) else str(value)


def _bucket_events(buckets: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the events of the windows, not those of being away or of the browser, which lie over them."""
    windows = [bucket for name, bucket in buckets.items() if "window" in name and isinstance(bucket, dict)]
    for bucket in windows or [bucket for bucket in buckets.values() if isinstance(bucket, dict)]:
        events = bucket.get("events")
        yield from events if isinstance(events, list) else []


def _event(event: Any) -> Any:
    if not isinstance(event, dict):
        return event
    return {
        ("duration (seconds)" if name == "duration" else name): value for name, value in event.items() if name != "id"
    }
