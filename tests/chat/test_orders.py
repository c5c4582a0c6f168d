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


def test_a_misspelled_area_beside_a_note_is_asked_about() -> None:
    with pytest.raises(Unclear) as unclear:
        split_words(SPEC, "2h statistcs bayes theorem", Reading(date(2026, 12, 2), AREAS))
    assert {"time": "2h", "area": "Statistics", "learned": "bayes theorem"} in unclear.value.readings
