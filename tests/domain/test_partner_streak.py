"""The streak of two: told in examples, and compared with a model that looks at two whole lives."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.partner_streak import PairTally, Share, StudyWeeks, pair_streak
from bot.domain.pause import Pause
from bot.domain.week import Week

FIRST = Week(date(2026, 1, 5))
GOAL = 600
EARLIER = FIRST.plus(-10)


def life(states: str, closed: int | None = None, first: Week | None = EARLIER) -> StudyWeeks:
    """Return weeks by their letters: `k`ept, `s`hort, s`a`ved, `p`aused; the first `closed` of them have closed."""
    weeks = [FIRST.plus(number) for number in range(len(states))]
    count = len(states) if closed is None else closed
    return StudyWeeks(
        {week: (GOAL if state == "k" else GOAL - 1, GOAL) for week, state in zip(weeks, states, strict=True)},
        tuple(Pause(week.monday, week.sunday) for week, state in zip(weeks, states, strict=True) if state == "p"),
        frozenset(week for week, state in zip(weeks, states, strict=True) if state == "a"),
        first,
        FIRST.plus(count - 1) if count else None,
    )


def together(one: StudyWeeks, other: StudyWeeks, count: int, before: PairTally = PairTally()) -> tuple[int, int]:  # noqa: B008
    tally = pair_streak(one, other, FIRST.until(FIRST.plus(count - 1)), before).now
    return tally.streak, tally.best


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("kkk", "kkk", (3, 3)),
        ("kks", "kkk", (0, 2)),
        ("kkp", "kkk", (2, 2)),
        ("kkp", "kks", (2, 2)),
        ("kka", "kks", (2, 2)),
        ("kkk", "kka", (2, 2)),
        ("kskk", "kkkk", (2, 2)),
        ("sss", "sss", (0, 0)),
    ],
)
def test_weeks_that_both_kept_in_a_row(one: str, other: str, expected: tuple[int, int]) -> None:
    assert together(life(one), life(other), len(one)) == expected
    assert together(life(other), life(one), len(one)) == expected


def test_a_practice_week_and_weeks_before_it_leave_the_streak() -> None:
    newcomer = life("ssk", first=FIRST.plus(1))
    assert [newcomer.share(FIRST.plus(number)) for number in range(3)] == [Share.EXCUSED, Share.EXCUSED, Share.KEPT]
    assert together(newcomer, life("ssk"), 3, PairTally(4, 4)) == (5, 5)
    assert StudyWeeks().share(FIRST) is Share.EXCUSED


def test_until_a_week_is_decided_the_streak_stands() -> None:
    before = PairTally(3, 3)
    assert together(life("s"), life("s", closed=0), 1, before) == (3, 3)
    assert together(life("k", closed=0), life("k", closed=0), 1, before) == (4, 4)
    assert together(life("s"), life("k", closed=0), 1, before) == (3, 3)
    assert together(life("s"), life("s"), 1, before) == (0, 3)


def test_a_week_settles_when_it_has_closed_for_both_and_all_before_it_have() -> None:
    streak = pair_streak(life("kk", closed=1), life("kk", closed=2), FIRST.until(FIRST.plus(1)), PairTally())
    assert streak.now == PairTally(2, 2)
    assert streak.settled == PairTally(1, 1, FIRST)
    assert pair_streak(life("k", closed=0), life("k"), FIRST.until(FIRST), PairTally()).settled == PairTally()


letters = st.lists(st.tuples(st.sampled_from("kksap"), st.sampled_from("kksap")), min_size=1, max_size=20)


@given(letters, st.integers(0, 20), st.integers(0, 20), st.integers(0, 20))
def test_like_a_model_that_knows_both_lives(
    pairs: list[tuple[str, str]], closed: int, closed_too: int, cut: int
) -> None:
    one = life("".join(first for first, _ in pairs), closed=min(closed, len(pairs)))
    other = life("".join(second for _, second in pairs), closed=min(closed_too, len(pairs)))
    streak = best = 0
    for number, (first, second) in enumerate(pairs):
        are_closed = number < closed, number < closed_too
        if first == second == "k":
            streak += 1
            best = max(best, streak)
        elif all(are_closed) and not set(first + second) & {"a", "p"}:
            streak = 0
    everything = pair_streak(one, other, FIRST.until(FIRST.plus(len(pairs) - 1)), PairTally())
    assert (everything.now.streak, everything.now.best) == (streak, best)
    # What has settled is never looked at again, and gives the same in the end.
    start = min(cut, len(pairs))
    settled = pair_streak(one, other, [FIRST.plus(number) for number in range(start)], PairTally()).settled
    rest = settled.decided.plus(1) if settled.decided else FIRST
    resumed = pair_streak(one, other, rest.until(FIRST.plus(len(pairs) - 1)), settled)
    assert (resumed.now.streak, resumed.now.best) == (streak, best)
