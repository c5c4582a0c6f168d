"""The timer: its start, its end, and the question before a long stretch counts."""

from bot.chat.card import Actions, Button, Card, Line, Style, Tone
from bot.chat.text import Bold, Text, Timestamp
from bot.domain.duration import DAY_LIMIT, say
from bot.domain.timer import Timer
from bot.views import words

STOP = Button("Stop", "timer stop", style=Style.PRIMARY)


def started(area: str | None) -> Card:
    """Confirm that the timer runs."""
    what = f" for {area}" if area else ""
    return Card("", (Line((f"The timer is running{what}. Enjoy!",)), Actions((STOP,))), Tone.GOOD)


def runs_already(timer: Timer, minutes: int, zone: str) -> Card:
    """Say since when the timer runs."""
    if not minutes:
        return Card("", (Line(("Your timer has just started.",)), Actions((STOP,))))
    since: Text = ("Your timer has been running since ", Timestamp(timer.started_at, zone), f": {say(minutes)} so far.")
    return Card("", (Line(since), Actions((STOP,))))


def too_short() -> Card:
    """Say that less than a minute is not logged."""
    return words.done("That was less than a minute, so nothing is logged.")


def discarded() -> Card:
    """Confirm that the timer is off and nothing is logged."""
    return words.done("The timer is off, and nothing is logged.")


def ask(timer: Timer, minutes: int, since: str, zone: str, *, may_count: bool) -> Card:
    """Ask if all of it went into study; unless it `may_count`, only another time can be given."""
    text: Text = ("The timer has run for ", Bold(say(minutes)), ", since ", Timestamp(timer.started_at, zone), ". ")
    question = "Was all of it study?" if may_count else _ask_how_much(minutes)
    count = Button("Count all of it", "timer stop", {"count": str(minutes), "since": since}, Style.PRIMARY)
    other = Button("Another time", "timed", {"since": since}, opens_form=True)
    discard = Button("Discard", "timer stop", {"discard": "yes", "since": since})
    return words.question("", (*text, question), *((count,) if may_count else ()), other, discard)


def _ask_how_much(minutes: int) -> str:
    if minutes > DAY_LIMIT:
        return "That's more than a day has. How much of it was study?"
    return "Together with what you logged that day, it's over 24 hours. How much of it was study?"
