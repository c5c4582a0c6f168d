"""The parts of a line in any order give one check-in or a question, never another check-in."""

from datetime import date
from itertools import permutations

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

TODAY = date(2026, 12, 2)
TIMES = {
    "2h": 120,
    "1h30": 90,
    "90 min": 90,
    "half an hour": 30,
    "9:00-11:00": 120,
    "2 hours and 15 minutes": 135,
    "1,5 Std.": 90,
    "3 x 25 min": 75,
    "90'": 90,
    "from 9 to 11:30": 150,
    "2pm-4pm": 120,
    "2 heures": 120,
    "1:30": 90,
    "45": 45,
    "3": 180,
    "2.5": 150,
}
NAMES = {
    "statistics": "Statistics",
    "ml": "Machine Learning",
    "Machine Learning": "Machine Learning",
    "DevOps": "DevOps",
    "math": "Mathematics",
}
DAYS = {
    "yesterday": date(2026, 12, 1),
    "mon": date(2026, 11, 30),
    "2 days ago": date(2026, 11, 30),
    "30 nov": date(2026, 11, 30),
    "2026-11-30": date(2026, 11, 30),
    "last friday": date(2026, 11, 27),
    "on sunday": date(2026, 11, 29),
    "the 28th": date(2026, 11, 28),
    "20.11.": date(2026, 11, 20),
    "gestern": date(2026, 12, 1),
    "3d ago": date(2026, 11, 29),
}
PLAIN_NOTES = ("chain rule", "bayes theorem", "read goodfellow", "what a kernel does")
NOTES = (
    *PLAIN_NOTES,
    "chapter 3",
    "week 2 of the course",
    "20 exercises",
    "exam on friday",
    "the sun",
    "2 papers on attention",
    "I may be wrong",
    "linear models",
    "attention is all you need",
    "eigenvalues, again",
    "3rd lecture",
)
SEPARATORS = st.sampled_from([" ", " ", ", ", " - "])
Parts = dict[str, str]
"""The words of each option."""


@st.composite
def lines(draw: st.DrawFn) -> tuple[Parts, str]:
    """A check-in by its parts, and a line with these in any order, some of them by their names."""
    parts = {"time": draw(st.sampled_from(list(TIMES)))}
    for name, words in (("area", list(NAMES)), ("day", list(DAYS)), ("learned", list(NOTES))):
        if draw(st.booleans()):
            parts[name] = draw(st.sampled_from(words))
    named = draw(st.sets(st.sampled_from(["area", "day"]).filter(parts.__contains__))) if len(parts) > 1 else set()
    order = draw(st.permutations(list(parts)))
    written = [f"{name}: {parts[name]}" if name in named else parts[name] for name in order]
    return parts, draw(SEPARATORS).join(written)


def read(line: str) -> dict[str, object] | None:
    """Return what a line is read as; None where it is asked about, refused, or opens the form."""
    reading = Reading(TODAY, AREAS)
    try:
        values = read_options(SPEC, split_words(SPEC, line, reading), reading).values
    except Refused:
        return None
    return dict(values) if "time" in values else None


def meant_by(parts: Parts) -> dict[str, object]:
    """Return the check-in that the parts stand for."""
    tables: dict[str, dict[str, object]] = {"time": {**TIMES}, "area": {**NAMES}, "day": {**DAYS}}
    return {name: tables[name][words] if name in tables else words for name, words in parts.items()}


def check_order(drawn: tuple[Parts, str]) -> None:
    parts, line = drawn
    assert read(line) in (meant_by(parts), None), line


test_no_order_of_the_parts_is_another_check_in = given(lines())(check_order)


@pytest.mark.parametrize("note", PLAIN_NOTES)
def test_every_order_of_clear_parts_is_read(note: str) -> None:
    parts = {"time": "2h", "area": "statistics", "day": "yesterday", "learned": note}
    orders = [" ".join(order) for order in permutations(parts.values())]
    assert sum(read(line) == meant_by(parts) for line in orders) >= len(orders) * 3 / 4


def test_a_reader_that_takes_options_in_turn_breaks_the_property(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it once was: a text takes all that stands behind an area, days included."""

    def take_in_turn(_spec: Spec, line: str, _reading: Reading) -> dict[str, str]:
        time, area, *rest = line.split()
        return {"time": time, "area": area, "learned": " ".join(rest)}

    parts = {"time": "2h", "area": "statistics", "day": "yesterday"}
    monkeypatch.setitem(globals(), "split_words", take_in_turn)
    with pytest.raises(AssertionError, match="2h statistics yesterday"):
        check_order((parts, "2h statistics yesterday"))


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
        ("2h ml the sun", {"time": "2h", "area": "ml", "learned": "the sun"}),
        ("2h the sun and gravity", {"time": "2h", "learned": "the sun and gravity"}),
        ("3 - 20.11. - chain rule", {"time": "3", "day": "20.11.", "learned": "chain rule"}),
        ("9-11.30. chain rule", {"time": "9-11.30.", "learned": "chain rule"}),
        ("1h30 - 20 exercises - mon", {"time": "1h30", "day": "mon", "learned": "20 exercises"}),
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
            "2h sun and gravity",
            [{"time": "2h", "day": "sun", "learned": "and gravity"}, {"time": "2h", "learned": "sun and gravity"}],
        ),
        (
            "statistics exam on friday 45",
            [
                {"time": "45", "area": "statistics", "day": "on friday", "learned": "exam"},
                {"time": "45", "area": "statistics", "learned": "exam on friday"},
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
