"""The parts of a focus as members type them, and the weeks that it lasts."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.focus import (
    Focus,
    FocusOutcome,
    FocusPlan,
    read_done,
    read_estimate,
    read_explanation,
    read_link,
    read_title,
)
from bot.domain.names import clean
from bot.domain.week import Week
from bot.errors import Refused

START = datetime(2026, 1, 7, 12, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("80", 80),
        ("80h", 80),
        ("about 80 h", 80),
        ("~80 hours", 80),
        ("ca. 7,5 hrs", 7.5),
        ("1", 1),
        ("10000", 10_000),
        ("0.99", None),
        ("10001", None),
        ("0", None),
        ("-5", None),
        ("1e9", None),
        ("nan", None),
        ("1,000", None),
        ("eighty", 80),
        ("８０", 80),
        ("80 Stunden", 80),
        ("9" * 10, None),
        ("8" * 10_000, None),
        ("", None),
    ],
)
def test_an_estimate_is_hours(text: str, hours: float | None) -> None:
    if hours is None:
        with pytest.raises(Refused) as refused:
            read_estimate(text)
        assert refused.value.example == "80"
        assert len(refused.value.sentence) < 120
    else:
        assert read_estimate(text) == hours * 60


@given(st.text())
def test_any_text_is_an_estimate_or_is_refused(text: str) -> None:
    try:
        assert 60 <= read_estimate(text) <= 600_000
    except Refused as refused:
        assert refused.example


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        (" HTTP://Example.org ", "http://Example.org"),
        ("http://localhost:8000/notes", "http://localhost:8000/notes"),
        ("https://müller.example/é", "https://müller.example/é"),
        ("https://हिन्दी.example/x", "https://हिन्दी.example/x"),
        ("https://example.org./a", "https://example.org./a"),
        ("https:///x", None),
        ("https://@", None),
        ("https://.", None),
        ("https://x..y", None),
        ("https://ada:secret@example.org", None),
        ("github.com/ada/notes", "https://github.com/ada/notes"),
        ("example.org", "https://example.org"),
        ("example", None),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("https://a b", None),
        ("https://example.org/<@everyone>", None),
        ("https://example.org/a|b", None),
        ("my notes", None),
        ("https://example.org/" + "x" * 500, None),
    ],
)
def test_a_link_is_a_web_address(text: str, link: str | None) -> None:
    if link is None:
        with pytest.raises(Refused):
            read_link(text)
    else:
        assert read_link(text) == link


@given(st.text(max_size=80))
def test_a_link_that_is_taken_is_taken_again_as_it_is(text: str) -> None:
    for typed in (text, f"https://{text}", f"{text}.org"):
        try:
            link = read_link(typed)
        except Refused:
            continue
        assert read_link(link) == link
        assert not any(char.isspace() for char in link)


@pytest.mark.parametrize(
    ("read", "limit"), [(read_title, 80), (read_done, 500), (read_explanation, 3000)], ids=["title", "done", "why"]
)
def test_words_have_their_limit(read, limit: int) -> None:  # type: ignore[no-untyped-def]
    assert read("x" * limit) == "x" * limit
    for length in (limit + 1, 10_000):
        with pytest.raises(Refused, match=f"{length:,} characters; {limit:,} fit"):
            read("x" * length)


@pytest.mark.parametrize("read", [read_title, read_explanation])
def test_a_title_and_an_explanation_say_something(read) -> None:  # type: ignore[no-untyped-def]
    for text in ("", "   ", "\u200b\u2060", "\n"):
        with pytest.raises(Refused, match="is empty"):
            read(text)


def test_an_explanation_keeps_its_lines() -> None:
    assert read_explanation("First.\n\n\n\nThen.") == clean("First.\n\nThen.", 3000, multiline=True)


def focus(ended_at: datetime | None = None) -> Focus:
    outcome = None if ended_at is None else FocusOutcome.FINISHED
    return Focus(1, 1, FocusPlan("Algebra"), 0, START, ended_at, outcome)


def test_it_counts_calendar_weeks_from_the_one_of_its_start() -> None:
    assert (focus().title, focus().weeks(ZONE, START)) == ("Algebra", 1)
    sunday_night = datetime(2026, 1, 11, 22, 59, tzinfo=UTC)
    assert focus().weeks(ZONE, sunday_night) == 1
    assert focus().weeks(ZONE, sunday_night + timedelta(minutes=1)) == 2
    assert focus(START + timedelta(weeks=6)).weeks(ZONE, START + timedelta(weeks=60)) == 7


def test_a_clock_that_was_set_back_leaves_it_in_its_first_week() -> None:
    assert focus().weeks(ZONE, START - timedelta(weeks=3)) == 1


@given(st.integers(0, 3000))
def test_its_weeks_are_those_between_its_days(days: int) -> None:
    end = START + timedelta(days=days)
    touched = {Week.of((START + timedelta(days=day)).astimezone(ZONE).date()) for day in range(days + 1)}
    assert focus(end).weeks(ZONE, end) == len(touched)
