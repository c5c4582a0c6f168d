"""Moments of the week and of the day as they are said in a sentence."""

from datetime import date, time

from bot.domain.schedule import Moment
from bot.domain.week import DAYS_A_WEEK

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def say_moment(moment: Moment) -> str:
    """Return `on Monday at 9:00`, `every day at 9:00`."""
    day = "every day" if moment.weekday is None else f"on {WEEKDAYS[moment.weekday]}"
    return f"{day} at {say_time(moment.at)}"


def say_time(at: time) -> str:
    """Return `9:00`, `18:30`."""
    return f"{at.hour}:{at.minute:02}"


def say_day_name(day: date, today: date) -> str:
    """Return `today`, `yesterday`, `Sunday` within the last week, else `23 December`."""
    days = (today - day).days
    if days in (0, 1):
        return "yesterday" if days else "today"
    return f"{day:%A}" if 0 < days < DAYS_A_WEEK else f"{day.day} {day:%B}"
