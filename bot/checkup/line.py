"""One line of `tenhours check`, and how bad it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.adapter import Finding


class Level(StrEnum):
    """How it is: `warning` is worth a look, `wrong` keeps the bot from doing its work."""

    WELL = "well"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Line:
    """What was looked at, how it is in plain words, and what to do about it."""

    subject: str
    state: Level
    words: str
    what_to_do: str = ""


def well(subject: str, words: str) -> Line:
    """Nothing to do."""
    return Line(subject, Level.WELL, words)


def warning(subject: str, words: str, what_to_do: str) -> Line:
    """The bot works, and somebody should look at this."""
    return Line(subject, Level.WARNING, words, what_to_do)


def wrong(subject: str, words: str, what_to_do: str) -> Line:
    """The bot does not do its work, or not for long."""
    return Line(subject, Level.WRONG, words, what_to_do)


def of_finding(finding: Finding) -> Line:
    """What an adapter has found."""
    state = Level.WELL if finding.is_well else Level.WRONG
    return Line(finding.subject, state, finding.words.rstrip("."), finding.what_to_do.rstrip("."))


def worst(lines: Iterable[Line]) -> Level:
    """The state of all together."""
    order = list(Level)
    return max((line.state for line in lines), key=order.index, default=Level.WELL)


def ago(span: timedelta) -> str:
    """A span as one reads it: `40 seconds`, `5 minutes`, `3 hours`, `12 days`."""
    seconds = int(abs(span).total_seconds())
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}s"
    return "1 second" if seconds == 1 else f"{seconds} seconds"


def stamp(instant: datetime) -> str:
    """An instant as one reads it."""
    return f"{instant:%Y-%m-%d %H:%M} UTC"


def counted(number: int, one: str, more: str = "") -> str:
    """`1 post`, `3 posts`."""
    return f"{number} {one if number == 1 else more or one + 's'}"
