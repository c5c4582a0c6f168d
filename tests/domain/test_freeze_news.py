"""Spent freezes of which somebody does not know yet, and what came after them."""

from datetime import date

from bot.domain.freeze_news import find_freeze_news
from bot.domain.streak import Judged, WeekFacts, WeekState, judge
from bot.domain.week import Week

FIRST = Week(date(2026, 1, 5))


def life(*minutes: int) -> list[Judged]:
    return judge([WeekFacts(FIRST.plus(at), 600, one, one, 0, True, at == 0) for at, one in enumerate(minutes)])


def test_who_knows_of_all_is_told_nothing() -> None:
    assert find_freeze_news(life(600, 600), 0) is None
    assert find_freeze_news(life(600, 60), 1) is None


def test_a_saved_week_is_news_until_it_is_told() -> None:
    news = find_freeze_news(life(600, 60, 600), 0)
    assert news is not None
    assert [judged.week for judged in news.saved] == [FIRST.plus(1)]
    assert (news.missed, news.spent) == (None, 1)


def test_only_what_is_new_is_told_and_what_was_missed_after_it() -> None:
    weeks = life(600, 0, 600, 600, 600, 0, 0, 600, 0)
    assert [judged.state for judged in weeks].count(WeekState.FROZEN) == 2
    news = find_freeze_news(weeks, 1)
    assert news is not None
    assert [judged.week for judged in news.saved] == [FIRST.plus(5)]
    assert news.missed is not None
    assert news.missed.week == FIRST.plus(6)
    assert news.spent == 2
