"""Days that people type, seen from a Wednesday, from every other day, and from both ends of the calendar."""

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.day import read_day, read_future_day, say_day
from bot.errors import Refused, Understood

WEDNESDAY = date(2026, 11, 25)
NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

PAST = {
    "today": date(2026, 11, 25),
    "TODAY ": date(2026, 11, 25),
    "yesterday": date(2026, 11, 24),
    "yesterday:": date(2026, 11, 24),
    "the night before last": date(2026, 11, 23),
    "ieri": date(2026, 11, 24),
    "20261120": date(2026, 11, 20),
    "3d ago": date(2026, 11, 22),
    "1 wk ago": date(2026, 11, 18),
    "2w ago": date(2026, 11, 11),
    "wed": date(2026, 11, 25),
    "weds": date(2026, 11, 25),
    "tue": date(2026, 11, 24),
    "Tues": date(2026, 11, 24),
    "mon": date(2026, 11, 23),
    "Monday": date(2026, 11, 23),
    "last monday": date(2026, 11, 23),
    "on  monday": date(2026, 11, 23),
    "sun": date(2026, 11, 22),
    "sat": date(2026, 11, 21),
    "fri": date(2026, 11, 20),
    "thurs": date(2026, 11, 19),
    "2026-11-20": date(2026, 11, 20),
    "2026-1-5": date(2026, 1, 5),
    "2028-02-29": date(2028, 2, 29),
    "2 days ago": date(2026, 11, 23),
    "a day ago": date(2026, 11, 24),
    "one day ago": date(2026, 11, 24),
    "0 days ago": date(2026, 11, 25),
    "a week ago": date(2026, 11, 18),
    "2 weeks ago": date(2026, 11, 11),
    "2\u00a0days\u200b ago": date(2026, 11, 23),
    # with "last" never today
    "last wednesday": date(2026, 11, 18),
    "last tue": date(2026, 11, 24),
    "monday last week": date(2026, 11, 16),
    "last week's friday": date(2026, 11, 20),
    "this tuesday": date(2026, 11, 24),
    # in words, with a part of the day
    "two days ago": date(2026, 11, 23),
    "the day before yesterday": date(2026, 11, 23),
    "last night": date(2026, 11, 24),
    "tonight": date(2026, 11, 25),
    "this morning": date(2026, 11, 25),
    "earlier today": date(2026, 11, 25),
    "yesterday evening": date(2026, 11, 24),
    "monday night": date(2026, 11, 23),
    "mon.": date(2026, 11, 23),
    # dates in figures: the day first, or where only that is a day gone by, the month
    "20.11.": date(2026, 11, 20),
    "20.11.2026": date(2026, 11, 20),
    "20.11.26": date(2026, 11, 20),
    "20/11": date(2026, 11, 20),
    "20/11/2026": date(2026, 11, 20),
    "11/20/2026": date(2026, 11, 20),
    "11/20": date(2026, 11, 20),
    "20-11-2026": date(2026, 11, 20),
    "2026/11/20": date(2026, 11, 20),
    "the 20th": date(2026, 11, 20),
    "on the 20th": date(2026, 11, 20),
    "the 31st": date(2026, 10, 31),
    "20th of November": date(2026, 11, 20),
    "20. November": date(2026, 11, 20),
    "Nov. 20": date(2026, 11, 20),
    "Fri 20 Nov": date(2026, 11, 20),
    "friday, november 20": date(2026, 11, 20),
    # any script
    "٢ days ago": date(2026, 11, 23),
    "२०२६-११-२०": date(2026, 11, 20),
    "２０２６-11-20": date(2026, 11, 20),
    "“yesterday”": date(2026, 11, 24),
    # German, French, Spanish
    "heute": date(2026, 11, 25),
    "gestern Abend": date(2026, 11, 24),
    "vorgestern": date(2026, 11, 23),
    "Montag": date(2026, 11, 23),
    "am Montag": date(2026, 11, 23),
    "letzten Mittwoch": date(2026, 11, 18),
    "vor zwei Tagen": date(2026, 11, 23),
    "20. Nov.": date(2026, 11, 20),
    "aujourd'hui": date(2026, 11, 25),
    "hier": date(2026, 11, 24),
    "hier soir": date(2026, 11, 24),
    "avant-hier": date(2026, 11, 23),
    "lundi": date(2026, 11, 23),
    "mercredi dernier": date(2026, 11, 18),
    "il y a 2 jours": date(2026, 11, 23),
    "20 novembre": date(2026, 11, 20),
    "hoy": date(2026, 11, 25),
    "ayer": date(2026, 11, 24),
    "anteayer": date(2026, 11, 23),
    "lunes": date(2026, 11, 23),
    "hace dos días": date(2026, 11, 23),
}
FUTURE = {
    "today": date(2026, 11, 25),
    "tomorrow": date(2026, 11, 26),
    "Thu": date(2026, 11, 26),
    "tue": date(2026, 12, 1),
    "wed": date(2026, 12, 2),
    "next wednesday": date(2026, 12, 2),
    "on sunday": date(2026, 11, 29),
    "2026-12-24": date(2026, 12, 24),
    "in 3 days": date(2026, 11, 28),
    "in a day": date(2026, 11, 26),
    "in a week": date(2026, 12, 2),
    "in 2 weeks": date(2026, 12, 9),
    "two weeks from now": date(2026, 12, 9),
    "the day after tomorrow": date(2026, 11, 27),
    "next tuesday": date(2026, 12, 1),
    "friday next week": date(2026, 12, 4),
    "this friday": date(2026, 11, 27),
    "the 20th": date(2026, 12, 20),
    "24.12.": date(2026, 12, 24),
    "24/12": date(2026, 12, 24),
    "morgen": date(2026, 11, 26),
    "demain": date(2026, 11, 26),
    "mañana": date(2026, 11, 26),
    "Freitag": date(2026, 11, 27),
    "vendredi": date(2026, 11, 27),
    "viernes": date(2026, 11, 27),
    "29 feb": date(2028, 2, 29),
}
IMPOSSIBLE = [
    "2026-02-30",
    "2026-13-01",
    "2026-00-10",
    "31 Nov",
    "0000-01-01",
    "99999999999 days ago",
    "9999999999999999999999999999999999 weeks ago",
    "1000000 days ago",
]
UNREADABLE = [
    "nan",
    "20",
    "2026-11",
    "2026-11-20T10:00",
    "-2 days ago",
    "2 days",
    "days ago",
    "m",
    "24 Decem",
    "may",
    "mond",
    "last",
    "last last monday",
    "² days ago",
    "so",
    "do",
    "mi",
    "mar",
    "sam",
    "mon amour",
    "20-11",
    "9-11",
    "zwei tage",
]


@pytest.mark.parametrize(("text", "day"), PAST.items())
def test_days_gone_by_are_read(text: str, day: date) -> None:
    assert read_day(text, WEDNESDAY) == day


@pytest.mark.parametrize(("text", "day"), FUTURE.items())
def test_days_to_come_are_read(text: str, day: date) -> None:
    assert read_future_day(text, WEDNESDAY) == day


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("25 Nov", date(2026, 11, 25), date(2026, 11, 25)),
        ("24th november", date(2026, 11, 24), date(2027, 11, 24)),
        ("Dec 24", date(2025, 12, 24), date(2026, 12, 24)),
        ("sept 1, 2026", date(2026, 9, 1), date(2026, 9, 1)),
        ("1 may 2027", date(2027, 5, 1), date(2027, 5, 1)),
    ],
)
def test_a_month_by_its_name_is_the_nearest_one(text: str, past: date, future: date) -> None:
    assert read_day(text, WEDNESDAY) == past
    assert read_future_day(text, WEDNESDAY) == future


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_a_day_that_does_not_exist_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_day(text, WEDNESDAY)
    assert (
        refused.value.sentence
        == f"I read “{text[:39] + '…' if len(text) > 40 else text}” as a day that no calendar has."
    )
    assert refused.value.example == "yesterday"


@pytest.mark.parametrize("text", ["2026-02-30", "in 99999999999 days", "in 99999999999999999999999999 weeks"])
def test_a_day_beyond_the_calendar_is_refused_ahead_too(text: str) -> None:
    with pytest.raises(Refused, match="as a day that no calendar has") as refused:
        read_future_day(text, WEDNESDAY)
    assert refused.value.example == "2026-12-09"


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_day_is_not_guessed(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_day(text, WEDNESDAY)
    assert refused.value.sentence == f"I can't read “{text}” as a day."


def test_a_day_that_is_named_for_certain_may_lie_the_other_way() -> None:
    assert read_future_day("yesterday", WEDNESDAY) == date(2026, 11, 24)
    assert read_future_day("last monday", WEDNESDAY) == date(2026, 11, 23)
    assert read_day("tomorrow", WEDNESDAY) == date(2026, 11, 26)
    assert read_day("26 nov", WEDNESDAY, reach=14) == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("12/1", date(2026, 12, 2), date(2026, 12, 1)),
        ("1/12", date(2026, 12, 2), date(2026, 12, 1)),
        ("2/1", date(2027, 1, 3), date(2027, 1, 2)),
        ("29 feb", date(2027, 3, 5), date(2028, 2, 29)),
        ("29 feb", date(2028, 2, 28), date(2028, 2, 29)),
        ("29 feb", date(2028, 3, 5), date(2028, 2, 29)),
        ("the 31st", date(2026, 3, 5), date(2026, 3, 31)),
        ("13/13/2026", date(2026, 3, 5), None),
        ("5 mar", date(1, 1, 10), date(1, 3, 5)),
        ("the 31st", date(1, 1, 10), date(1, 1, 31)),
    ],
)
def test_what_is_out_of_reach_is_no_reading(text: str, today: date, day: date | None) -> None:
    if day is None:
        with pytest.raises(Understood, match="no calendar has"):
            read_day(text, today, reach=14)
    else:
        assert read_day(text, today, reach=14) == day


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("next friday", ["Fri 27 Nov", "Fri 4 Dec"]),
        ("nächsten Freitag", ["Fri 27 Nov", "Fri 4 Dec"]),
        ("vendredi prochain", ["Fri 27 Nov", "Fri 4 Dec"]),
        ("1/2", ["Mon 1 Feb 2027", "Sat 2 Jan 2027"]),
    ],
)
def test_several_days_are_asked_about(text: str, labels: list[str]) -> None:
    with pytest.raises(Understood, match="more than one day") as asked:
        read_future_day(text, WEDNESDAY)
    assert [offer.label for offer in asked.value.offers] == labels
    assert all(read_future_day(offer.words, WEDNESDAY) > WEDNESDAY for offer in asked.value.offers)


@pytest.mark.parametrize("text", ["last week", "this weekend", "letzte Woche", "last month", "the whole week"])
def test_what_is_longer_than_a_day_is_no_day(text: str) -> None:
    with pytest.raises(Understood, match="is more than one day"):
        read_day(text, WEDNESDAY)


def test_a_weekday_and_a_date_have_to_be_one_day() -> None:
    with pytest.raises(Understood, match=r"^I read “Mon 20 Nov” as two days: 20 Nov 2026 is a Friday\.$"):
        read_day("Mon 20 Nov", WEDNESDAY)
    assert read_day("thu 26 nov", WEDNESDAY, reach=14) == date(2026, 11, 26)
    with pytest.raises(Refused, match="I can't read"):
        read_day("mon 20 foo", WEDNESDAY)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "I found no day there."),
        ("\u202e \u200b", "I found no day there."),
        pytest.param("1" * 10_240, "That has 10,240 characters, too many for a day.", id="10 kB"),
    ],
)
def test_nothing_and_far_too_much_are_refused(text: str, sentence: str) -> None:
    for read in (read_day, read_future_day):
        with pytest.raises(Refused) as refused:
            read(text, WEDNESDAY)
        assert refused.value.sentence == sentence


@given(st.dates(date(1, 1, 8), date(9999, 12, 24)), st.integers(0, 6))
def test_a_weekday_is_the_last_one_today_included_or_the_next_one_without_it(today: date, weekday: int) -> None:
    for name in (NAMES[weekday], NAMES[weekday][:3]):
        last, following = read_day(name, today), read_future_day(name, today)
        assert last.weekday() == following.weekday() == weekday
        assert 0 <= (today - last).days < 7
        assert (following - last).days == 7


@given(st.dates(), st.integers(0, 10**7))
def test_days_ago_is_plain_arithmetic(today: date, days: int) -> None:
    try:
        expected = today - timedelta(days=days)
    except OverflowError:
        with pytest.raises(Refused):
            read_day(f"{days} days ago", today)
    else:
        assert read_day(f"{days} days ago", today) == expected


WORDS = [
    "in",
    "last",
    "next",
    "on",
    "2",
    "a",
    "99999999999",
    "days",
    "weeks",
    "ago",
    "mon",
    "sunday",
    "today",
]
ANY_TEXT = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="0123456789-", max_size=12),
    st.lists(
        st.sampled_from(WORDS),
        max_size=4,
    ).map(" ".join),
)


@given(ANY_TEXT, st.one_of(st.dates(), st.sampled_from([date.min, date.max])))
def test_any_text_on_any_day_is_read_or_refused_in_a_harmless_sentence(text: str, today: date) -> None:
    for read in (read_day, read_future_day):
        try:
            day = read(text, today)
        except Refused as refused:
            assert len(refused.sentence) <= 100
            assert not any(unicodedata.category(char) in ("Cc", "Cs", "Co") for char in refused.sentence)
            assert refused.example
        else:
            assert type(day) is date


@given(st.dates())
def test_the_examples_of_refusals_are_taken(today: date) -> None:
    for read in (read_day, read_future_day):
        with pytest.raises(Refused) as refused:
            read("no day", today)
        if (read, today) != (read_day, date.min):
            read(refused.value.example, today)


@given(st.dates(), st.dates())
def test_a_date_that_is_written_out_means_itself(day: date, today: date) -> None:
    assert read_day(day.isoformat(), today) == read_future_day(day.isoformat(), today) == day


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (WEDNESDAY, "today"),
        (date(2026, 11, 24), "yesterday"),
        (date(2026, 11, 26), "Thu 26 Nov"),
        (date(2026, 1, 5), "Mon 5 Jan"),
        (date(2025, 12, 31), "Wed 31 Dec 2025"),
        (date(2027, 1, 1), "Fri 1 Jan 2027"),
    ],
)
def test_a_day_is_named_as_people_name_it(day: date, text: str) -> None:
    assert say_day(day, WEDNESDAY) == text


def test_yesterday_is_yesterday_also_on_new_year() -> None:
    assert say_day(date(2025, 12, 31), date(2026, 1, 1)) == "yesterday"
