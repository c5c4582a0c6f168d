"""Past weeks with what was studied in them, as history and pages show them."""

from datetime import date
from itertools import dropwhile

from bot.domain.day_total import DayTotal
from bot.domain.streak import Judged
from bot.domain.week import Week
from bot.views.history import PastWeek


def gather_weeks(first: Week, last: Week, judged_weeks: list[Judged], days: dict[date, DayTotal]) -> list[PastWeek]:
    """Return the weeks from the first that has a state or any time, oldest first."""
    by_week = {judged.week: judged for judged in judged_weeks[-first.weeks_to(last) - 1 :]}
    weeks = [_past_week(week, by_week.get(week), days) for week in first.until(last)]
    return list(dropwhile(lambda past: not (past.judged or past.minutes or past.imported), weeks))


def _past_week(week: Week, judged: Judged | None, days: dict[date, DayTotal]) -> PastWeek:
    totals_by_day = [days[day] for day in week.days() if day in days]
    return PastWeek(week, judged, sum(day.minutes for day in totals_by_day), sum(day.imported for day in totals_by_day))
