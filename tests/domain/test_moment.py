"""Moments as people type them, as they are shown and as they are stored."""

from collections.abc import Callable
from datetime import UTC, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.moment import read_moment
from bot.domain.schedule import Moment
from bot.errors import Refused, Understood

MONDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = 0, 3, 4, 5, 6
moments = st.builds(Moment, st.none() | st.integers(0, 6), st.builds(time, st.integers(0, 23), st.integers(0, 59)))


@given(moments)
def test_a_moment_is_read_back_from_its_key_and_from_what_is_said(moment: Moment) -> None:
    is_daily = moment.weekday is None
    assert Moment.of_key(moment.key) == moment
    assert read_moment(moment.key, daily=is_daily) == moment
    assert read_moment(str(moment), daily=is_daily) == moment


def test_moments_are_said_shortly_and_sort_by_weekday_and_time() -> None:
    thursday, daily = Moment(THURSDAY, time(18, 0)), Moment(None, time(20, 0))
    assert [Moment.of_key(moment.key) for moment in (thursday, daily)] == [thursday, daily]
    assert (str(thursday), thursday.key) == ("Thu 18:00", "thu 18:00")
    assert (str(daily), daily.key) == ("daily 20:00", "daily 20:00")
    assert sorted([Moment(SUNDAY, time(0)), thursday, Moment(THURSDAY, time(9))])[-1] == Moment(SUNDAY, time(0))


@pytest.mark.parametrize(
    ("weekday", "at"),
    [(7, time(9)), (-1, time(9)), (0, time(9, 0, 1)), (0, time(9, tzinfo=UTC)), (None, time(9, 0, 1))],
)
def test_a_moment_has_a_real_weekday_and_a_time_to_the_minute(weekday: int | None, at: time) -> None:
    with pytest.raises(ValueError, match="is no"):
        Moment(weekday, at)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("thu 18:00", Moment(THURSDAY, time(18, 0))),
        ("thursday 6pm", Moment(THURSDAY, time(18, 0))),
        ("Thu 18", Moment(THURSDAY, time(18, 0))),
        ("sunday at 15:00", Moment(SUNDAY, time(15, 0))),
        ("  SUN   9:05 ", Moment(SUNDAY, time(9, 5))),
        ("fri 7.30pm", Moment(FRIDAY, time(19, 30))),
        ("6 p.m. on thursdays", Moment(THURSDAY, time(18, 0))),
        ("on Thu., 6:30 PM", Moment(THURSDAY, time(18, 30))),
        ("every thurs @ 18h30", Moment(THURSDAY, time(18, 30))),
        ("mon 18h", Moment(MONDAY, time(18, 0))),
        ("mon noon", Moment(MONDAY, time(12, 0))),
        ("mon at 7 in the evening", Moment(MONDAY, time(19, 0))),
        ("mon 7:30 in the morning", Moment(MONDAY, time(7, 30))),
        ("mon 12am", Moment(MONDAY, time(0, 0))),
        ("mon 12:15 a.m.", Moment(MONDAY, time(0, 15))),
        ("mon 12pm", Moment(MONDAY, time(12, 0))),
        ("mon 0:00", Moment(MONDAY, time(0, 0))),
        ("mon １８：００", Moment(MONDAY, time(18, 0))),
        ("tues 9:00", Moment(1, time(9, 0))),
        ("weds 9am", Moment(2, time(9, 0))),
        ("sat 21 o'clock", Moment(SATURDAY, time(21, 0))),
        ("mon 0", Moment(MONDAY, time(0, 0))),
        ("mon 12", Moment(MONDAY, time(12, 0))),
        ("mittwoch 19h", Moment(2, time(19, 0))),
        ("Donnerstag um 9 Uhr", Moment(THURSDAY, time(9, 0))),
        ("jeudi 19h30", Moment(THURSDAY, time(19, 30))),
        ("el jueves a las 19:30", Moment(THURSDAY, time(19, 30))),
        ("thu 1930", Moment(THURSDAY, time(19, 30))),
        ("1800", Moment(SUNDAY, time(18, 0))),
        ("thu １９:３０", Moment(THURSDAY, time(19, 30))),
        ("⏰ wed 19:00.", Moment(2, time(19, 0))),
        ("midnight on saturday", Moment(SATURDAY, time(0, 0))),
        ("16:45", Moment(SUNDAY, time(16, 45))),
        ("4pm", Moment(SUNDAY, time(16, 0))),
        ("thu", Moment(THURSDAY, time(15, 0))),
        ("thu18:00", Moment(THURSDAY, time(18, 0))),
        ("7:30PMsat", Moment(SATURDAY, time(19, 30))),
        ("on Thursdays", Moment(THURSDAY, time(15, 0))),
    ],
)
def test_people_type_a_weekday_and_a_time_in_many_ways(text: str, moment: Moment) -> None:
    assert read_moment(text, Moment(SUNDAY, time(15, 0))) == moment


@pytest.mark.parametrize("text", ["20:00", "daily 20:00", "8pm", "8 pm every day", "Everyday at 20", "DAILY 20h"])
def test_a_daily_moment_is_a_time_alone(text: str) -> None:
    assert read_moment(text, daily=True) == Moment(None, time(20, 0))


def test_daily_alone_keeps_the_time() -> None:
    assert read_moment("daily", Moment(None, time(7, 0)), daily=True) == Moment(None, time(7, 0))


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("wed 7", [("Wed 07:00", "wed 07:00"), ("Wed 19:00", "wed 19:00")]),
        ("9 o'clock", [("Sun 09:00", "sun 09:00"), ("Sun 21:00", "sun 21:00")]),
    ],
)
def test_a_bare_hour_can_be_in_the_morning_or_in_the_evening(text: str, offers: list[tuple[str, str]]) -> None:
    with pytest.raises(Understood, match="in the morning or in the evening") as refused:
        read_moment(text, Moment(SUNDAY, time(15, 0)))
    assert list(refused.value.offers) == offers
    assert read_moment("18", Moment(SUNDAY, time(15, 0))) == Moment(SUNDAY, time(18, 0))


CANNOT = "I can't read “{}” as a day and a time."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "I can't find a time there."),
        (" \n ", "I can't find a time there."),
        ("x" * 65, "I read at most 64 characters as a time, and this has 65."),
        ("x" * 6500, "I read at most 64 characters as a time, and this has 6,500."),
        ("24:00", "I read the time in “24:00” as 24:00, but midnight is 0:00 of the next day."),
        ("thu 24", "I read the time in “thu 24” as 24:00, but midnight is 0:00 of the next day."),
        ("thu 24:30", "I read the time in “thu 24:30” as 24:30, which no clock shows."),
        ("thu 25:00", "I read the time in “thu 25:00” as 25:00, which no clock shows."),
        ("thu 18:60", "I read the time in “thu 18:60” as 18:60, which no clock shows."),
        ("thu 13pm", "I read the time in “thu 13pm” as 13pm, which no clock shows."),
        ("thu 0 am", "I read the time in “thu 0 am” as 0 am, which no clock shows."),
        ("18:00", "I read “18:00” as a time, but not on which weekday."),
        ("thu", "I read “thu” as Thursday, but not at what time."),
        ("daily 20:00", "I read “daily 20:00” as every day, but this comes once a week."),
        *(
            (text, CANNOT.format(text))
            for text in ("foo", "thu foo", "mon thu 9", "th 9", "s 9", "at", "thu daily foo")
        ),
        *(
            (text, CANNOT.format(text))
            for text in ("thu -1", "thu 1 2", "2.5", "thu 18:00:30", "mon-fri 9:00", "9:5", "9h5", "18x")
        ),
    ],
)
def test_what_cannot_be_a_weekly_moment_is_explained(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read_moment(text)
    assert refused.value.sentence == sentence
    assert read_moment(refused.value.example) == Moment(THURSDAY, time(18, 0))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("thu 20:00", "I read “thu 20:00” as Thursday, but this comes every day, so it takes a time alone."),
        ("sundays", "I read “sundays” as Sunday, but this comes every day, so it takes a time alone."),
        ("daily", "I read “daily” as every day, but not at what time."),
        ("foo", CANNOT.format("foo")),
        ("25:00", "I read the time in “25:00” as 25:00, which no clock shows."),
    ],
)
def test_what_cannot_be_a_daily_moment_is_explained(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read_moment(text, daily=True)
    assert refused.value.sentence == sentence
    assert read_moment(refused.value.example, daily=True) == Moment(None, time(20, 0))


def test_a_daily_default_has_no_weekday_to_give() -> None:
    with pytest.raises(Refused, match="not on which weekday"):
        read_moment("18:00", Moment(None, time(9, 0)))


words = st.sampled_from(
    ["thu", "every", "daily", "at", "18:00", "6pm", "p.m.", "24:00", ":", "-1", ",", "noon", "９", "s"]
)
typed = st.text(max_size=80) | st.lists(words, max_size=6).map(" ".join) | st.lists(words, max_size=6).map("".join)
readers: list[Callable[[str], Moment]] = [
    read_moment,
    lambda text: read_moment(text, Moment(SUNDAY, time(15, 0))),
    lambda text: read_moment(text, daily=True),
]


@given(typed, st.sampled_from(readers))
def test_whatever_is_typed_is_read_or_refused_in_one_line(text: str, read: Callable[[str], Moment]) -> None:
    try:
        moment = read(text)
    except Refused as refused:
        assert all(read(words).at > time(0) for _, words in refused.offers)
        assert "\n" not in refused.sentence
        assert len(refused.sentence) < 200
        assert read(refused.example).at > time(0)
    else:
        assert read(moment.key) == moment
