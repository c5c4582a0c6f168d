"""Time by area under the names of today, and the one that waits."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.coverage import AreaTime, NeglectedArea, find_neglected, gather_times, say_share
from bot.domain.week import Week

MONDAY = date(2026, 3, 2)
THIS_WEEK = Week(MONDAY)
FIRST = THIS_WEEK.plus(-10)
IN_USE = ("Maths", "Statistics", "DevOps")

names = st.sampled_from(("Maths", "maths", "Statistics", "Probability", "Chance", "Knitting"))
days = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2026, 3, 8)))
times = st.lists(st.builds(AreaTime, names, st.integers(1, 10_000), days), max_size=8)


def ago(area: str, weeks: int, minutes: int = 60) -> AreaTime:
    return AreaTime(area, minutes, MONDAY - timedelta(weeks=weeks))


def test_areas_in_use_stand_there_untouched_after_the_others_in_their_order() -> None:
    gathered = gather_times([ago("Knitting", 1, 5), ago("Statistics", 0, 90)], {}, IN_USE)
    assert [time.area for time in gathered] == ["Statistics", "Knitting", "Maths", "DevOps"]
    assert gathered[2] == AreaTime("Maths", 0, None)


def test_what_was_renamed_is_counted_under_its_new_name() -> None:
    renamed = {"Chance": "Statistics"}
    gathered = gather_times([ago("Chance", 9, 30), ago("Statistics", 2, 90)], renamed, ("Statistics",))
    assert gathered == [ago("Statistics", 2, 120)]


def test_case_does_not_part_an_area_from_one_in_use() -> None:
    assert gather_times([ago("maths", 3, 30), ago("Maths", 5, 10)], {}, ("Maths",)) == [ago("Maths", 3, 40)]
    assert len(gather_times([ago("knitting", 3), ago("Knitting", 5)], {}, ())) == 2


@given(times)
def test_no_minute_is_lost_or_counted_twice(recorded: list[AreaTime]) -> None:
    gathered = gather_times(recorded, {"Probability": "Statistics", "Chance": "Statistics"}, IN_USE)
    minutes = [time.minutes for time in gathered]
    assert sum(minutes) == sum(time.minutes for time in recorded)
    assert minutes == sorted(minutes, reverse=True)
    assert len({time.area for time in gathered}) == len(gathered)
    assert set(IN_USE) <= {time.area for time in gathered}
    last = max((time.last for time in recorded if time.last), default=None)
    assert max((time.last for time in gathered if time.last), default=None) == last


def test_weeks_are_those_of_the_calendar() -> None:
    sunday = AreaTime("Maths", 60, MONDAY - timedelta(days=1))
    assert sunday.weeks_since(THIS_WEEK) == 1
    assert ago("Maths", 0).weeks_since(THIS_WEEK) == 0
    assert ago("Maths", -1).weeks_since(THIS_WEEK) == 0
    assert AreaTime("Maths", 0).weeks_since(THIS_WEEK) is None


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        ([ago("Maths", 0), ago("Statistics", 1), ago("DevOps", 0)], None),
        ([ago("Maths", 0), ago("Statistics", 2), ago("DevOps", 1)], NeglectedArea("Statistics", 2, was_touched=True)),
        ([ago("Maths", 5), ago("Statistics", 7), ago("DevOps", 1)], NeglectedArea("Statistics", 7, was_touched=True)),
        ([ago("Maths", 5, 90), ago("Statistics", 5, 60)], NeglectedArea("Statistics", 5, was_touched=True)),
        ([ago("Statistics", 5), ago("Maths", 5)], NeglectedArea("Maths", 5, was_touched=True)),
        ([ago("Maths", 3), AreaTime("DevOps", 0)], NeglectedArea("Maths", 3, was_touched=True)),
        ([ago("Maths", 1), AreaTime("DevOps", 0)], NeglectedArea("DevOps", 10, was_touched=False)),
        ([ago("Knitting", 50), ago("Maths", 0)], None),
        ([], None),
    ],
)
def test_the_one_that_waits_longest_is_named(recorded: list[AreaTime], expected: NeglectedArea | None) -> None:
    assert find_neglected(recorded, IN_USE, FIRST, THIS_WEEK) == expected


def test_who_has_just_begun_neglects_nothing() -> None:
    untouched = [ago("Maths", 0), AreaTime("DevOps", 0)]
    assert find_neglected(untouched, IN_USE, None, THIS_WEEK) is None
    assert find_neglected(untouched, IN_USE, THIS_WEEK.plus(-1), THIS_WEEK) is None
    assert find_neglected(untouched, IN_USE, THIS_WEEK.plus(1), THIS_WEEK) is None
    assert find_neglected(untouched, IN_USE, THIS_WEEK.plus(-2), THIS_WEEK) == NeglectedArea(
        "DevOps", 2, was_touched=False
    )


@given(times, st.integers(0, 300))
def test_whoever_is_named_is_in_use_and_nobody_waits_longer(recorded: list[AreaTime], weeks: int) -> None:
    gathered = gather_times(recorded, {}, IN_USE)
    named = find_neglected(gathered, IN_USE, THIS_WEEK.plus(-weeks), THIS_WEEK)
    waits = {time.area: time.weeks_since(THIS_WEEK) for time in gathered if time.area in IN_USE}
    longest = max((wait for wait in waits.values() if wait is not None), default=0)
    if named is None:
        assert longest < 2
    else:
        assert named.weeks == (longest if named.was_touched else weeks)
        assert waits[named.area] == (named.weeks if named.was_touched else None)


@pytest.mark.parametrize(
    ("minutes", "total", "share"),
    [
        (0, 0, "0 %"),
        (0, 100, "0 %"),
        (1, 1000, "<1 %"),
        (4, 1000, "<1 %"),
        (6, 1000, "1 %"),
        (1, 3, "33 %"),
        (3, 3, "100 %"),
    ],
)
def test_a_share_is_said_in_whole_per_cent(minutes: int, total: int, share: str) -> None:
    assert say_share(minutes, total) == share
