"""The timer: that it runs, what it measured, and the question before a long stretch counts."""

from bot.chat.card import Actions, Button, Card, Line, Style, Tone
from bot.chat.text import Bold, Text, Timestamp
from bot.domain.duration import DAY_LIMIT, say
from bot.domain.timer import Timer
from bot.views import words

STOP = Button("Stop", "timer stop", style=Style.PRIMARY)


def started(area: str | None) -> Card:
    """It runs."""
    what = f" for {area}" if area else ""
    return Card("", (Line((f"The timer runs{what}. Enjoy your study.",)), Actions((STOP,))), Tone.GOOD)


def runs_already(timer: Timer, minutes: int, zone: str) -> Card:
    """Since when."""
    since: Text = ("Your timer runs since ", Timestamp(timer.started_at, zone), f" ({say(minutes)} so far).")
    return Card("", (Line(since), Actions((STOP,))))


def too_short() -> Card:
    """Nothing to log."""
    return words.done("That was less than a minute, so nothing is logged. The timer is off.")


def discarded() -> Card:
    """Nothing was logged."""
    return words.done("The timer is off, and nothing is logged.")


def ask(timer: Timer, minutes: int, since: str, zone: str, *, may_count: bool) -> Card:
    """Did all of it go into study? Where it cannot, only another time can be given."""
    text: Text = ("The timer has run for ", Bold(say(minutes)), ", since ", Timestamp(timer.started_at, zone), ". ")
    asked = "Was all of it study?" if may_count else _too_much(minutes)
    count = Button("Count all of it", "timer stop", {"count": str(minutes), "since": since}, Style.PRIMARY)
    other = Button("Another time", "timed", {"since": since}, opens_form=True)
    discard = Button("Discard", "timer stop", {"discard": "yes", "since": since}, Style.DANGER)
    return words.question("", (*text, asked), *((count,) if may_count else ()), other, discard)


def _too_much(minutes: int) -> str:
    if minutes > DAY_LIMIT:
        return "That is more than a day has. How much of it was study?"
    return "With what that day has already, it would pass 24 hours. How much of it was study?"
