"""Calendars (`.ics`), read by icalendar; what repeats is counted as often as it took place."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Event

from bot.domain.timesheet.sessions import EARLIEST, TO_COME
from bot.domain.timesheet.table import LeftOut, Row, SheetKind, Table, table_of
from bot.errors import Refused
from bot.tracker_files.deadline import Deadline

TITLES = ("start", "end", "project", "note")
MOST_EVENTS = 50_000
WHOLE_DAY = "of a whole day, without a time"
CALLED_OFF = "that was called off"
WITHOUT_TIMES = "without a start or an end"
EVENTS_PER_LOOK = 100


def read_calendar(content: bytes, today: date, deadline: Deadline) -> Table:
    """Return the events of a calendar up to today. Raises `Refused` if it cannot be read."""
    try:
        calendar = Calendar.from_ical(content)
        rows, left_out = _gather(calendar, today, deadline)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as error:
        raise Refused("That file begins like a calendar, but cannot be read as one.") from error
    return table_of(SheetKind.CALENDAR, TITLES, rows, left_out=tuple(left_out), has_former_keys=False)


def _gather(calendar: Any, today: date, deadline: Deadline) -> tuple[list[Row], list[LeftOut]]:
    rows: list[Row] = []
    left_out: list[LeftOut] = []
    for number, event in enumerate(_occurrences(calendar, today), 1):
        if number > MOST_EVENTS:
            raise Refused(f"That calendar has more than {MOST_EVENTS:,} events. Export a shorter time.")
        if number % EVENTS_PER_LOOK == 0:
            deadline.check()
        start, end = _bounds(event)
        summary, description = str(event.get("SUMMARY", "")), str(event.get("DESCRIPTION", ""))
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            left_out.append(LeftOut(number, CALLED_OFF, summary))
        elif start is None or end is None:
            left_out.append(LeftOut(number, WITHOUT_TIMES, summary))
        elif not isinstance(start, datetime) or not isinstance(end, datetime):
            left_out.append(LeftOut(number, WHOLE_DAY, summary))
        else:
            rows.append((number, (_text(start), _text(end), summary, description or summary)))
    left_out += [LeftOut(number, TO_COME, summary) for number, summary in _ahead(calendar, today)]
    return rows, left_out


def _ahead(calendar: Any, today: date) -> Iterator[tuple[int, str]]:
    """Yield the events that begin only after the last day that is looked at, by their place in the file."""
    for number, event in enumerate(calendar.walk("VEVENT"), 1):
        start, _ = _bounds(event)
        if start is not None and _instant(start) >= _end(today):
            yield number, str(event.get("SUMMARY", ""))


def _occurrences(calendar: Any, today: date) -> Iterator[Event]:
    """Yield every event that took place, one that repeats each time, in their order."""
    end = _end(today)
    for event in recurring_ical_events.of(calendar, components=["VEVENT"]).after(EARLIEST):
        if _instant(event.start) >= end:
            return
        yield event


def _end(today: date) -> datetime:
    """Return an instant by which today is over in every zone."""
    return datetime.combine(today + timedelta(days=2), time(), UTC)


def _instant(start: date) -> datetime:
    """Return when an event begins, nearly, where it has no zone or no time."""
    begins = start if isinstance(start, datetime) else datetime.combine(start, time(), UTC)
    return begins.replace(tzinfo=begins.tzinfo or UTC)


def _bounds(event: Event) -> tuple[Any, Any]:
    try:
        return event.start, event.end
    except ValueError:
        return None, None


def _text(moment: datetime) -> str:
    return moment.isoformat(" ", "seconds")
