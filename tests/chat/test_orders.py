"""The parts of a line in any order give one check-in or a question, never another check-in."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.command import Reading, Spec
from bot.chat.reading.split import Unclear, split_words
from bot.chat.reading.values import read_options
from bot.commands.checkin import SPEC
from bot.commands.leaderboard import SPEC as LEADERBOARD
from bot.commands.progress import SPEC as PROGRESS
from bot.commands.reminders import SPEC as REMINDERS
from bot.domain.group import AREAS
from bot.errors import Refused

TIMES = st.sampled_from(["2h", "1h30", "90 min", "half an hour", "45m", "9:00-11:00"])
NAMES = st.sampled_from(["statistics", "ml", "Machine Learning", "DevOps"])
DAYS = st.sampled_from(["yesterday", "mon", "2 days ago", "30 nov", "2026-11-30"])
NOTES = st.sampled_from(["chain rule", "bayes theorem", "read goodfellow", "what a kernel does"])
PARTS = st.tuples(TIMES, NAMES, DAYS, NOTES)


def read(parts: list[str]) -> tuple[object, ...] | None:
    """Return what the parts are read as in this order; None where they are asked about or refused."""
    reading = Reading(date(2026, 12, 2), AREAS)
    try:
        given_options = read_options(SPEC, split_words(SPEC, " ".join(parts), reading), reading)
    except Refused:
        return None
    return tuple(sorted(given_options.values.items()))


@given(PARTS.flatmap(lambda parts: st.tuples(st.just(list(parts)), st.permutations(parts))))
def test_no_order_of_the_parts_is_another_check_in(orders: tuple[list[str], list[str]]) -> None:
    first, other = map(read, orders)
    assert first is not None
    assert other in (first, None)


@pytest.mark.parametrize(
    ("spec", "line", "raw"),
    [
        (SPEC, "2h day: mon chain rule", {"time": "2h", "day": "mon", "learned": "chain rule"}),
        (SPEC, "2h learned: see topic: kernels", {"time": "2h", "learned": "see topic: kernels"}),
        (SPEC, "2h learned: svd topic: ml", {"time": "2h", "learned": "svd", "area": "ml"}),
        (SPEC, "statistics of", {"area": "statistics"}),
        (SPEC, "statistcs", {"area": "statistcs"}),
        (SPEC, "2h of of of of of", {"time": "2h"}),
        (REMINDERS, "wed 19:00 sat 10:00", {"nudge": "wed 19:00", "lastcall": "sat 10:00"}),
        (REMINDERS, "dm, nudge fri 8:30pm", {"how": "dm,", "nudge": "fri 8:30pm"}),
        (PROGRESS, "bo from the club", {"member": "bo from the club"}),
        (LEADERBOARD, "last fortnight month", {"period": "last fortnight month"}),
    ],
)
def test_every_word_has_its_place(spec: Spec, line: str, raw: dict[str, str]) -> None:
    reading = Reading(date(2026, 12, 2), AREAS)
    try:
        assert split_words(spec, line, reading) == raw
    except Unclear as unclear:
        assert raw in unclear.readings


def test_a_day_that_is_still_to_come_may_be_part_of_the_note() -> None:
    with pytest.raises(Unclear, match="Tomorrow is still to come") as unclear:
        split_words(SPEC, "2h statistics exam tomorrow", Reading(date(2026, 12, 2), AREAS))
    assert unclear.value.readings == [{"time": "2h", "area": "statistics", "learned": "exam tomorrow"}]


@pytest.mark.parametrize(
    ("line", "raw"),
    [
        ("2h stats week 3", {"time": "2h", "area": "stats", "learned": "week 3"}),
        ("2h video 10-12", {"time": "2h", "learned": "video 10-12"}),
        ("2h about SVD", {"time": "2h", "learned": "SVD"}),
        ("2h ml yesterday: backprop", {"time": "2h", "area": "ml", "day": "yesterday:", "learned": "backprop"}),
        ("3 x 25 min ml", {"time": "3 x 25 min", "area": "ml"}),
        ("2h ml yesterday yesterday", {"time": "2h", "area": "ml", "day": "yesterday"}),
        ("2h day 3", {"time": "2h", "learned": "day 3"}),
    ],
)
def test_numbers_and_days_in_a_note_are_no_values(line: str, raw: dict[str, str]) -> None:
    assert split_words(SPEC, line, Reading(date(2026, 12, 2), AREAS)) == raw


@pytest.mark.parametrize(
    ("line", "readings"),
    [
        (
            "1h ml 30 min stats",
            [
                {"time": "1h", "area": "ml", "learned": "30 min stats"},
                {"time": "30 min", "area": "stats", "learned": "1h ml"},
            ],
        ),
        (
            "2 ml 45 min day: mon",
            [
                {"time": "2", "area": "ml", "learned": "45 min", "day": "mon"},
                {"time": "45 min", "area": "ml", "learned": "2", "day": "mon"},
            ],
        ),
        ("2h mon 45 min break", [{"time": "2h", "day": "mon", "learned": "45 min break"}]),
        ("2h, 1h learned: x", [{"time": "2h,", "learned": "x"}, {"time": "1h", "learned": "x"}]),
        (
            "2h ml yesterday monday",
            [{"time": "2h", "area": "ml", "day": "yesterday"}, {"time": "2h", "area": "ml", "day": "monday"}],
        ),
        (
            "2h the sun and gravity",
            [
                {"time": "2h", "day": "the sun", "learned": "and gravity"},
                {"time": "2h", "learned": "the sun and gravity"},
            ],
        ),
        ("half past two", [{"time": "half", "learned": "past two"}, {"learned": "half past two"}]),
        ("2 of 3 chapters", [{"time": "2", "learned": "3 chapters"}, {"learned": "2 of 3 chapters"}]),
    ],
)
def test_two_times_or_days_are_asked_about_with_all_that_was_typed(line: str, readings: list[dict[str, str]]) -> None:
    with pytest.raises(Unclear) as unclear:
        split_words(SPEC, line, Reading(date(2026, 12, 2), AREAS))
    assert unclear.value.readings == readings


def test_a_misspelled_area_beside_a_note_is_asked_about() -> None:
    with pytest.raises(Unclear) as unclear:
        split_words(SPEC, "2h statistcs bayes theorem", Reading(date(2026, 12, 2), AREAS))
    assert {"time": "2h", "area": "Statistics", "learned": "bayes theorem"} in unclear.value.readings
