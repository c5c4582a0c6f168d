"""Past weeks with what was studied in them, as history and pages show them."""

from datetime import date
from itertools import dropwhile

from bot.domain.day_total import DayTotal
from bot.domain.week import DAYS_A_WEEK, Week
from bot.views.history import Outcome, PastWeek


def gather_weeks(
    first: Week, last: Week, judged_weeks: list[Outcome], days: dict[date, DayTotal]
) -> list[PastWeek[Outcome]]:
    """Return the weeks from the first that has a state or any time, oldest first; `days` are theirs alone."""
    by_week = {judged.week: judged for judged in judged_weeks[-first.weeks_to(last) - 1 :]}
    stretch, starts = list(first.until(last)), first.monday
    logged, imported = [0] * len(stretch), [0] * len(stretch)
    for day, total in days.items():
        index = (day - starts).days // DAYS_A_WEEK
        logged[index] += total.minutes
        imported[index] += total.imported
    weeks = [
        PastWeek(week, by_week.get(week), *minutes) for week, *minutes in zip(stretch, logged, imported, strict=True)
    ]
    return list(dropwhile(lambda past: not (past.judged or past.minutes or past.imported), weeks))
