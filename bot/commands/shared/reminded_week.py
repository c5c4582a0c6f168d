"""The week that a reminder's button was made for; what a button carries may be forged."""

from datetime import date

from bot.domain.week import Week


def read_week(monday: str | None) -> Week | None:
    """Return the week of a Monday in ISO form; None for anything else."""
    try:
        return Week(date.fromisoformat(monday or ""))
    except ValueError:
        return None
