"""Which sessions are known already, nearly known or new, and which of them a member has chosen."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.timesheet import choice as choices
from bot.domain.timesheet.choice import Chooser, ChosenSession, ImportChoice, ProjectTotal, sum_by_project
from bot.domain.timesheet.known import KNOWN, NEW, KnownSessions, Match, Matched, StoredSession
from bot.domain.timesheet.sessions import Session
from bot.domain.timesheet.table import LeftOut
from bot.domain.timesheet.titles import Unit

DAY = date(2025, 3, 4)
GONE = LeftOut(9, "still to come")


def session(
    minutes: int, *, start: int | None = None, project: str = "Maths", note: str = "", area: str = ""
) -> Session:
    ms = minutes * Unit.MINUTES
    return Session(2, DAY, None if start is None else start * Unit.MINUTES, ms, ms, project, note, area)


def stored(minutes: int, *, start: int | None = None, is_former: bool = False) -> StoredSession:
    return StoredSession(DAY.isoformat(), start, minutes, 1, "Maths", "key", is_total=False, is_former=is_former)


def test_a_session_without_a_start_is_known_by_its_length_once() -> None:
    known = KnownSessions([stored(30, start=540)])
    assert known.match(session(30), "Maths", is_total=False) == KNOWN
    assert known.match(session(30), "Maths", is_total=False) == NEW


def test_another_length_of_the_project_without_a_start_is_a_twin_once() -> None:
    known = KnownSessions([stored(30)])
    assert known.match(session(45), "Latin", is_total=False) == NEW
    twin = Matched(Match.TWIN, "2025-03-04T-/30#", 30)
    assert known.match(session(45), "maths", is_total=False) == twin
    assert known.match(session(45), "maths", is_total=False) == NEW


def test_a_row_that_has_no_former_key_is_compared_by_its_length() -> None:
    known = KnownSessions([stored(30, is_former=True)])
    assert known.has_former
    assert known.match(session(30), "Maths", is_total=False) == KNOWN
    assert known.match(session(40), "Maths", is_total=False) == NEW


@pytest.mark.parametrize("most", [choices.MOST_KNOWN, 0])
def test_a_row_has_the_area_that_it_names_whether_it_is_remembered_or_not(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choices, "MOST_KNOWN", most)
    named, other = session(30, area="math", note=" sets "), session(5, area="other")
    [first, second, gone] = Chooser(ImportChoice(("Math",))).choose([named, other, GONE])
    assert first == ChosenSession(named, "Maths", "Math", "sets")
    assert second == ChosenSession(other, "Maths", None, None)
    assert gone == GONE


def test_projects_are_summed_by_their_shown_name_without_what_is_left_out() -> None:
    rows: list[Session | LeftOut] = [
        session(30, project="Été  2"),
        GONE,
        session(20, project="Été 2"),
        session(5, project=""),
    ]
    assert sum_by_project(rows) == [ProjectTotal("Été 2", 2, 50), ProjectTotal("(no project)", 1, 5)]


@pytest.mark.parametrize(
    ("zone", "start", "others", "match"),
    [
        ("Asia/Tokyo", 5 * 60, [], KNOWN),
        ("Asia/Tokyo", 5 * 60, [DAY - timedelta(days=1)], NEW),
        ("Asia/Tokyo", 9 * 60, [], NEW),
        ("UTC", 5 * 60, [], NEW),
    ],
    ids=["day_before_in_utc", "that_day_is_in_the_file", "same_day_in_utc", "utc"],
)
def test_a_former_row_may_stand_under_its_day_in_utc(zone: str, start: int, others: list[date], match: Matched) -> None:
    known = KnownSessions([stored(30, is_former=True)._replace(day=(DAY - timedelta(days=1)).isoformat())])
    rows: list[Session | LeftOut] = [GONE, session(30, start=start)]
    rows += [session(30, start=start)._replace(day=day) for day in others]
    known.survey(rows, ZoneInfo(zone))
    assert known.match(session(30, start=start), "Maths", is_total=False) == match
