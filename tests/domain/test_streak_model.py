"""Weeks of any life are judged as a naive model judges them, in whatever order they open and close."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.duration import Minutes
from bot.domain.goal import GoalChange, goal_in
from bot.domain.pause import Pause, paused_days
from bot.domain.streak import (
    Judged,
    Tally,
    WeekFacts,
    WeekState,
    judge,
    last_closed,
    recall_state,
)
from tests.domain.test_streak import DID, FIRST, life


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
