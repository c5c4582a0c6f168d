"""A member's choice, before anything is written, of the sessions that are imported and the areas that they go under."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.checkin import LEARNED_LIMIT
from bot.domain.names import clean, cut, quoted
from bot.domain.timesheet.sessions import Session
from bot.domain.timesheet.table import LeftOut
from bot.errors import Refused

NO_PROJECT = "(no project)"
ALL_OTHERS = "(all others)"
"""A line of a list of projects that stands for all that are not on it."""
MOST_NAMED = 8
PROJECT_LIMIT = 200
MOST_KNOWN = 20_000


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A line of a list of projects as it was typed: a name, or a name, “=” and an area."""

    text: str

    def split(self, names: Mapping[str, str]) -> tuple[str, str]:
        """Return the project that is meant and what stands behind its “=”: a name may have that sign in it itself."""
        whole = clean(self.text, PROJECT_LIMIT)
        before, equals, after = self.text.rpartition("=")
        name = clean(before, PROJECT_LIMIT)
        if whole.casefold() in names or not equals or not after.strip():
            return (name if equals and not after.strip() and whole.casefold() not in names else whole), ""
        return name, after.strip()


@dataclass(frozen=True, slots=True)
class ProjectChoice:
    """The chosen projects by their case-folded names, each perhaps with an area; `others` if all others come too."""

    areas: Mapping[str, str | None]
    others: bool = False


@dataclass(frozen=True, slots=True)
class ImportChoice:
    """The sessions to import, and their area.

    Where a chosen project has no area of its own, `area` counts, then that of the row itself. `areas` are the group's.
    """

    areas: tuple[str, ...]
    area: str | None = None
    projects: ProjectChoice | None = None


class ChosenSession(NamedTuple):
    """A session with the project, area and note under which it is stored."""

    session: Session
    project: str
    area: str | None
    learned: str | None


@dataclass(frozen=True, slots=True)
class ProjectTotal:
    """The sessions and minutes of a project."""

    name: str
    entries: int
    minutes: int


class Chooser:
    """Applies a choice to one session after the other."""

    def __init__(self, choice: ImportChoice) -> None:
        self._choice = choice
        self._named = {area.casefold(): area for area in choice.areas}
        self._projects: dict[str, tuple[str, bool, str | None]] = {}
        self._texts: dict[str, str | None] = {"": None}

    def choose(self, sessions: Iterable[Session | LeftOut]) -> Iterator[ChosenSession | LeftOut]:
        """Yield the sessions that are chosen, and all that was left out."""
        for session in sessions:
            if isinstance(session, LeftOut):
                yield session
                continue
            known = self._projects.get(session.project)
            if known is None:
                known = self._look_up(session.project)
            name, is_chosen, area = known
            if is_chosen:
                if area is None and session.area:
                    area = self._named.get(session.area.casefold())
                yield ChosenSession(session, name, area, self._learned(session.note))

    def _look_up(self, project: str) -> tuple[str, bool, str | None]:
        name, choice = project_name(project), self._choice
        chosen, is_chosen = None, True
        if choice.projects is not None:
            is_chosen = name.casefold() in choice.projects.areas or choice.projects.others
            chosen = choice.projects.areas.get(name.casefold())
        area = chosen or choice.area or self._named.get(project.casefold())
        if len(self._projects) < MOST_KNOWN:
            self._projects[project] = name, is_chosen, area
        return name, is_chosen, area

    def _learned(self, note: str) -> str | None:
        """Return the note as a journal stores it; trackers repeat the same few."""
        if note in self._texts:
            return self._texts[note]
        learned = cut(clean(note, LEARNED_LIMIT), LEARNED_LIMIT) or None
        if len(self._texts) < MOST_KNOWN:
            self._texts[note] = learned
        return learned


def project_name(project: str) -> str:
    """Return a row's project as it is shown, chosen and stored."""
    if project.isascii() and project.isprintable() and len(project) < PROJECT_LIMIT and "  " not in project:
        return project or NO_PROJECT
    return clean(project, PROJECT_LIMIT)[:PROJECT_LIMIT] or NO_PROJECT


class ProjectSums:
    """Sessions and minutes by project, summed up one by one."""

    def __init__(self) -> None:
        self._sums: dict[str, list[int]] = {}

    def add(self, project: str, minutes: int) -> None:
        """Add one session."""
        sums = self._sums.get(project)
        if sums is None:
            self._sums[project] = [1, minutes]
        else:
            sums[0] += 1
            sums[1] += minutes

    def totals(self) -> list[ProjectTotal]:
        """Return the projects, the largest first."""
        totals = [ProjectTotal(name, entries, minutes) for name, (entries, minutes) in self._sums.items()]
        return sorted(totals, key=lambda total: (-total.minutes, total.name))


def sum_by_project(sessions: Iterable[Session | LeftOut]) -> list[ProjectTotal]:
    """Return the projects of sessions with their entries and minutes, the largest first."""
    sums = ProjectSums()
    for session in sessions:
        if isinstance(session, Session):
            sums.add(project_name(session.project), session.minutes)
    return sums.totals()


def match_projects(lines: Sequence[ProjectLine], totals: Sequence[ProjectTotal]) -> list[tuple[str, str]]:
    """Return the chosen projects with the words of their areas. Raises `Refused` for one that is not there."""
    names = {total.name.casefold(): total.name for total in totals} | {ALL_OTHERS: ALL_OTHERS}
    chosen = [line.split(names) for line in lines]
    missing = next((name for name, _ in chosen if name.casefold() not in names), None)
    if missing is not None:
        listed = ", ".join(quoted(total.name) for total in totals[:MOST_NAMED]) or "none"
        example = totals[0].name if totals else ""
        raise Refused(f"There is no project {quoted(missing)} in that file; there are {listed}.", example)
    return chosen
