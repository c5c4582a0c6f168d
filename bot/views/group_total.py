"""A group's week in one sentence: hours together, and how many kept it."""

from bot.domain.duration import HOUR, say
from bot.domain.leaderboard import Total
from bot.views.words import plural


def say_total(total: Total, *, is_open: bool = False) -> str:
    """Return “Together 445 of 523 hours; 23 of 44 kept the week · 2 saved”, “have kept” while the week `is_open`.

    Where nobody has a part of the goal, as when all are in their practice weeks, the hours stand alone.
    """
    saved = f" · {total.saved} saved" if total.saved else ""
    if not total.members:
        return f"Together {_say_hours(total.minutes)}{saved}"
    hours = f"{total.minutes // HOUR:,}" if total.minutes >= HOUR else say(total.minutes)
    kept = "kept" if not is_open else "has kept" if total.kept == 1 else "have kept"
    return f"Together {hours} of {_say_hours(total.goal)}; {total.kept} of {total.members} {kept} the week{saved}"


def _say_hours(minutes: int) -> str:
    return plural(minutes // HOUR, "hour") if minutes >= HOUR else say(minutes)
