"""Goals as people type them, the week from which a change counts, and the goal by which a week is judged."""

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.duration import Minutes, say
from bot.domain.goal import (
    DEFAULT_GOAL,
    LEAST_GOAL,
    MOST_GOAL,
    GoalChange,
    add_change,
    choose_for_week,
    effective_from,
    goal_in,
    read_goal,
    smaller_goals,
    usual_goal_in,
)
from bot.domain.week import Week
from bot.errors import Refused, Understood

THIS_WEEK = Week(date(2026, 1, 5))

TAKEN = {
    "10": 600,
    "1": 60,
    "100": 6000,
    "12h": 720,
    "10h": 600,
    "12 hours": 720,
    "1 hour": 60,
    "8 hrs": 480,
    "7.5": 450,
    "7,5": 450,
    "7.5h": 450,
    "7,25 hours": 435,
    "7½": 450,
    "7 ½": 450,
    "10 h30": 630,
    "7½ h": 450,
    "7h30": 450,
    "7 h 05": 425,
    "7h 30m": 450,
    "7 hours and 30 minutes": 450,
    "7 hours, 30 min": 450,
    "7:30": 450,
    "600m": 600,
    "90 min": 90,
    "60 minutes": 60,
    "010": 600,
    "  10 H ": 600,
    "10\u00a0h": 600,
    "10h\u200b": 600,
    "10 hours a week": 600,
    "10 per week": 600,
    "10h/week": 600,
    "12h weekly": 720,
    "8h/wk": 480,
    "ten hours": 600,
    "ten and a half hours": 630,
    "fifteen": 900,
    "20": 1200,
    "45": 2700,
    "1 1/2": 90,
    "１２": 720,
    "٣": 180,
    "~8h": 480,
    "+5": 300,
    "10h.": 600,
    "8 Stunden": 480,
    "10 heures par semaine": 600,
    "8 horas a la semana": 480,
    "7,": 420,
    "7.5h30": 480,
    "2h a day": 840,
    "2 per day": 840,
    "90 min/day": 630,
    "1h30 daily": 630,
}

REFUSED = {
    "": "I found no hours there.",
    " \u202e ": "I found no hours there.",
    "0": "I read “0” as no time at all; a goal is at least 1 hour.",
    "0h": "I read “0h” as no time at all; a goal is at least 1 hour.",
    "0.9": "I read “0.9” as 54 min; a goal is at least 1 hour.",
    "½": "I read “½” as 30 min; a goal is at least 1 hour.",
    "45m": "I read “45m” as 45 min; a goal is at least 1 hour.",
    "101": "I read “101” as 101 hours, but a goal is at most 100 hours.",
    "100h01": "I read “100h01” as 100 h 01, but a goal is at most 100 hours.",
    "6001 min": "I read “6001 min” as 100 h 01, but a goal is at most 100 hours.",
    "1000": "I read “1000” as more than 1,000 hours, but a goal is at most 100 hours.",
    "9" * 64: f"I read “{'9' * 39}…” as hours or minutes, but a goal is at most 100 hours.",
    "9" * 65: "That has 65 characters, too many for hours a week.",
    "-3": "I read “-3” as less than nothing.",
    "−3 h": "I read “−3 h” as less than nothing.",
    "7h75": "I read 75 minutes beside the hours in “7h75”, but an hour has 60.",
    "2h75 a day": "I read 75 minutes beside the hours in “2h75 a day”, but an hour has 60.",
    "20h a day": "I read “20h a day” as 140 hours, but a goal is at most 100 hours.",
    "120h": "I read “120h” as 120 hours, but a goal is at most 100 hours.",
    "7:60": "I read 60 minutes beside the hours in “7:60”, but an hour has 60.",
}

UNREADABLE = """nan inf 10x x10 1e9 1e9h 0x10 1_0 --3 -x - h m 10hh 7:5 7..5 10|5 10|10 10% ² ①h 10.1234|5 9**9**9
x|a|day 20|a|day""".replace("\n", " ").split(" ")

ASKED = {
    "480": ["8 h"],
    "450": ["7 h 30"],
    "7.30": ["7 h 30", "7 h 18"],
    "2.333": ["38 h 53", "2 h 20"],
    "8-10": ["2 h", "8 h", "10 h"],
    "1-2h a day": ["7 h", "14 h"],
}


@pytest.mark.parametrize(("text", "minutes"), TAKEN.items())
def test_what_people_type_is_read_exactly(text: str, minutes: int) -> None:
    assert read_goal(text) == minutes


@pytest.mark.parametrize(("text", "sentence"), REFUSED.items())
def test_a_refusal_says_what_was_understood(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read_goal(text)
    assert refused.value.sentence == sentence
    assert read_goal(refused.value.example) == DEFAULT_GOAL


@pytest.mark.parametrize("text", [text.replace("|", " ") for text in UNREADABLE])
def test_what_the_grammar_does_not_know_is_not_guessed(text: str) -> None:
    with pytest.raises(Refused, match=r"^I can't read “.+” as hours a week\.$"):
        read_goal(text)


@pytest.mark.parametrize(("text", "labels"), ASKED.items())
def test_several_readings_are_asked_about(text: str, labels: list[str]) -> None:
    with pytest.raises(Understood) as asked:
        read_goal(text)
    assert [offer.label for offer in asked.value.offers] == labels
    assert [say(read_goal(offer.words)) for offer in asked.value.offers] == labels


def test_every_goal_that_is_said_can_be_typed() -> None:
    every = range(LEAST_GOAL, MOST_GOAL + 1)
    assert [read_goal(say(minutes)) for minutes in every] == list(every)


@given(st.text(max_size=80) | st.text(alphabet="0123456789.,:-½hmin ", max_size=70))
def test_any_text_is_read_within_limits_or_refused_in_a_harmless_sentence(text: str) -> None:
    try:
        assert LEAST_GOAL <= read_goal(text) <= MOST_GOAL
    except Refused as refused:
        assert len(refused.sentence) <= 130
        assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co") for char in refused.sentence)


def test_who_never_set_a_goal_has_promised_ten_hours() -> None:
    assert goal_in([], THIS_WEEK) == 600


def test_a_week_is_judged_by_the_goal_in_force_then() -> None:
    history = [
        GoalChange(Minutes(600), None),
        GoalChange(Minutes(300), THIS_WEEK),
        GoalChange(Minutes(720), THIS_WEEK.plus(4)),
    ]
    assert [goal_in(history, THIS_WEEK.plus(n)) for n in (-1, 0, 3, 4, 40)] == [600, 300, 300, 720, 720]


def test_before_the_first_change_that_has_a_week_the_default_holds() -> None:
    assert goal_in([GoalChange(Minutes(300), THIS_WEEK)], THIS_WEEK.plus(-1)) == DEFAULT_GOAL


@pytest.mark.parametrize(
    ("first", "effect"),
    [
        (None, None),
        (THIS_WEEK.plus(1), None),
        (THIS_WEEK, None),
        (THIS_WEEK.plus(-1), THIS_WEEK.plus(1)),
        (THIS_WEEK.plus(-100), THIS_WEEK.plus(1)),
    ],
)
def test_a_change_counts_at_once_up_to_the_end_of_the_first_week_then_from_the_next(
    first: Week | None, effect: Week | None
) -> None:
    assert effective_from(THIS_WEEK, first) == effect


def test_a_change_replaces_the_one_that_still_waits() -> None:
    ten = GoalChange(Minutes(600), None)
    waiting = add_change([ten], GoalChange(Minutes(720), THIS_WEEK.plus(1)))
    assert waiting == [ten, GoalChange(Minutes(720), THIS_WEEK.plus(1))]
    assert add_change(waiting, GoalChange(Minutes(480), THIS_WEEK.plus(1))) == [
        ten,
        GoalChange(Minutes(480), THIS_WEEK.plus(1)),
    ]


def test_a_change_keeps_those_that_are_in_force() -> None:
    history = [GoalChange(Minutes(600), None), GoalChange(Minutes(300), THIS_WEEK)]
    assert add_change(history, GoalChange(Minutes(480), THIS_WEEK.plus(1)))[:2] == history


def test_in_the_first_week_the_last_word_is_the_goal() -> None:
    once = add_change([GoalChange(Minutes(600), None)], GoalChange(Minutes(300), None))
    assert add_change(once, GoalChange(Minutes(420), None)) == [GoalChange(Minutes(420), None)]


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from([60, 300, 600, 6000]))))
def test_a_week_keeps_the_goal_that_was_the_last_word_before_it_began(promises: list[tuple[int, int]]) -> None:
    """Compare with a naive model: a week's goal is the last one written down before it."""
    promises.sort(key=lambda change: change[0])
    history: list[GoalChange] = []
    for at, minutes in promises:
        history = add_change(history, GoalChange(Minutes(minutes), effective_from(THIS_WEEK.plus(at), THIS_WEEK)))
    for week in range(12):
        earlier = [minutes for at, minutes in promises if at < week or at == 0]
        assert goal_in(history, THIS_WEEK.plus(week)) == (earlier[-1] if earlier else DEFAULT_GOAL)


def test_the_history_stays_in_the_order_in_which_it_takes_effect() -> None:
    history = [GoalChange(Minutes(600), None)]
    for at in (0, 3, 3, 5):
        history = add_change(history, GoalChange(Minutes(60 * (at + 1)), THIS_WEEK.plus(at)))
    assert [change.from_week for change in history] == [None, THIS_WEEK, THIS_WEEK.plus(3), THIS_WEEK.plus(5)]


@pytest.mark.parametrize(
    ("goal", "smaller"), [(600, [180, 300]), (300, [120]), (120, [60]), (60, []), (450, [120, 240]), (1200, [420, 600])]
)
def test_a_third_and_a_half_of_the_goal_are_offered_in_whole_hours(goal: int, smaller: list[int]) -> None:
    assert smaller_goals(Minutes(goal)) == smaller


def test_a_goal_for_one_week_leaves_the_others_alone() -> None:
    week = Week(date(2026, 1, 12))
    waiting = GoalChange(Minutes(480), week.plus(1))
    changes = choose_for_week([GoalChange(Minutes(600), None), waiting], week, Minutes(180), week.monday)
    assert [goal_in(changes, week.plus(n)) for n in (-1, 0, 1, 2)] == [600, 180, 480, 480]
    assert usual_goal_in(changes, week) == 600
    assert choose_for_week(changes, week, Minutes(600), week.sunday) == [GoalChange(Minutes(600), None), waiting]


def test_the_next_week_may_have_a_goal_of_its_own_too() -> None:
    week = Week(date(2026, 1, 12))
    waiting = GoalChange(Minutes(480), week)
    changes = choose_for_week([GoalChange(Minutes(600), None), waiting], week, Minutes(180), week.plus(-1).sunday)
    assert [goal_in(changes, week.plus(n)) for n in (-1, 0, 1)] == [600, 180, 480]


def test_a_goal_for_another_week_is_refused() -> None:
    week = Week(date(2026, 1, 12))
    for today in (week.plus(1).monday, week.plus(-2).sunday):
        with pytest.raises(Refused, match="another week"):
            choose_for_week([], week, Minutes(180), today)
    with pytest.raises(Refused, match="only be raised"):
        choose_for_week([], week, Minutes(180), week.monday + timedelta(days=2))
