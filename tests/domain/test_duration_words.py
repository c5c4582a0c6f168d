"""Durations as they are said, the same everywhere, and any words at all as they are read."""

import unicodedata
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain import duration
from bot.domain.duration import (
    DAY_LIMIT,
    read_duration,
    say,
    say_hours,
    say_total,
    say_total_in_full,
)
from bot.domain.plain import plain
from bot.errors import Refused


def test_what_is_said_can_be_typed() -> None:
    every = range(1, DAY_LIMIT + 1)
    assert [read_duration(say(minutes)) for minutes in every] == list(every)


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "0 min"),
        (45, "45 min"),
        (60, "1 h"),
        (125, "2 h 05"),
        (150, "2 h 30"),
        (600, "10 h"),
        (62_430, "1,040 h 30"),
    ],
)
def test_durations_are_said_alike_everywhere(minutes: int, text: str) -> None:
    assert say(minutes) == text


@pytest.mark.parametrize(
    ("minutes", "text"), [(0, "0 min"), (59, "59 min"), (60, "1 h"), (5279, "87 h"), (62_430, "1,040 h")]
)
def test_large_sums_are_said_in_whole_hours(minutes: int, text: str) -> None:
    assert say_hours(minutes) == text


@given(
    st.integers(0, 24),
    st.integers(0, 59),
    st.sampled_from(["{}:{:02}", "{}h{}", "{}h {}m", "{} hours and {} minutes"]),
)
def test_hours_and_minutes_are_added(hours: int, minutes: int, shape: str) -> None:
    text = shape.format(hours, minutes)
    if 1 <= hours * 60 + minutes <= DAY_LIMIT:
        assert read_duration(text) == hours * 60 + minutes
    else:
        with pytest.raises(Refused):
            read_duration(text)


@given(st.decimals(0, 30, places=4), st.sampled_from([("h", 60), ("m", 1)]))
def test_fractions_are_rounded_half_up(amount: Fraction, unit: tuple[str, int]) -> None:
    letter, size = unit
    expected = int(Fraction(amount) * size + Fraction(1, 2))
    text = f"{amount:f}{letter}"
    if 1 <= expected <= DAY_LIMIT:
        assert read_duration(text) == expected
    else:
        with pytest.raises(Refused):
            read_duration(text)


WORDS = ["1", "2", "30", "90", "0.5", ",5", ":", "h", "m", "hour", "minutes", "and", "a", "an", "half"]
WORDS += ["quarter", "two", "forty-five", "-", "1/2", "½", "\u202e"]
ANY_TEXT = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="0123456789.,:/-½h m", max_size=20),
    st.lists(
        st.sampled_from(WORDS),
        max_size=8,
    ).map(" ".join),
)


@given(ANY_TEXT)
@example("1 and 1/2")
def test_any_text_is_read_within_limits_or_refused_in_a_harmless_sentence(text: str) -> None:
    try:
        assert 1 <= read_duration(text) <= DAY_LIMIT
    except Refused as refused:
        assert len(refused.sentence) <= 130
        assert not any(unicodedata.category(char) in ("Cc", "Cs", "Co") for char in refused.sentence)
        assert all(1 <= read_duration(offer.words) <= DAY_LIMIT for offer in refused.offers)


def test_long_input_is_refused_before_it_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []

    def watched(text: str) -> str:
        looked_at.append(text)
        return plain(text)

    monkeypatch.setattr(duration, "plain", watched)
    assert read_duration("9") == 540
    with pytest.raises(Refused, match=r"^That has 10,240 characters, too many for a time\.$"):
        read_duration("9" * 10_240)
    assert looked_at == ["9"]


@pytest.mark.parametrize(
    ("minutes", "text", "in_full"),
    [
        (0, "0 min", "0 minutes"),
        (210, "3 h 30", "3 hours 30 minutes"),
        (5_999, "99 h 59", "99 hours 59 minutes"),
        (6_001, "100 h", "100 hours"),
        (9_510, "158 h", "158 hours"),
    ],
)
def test_all_hours_are_exact_below_a_hundred(minutes: int, text: str, in_full: str) -> None:
    assert (say_total(minutes), say_total_in_full(minutes)) == (text, in_full)
