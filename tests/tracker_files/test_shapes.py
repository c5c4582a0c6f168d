"""Any table that is written from known sessions comes back as these, or as a question that its writer can answer."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.timesheet import lengths
from bot.domain.timesheet.answers import Answers
from bot.domain.timesheet.plan import Plan, make_plan
from bot.domain.timesheet.sessions import Session, read_sessions
from bot.tracker_files.deadline import Deadline
from bot.tracker_files.opening import open_content
from tests.tracker_files.shapes import CLOCKS, DATES, FILES, LANGUAGES, LENGTHS, TRACKERS, Entry, Shape, write

TODAY = date(2026, 12, 2)
MOST_QUESTIONS = 4
PROJECTS = ("", "Maths", "Machine Learning", "R, and C++", "Übung; Teil 2", "統計", "line | of bars")
NOTES = ("", "limits", "2 h of “series”", 'said "why"', "chapter 3, page 12", "1:30 left")

moments = st.builds(
    lambda day, minute: datetime.combine(day, time(minute // 60, minute % 60), UTC),
    st.dates(date(2024, 1, 1), date(2026, 11, 20)),
    st.integers(0, 1439),
)
entries = st.lists(
    st.builds(Entry, moments, st.integers(1, 600), st.sampled_from(PROJECTS), st.sampled_from(NOTES)),
    min_size=1,
    max_size=8,
)
shapes = st.builds(
    Shape,
    st.sampled_from(FILES),
    st.sampled_from(list(LANGUAGES)),
    st.sampled_from(list(DATES)),
    st.sampled_from(list(CLOCKS)),
    st.sampled_from([*LENGTHS, "span"]),
    st.booleans(),
)


def plan_of(content: bytes, said: dict[str, Any]) -> Plan:
    return make_plan(open_content(content, TODAY, Deadline(20)), Answers(**said), UTC, TODAY)


def read(content: bytes, shape: Shape) -> list[tuple[str, int, str, str]]:
    """Return what is read once every question is answered as the writer would. Raises `AssertionError` for others."""
    said: dict[str, Any] = {}
    for _ in range(MOST_QUESTIONS):
        plan = plan_of(content, said)
        if not plan.questions:
            sessions = [row for row in read_sessions(plan)() if isinstance(row, Session)]
            return [(day.isoformat(), part, row.project, row.note) for row in sessions for day, part in row.parts()]
        answer = shape.answer(plan.questions[0].about)
        assert answer is not None, f"asked what is clear: {plan.questions[0]}"
        said |= answer
    raise AssertionError(f"asked again and again: {plan.questions}")


def check(written: list[Entry], shape: Shape) -> None:
    """Raise `AssertionError` if a table is read as other sessions than it was written from."""
    if shape.file == "bars":
        written = [Entry(entry.begin, entry.minutes, entry.project.replace("|", "/"), entry.note) for entry in written]
    found = read(write(written, shape), shape)
    expected = [part for entry in written for part in (entry.parts() if shape.tells_starts else entry.whole())]
    assert sorted(found) == sorted(expected), (shape, written)


def check_tracker(written: list[Entry], tracker: str) -> None:
    """Raise `AssertionError` if what a tracker exports is read as other sessions than it had."""
    order = Shape(dates="month-first" if tracker == "Toggl, new" else "day-first")
    found = read(TRACKERS[tracker](written).encode(), order)
    if tracker == "Google Calendar":
        written = [replace(entry, note=entry.note or entry.project) for entry in written]
    assert sorted(found) == sorted(part for entry in written for part in entry.parts()), (tracker, written)


@given(entries, st.sampled_from(list(TRACKERS)))
def test_what_a_tracker_exports_comes_back_as_it_was_or_as_a_question(written: list[Entry], tracker: str) -> None:
    check_tracker(written, tracker)


@pytest.mark.parametrize("tracker", TRACKERS)
def test_every_tracker_is_read(tracker: str) -> None:
    check_tracker(SAMPLE, tracker)


def test_a_dash_in_the_place_of_words_is_none() -> None:
    entry = Entry(datetime(2024, 1, 1, tzinfo=UTC), 1, "", "")
    check_tracker([entry], "Toggl, new")


@given(entries, shapes)
def test_a_table_comes_back_as_it_was_or_as_a_question(written: list[Entry], shape: Shape) -> None:
    check(written, shape)


SAMPLE = [
    Entry(datetime(2025, 3, 14, 9, 5, tzinfo=UTC), 90, "Maths", "limits"),
    Entry(datetime(2025, 3, 25, 22, 30, tzinfo=UTC), 125, "Stats", ""),
    Entry(datetime(2025, 4, 3, 14, 0, tzinfo=UTC), 45, "Maths", "series"),
]


@pytest.mark.parametrize("length", [*LENGTHS, "span"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_and_length_is_read(language: str, length: str) -> None:
    shape = Shape(language=language, length=length)
    check(SAMPLE, shape)


@pytest.mark.parametrize("dates", DATES)
@pytest.mark.parametrize("file", FILES)
def test_every_file_and_date_is_read(file: str, dates: str) -> None:
    for length in ("minutes", "span"):
        shape = Shape(file, dates=dates, length=length)
        check(SAMPLE, shape)


@pytest.mark.parametrize("clocks", CLOCKS)
def test_every_clock_is_read(clocks: str) -> None:
    for shape in (Shape(clocks=clocks, length="span"), Shape(clocks=clocks, length="h:mm", has_start=True)):
        check(SAMPLE, shape)


def test_a_reader_that_takes_minutes_for_seconds_breaks_the_property(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lengths, "_in_ms", lambda hours, minutes, seconds: (hours * 60 + minutes) * 1000 + seconds)
    with pytest.raises(AssertionError):
        check(SAMPLE, Shape(length="h:mm:ss"))
