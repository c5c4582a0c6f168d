"""The rows of a sheet that are imported, their areas, and their sums."""

from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.duration import Minutes
from bot.domain.timesheet.choice import (
    ImportChoice,
    ImportedEntry,
    ProjectTotal,
    choose_entries,
    sum_by_project,
    sum_by_week,
)
from bot.domain.timesheet.sheet import Sheet, SheetKind, SheetRow
from bot.errors import Refused

AREAS = ("Mathematics", "Statistics")


def row(
    number: int, project: str = "", *, day: int = 1, minutes: int = 60, text: str = "", area: str = "", who: str = ""
) -> SheetRow:
    return SheetRow(number, date(2025, 12, day), Minutes(minutes), project, text, area, who, (str(number),))


def take(rows: Iterable[SheetRow], choice: ImportChoice) -> list[ImportedEntry]:
    return choose_entries(Sheet(SheetKind.TABLE, list(rows), []), choice)


def test_everything_is_taken_unless_projects_are_chosen() -> None:
    rows = [row(2, "Maths"), row(3, "Work"), row(4)]
    assert [imported.number for imported in take(rows, ImportChoice(AREAS))] == [2, 3, 4]
    assert [imported.number for imported in take(rows, ImportChoice(AREAS, projects={"maths": None}))] == [2]
    assert [imported.number for imported in take(rows, ImportChoice(AREAS, projects={"(no project)": None}))] == [4]


def test_an_area_comes_from_the_choice_of_a_project_then_from_the_default_then_from_the_row() -> None:
    rows = [row(2, "mathematics"), row(3, "Work"), row(4, "Work", area="statistics")]
    assert [imported.entry.area for imported in take(rows, ImportChoice(AREAS))] == ["Mathematics", None, "Statistics"]
    assert {imported.entry.area for imported in take(rows, ImportChoice(AREAS, area="Statistics"))} == {"Statistics"}
    by_name = ImportChoice(AREAS, area="Statistics", projects={"Work": "Mathematics", "mathematics": None})
    assert [imported.entry.area for imported in take(rows, by_name)] == ["Statistics", "Mathematics", "Mathematics"]


def test_a_project_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(Refused, match="no project “Math” in that file; there are “Maths”") as refused:
        take([row(2, "Maths")], ImportChoice(AREAS, projects={"Math": None}))
    assert refused.value.example == "Maths"
    with pytest.raises(Refused) as empty:
        take([], ImportChoice(AREAS, projects={"Math": None}))
    assert empty.value.example == ""


def test_the_time_of_others_is_never_taken_for_ones_own() -> None:
    rows = [row(2, who="Ada"), row(3, who="Bo"), row(4)]
    with pytest.raises(Refused, match="2 people: “Ada”, “Bo”"):
        take(rows, ImportChoice(AREAS))
    assert [imported.number for imported in take(rows, ImportChoice(AREAS, member="bo"))] == [3]
    with pytest.raises(Refused, match="of “Eve”"):
        take(rows, ImportChoice(AREAS, member="Eve"))


def test_descriptions_are_kept_as_notes_are() -> None:
    texts = ["", "chain \u202erule\n", "x" * 3000, "\u200b"]
    learned = [
        imported.entry.learned
        for imported in take([row(at, text=text) for at, text in enumerate(texts)], ImportChoice(AREAS))
    ]
    assert learned == [None, "chain rule", "x" * 999 + "…", None]


def test_sums_by_project_and_by_week() -> None:
    rows = [row(2, "a", minutes=30), row(3, "b", minutes=60, day=8), row(4, "a", minutes=45, day=7)]
    assert sum_by_project(rows) == [ProjectTotal("a", 2, 75), ProjectTotal("b", 1, 60)]
    assert [(str(week), minutes) for week, minutes in sum_by_week(take(rows, ImportChoice(AREAS)))] == [
        ("1–7 Dec", 75),
        ("8–14 Dec", 60),
    ]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 1440), st.integers(1, 28)), max_size=30))
def test_nothing_is_lost_on_the_way(cells: list[tuple[str, int, int]]) -> None:
    rows = [row(at, name, minutes=minutes, day=day) for at, (name, minutes, day) in enumerate(cells)]
    total = sum(minutes for _, minutes, _ in cells)
    entries = take(rows, ImportChoice(AREAS))
    assert sum(project.minutes for project in sum_by_project(rows)) == total
    assert sum(minutes for _, minutes in sum_by_week(entries)) == total
    assert len({entry.key for entry in entries}) == len(rows)
