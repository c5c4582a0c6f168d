"""Tables of known sessions in many shapes: files, delimiters, languages of titles, clocks, dates and units."""

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from typing import Any

from icalendar import Calendar, Event

from bot.domain.timesheet.answers import About
from bot.domain.timesheet.order import DateOrder
from tests.tracker_files.workbooks import CLOCK, DATE, SPAN, Cell, workbook

FIRST_SERIAL_DAY = date(1899, 12, 30)


@dataclass(frozen=True)
class Entry:
    """A session that a file holds: when it began, how many minutes it was, and what for."""

    begin: datetime
    minutes: int
    project: str = ""
    note: str = ""

    @property
    def end(self) -> datetime:
        return self.begin + timedelta(minutes=self.minutes)

    def parts(self) -> list[tuple[str, int, str, str]]:
        """Return it parted at midnight."""
        midnight = datetime.combine(self.begin.date() + timedelta(days=1), time(), UTC)
        first = min(self.minutes, int((midnight - self.begin).total_seconds()) // 60)
        parts = [(self.begin.date(), first), (midnight.date(), self.minutes - first)]
        return [(day.isoformat(), minutes, self.project, self.note) for day, minutes in parts if minutes]

    def whole(self) -> list[tuple[str, int, str, str]]:
        """Return it as a file without starts has it."""
        return [(self.begin.date().isoformat(), self.minutes, self.project, self.note)]


LANGUAGES = {
    # day, start, end, minutes, hours, length, project, note
    "english": "Date,Start time,End time,Minutes,Hours,Duration,Project,Description",
    "camel": "startDate,startTime,endTime,durationMinutes,durationHours,duration,projectName,notes",
    "german": "Datum,Beginn,Ende,Minuten,Stunden,Dauer,Projekt,Notiz",
    "french": "Date,Début,Fin,Minutes,Heures,Durée,Projet,Commentaire",
    "spanish": "Fecha,Inicio,Fin,Minutos,Horas,Duración,Proyecto,Notas",
    "portuguese": "Data,Início,Fim,Minutos,Horas,Duração,Projeto,Descrição",
    "italian": "Data,Inizio,Fine,Minuti,Ore,Durata,Progetto,Descrizione",
    "dutch": "Datum,Begintijd,Eindtijd,Minuten,Uren,Duur,Project,Omschrijving",
    "polish": "Data,Początek,Koniec,Minuty,Godziny,Czas,Projekt,Opis",
    "russian": "Дата,Начало,Конец,Минуты,Часы,Длительность,Проект,Описание",
    "japanese": "日付,開始,終了,時間（分）,時間（小时）,所要時間,科目,メモ",
    "korean": "날짜,시작,종료,시간(분),Hours,시간,과목,메모",
    "chinese": "日期,开始,结束,时长（分）,时长（小时）,时长,科目,备注",
    "indonesian": "Tanggal,Mulai,Selesai,Menit,Jam,Durasi,Proyek,Catatan",
}
DATES: dict[str, Callable[[date], str]] = {
    "iso": date.isoformat,
    "year-first": lambda day: f"{day:%Y/%m/%d}",
    "dots": lambda day: f"{day.day}.{day.month}.{day.year}",
    "day-first": lambda day: f"{day:%d/%m/%Y}",
    "month-first": lambda day: f"{day:%m/%d/%Y}",
    "short day-first": lambda day: f"{day:%d/%m/%y}",
    "words": lambda day: f"{day.day} {day:%b %Y}",
    "american words": lambda day: f"{day:%B} {day.day}, {day.year}",
    "compact": lambda day: f"{day:%Y%m%d}",
}
CLOCKS: dict[str, Callable[[datetime], str]] = {
    "24 hours": lambda moment: f"{moment:%H:%M}",
    "seconds": lambda moment: f"{moment:%H:%M:%S}",
    "12 hours": lambda moment: f"{moment.hour % 12 or 12}:{moment:%M} {'AM' if moment.hour < 12 else 'PM'}",
}
LENGTHS: dict[str, tuple[int, Callable[[int], str]]] = {
    # the title's place in a language, and the cell
    "minutes": (3, str),
    "hours": (4, lambda minutes: f"{minutes / 60:.4f}"),
    "h:mm": (5, lambda minutes: f"{minutes // 60}:{minutes % 60:02}"),
    "h:mm:ss": (5, lambda minutes: f"{minutes // 60:02}:{minutes % 60:02}:00"),
    "words": (5, lambda minutes: f"{minutes // 60}h {minutes % 60}m"),
    "iso": (5, lambda minutes: f"PT{minutes // 60}H{minutes % 60}M"),
    "bare": (5, str),
}
FILES = ("csv", "semicolons", "tabs", "bars", "json", "xlsx")


@dataclass(frozen=True)
class Shape:
    """A way to write a table: `length` is the style of a length, or "span" for a start and an end."""

    file: str = "csv"
    language: str = "english"
    dates: str = "iso"
    clocks: str = "24 hours"
    length: str = "minutes"
    has_start: bool = False

    @property
    def tells_starts(self) -> bool:
        return self.has_start or self.length == "span"

    def answer(self, about: About) -> dict[str, Any] | None:
        """Return what somebody would answer who has written the table; None where it should not be asked."""
        if about is About.ORDER and ("day-first" in self.dates or "month-first" in self.dates):
            return {"order": DateOrder.MONTH_FIRST if "month" in self.dates else DateOrder.DAY_FIRST}
        if about is About.UNIT and self.length in ("bare", "minutes", "hours", "h:mm"):
            return {"unit": {"bare": "minutes", "h:mm": "hh:mm"}.get(self.length, self.length)}
        return None


def write(entries: Sequence[Entry], shape: Shape) -> bytes:
    """Return the bytes of a table in that shape."""
    heads = LANGUAGES[shape.language].split(",")
    titles = [heads[0], *([heads[1]] if shape.tells_starts else []), *([heads[2]] if shape.length == "span" else [])]
    titles += [heads[LENGTHS[shape.length][0]]] if shape.length != "span" else []
    titles += heads[6:]
    if shape.file == "xlsx":
        lines: list[list[Cell]] = [[*titles], *(_cells(entry, shape) for entry in entries)]
        return workbook(Log=lines)
    rows = [_row(entry, shape) for entry in entries]
    if shape.file == "json":
        return json.dumps([dict(zip(titles, row, strict=True)) for row in rows]).encode()
    if shape.file == "bars":
        barred = [titles, ["---"] * len(titles), *rows]
        return "".join(f"| {' | '.join(line)} |\n" for line in barred).encode()
    content = StringIO()
    delimiter = {"csv": ",", "semicolons": ";", "tabs": "\t"}[shape.file]
    csv.writer(content, delimiter=delimiter, lineterminator="\n").writerows([titles, *rows])
    return content.getvalue().encode()


def _row(entry: Entry, shape: Shape) -> list[str]:
    clock = CLOCKS[shape.clocks]
    row = [DATES[shape.dates](entry.begin.date())]
    row += [clock(entry.begin)] if shape.tells_starts else []
    row += [clock(entry.end)] if shape.length == "span" else [LENGTHS[shape.length][1](entry.minutes)]
    return [*row, entry.project, entry.note]


def _cells(entry: Entry, shape: Shape) -> list[Cell]:
    """Return a row as a spreadsheet keeps it: days and times are numbers in a style."""
    day = ((entry.begin.date() - FIRST_SERIAL_DAY).days, DATE)
    row: list[Cell] = [day]
    row += [(_part_of_day(entry.begin), CLOCK)] if shape.tells_starts else []
    if shape.length == "span":
        row.append((_part_of_day(entry.end), CLOCK))
    elif shape.length in ("h:mm", "h:mm:ss"):
        row.append((entry.minutes / 1440, SPAN))
    elif shape.length in ("minutes", "hours", "bare"):
        row.append(float(LENGTHS[shape.length][1](entry.minutes)))
    else:
        row.append(LENGTHS[shape.length][1](entry.minutes))
    return [*row, entry.project, entry.note]


def _part_of_day(moment: datetime) -> float:
    return (moment.hour * 60 + moment.minute) / 1440


def _toggl(entries: Sequence[Entry]) -> str:
    titles = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags"
    rows = [
        [
            *("Ada", "ada@example.com", "", entry.project, "", entry.note, "No"),
            *(*_moment(entry.begin), *_moment(entry.end), _clock(entry.minutes), ""),
        ]
        for entry in entries
    ]
    return "\ufeff" + _lines([titles.split(","), *rows])


def _toggl_new(entries: Sequence[Entry]) -> str:
    titles = "Description,Billable,Duration,Member,Email,Project,Tags,Start date,Start time,Stop date,Stop time"
    rows = [
        [
            *(entry.note, "No", _clock(entry.minutes), "Ada", "ada@example.com", entry.project, "-"),
            *(f"{entry.begin:%m/%d/%Y}", CLOCKS["12 hours"](entry.begin)),
            *(f"{entry.end:%m/%d/%Y}", CLOCKS["12 hours"](entry.end)),
        ]
        for entry in entries
    ]
    return _lines([titles.split(","), *rows])


def _clockify(entries: Sequence[Entry]) -> str:
    titles = """Project,Client,Description,Task,User,Group,Email,Tags,Billable,Start Date,Start Time,End Date,End Time,
        Duration (h),Duration (decimal)"""
    rows = [
        [
            *(entry.project, "", entry.note, "", "Ada", "", "ada@example.com", "", "No"),
            *(f"{entry.begin:%d/%m/%Y}", f"{entry.begin:%H:%M:%S}", f"{entry.end:%d/%m/%Y}", f"{entry.end:%H:%M:%S}"),
            *(_clock(entry.minutes), f"{entry.minutes / 60:.2f}"),
        ]
        for entry in entries
    ]
    return _lines([[title.strip() for title in titles.split(",")], *rows])


def _timewarrior(entries: Sequence[Entry]) -> str:
    return json.dumps(
        [
            {
                "id": at,
                "start": f"{entry.begin:%Y%m%dT%H%M%SZ}",
                "end": f"{entry.end:%Y%m%dT%H%M%SZ}",
                "tags": [entry.project] if entry.project else [],
                "annotation": entry.note,
            }
            for at, entry in enumerate(entries, 1)
        ]
    )


def _toggl_api(entries: Sequence[Entry]) -> str:
    return json.dumps(
        [
            {
                "id": at,
                "workspace_id": 7,
                "project_name": entry.project,
                "description": entry.note,
                "start": entry.begin.isoformat(),
                "stop": entry.end.isoformat(),
                "duration": entry.minutes * 60,
                "at": "2026-01-01T00:00:00+00:00",
            }
            for at, entry in enumerate(entries, 1)
        ]
    )


def _calendar(entries: Sequence[Entry]) -> str:
    calendar = Calendar()
    calendar.add("prodid", "-//Google Inc//Google Calendar 70.9054//EN")
    calendar.add("version", "2.0")
    for at, entry in enumerate(entries):
        event = Event()
        event.add("uid", f"{at}@google.com")
        event.add("dtstart", entry.begin)
        event.add("dtend", entry.end)
        event.add("summary", entry.project)
        event.add("description", entry.note)
        calendar.add_component(event)
    return str(calendar.to_ical().decode())


TRACKERS: dict[str, Callable[[Sequence[Entry]], str]] = {
    "Toggl": _toggl,
    "Toggl, new": _toggl_new,
    "Clockify": _clockify,
    "Timewarrior": _timewarrior,
    "Toggl's API": _toggl_api,
    "Google Calendar": _calendar,
}
"""Writers of what trackers export, with starts."""


def _moment(moment: datetime) -> list[str]:
    return [f"{moment:%Y-%m-%d}", f"{moment:%H:%M:%S}"]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}:00"


def _lines(rows: Sequence[Sequence[str]]) -> str:
    content = StringIO()
    csv.writer(content, lineterminator="\n").writerows(rows)
    return content.getvalue()
