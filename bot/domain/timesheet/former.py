"""Keys of entries as earlier versions wrote them, so that what was imported by those is recognised.

They were a digest of day, start, minutes, project and description as the cells had them, under the titles that were
known then. Minutes are not needed to try one: the check-in that was stored has them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from bot.domain.timesheet.table import Cells

_START = """start, started, started at, start time, begin, from, startzeit, beginn, heure de début, début,
    hora de inicio, inicio"""
_PROJECT = """project, course, subject, category, activity, projekt, fach, projet, matière, proyecto, materia"""
_DESCRIPTION = """description, learned, what i learned, note, notes, comment, comments, title, task, beschreibung,
    notiz, notizen, kommentar, commentaire, descripción, nota, notas, comentario"""


@dataclass(frozen=True, slots=True)
class FormerColumns:
    """The positions by whose cells earlier versions told entries from each other, -1 for none."""

    start: int
    project: int
    description: int

    def texts_of(self, cells: Cells) -> tuple[str, str, str]:
        """Return start, project and description of a row, as a former key has them."""
        return _cell(cells, self.start), _cell(cells, self.project), _cell(cells, self.description)


def former_columns(titles: Sequence[str]) -> FormerColumns:
    """Return the columns that earlier versions would have found under these titles."""
    names = [" ".join(title[:80].replace("_", " ").replace("\ufeff", "").lower().split()) for title in titles]
    return FormerColumns(_first(names, _START), _first(names, _PROJECT), _first(names, _DESCRIPTION))


def former_key(day: date, minutes: int, texts: tuple[str, str, str], repeat: int) -> str:
    """Return the key of a row that is the `repeat`-th of its kind in its file."""
    start, project, description = texts
    return _digest((day.isoformat(), start, str(minutes), project, description, str(repeat)))


def former_total_key(day: date, project: str) -> str:
    """Return the key of a day's total of a project, as WakaTime tells it."""
    return _digest(("wakatime", day.isoformat(), project))


def _digest(parts: Iterable[str]) -> str:
    return blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def _first(names: Sequence[str], titles: str) -> int:
    known = (" ".join(title.split()) for title in titles.split(","))
    return next((names.index(title) for title in known if title in names), -1)


def _cell(cells: Cells, at: int) -> str:
    return cells[at].strip() if 0 <= at < len(cells) else ""
