"""Pictures that several cards show, each with words that say the same to those who hear it."""

from datetime import date

from bot.chat.card import Picture
from bot.chat.chart import GroupWeek, WeekKept
from bot.domain.duration import HOUR, say_in_full
from bot.domain.streak import Tally, weeks_to_freeze
from bot.domain.week import Week
from bot.views import words


def group_week(chart: GroupWeek) -> Picture:
    """Return the picture of a group's results: the hours of all, who kept the week or studied, and the weeks before."""
    goal = f" of {_say_hours_in_full(chart.goal)}" if chart.goal > 0 else ""
    people = ", ".join(filter(None, (chart.kept_words, chart.studied_words)))
    parts = [
        f"A bar of {_say_hours_in_full(chart.minutes)}{goal}{f': {people}' if people else ''}",
        f"{chart.weeks_words}: {', '.join(map(str, chart.weeks))}" if chart.weeks_words else "",
    ]
    return Picture(chart, f"{'. '.join(filter(None, parts))}.")


def week_kept(week: Week, days: tuple[int, ...], tally: Tally, today: date, *, is_provisional: bool = False) -> Picture:
    """Return the picture of a week that was kept: its days, and the streak after it unless that is provisional."""
    streak = 0 if is_provisional else tally.streak
    chart = WeekKept(words.say_week(week, today), days, streak, weeks_to_freeze(tally))
    studied = ((f"{day:%A}", minutes) for day, minutes in zip(week.days(), days, strict=True) if minutes)
    by_day = ", ".join(f"{name} {say_in_full(minutes)}" for name, minutes in studied)
    parts = [f"{say_in_full(sum(days))} in the week of {chart.title}", by_day, chart.streak_words, chart.freeze_words]
    return Picture(chart, f"{'. '.join(filter(None, parts))}.")


def _say_hours_in_full(minutes: int) -> str:
    """Say a large sum in whole hours, below one hour its minutes, with the unit in full."""
    return say_in_full(minutes - minutes % HOUR if minutes >= HOUR else minutes)
