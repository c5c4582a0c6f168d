"""The time of one day."""

from bot.domain.day_total import DayTotal


def test_imported_minutes_count_as_hours_like_any_other() -> None:
    assert DayTotal(90, 30).total == 120
