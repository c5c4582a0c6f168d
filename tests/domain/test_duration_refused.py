"""Durations that cannot be read: what a refusal says, and that nothing is guessed."""

import pytest

from bot.domain.duration import (
    EXAMPLE,
    read_duration,
)
from bot.errors import Refused, Understood

REFUSED = {
    "": "I found no time there.",
    "   ": "I found no time there.",
    "\u202e\u200b": "I found no time there.",
    "0": "I read “0” as no time at all; 1 minute is the least.",
    "0h": "I read “0h” as no time at all; 1 minute is the least.",
    "0:00": "I read “0:00” as no time at all; 1 minute is the least.",
    "0.4m": "I read “0.4m” as less than half a minute; 1 minute is the least.",
    "0.001": "I read “0.001” as less than half a minute; 1 minute is the least.",
    "-1h": "I read “-1h” as less than nothing.",
    "-1h75": "I read “-1h75” as less than nothing.",
    "-2": "I read “-2” as less than nothing.",
    "− 1:30": "I read “− 1:30” as less than nothing.",
    "25h": "I read “25h” as 25 hours, but a day has 24.",
    "24h01": "I read “24h01” as 24 h 01, but a day has 24.",
    "1441 min": "I read “1441 min” as 24 h 01, but a day has 24.",
    "99:30": "I read “99:30” as 99 h 30, but a day has 24.",
    "999999999h": "I read “999999999h” as more than 1,000 hours, but a day has 24.",
    "1441": "I read “1441” as hours or minutes, but a day has 24.",
    "90.5": "I read “90.5” as 90 h 30, but a day has 24.",
    "1h75": "I read 75 minutes beside the hours in “1h75”, but an hour has 60.",
    "1:75": "I read 75 minutes beside the hours in “1:75”, but an hour has 60.",
    "0h 60m": "I read 60 minutes beside the hours in “0h 60m”, but an hour has 60.",
    "1,500 min": "I read “1,500 min” as 25 hours, but a day has 24.",
    "30,000h": "I read “30,000h” as 30 hours, but a day has 24.",
    "10:00-10:00": "I read “10:00-10:00” as no time at all: it ends when it begins.",
    "12-12pm": "I read “12-12pm” as no time at all: it ends when it begins.",
    "25:00-26:00": "I read a time in “25:00-26:00”, 25:00, that no clock shows.",
    "9:75-11": "I read a time in “9:75-11”, 9:75, that no clock shows.",
    "2h 100m": "I read 100 minutes beside the hours in “2h 100m”, but an hour has 60.",
    "1" * 65: "That has 65 characters, too many for a time.",
    "h" * 64: f"I can't read “{'h' * 39}…” as a time.",
    "10\nx": "I can't read “10 x” as a time.",
}
UNREADABLE = [
    "1e9h",
    "nan",
    "inf",
    "10x",
    "-x",
    "--1h",
    "1::2",
    ":",
    "1:",
    "1:5",
    "1.2.3",
    "1..5h",
    "h",
    "m",
    "min",
    "hour",
    "a",
    "an",
    "and",
    "3h 3h",
    "30m 2h",
    "2h.15m",
    "11/2h",
    "1/0",
    "5/1h",
    "5/4",
    "4/4h",
    "3/11",
    "0x10",
    "1_000h",
    "2d",
    "3 days",
    "2 quarters of an hour",
    "two half hours",
    "2x2",
    "1h30 - 20",
    "1:30 - 20",
    "2h - 20.11.",
    "9h - 11",
    "3 x",
    "2 hours of 45 min",
    "2 pomodoros",
    "1 or x",
    "half past two",
    "²h",
    "2²h",
    "①h",
    "2h-30",
    "2h30 statistics",
    "90 min statistics",
    "2 h h",
    "9**9**9 h",
    "5 %",
    "2h\u0301",
    "2h+",
    "2h and",
    "and 2h",
    "two 3h",
    "1-",
    "-",
    "once",
    "9-11 foo",
    "1,000,000 min",
]


@pytest.mark.parametrize(("text", "sentence"), REFUSED.items())
def test_a_refusal_says_what_was_understood(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read_duration(text)
    assert refused.value.sentence == sentence
    assert refused.value.example == EXAMPLE


@pytest.mark.parametrize("text", ["a few hours", "several hours", "all day", "half a day", "ein paar Stunden"])
def test_a_time_without_a_number_is_understood_as_one(text: str) -> None:
    with pytest.raises(Understood, match="cannot tell how long it was"):
        read_duration(text)


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_the_grammar_does_not_know_is_not_guessed(text: str) -> None:
    with pytest.raises(Refused, match=r"^I can't read “") as refused:
        read_duration(text)
    assert not isinstance(refused.value, Understood)


def test_the_example_of_a_refusal_is_taken() -> None:
    assert read_duration(EXAMPLE) == 150
