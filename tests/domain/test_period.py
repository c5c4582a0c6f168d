"""Periods that people type."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.period import ALL, MONTHS, read_period
from bot.errors import Refused

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "first", "last", "label"),
    [
        ("2026-11", "2026-11-01", "2026-11-30", "November 2026"),
        ("2024/2", "2024-02-01", "2024-02-29", "February 2024"),
        ("this month", "2026-11-01", "2026-11-30", "November 2026"),
        ("Last Month", "2026-10-01", "2026-10-31", "October 2026"),
        ("2026", "2026-01-01", "2026-12-31", "2026"),
        ("this year", "2026-01-01", "2026-12-31", "2026"),
        ("last year", "2025-01-01", "2025-12-31", "2025"),
        ("november", "2026-11-01", "2026-11-30", "November 2026"),
        ("dec", "2025-12-01", "2025-12-31", "December 2025"),
        ("Sept. 2024", "2024-09-01", "2024-09-30", "September 2024"),
        ("2024 may", "2024-05-01", "2024-05-31", "May 2024"),
        ("today", "2026-11-28", "2026-11-28", "28 November 2026"),
        ("yesterday", "2026-11-27", "2026-11-27", "27 November 2026"),
        ("2026-1-5", "2026-01-05", "2026-01-05", "5 January 2026"),
        ("this week", "2026-11-23", "2026-11-29", "23–29 Nov 2026"),
        ("last-week", "2026-11-16", "2026-11-22", "16–22 Nov 2026"),
        ("2026-W01", "2025-12-29", "2026-01-04", "29 Dec – 4 Jan 2026"),
    ],
)
def test_a_period_is_read(text: str, first: str, last: str, label: str) -> None:
    period = read_period(text, TODAY)
    assert (str(period.first), str(period.last), period.label) == (first, last, label)
    assert read_period(period.key, TODAY + timedelta(days=400)) == period


def test_all_leaves_nothing_out() -> None:
    for text in ("all", "ever", " All  time "):
        assert read_period(text, TODAY) is ALL
    assert ALL.is_all
    assert not read_period("2026", TODAY).is_all


@pytest.mark.parametrize("text", ["2026-13", "2026-02-30", "0000", "2026-W54", "ja", "last year of the universe"])
def test_what_is_no_period_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_period(text, TODAY)
    assert text in refused.value.sentence
    assert refused.value.example == "period: last month"


@given(st.text(max_size=60) | st.sampled_from(["ja", "xyz", "novembers 2026", "9999-12", "0001", "1" * 50, "٢٠٢٦", ""]))
def test_any_text_is_a_period_or_a_sentence(text: str) -> None:
    try:
        period = read_period(text, TODAY)
    except Refused as refused:
        assert refused.sentence.endswith(".")
    else:
        assert period.is_all or (period.first is not None and period.last is not None and period.first <= period.last)


@given(st.dates(min_value=date(1, 2, 1)), st.sampled_from(MONTHS))
def test_a_month_alone_is_the_last_of_its_name(today: date, name: str) -> None:
    if today.year == 1:
        return
    first = read_period(name, today).first
    assert first is not None
    assert first <= today
    assert (today.year - first.year) * 12 + today.month - first.month < 12


def test_the_first_days_of_the_calendar_have_nothing_before_them() -> None:
    with pytest.raises(Refused, match="no calendar has"):
        read_period("last month", date.min)
