"""The columns of a table by their titles: Toggl's old and new ones, Clockify's two sets, and plain words.

Trackers and spreadsheets write titles in their user's language, so the plain words are German, French and Spanish too.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.timesheet.lengths import Unit
from bot.domain.timesheet.sheet import SheetKind

_DAY_TITLES = (
    *("start date", "date", "day", "spent date", "work date"),
    *("startdatum", "datum", "tag", "date de début", "jour", "fecha de inicio", "fecha", "día"),
)
_START_TITLES = (
    *("start", "started", "started at", "start time", "begin", "from"),
    *("startzeit", "beginn", "heure de début", "début", "hora de inicio", "inicio"),
)
_LENGTH_TITLES = tuple(
    name.strip()
    for name in """
        duration | duration (h) | time (h) | duration (h:mm:ss) | duration (decimal) | time (decimal) | hours
        | hours (decimal) | decimal hours | duration (hours) | duration hours | minutes | mins | duration (minutes)
        | duration (min) | duration minutes | seconds | duration (seconds) | duration (s) | duration seconds
        | time spent | length | time
        | dauer | dauer (h) | dauer (dezimal) | stunden | minuten | zeit
        | durée | durée (h) | durée (décimale) | heures | temps
        | duración | duración (h) | duración (decimal) | horas | minutos | tiempo
    """.split("|")
)
_END_TITLES = (
    *("end time", "stop time", "end", "stop", "ended", "ended at", "until", "to"),
    *("endzeit", "ende", "heure de fin", "fin", "hora de finalización", "hora de fin"),
)
_PROJECT_TITLES = (
    *("project", "course", "subject", "category", "activity"),
    *("projekt", "fach", "projet", "matière", "proyecto", "materia"),
)
_DESCRIPTION_TITLES = (
    *("description", "learned", "what i learned", "note", "notes", "comment", "comments", "title", "task"),
    *("beschreibung", "notiz", "notizen", "kommentar", "commentaire", "descripción", "nota", "notas", "comentario"),
)
_MEMBER_TITLES = ("user", "member", "benutzer", "utilisateur", "usuario")
_UNITS = {
    Unit.SECONDS: re.compile(r"second|\(s\)"),
    Unit.MINUTES: re.compile(r"min"),
    Unit.HOURS: re.compile(r"hour|d[eé][cz]imal|\(h|stunden|heures|horas"),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions in a row, -1 for a column that is not there. Either `length` is there, or `start` and `end` are."""

    kind: SheetKind
    day: int
    length: int
    unit: Unit | None
    start: int
    end: int
    project: int
    description: int
    area: int
    member: int


def find_columns(titles: Sequence[str]) -> Columns | None:
    """Return the positions of known columns; None if there is no day or no length among them."""
    names = [_plain(title) for title in titles]
    day, start = _first(names, _DAY_TITLES), _first(names, _START_TITLES)
    length, end = _first(names, _LENGTH_TITLES), _first(names, _END_TITLES)
    if max(day, start) < 0 or (length < 0 and (start < 0 or end < 0)):
        return None
    return Columns(
        kind=_kind(names),
        day=day if day >= 0 else start,
        length=length,
        unit=next((unit for unit, pattern in _UNITS.items() if length >= 0 and pattern.search(names[length])), None),
        start=start,
        end=end,
        project=_first(names, _PROJECT_TITLES),
        description=_first(names, _DESCRIPTION_TITLES),
        area=_first(names, ("area",)),
        member=_first(names, _MEMBER_TITLES),
    )


def _kind(names: Sequence[str]) -> SheetKind:
    if {"time (h)", "duration (h)"} & set(names):
        return SheetKind.CLOCKIFY
    return SheetKind.TOGGL if {"start date", "start time", "description"} <= set(names) else SheetKind.TABLE


def _plain(title: str) -> str:
    return " ".join(title[:80].replace("_", " ").replace("\ufeff", "").lower().split())


def _first(names: Sequence[str], titles: Iterable[str]) -> int:
    return next((names.index(name) for name in titles if name in names), -1)
