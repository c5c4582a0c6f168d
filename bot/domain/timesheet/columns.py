"""Which column of a table means what: by the words of its title, checked by the shapes of its values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.names import quoted
from bot.domain.timesheet.lengths import is_number
from bot.domain.timesheet.shapes import DATED, MEASURED, ColumnShape, Shape
from bot.domain.timesheet.table import Cells
from bot.domain.timesheet.titles import Meaning, Title, Unit, words_of
from bot.errors import Refused

MOST_NAMED = 8
LONGEST_BREAK_HOURS = 4
_PROJECT_RANKS = (
    "project projekt projet proyecto projeto progetto proyek проект 项目 專案",
    """subject course fach modul kurs matiere cours asignatura materia curso disciplina corso vak przedmiot mapel
    pelajaran предмет курс""",
    "activity category activite actividad atividade attivita kategorie categorie kategori kegiatan deck app",
    "tag tags habit class module skill list application",
    "code client folder",
)
_NOTE_RANKS = (
    """learned note notes description comment comments memo remark remarks beschreibung notiz notizen kommentar
    bemerkung remarque commentaire descripcion nota notas comentario comentarios observaciones descricao observacao
    observacoes
    descrizione commento omschrijving opmerking opmerkingen opis uwagi notatka notatki catatan keterangan описание""",
    "details content annotation text work inhalt contenu",
    "title titles task tasks summary aufgabe tache tarea tarefa taak zadanie tugas",
    "topic thema sujet tema assunto argomento onderwerp temat topik materi chapter lesson headline",
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions of columns, -1 for one that is not there.

    `day` has a date; `start` and `end` have a time of day or a moment; `end_day` the date of an end that has none.
    `length` has the time; where it is in parts, `hours`, `minutes` and `seconds` have them. `pause` has the break
    between a start and an end.
    """

    day: int = -1
    start: int = -1
    end: int = -1
    end_day: int = -1
    length: int = -1
    hours: int = -1
    minutes: int = -1
    seconds: int = -1
    pause: int = -1
    project: int = -1
    area: int = -1
    notes: tuple[int, ...] = ()
    members: tuple[int, ...] = ()

    @property
    def parts(self) -> tuple[tuple[int, Unit], ...]:
        """The columns of a length in parts, each with its unit."""
        parts = ((self.hours, Unit.HOURS), (self.minutes, Unit.MINUTES), (self.seconds, Unit.SECONDS))
        return tuple((column, unit) for column, unit in parts if column >= 0)

    @property
    def has_length(self) -> bool:
        """True if a length stands in the table itself."""
        return self.length >= 0 or bool(self.parts)

    @property
    def has_span(self) -> bool:
        """True if a start and an end tell a length."""
        return self.start >= 0 and self.end >= 0

    def used(self) -> set[int]:
        """Return all columns that are read."""
        single = (self.day, self.start, self.end, self.end_day, self.length, self.pause, self.project, self.area)
        return {*single, *(column for column, _ in self.parts), *self.notes, *self.members} - {-1}


class ColumnFinder:
    """Finds the columns of one table; lengths are found by `lengths_among`, since several may be meant."""

    def __init__(self, titles: Sequence[str], shapes: Sequence[ColumnShape]) -> None:
        self.titles = [Title(title) for title in titles]
        self.shapes = shapes

    def find(self) -> Columns:
        """Return all columns but those of lengths."""
        starts, ends = self._titled(Meaning.START, Meaning.END), self._titled(Meaning.END, Meaning.START)
        day = self._find_day(starts)
        start, end = self._find_time(starts, day), self._find_time(ends, -1)
        end_day = next((at for at in ends if at != end and self.shapes[at].is_mostly(*DATED)), -1)
        if end >= 0 and self.shapes[end].is_mostly(Shape.DATE):
            end, end_day = -1, end
        columns = Columns(day, start, end, end_day)
        columns = replace(columns, members=self._find_members(), area=self._first(self._titled(Meaning.AREA)))
        columns = replace(columns, project=self._find_project(columns.used()))
        return replace(columns, notes=self._find_notes(columns.used()))

    def lengths_among(self, columns: Columns) -> tuple[list[int], list[int]]:
        """Return the columns whose title says that they hold a length, and those that only say “time”."""
        taken = {columns.day, columns.start, columns.end, columns.end_day, *columns.members}
        sure: list[int] = []
        unsure: list[int] = []
        for at, title in enumerate(self.titles):
            if at in taken or title.means(Meaning.BESIDE) or title.means(Meaning.MEMBER):
                continue
            if self.shapes[at].is_mostly(*DATED) and self.shapes[at].filled:
                continue
            if title.unit is not None or title.means(Meaning.LENGTH):
                is_time_alone = title.unit is None and title.words in (("zeit",), ("temps",), ("tiempo",), ("время",))
                (unsure if is_time_alone and self.shapes[at].is_mostly(Shape.CLOCK) else sure).append(at)
            elif title.means(Meaning.CLOCK) and len(title.words) == 1:
                unsure.append(at)
        return sure, unsure

    def measured(self, columns: Columns) -> list[int]:
        """Return columns without a meaning whose values may be lengths."""
        taken = columns.used()
        return [
            at
            for at, shape in enumerate(self.shapes)
            if at not in taken and shape.filled and shape.is_mostly(*MEASURED) and not self.titles[at].has("id", "uuid")
        ]

    def find_pause(self, sample: Sequence[Cells]) -> tuple[int, Unit]:
        """Return the column of a break, -1 if there is none, and the unit of its bare numbers: hours up to 4."""
        for at, title in enumerate(self.titles):
            is_time = self.shapes[at].filled and self.shapes[at].is_mostly(*MEASURED)
            if title.means(Meaning.BREAK) and is_time and not (title.means(Meaning.START) or title.means(Meaning.END)):
                numbers = [float(row[at].replace(",", ".")) for row in sample if at < len(row) and is_number(row[at])]
                are_hours = bool(numbers) and max(numbers) <= LONGEST_BREAK_HOURS
                return at, title.unit or (Unit.HOURS if are_hours else Unit.MINUTES)
        return -1, Unit.MINUTES

    def _titled(self, meaning: Meaning, unless: Meaning | None = None) -> list[int]:
        return [
            at
            for at, title in enumerate(self.titles)
            if title.means(meaning)
            and not title.means(Meaning.BESIDE)
            and not (unless is not None and title.means(unless))
        ]

    def _find_day(self, starts: list[int]) -> int:
        ends = self._titled(Meaning.END)
        for choices in (
            [at for at in self._titled(Meaning.DAY) if at not in starts and at not in ends],
            starts,
            self._titled(Meaning.MOMENT),
            [at for at, title in enumerate(self.titles) if at not in ends and not title.means(Meaning.BESIDE)],
        ):
            for at in choices:
                if self.shapes[at].filled and self.shapes[at].is_mostly(*DATED):
                    return at
        moments = [at for at in self._titled(Meaning.MOMENT) if self.shapes[at].is_mostly(Shape.EPOCH)]
        titled = [
            at for at in self._titled(Meaning.DAY) if self.titles[at].words[0] in ("date", "day", "datum", "fecha")
        ]
        clocks = self._titled(Meaning.CLOCK, Meaning.END)
        epochs = [at for at in [*starts, *clocks] if self.shapes[at].filled and self.shapes[at].is_mostly(Shape.EPOCH)]
        return self._first([*epochs, *moments, *titled])

    def _find_time(self, titled: list[int], day: int) -> int:
        """Return the column of a start or an end: a moment before a time of day before a date alone."""
        for shapes in ((Shape.MOMENT, Shape.EPOCH), (Shape.CLOCK, Shape.TIME, Shape.NUMBER)):
            for at in titled:
                if self.shapes[at].filled and self.shapes[at].is_mostly(*shapes):
                    return at
        times = [at for at in titled if at != day and not self.shapes[at].is_mostly(Shape.DATE)]
        times = [at for at in times if self.shapes[at].may_be_times or not self.shapes[at].is_mostly(Shape.LENGTH)]
        if times:
            return times[0]
        if day < 0:
            return self._first(titled)
        moments = (at for at in self._titled(Meaning.MOMENT) if self.shapes[at].is_mostly(Shape.MOMENT))
        return next(moments, -1)

    def _find_members(self) -> tuple[int, ...]:
        names = [at for at, title in enumerate(self.titles) if title.has("first", "last", "full") and title.has("name")]
        names += [at for at, title in enumerate(self.titles) if title.has("vorname", "nachname", "prenom", "nombre")]
        titled = [at for at in self._titled(Meaning.MEMBER) if not self.titles[at].means(Meaning.PROJECT)]
        found = [at for at in dict.fromkeys([*titled, *names]) if not self.shapes[at].is_mostly(*DATED, *MEASURED)]
        addresses = [at for at, title in enumerate(self.titles) if title.has("email", "mail")]
        return tuple(found) or tuple(addresses[:1])

    def _find_project(self, taken: set[int]) -> int:
        return self._first(self._ranked(Meaning.PROJECT, _PROJECT_RANKS, taken))

    def _find_notes(self, taken: set[int]) -> tuple[int, ...]:
        return tuple(at for at in self._ranked(Meaning.NOTE, _NOTE_RANKS, taken) if not self._is_dated(at))

    def _is_dated(self, at: int) -> bool:
        return self.shapes[at].filled > 0 and self.shapes[at].is_mostly(*DATED)

    def _ranked(self, meaning: Meaning, ranks: Sequence[str], taken: set[int]) -> list[int]:
        """Return the columns of a meaning: those that hold something first, then by the rank of their word."""
        rank_of = {word: rank for rank, words in enumerate(ranks) for word in words.split()}

        def key(at: int) -> tuple[bool, int, int, int]:
            title = self.titles[at]
            rank = min((rank_of.get(word, len(ranks)) for word in title.words), default=len(ranks))
            return not self.shapes[at].filled, rank, len(title.words), at

        return sorted((at for at in self._titled(meaning) if at not in taken), key=key)

    def _first(self, positions: Sequence[int]) -> int:
        return positions[0] if positions else -1


def apply_said(columns: Columns, said: Mapping[str, str], titles: Sequence[str], has_titles: bool) -> Columns:
    """Return the columns with those in place that a member has named. Raises `Refused` for one that is not there."""
    places = {meaning: find_named(name, titles, has_titles) for meaning, name in said.items()}
    if not places:
        return columns
    taken = set(places.values())
    cleared = _without(columns, taken)
    if "length" in places or {"hours", "minutes", "seconds"} & places.keys():
        cleared = replace(cleared, length=-1, hours=-1, minutes=-1, seconds=-1)
    for meaning, at in places.items():
        match meaning:
            case "note":
                cleared = replace(cleared, notes=(at,))
            case "member":
                cleared = replace(cleared, members=(at,))
            case _:
                position: dict[str, Any] = {meaning: at}
                cleared = replace(cleared, **position)
    if "day" not in places and cleared.day < 0 and "start" in places:
        cleared = replace(cleared, day=cleared.start)
    return cleared


def find_named(name: str, titles: Sequence[str], has_titles: bool) -> int:
    """Return the position of a column that is named by its title, or by its number from 1."""
    wanted, folded = words_of(name), name.strip().casefold()
    matches: list[Callable[[str], bool]] = [
        lambda title: title.strip().casefold() == folded,
        lambda title: bool(wanted) and words_of(title) == wanted,
    ]
    for matches_title in matches if has_titles else []:
        for at, title in enumerate(titles):
            if matches_title(title):
                return at
    if name.strip().isascii() and name.strip().isdigit() and len(name.strip()) <= 4:
        number = int(name)
        if 1 <= number <= len(titles):
            return number - 1
    listed = ", ".join(quoted(title) for title in titles[:MOST_NAMED]) if has_titles else f"1 to {len(titles)}"
    raise Refused(f"There is no column {quoted(name)} in that file; there are {listed}.")


def _without(columns: Columns, taken: set[int]) -> Columns:
    """Return the columns without those that mean something else now."""
    single: dict[str, Any] = {
        name: -1
        for name in ("day", "start", "end", "end_day", "length", "hours", "minutes", "seconds", "project", "area")
        if getattr(columns, name) in taken
    }
    notes = tuple(at for at in columns.notes if at not in taken)
    members = tuple(at for at in columns.members if at not in taken)
    return replace(columns, **single, notes=notes, members=members)
