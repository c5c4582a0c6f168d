"""The choice of the shared note that is quoted."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.sharing import can_still_be_quoted, choose_writer
from bot.domain.week import Week

WEEK = Week(date(2026, 11, 23))


@given(st.lists(st.integers(1, 50), min_size=1, max_size=10, unique=True))
def test_one_writer_whatever_the_order(writers: list[int]) -> None:
    assert choose_writer(7, WEEK, writers, {}) == choose_writer(7, WEEK, writers[::-1], {})
    assert choose_writer(7, WEEK, writers, {}) in writers


@given(st.sets(st.integers(1, 50), min_size=2, max_size=10))
def test_a_writer_who_was_not_chosen_changes_nothing_by_going(writers: set[int]) -> None:
    chosen = choose_writer(7, WEEK, writers, {})
    other = next(writer for writer in writers if writer != chosen)
    assert choose_writer(7, WEEK, writers - {other}, {}) == chosen


def test_nobody_is_favoured() -> None:
    times = Counter(choose_writer(7, WEEK.plus(n), [1, 2, 3, 4], {}) for n in range(400))
    assert all(70 <= times[writer] <= 130 for writer in (1, 2, 3, 4)), times


def test_who_was_not_quoted_lately_is_first() -> None:
    last_quoted = {1: "2026-11-16", 2: "2026-11-02", 3: "2026-11-09"}
    assert choose_writer(7, WEEK, [1, 2, 3], last_quoted) == 2
    assert choose_writer(7, WEEK, [1, 2, 3, 4], last_quoted) == 4


def test_without_a_writer_there_is_none() -> None:
    assert choose_writer(7, WEEK, [], {}) is None


def test_a_line_can_be_quoted_until_the_week_after_it_has_ended() -> None:
    assert can_still_be_quoted(WEEK.monday, WEEK.plus(1).sunday)
    assert not can_still_be_quoted(WEEK.monday, WEEK.plus(1).sunday + timedelta(days=1))
