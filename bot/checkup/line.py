"""One line of `tenhours check`, and how bad it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.adapter import Finding


class Level(StrEnum):
    """How bad a line is: `warning` is worth a look, `wrong` keeps the bot from doing its work."""

    WELL = "well"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Line:
    """A subject, how it is in plain words, and what to do about it."""

    subject: str
    level: Level
    words: str
    what_to_do: str = ""


def well(subject: str, words: str) -> Line:
    """Return a line about something for which there is nothing to do."""
    return Line(subject, Level.WELL, words)


def warning(subject: str, words: str, what_to_do: str) -> Line:
    """Return a line about something that somebody should look at, though the bot works."""
    return Line(subject, Level.WARNING, words, what_to_do)


def wrong(subject: str, words: str, what_to_do: str) -> Line:
    """Return a line about something that keeps the bot from doing its work, now or soon."""
    return Line(subject, Level.WRONG, words, what_to_do)


def of_finding(finding: Finding) -> Line:
    """Return the line that tells what an adapter has found."""
    level = Level.WELL if finding.is_well else Level.WRONG
    return Line(finding.subject, level, finding.words.rstrip("."), finding.what_to_do.rstrip("."))


def worst(lines: Iterable[Line]) -> Level:
    """Return the level of all lines together."""
    order = list(Level)
    return max((line.level for line in lines), key=order.index, default=Level.WELL)


def ago(span: timedelta) -> str:
    """Return a span as one reads it: `40 seconds`, `5 minutes`, `3 hours`, `12 days`."""
    seconds = int(abs(span).total_seconds())
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}s"
    return "1 second" if seconds == 1 else f"{seconds} seconds"


def stamp(instant: datetime) -> str:
    """Return an instant as one reads it."""
    return f"{instant:%Y-%m-%d %H:%M} UTC"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 post`, `3 posts`."""
    return f"{number} {noun if number == 1 else noun + 's'}"
