"""A member's choice, before anything is written, of the rows that are imported and the areas that they go under."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from bot.domain.checkin import LEARNED_LIMIT, Entry
from bot.domain.names import clean, cut, quoted
from bot.domain.timesheet.sheet import Sheet, SheetRow
from bot.domain.week import Week
from bot.errors import Refused

NO_PROJECT = "(no project)"
MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class ImportChoice:
    """The rows to import, and their area.

    `projects` are chosen by name (None: all), each perhaps with an area; where it has none, `area` counts, then that of
    the row itself. `areas` are those of the group.
    """

    areas: tuple[str, ...]
    area: str | None = None
    projects: Mapping[str, str | None] | None = None
    member: str | None = None


@dataclass(frozen=True, slots=True)
class ImportedEntry:
    """An entry to store, with the number of its row and the key by which a later import recognises it."""

    number: int
    entry: Entry
    key: str


@dataclass(frozen=True, slots=True)
class ProjectTotal:
    """The entries and minutes of a project."""

    name: str
    entries: int
    minutes: int


def choose_entries(sheet: Sheet, choice: ImportChoice) -> list[ImportedEntry]:
    """Return the entries to import, in the file's order.

    Raises Refused for a project that the file does not have, and for the time of several people if no member is chosen.
    """
    rows = _of_member(sheet.rows, choice.member)
    projects = _chosen_projects(rows, choice.projects)
    named = {area.casefold(): area for area in choice.areas}
    texts: dict[str, str | None] = {"": None}
    entries = []
    for row in rows:
        if projects is None or project_of(row).casefold() in projects:
            entry = Entry(row.day, row.minutes, _area(row, choice, projects, named), _learned(row, texts))
            entries.append(ImportedEntry(row.number, entry, _key(row)))
    return entries


def sum_by_project(rows: Iterable[SheetRow]) -> list[ProjectTotal]:
    """Return the projects with their entries and minutes, the largest first."""
    sums: dict[str, tuple[int, int]] = {}
    for row in rows:
        entries, minutes = sums.get(project_of(row), (0, 0))
        sums[project_of(row)] = (entries + 1, minutes + row.minutes)
    totals = [ProjectTotal(name, entries, minutes) for name, (entries, minutes) in sums.items()]
    return sorted(totals, key=lambda total: (-total.minutes, total.name))


def sum_by_week(entries: Iterable[ImportedEntry]) -> list[tuple[Week, int]]:
    """Return the weeks with their minutes, oldest first; weeks without any are left out."""
    sums: dict[Week, int] = {}
    for imported in entries:
        week = Week.of(imported.entry.day)
        sums[week] = sums.get(week, 0) + imported.entry.minutes
    return sorted(sums.items())


def project_of(row: SheetRow) -> str:
    """Return a row's project as it is shown and chosen."""
    return clean(row.project, LEARNED_LIMIT)[:LEARNED_LIMIT] or NO_PROJECT


def _of_member(rows: list[SheetRow], member: str | None) -> list[SheetRow]:
    names = {row.member for row in rows if row.member}
    if member is not None:
        own = [row for row in rows if row.member.casefold() == member.casefold()]
        if not own:
            raise Refused(f"Nothing in that file is of {quoted(member)}.", _example(sorted(names)))
        return own
    if len(names) > 1:
        people = ", ".join(quoted(name) for name in sorted(names)[:MOST_NAMED])
        raise Refused(f"That file holds the time of {len(names)} people: {people}. Export your own alone.")
    return rows


def _chosen_projects(rows: list[SheetRow], projects: Mapping[str, str | None] | None) -> dict[str, str | None] | None:
    if projects is None:
        return None
    known = {project_of(row).casefold() for row in rows}
    missing = next((name for name in projects if name.casefold() not in known), None)
    if missing is not None:
        names = [project.name for project in sum_by_project(rows)]
        listed = ", ".join(quoted(name) for name in names[:MOST_NAMED])
        raise Refused(f"There is no project {quoted(missing)} in that file; there are {listed}.", _example(names))
    return {name.casefold(): area for name, area in projects.items()}


def _example(names: list[str]) -> str:
    return names[0] if names else ""


def _area(
    row: SheetRow, choice: ImportChoice, projects: dict[str, str | None] | None, named: dict[str, str]
) -> str | None:
    chosen = projects.get(project_of(row).casefold()) if projects else None
    return chosen or choice.area or named.get(row.area.casefold()) or named.get(row.project.casefold())


def _learned(row: SheetRow, known: dict[str, str | None]) -> str | None:
    """Return the description as a journal stores it, from `known` if it came before: trackers repeat the same few."""
    if row.description not in known:
        known[row.description] = cut(clean(row.description, LEARNED_LIMIT), LEARNED_LIMIT) or None
    return known[row.description]


def _key(row: SheetRow) -> str:
    """Return a digest: a key that is only compared need not store the text a second time."""
    return blake2b("\x1f".join(row.key).encode(), digest_size=16).hexdigest()
