"""Streaks: the rule table told in examples, and compared with a slow model that recomputes everything."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.duration import Minutes
from bot.domain.goal import GoalChange, goal_in
from bot.domain.pause import Pause, paused_days
from bot.domain.streak import (
    RECENT_WEEKS,
    Judged,
    Tally,
    WeekFacts,
    WeekState,
    judge,
    last_closed,
    recall_state,
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


def model_state(week: WeekFacts, so_far: list[str]) -> str:
    table = [
        ("kept", week.counted >= week.goal),
        ("open", not week.is_closed),
        ("paused", week.paused_days in (4, 5, 6, 7)),
        ("frozen", model_streak(so_far) > 0 and model_held(so_far) > 0),
        ("first", week.is_first),
        ("missed", True),
    ]
    return next(state for state, fits in table if fits)


def model_streak(so_far: list[str]) -> int:
    since_the_last_miss = " ".join(so_far).rpartition("missed")[2].split()
    return since_the_last_miss.count("kept")


def model_held(so_far: list[str]) -> int:
    if not so_far:
        return 1
    *before, last = so_far
    if last == "frozen":
        return model_held(before) - 1
    if last == "kept" and model_streak(so_far) in range(4, 1000, 4):
        return min(2, model_held(before) + 1)
    return model_held(before)


def model_tally(so_far: list[str]) -> Tally:
    decided = [state for state in so_far if state != "open"]
    counted = [state for state in so_far if state in ("kept", "missed")]
    since_the_last_kept = " ".join(so_far).rpartition("kept")[2].split()
    in_streak = " ".join(so_far).rpartition("missed")[2].partition("kept")[2].split()
    return Tally(
        streak=model_streak(so_far),
        longest=max(model_streak(so_far[:n]) for n in range(len(so_far) + 1)),
        kept=so_far.count("kept"),
        away=so_far.count("paused"),
        weeks=len(counted),
        earned=model_held(so_far) - 1 + so_far.count("frozen"),
        spent=so_far.count("frozen"),
        missed_run=since_the_last_kept.count("missed"),
        short_run=since_the_last_kept.count("missed") + since_the_last_kept.count("frozen"),
        recent="".join(state[0] for state in counted[-12:]),
        came_back=bool(decided) and model_comeback(decided),
        away_in_streak=in_streak.count("paused"),
        comeback_ago=model_comeback_ago(decided),
    )


def model_told_comebacks(so_far: list[str]) -> list[int]:
    """Return the indexes of weeks that results told of as comebacks."""
    told: list[int] = []
    for n, state in enumerate(so_far):
        missed = " ".join(so_far[:n]).rpartition("kept")[2].split().count("missed")
        if state == "kept" and missed >= 2 and not (told and n - told[-1] < 12):
            told.append(n)
    return told


def model_comeback_ago(so_far: list[str]) -> int:
    told = model_told_comebacks(so_far)
    return min(11, len(so_far) - 1 - told[-1]) if told else 11


def model_comeback(so_far: list[str]) -> bool:
    decisive = [state for state in so_far if state in ("kept", "missed")]
    return so_far[-1] == "kept" and decisive[-2:] == ["missed", "kept"]


def check_against_model(judged: list[Judged]) -> None:
    so_far: list[str] = []
    for week in judged:
        so_far.append(model_state(week.facts, so_far))
        assert week.state == so_far[-1]
        assert week.tally == model_tally(so_far)
        assert week.tally.held == model_held(so_far)
        assert week.is_comeback == model_comeback(so_far)


@dataclass(frozen=True)
class Diary:
    """The minutes of every day, goals and pauses by date, and the number of weeks that have closed."""

    minutes: list[int]
    goals: list[tuple[int, int]]
    away: list[tuple[int, int]]
    closed: int

    def facts(self) -> list[WeekFacts]:
        """Return the weeks as the program sees them."""
        goals = [GoalChange(Minutes(minutes), FIRST.plus(at) if at else None) for at, minutes in self.goals]
        pauses = [Pause(day(first), day(first + length)) for first, length in self.away]
        return [
            WeekFacts(
                week=(week := FIRST.plus(n)),
                goal=goal_in(goals, week),
                minutes=sum(self.minutes[7 * n : 7 * n + 7]),
                counted=sum(self.minutes[7 * n : 7 * n + 7]),
                paused_days=paused_days(pauses, week),
                is_closed=n < self.closed,
                is_first=n == 0,
            )
            for n in range(len(self.minutes) // 7)
        ]

    def model_facts(self, n: int) -> tuple[int, int]:
        """Read goal and days away of week `n` off a calendar."""
        goal = [600, *(minutes for at, minutes in self.goals if at <= n)][-1]
        days_away = {day for first, length in self.away for day in range(first, first + length + 1)}
        return goal, len(days_away & set(range(7 * n, 7 * n + 7)))


def day(n: int) -> date:
    return FIRST.monday + timedelta(days=n)


@st.composite
def diaries(draw: st.DrawFn) -> Diary:
    weeks = draw(st.integers(0, 40))
    full_weeks = draw(st.lists(st.sampled_from([0, 30, 90, 120]), min_size=weeks, max_size=weeks))
    odd_days = draw(st.dictionaries(st.integers(0, 279), st.integers(0, 700), max_size=20))
    minutes = [odd_days.get(n, full_weeks[n // 7]) for n in range(7 * weeks)]
    changes = st.tuples(st.integers(0, weeks), st.sampled_from([60, 300, 600, 840]))
    goals = sorted(draw(st.lists(changes, max_size=3)), key=lambda change: change[0])
    away = draw(st.lists(st.tuples(st.integers(-10, 280), st.integers(0, 25)), max_size=6))
    return Diary(minutes, goals, away, draw(st.integers(max(0, weeks - 3), weeks)))


KINDS = st.sampled_from(["full"] * 6 + list(DID))
LIVES = st.lists(KINDS, max_size=45).map(" ".join).map(life)


@given(diaries())
def test_every_diary_is_judged_as_the_model_judges_it(diary: Diary) -> None:
    judged = judge(diary.facts())
    assert len(judged) == len(diary.minutes) // 7
    for n, week in enumerate(judged):
        assert (week.facts.goal, week.facts.paused_days) == diary.model_facts(n)
    check_against_model(judged)


@given(LIVES)
def test_a_closed_week_is_recalled_by_its_freeze_alone(weeks: list[WeekFacts]) -> None:
    closed = [judged for judged in judge(weeks) if judged.facts.is_closed]
    recalled = [recall_state(judged.facts, is_saved=judged.state is WeekState.FROZEN) for judged in closed]
    assert recalled == [judged.state for judged in closed]


@given(LIVES)
def test_weeks_open_and_closed_in_any_order_are_judged_as_the_model_judges_them(weeks: list[WeekFacts]) -> None:
    check_against_model(judge(weeks))


@given(LIVES)
def test_judging_on_from_a_checkpoint_is_judging_from_the_start(weeks: list[WeekFacts]) -> None:
    whole = judge(weeks)
    for n, week in enumerate(whole):
        if not week.facts.is_closed:
            break
        assert last_closed(judge(weeks[: n + 1])) == week
        assert judge(weeks[n + 1 :], week.tally) == whole[n + 1 :]


@given(LIVES, LIVES)
def test_what_comes_later_changes_no_week_before_it(weeks: list[WeekFacts], later: list[WeekFacts]) -> None:
    assert judge([*weeks, *later])[: len(weeks)] == judge(weeks)


@given(LIVES)
def test_what_has_closed_stays_when_the_open_weeks_close(weeks: list[WeekFacts]) -> None:
    closed = last_closed(judge(weeks))
    if closed is not None:
        assert closed in judge([week._replace(is_closed=True) for week in weeks])


@given(LIVES)
def test_one_may_hold_none_one_or_two_freezes_and_only_a_miss_ends_a_streak(weeks: list[WeekFacts]) -> None:
    before = Tally()
    for week in judge(weeks):
        assert week.tally.held in (0, 1, 2)
        assert (week.tally.streak < before.streak) <= (week.state is WeekState.MISSED)
        before = week.tally
