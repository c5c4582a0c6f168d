"""A group's week in one sentence: hours together, and how many kept it."""

from bot.domain.duration import HOUR, say
from bot.domain.leaderboard import Total
from bot.views.words import plural


def say_total(total: Total, *, is_open: bool = False) -> str:
    """Return “Together 445 of 523 hours; 23 of 44 kept the week · 2 saved”, “have kept” while the week `is_open`.

    Where nobody has a part of the goal, as when all are in their practice weeks, the hours stand alone.
    """
    together = f"Together {say_hours_together(total)}"
    saved = f" · {total.saved} saved" if total.saved else ""
    if not total.members:
        return f"{together}{saved}"
    kept = "kept" if not is_open else "has kept" if total.kept == 1 else "have kept"
    return f"{together}; {total.kept} of {total.members} {kept} the week{saved}"


def say_hours_together(total: Total) -> str:
    """Return “445 of 523 hours”; the hours alone where nobody has a part of the goal."""
    if not total.members:
        return _say_hours(total.minutes)
    hours = f"{total.minutes // HOUR:,}" if total.minutes >= HOUR else say(total.minutes)
    return f"{hours} of {_say_hours(total.goal)}"


def _say_hours(minutes: int) -> str:
    return plural(minutes // HOUR, "hour") if minutes >= HOUR else say(minutes)
