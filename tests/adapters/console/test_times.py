from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.console.times import add_span, format_instant, read_instant, read_span
from bot.errors import Refused

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "days", "span"),
    [
        ("3d", 3, timedelta()),
        ("90m", 0, timedelta(minutes=90)),
        ("1d 2h", 1, timedelta(hours=2)),
        ("1d2h", 1, timedelta(hours=2)),
        ("2w", 14, timedelta()),
        ("1 week, 2 days and 30 minutes", 9, timedelta(minutes=30)),
        ("2 hours", 0, timedelta(hours=2)),
        ("10S", 0, timedelta(seconds=10)),
        ("0d", 0, timedelta()),
    ],
)
def test_spans(text: str, days: int, span: timedelta) -> None:
    assert read_span(text) == (days, span)


@pytest.mark.parametrize(
    "text", ["", "3", "d", "-1d", "1.5h", "3x", "3d oops", "tomorrow", "9999999w", "1" * 5000 + "d"]
)
def test_what_is_no_span(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_span(text)
    assert refused.value.example


@given(st.integers(0, 50), st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_a_span_is_the_sum_of_its_parts(weeks: int, days: int, hours: int, minutes: int) -> None:
    text = f"{weeks}w {days}d {hours}h {minutes}m"
    assert read_span(text) == (weeks * 7 + days, timedelta(hours=hours, minutes=minutes))


def test_days_keep_the_local_time_and_hours_are_counted_off() -> None:
    friday = datetime(2026, 3, 27, 8, tzinfo=UTC)
    assert add_span(friday, "3d", BERLIN) == datetime(2026, 3, 30, 7, tzinfo=UTC)
    assert add_span(friday, "72h", BERLIN) == datetime(2026, 3, 30, 8, tzinfo=UTC)
    assert add_span(friday, "3d", ZoneInfo("UTC")) == datetime(2026, 3, 30, 8, tzinfo=UTC)


def test_a_span_in_a_repeated_hour_never_goes_back() -> None:
    second_half_past_two = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert add_span(second_half_past_two, "10m", BERLIN) == second_half_past_two + timedelta(minutes=10)


def test_the_calendar_ends() -> None:
    for instant in (datetime(9999, 12, 30, tzinfo=UTC), datetime(2100, 12, 30, tzinfo=UTC)):
        with pytest.raises(Refused, match="to 2100"):
            add_span(instant, "1w", BERLIN)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-02-01T10:00", datetime(2026, 2, 1, 9, tzinfo=UTC)),
        (" 2026-02-01 10:00:30 ", datetime(2026, 2, 1, 9, 0, 30, tzinfo=UTC)),
        ("2026-02-01", datetime(2026, 1, 31, 23, tzinfo=UTC)),
        ("2026-02-01T10:00+00:00", datetime(2026, 2, 1, 10, tzinfo=UTC)),
        ("2026-03-29T02:30", datetime(2026, 3, 29, 1, tzinfo=UTC)),
        ("2026-10-25T02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_instants(text: str, instant: datetime) -> None:
    assert read_instant(text, BERLIN) == instant


@pytest.mark.parametrize(
    "text",
    ["", "monday", "2026-02-30", "10:00", "2026-13-01T00:00", "0001-01-01T00:00+23:59", "1970-12-31", "9999-12-31"],
)
def test_what_is_no_instant(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_instant(text, BERLIN)
    assert refused.value.example


def test_an_instant_is_said_with_seconds_where_there_are_any() -> None:
    assert format_instant(NOW, BERLIN) == "Mon 5 Jan 2026 10:00"
    assert format_instant(NOW + timedelta(seconds=5), BERLIN) == "Mon 5 Jan 2026 10:00:05"
