"""Streaks: the rule table told in examples, and compared with a slow model that recomputes everything."""

from datetime import date

import pytest

from bot.domain.streak import (
    RECENT_WEEKS,
    Tally,
    WeekFacts,
    WeekState,
    judge,
    last_closed,
    weeks_to_freeze,
)
from bot.domain.week import Week

FIRST = Week(date(2026, 1, 5))
GOAL = 600

DID = {
    "full": (GOAL, 0, True),
    "short": (GOAL - 1, 0, True),
    "empty": (0, 0, True),
    "away": (0, 7, True),
    "four-days-away": (0, 4, True),
    "three-days-away": (0, 3, True),
    "full-while-away": (GOAL, 7, True),
    "open-full": (GOAL, 0, False),
    "open-short": (GOAL - 1, 0, False),
    "open-away": (0, 7, False),
}


def life(weeks: str) -> list[WeekFacts]:
    """Return somebody's weeks from the first on; `full*4` is four of a kind."""
    kinds = [kind for word in weeks.split() for kind in [word.split("*")[0]] * int(word.partition("*")[2] or 1)]
    return [
        WeekFacts(FIRST.plus(n), GOAL, counted, counted, away, is_closed, n == 0)
        for n, (counted, away, is_closed) in enumerate(DID[kind] for kind in kinds)
    ]


def states(weeks: str) -> str:
    return " ".join(judged.state for judged in judge(life(weeks)))


def streaks(weeks: str) -> list[int]:
    return [judged.tally.streak for judged in judge(life(weeks))]


def after(weeks: str) -> Tally:
    return judge(life(weeks))[-1].tally


# The table, line by line.


def test_a_week_with_its_goal_is_kept_and_the_streak_grows() -> None:
    assert states("full full") == "kept kept"
    assert streaks("full full") == [1, 2]


def test_a_kept_week_counts_at_once_also_while_it_is_open() -> None:
    assert states("full open-full") == "kept kept"
    assert streaks("full open-full") == [1, 2]


def test_an_open_week_that_is_short_changes_nothing() -> None:
    assert states("full open-short") == "kept open"
    assert after("full open-short") == after("full")


def test_an_open_week_is_open_even_when_one_is_away() -> None:
    assert states("full open-away") == "kept open"


def test_four_days_away_pause_a_week_and_three_do_not() -> None:
    assert states("full four-days-away three-days-away") == "kept paused frozen"
    assert streaks("full four-days-away three-days-away") == [1, 1, 1]


def test_a_week_that_is_kept_while_away_is_kept() -> None:
    assert states("full full-while-away") == "kept kept"


def test_a_pause_comes_before_a_freeze_so_the_freeze_is_saved() -> None:
    assert after("full away").held == 1


def test_a_freeze_is_spent_by_itself_on_the_first_short_week() -> None:
    assert states("full short") == "kept frozen"
    assert streaks("full short") == [1, 1]
    assert after("full short").held == 0


def test_without_a_streak_there_is_nothing_to_freeze() -> None:
    assert states("short short") == "first missed"
    assert after("short short").held == 1


def test_the_first_week_can_not_be_missed() -> None:
    assert states("empty full") == "first kept"
    assert streaks("empty full") == [0, 1]


def test_the_first_week_may_be_kept_or_paused_like_any_other() -> None:
    assert states("full") == "kept"
    assert states("away") == "paused"
    assert states("open-short") == "open"


def test_a_short_week_with_no_freeze_left_sets_the_streak_to_zero() -> None:
    assert states("full full short short full") == "kept kept frozen missed kept"
    assert streaks("full full short short full") == [1, 2, 2, 0, 1]


# Freezes.


def test_four_weeks_of_streak_earn_a_freeze() -> None:
    assert [after(f"full*{n}").held for n in (3, 4, 5, 7, 8)] == [1, 2, 2, 2, 2]


def test_nobody_holds_more_than_two_and_what_is_not_given_is_not_owed() -> None:
    assert after("full*8").earned == 1
    assert after("full*8 short*2").held == 0
    assert after("full*8 short*2 full*4").held == 1


@pytest.mark.parametrize(
    ("weeks", "left"),
    [("short", 4), ("full", 3), ("full*3", 1), ("full*4", 0), ("full*4 short full", 3), ("full*3 short", 1)],
)
def test_so_many_kept_weeks_earn_the_next_freeze(weeks: str, left: int) -> None:
    assert weeks_to_freeze(after(weeks)) == left


def test_a_frozen_week_does_not_break_the_way_to_the_next_freeze() -> None:
    assert streaks("full*3 short full") == [1, 2, 3, 3, 4]
    assert after("full*3 short full").held == 1


def test_a_multiple_of_four_earns_again_after_the_streak_was_lost() -> None:
    lost = after("full short short")
    assert (lost.streak, lost.held) == (0, 0)
    assert after("full short short full*4").held == 1


def test_a_week_never_spends_a_freeze_earned_after_it() -> None:
    before = "full short full*2"
    # The fifth week lifts the streak to four and brings a freeze; the fourth, still open, gets none of it.
    assert after(before).held == 0
    assert streaks(f"{before} open-short open-full")[-1] == 4
    assert after(f"{before} open-short open-full").held == 1
    assert states(f"{before} short open-full").endswith("missed kept")
    assert streaks(f"{before} short open-full")[-1] == 1
    assert after(f"{before} short open-full").held == 0


# What an open week leaves behind it is provisional.


def test_when_an_open_week_closes_short_the_weeks_after_it_are_judged_again() -> None:
    assert streaks("full*2 open-short open-full") == [1, 2, 2, 3]
    assert states("full*2 short open-full") == "kept kept frozen kept"
    assert streaks("full short open-short open-full") == [1, 1, 1, 2]
    assert streaks("full short short open-full") == [1, 1, 0, 1]


def test_the_closed_prefix_ends_before_the_first_open_week_kept_or_not() -> None:
    assert last_closed(judge(life("open-full"))) is None
    assert last_closed([]) is None
    for last in ("open-short", "open-full", "open-short open-full", "open-short full"):
        closed = last_closed(judge(life(f"full short {last}")))
        assert closed is not None
        assert closed.week == FIRST.plus(1)


def test_late_entries_change_the_hours_of_a_closed_week_but_not_its_state() -> None:
    weeks = life("full short*2 full")
    late = [week._replace(minutes=5 * GOAL) for week in weeks]
    assert [judged.state for judged in judge(late)] == [judged.state for judged in judge(weeks)]
    assert judge(late)[-1].tally == judge(weeks)[-1].tally


# What stands beside the streak.


def test_weeks_kept_are_what_a_bad_week_does_not_break() -> None:
    tally = after("full*2 away short short full")
    assert (tally.kept, tally.weeks, tally.away, tally.spent) == (3, 4, 1, 1)
    assert (tally.streak, tally.longest) == (1, 2)


def test_a_practice_week_is_among_the_weeks_only_if_it_was_kept() -> None:
    assert after("short").weeks == 0
    assert after("full").weeks == 1


@pytest.mark.parametrize(
    ("weeks", "away"),
    [("away full", 0), ("full away*2 full", 2), ("full away open-away", 1), ("full short away short away full", 0)],
)
def test_away_weeks_within_the_streak_are_counted_beside_it(weeks: str, away: int) -> None:
    assert after(weeks).away_in_streak == away


def test_an_open_week_is_not_among_the_weeks_so_far_until_it_is_kept() -> None:
    assert after("full open-short").weeks == 1
    assert after("full open-full").weeks == 2


@pytest.mark.parametrize(
    ("weeks", "comebacks"),
    [
        ("full*2", []),
        ("full short full", []),  # frozen, so nothing was lost
        ("short full", []),  # a first week is not missed
        ("short*2 full full", [2]),
        ("short*3 away full full", [4]),
        ("short*2 open-short open-full", [3]),
        ("short*2 full short*2 full", [2, 5]),
    ],
)
def test_the_first_kept_week_after_a_missed_one_is_a_comeback(weeks: str, comebacks: list[int]) -> None:
    assert [n for n, judged in enumerate(judge(life(weeks))) if judged.is_comeback] == comebacks


def test_missed_weeks_are_counted_until_one_is_kept() -> None:
    assert [judged.tally.missed_run for judged in judge(life("short*3 away short full"))] == [0, 1, 2, 2, 3, 0]


def test_short_weeks_are_counted_until_one_is_kept_also_those_that_a_freeze_saved() -> None:
    assert [judged.tally.short_run for judged in judge(life("full short*2 away short full"))] == [0, 1, 2, 2, 3, 0]


@pytest.mark.parametrize(
    ("weeks", "told"),
    [
        ("short*2 full", []),
        ("short*3 full*2", [3]),
        ("short full short*3 full", [5]),
        ("short*3 full short*3 full", [3]),
        ("short*3 full short*11 full", [3, 15]),
        ("short*3 full short*10 full", [3]),
        ("short*3 open-full", [3]),
    ],
)
def test_results_tell_of_a_comeback_after_two_missed_weeks_and_once_in_twelve(weeks: str, told: list[int]) -> None:
    judged = judge(life(weeks))
    assert [n for n, week in enumerate(judged) if week.tally.is_comeback_told] == told
    before = [Tally(), *(week.tally for week in judged)]
    told_if_kept = [n for n, week in enumerate(judged) if before[n].may_come_back and week.state is WeekState.KEPT]
    assert told_if_kept == told


def test_consistency_looks_at_the_last_twelve_weeks_that_count() -> None:
    assert after("full*20").kept_of_recent == RECENT_WEEKS == 12
    assert after("short*2 full*3 away short*2").recent == "mkkkm"
    assert after("full short*2 full*10 open-short").kept_of_recent == 11
    assert after("full short*2 full*12 open-short").kept_of_recent == 12


# The model: every question is answered anew from the list of states so far.
