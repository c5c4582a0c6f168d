"""Past weeks with what was studied in them, as history and pages show them."""

from collections import defaultdict
from datetime import date
from itertools import dropwhile

from bot.domain.day_total import DayTotal
from bot.domain.week import Week
from bot.views.history import Outcome, PastWeek


def gather_weeks(
    first: Week, last: Week, judged_weeks: list[Outcome], days: dict[date, DayTotal]
) -> list[PastWeek[Outcome]]:
    """Return the weeks from the first that has a state or any time, oldest first."""
    by_week = {judged.week: judged for judged in judged_weeks[-first.weeks_to(last) - 1 :]}
    logged: dict[Week, int] = defaultdict(int)
    imported: dict[Week, int] = defaultdict(int)
    for day, total in days.items():
        week = Week.of(day)
        logged[week] += total.minutes
        imported[week] += total.imported
    weeks = [
        PastWeek(week, by_week.get(week), logged.get(week, 0), imported.get(week, 0)) for week in first.until(last)
    ]
    return list(dropwhile(lambda past: not (past.judged or past.minutes or past.imported), weeks))
