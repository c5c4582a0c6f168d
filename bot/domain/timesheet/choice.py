"""Which of a sheet's rows are brought in, and under which area: what a member chooses before anything is written."""

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
    """What is taken: `projects` by name with an area each (None: all of them), else `area`, else what a row says."""

    areas: tuple[str, ...]
    area: str | None = None
    projects: Mapping[str, str | None] | None = None
    member: str | None = None


@dataclass(frozen=True, slots=True)
class ImportedEntry:
    """An entry as it will be kept, with the number of its row and the key by which it is known the next time."""

    number: int
    entry: Entry
    key: str


@dataclass(frozen=True, slots=True)
class ProjectTotal:
    """How much a project (or a week) holds."""

    name: str
    entries: int
    minutes: int


def choose_entries(sheet: Sheet, choice: ImportChoice) -> list[ImportedEntry]:
    """The entries that are taken, in the file's order.

    Raises `Refused` for a project that the file does not have, and where it holds several people's time unasked.
    """
    rows = _of_member(sheet.rows, choice.member)
    wanted = _wanted(rows, choice.projects)
    named = {area.casefold(): area for area in choice.areas}
    texts: dict[str, str | None] = {"": None}
    return [
        ImportedEntry(
            row.number, Entry(row.day, row.minutes, _area(row, choice, wanted, named), _learned(row, texts)), _key(row)
        )
        for row in rows
        if wanted is None or project_of(row).casefold() in wanted
    ]


def sum_by_project(rows: Iterable[SheetRow]) -> list[ProjectTotal]:
    """Projects with their entries and minutes, the largest first."""
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        entries, minutes = found.get(project_of(row), (0, 0))
        found[project_of(row)] = (entries + 1, minutes + row.minutes)
    return sorted(
        (ProjectTotal(name, *sums) for name, sums in found.items()), key=lambda each: (-each.minutes, each.name)
    )


def sum_by_week(brought: Iterable[ImportedEntry]) -> list[tuple[Week, int]]:
    """Weeks with their minutes, oldest first; weeks without any are left out."""
    found: dict[Week, int] = {}
    for each in brought:
        week = Week.of(each.entry.day)
        found[week] = found.get(week, 0) + each.entry.minutes
    return sorted(found.items(), key=lambda item: item[0].monday)


def project_of(row: SheetRow) -> str:
    """A row's project as it is shown and chosen."""
    return clean(row.project, LEARNED_LIMIT)[:LEARNED_LIMIT] or NO_PROJECT


def _of_member(rows: list[SheetRow], member: str | None) -> list[SheetRow]:
    names = {row.member for row in rows if row.member}
    if member is not None:
        own = [row for row in rows if row.member.casefold() == member.casefold()]
        if not own:
            raise Refused(f"Nothing in that file is of {quoted(member)}.", _example(sorted(names)))
        return own
    if len(names) > 1:
        said = ", ".join(quoted(name) for name in sorted(names)[:MOST_NAMED])
        raise Refused(f"That file holds the time of {len(names)} people: {said}. Export your own alone.")
    return rows


def _wanted(rows: list[SheetRow], projects: Mapping[str, str | None] | None) -> dict[str, str | None] | None:
    if projects is None:
        return None
    known = {project_of(row).casefold() for row in rows}
    missing = next((name for name in projects if name.casefold() not in known), None)
    if missing is not None:
        names = [each.name for each in sum_by_project(rows)]
        said = ", ".join(quoted(name) for name in names[:MOST_NAMED])
        raise Refused(f"There is no project {quoted(missing)} in that file; there are {said}.", _example(names))
    return {name.casefold(): area for name, area in projects.items()}


def _example(names: list[str]) -> str:
    return names[0] if names else ""


def _area(
    row: SheetRow, choice: ImportChoice, wanted: dict[str, str | None] | None, named: dict[str, str]
) -> str | None:
    told = wanted.get(project_of(row).casefold()) if wanted else None
    return told or choice.area or named.get(row.area.casefold()) or named.get(row.project.casefold())


def _learned(row: SheetRow, known: dict[str, str | None]) -> str | None:
    """The description as a journal keeps it; trackers repeat the same few again and again."""
    if row.description not in known:
        known[row.description] = cut(clean(row.description, LEARNED_LIMIT), LEARNED_LIMIT) or None
    return known[row.description]


def _key(row: SheetRow) -> str:
    """A digest: what is only compared need not be kept as text a second time."""
    return blake2b("\x1f".join(row.key).encode(), digest_size=16).hexdigest()
