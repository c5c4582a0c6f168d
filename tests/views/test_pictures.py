"""Pictures that several cards show: what they are drawn from, and what is said of them."""

from datetime import date

from bot.chat.chart import GroupWeek, WeekKept
from bot.domain.streak import Tally
from bot.domain.week import Week
from bot.views import pictures

WEEK = Week(date(2026, 10, 26))
DAYS = (120, 0, 90, 150, 0, 180, 90)


def test_the_groups_week_says_all_that_it_shows() -> None:
    picture = pictures.group_week(GroupWeek("16–22 Nov", 26_730, 26_100, 31_380, 23, 21, (18, 21, 23)))
    assert picture.alt == (
        "A bar of 445 hours of 523 hours: 23 kept the week, 21 more studied. Kept in the last 3 weeks: 18, 21, 23."
    )


def test_a_first_small_week_of_a_group() -> None:
    picture = pictures.group_week(GroupWeek("16–22 Nov", 45, 0, 0, 0, 1, ()))
    assert picture.alt == "A bar of 45 minutes: 1 studied."


def test_a_kept_week_says_all_that_it_shows() -> None:
    picture = pictures.week_kept(WEEK, DAYS, Tally(streak=5, earned=0), date(2026, 11, 1))
    assert picture.chart == WeekKept(str(WEEK), DAYS, 5, 3)
    assert picture.alt == (
        f"10 hours 30 minutes in the week of {WEEK}. Monday 2 hours, Wednesday 1 hour 30 minutes, "
        "Thursday 2 hours 30 minutes, Saturday 3 hours, Sunday 1 hour 30 minutes. "
        "Streak: 5 weeks. 3 more earn a freeze."
    )


def test_a_provisional_streak_is_not_shown() -> None:
    picture = pictures.week_kept(WEEK, DAYS, Tally(streak=5), date(2026, 11, 1), is_provisional=True)
    assert isinstance(picture.chart, WeekKept)
    assert (picture.chart.streak_words, picture.chart.freeze_words) == ("", "")
    assert "treak" not in picture.alt
