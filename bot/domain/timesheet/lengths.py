"""Lengths as time trackers write them: clocks, decimals, words, or a start and an end."""

import re
from collections.abc import Iterable
from enum import IntEnum

from bot.domain.duration import read_duration
from bot.errors import Refused

LONGEST = 40
DAY_SECONDS = 86_400
_CLOCK = re.compile(r"([0-9]{1,5}):([0-9]{1,2})(?::([0-9]{1,2})(?:[.,][0-9]+)?)?(?: ?h)?")
_MINUTES_CLOCK = re.compile(r"([0-9]{1,5}):([0-9]{2}) ?min")
_NUMBER = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,9})?|[.,][0-9]{1,9}")
_ISO = re.compile(r"PT(?=.)(?:([0-9]{1,4})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,8})(?:\.[0-9]+)?S)?")
_PARTS = re.compile(
    r"(?:([0-9]{1,4}) ?h(?:(?:ou)?rs?)? ?)?(?:([0-9]{1,6}) ?m(?:in(?:ute)?s?)? ?)?(?:([0-9]{1,8}) ?s(?:ec(?:ond)?s?)?)?"
)
_DATED = re.compile(r"[0-9]+[-/.][0-9]+[-/.][0-9]+[T ]")
_TIME = re.compile(
    r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2})(?:[.,][0-9]+)?)?(?: ?([ap])\.?m\.?)?(?:z|[+-][0-9:]{2,6})?",
    re.IGNORECASE,
)


class Unit(IntEnum):
    """The unit of a bare number; its value is in seconds."""

    SECONDS = 1
    MINUTES = 60
    HOURS = 3600


def guess_unit(texts: Iterable[str]) -> Unit:
    """Guess the unit of a column's bare numbers if its title does not say it.

    No day has more than 24 hours or 1,440 minutes, so a larger number is in a smaller unit; else, as where people type
    them, they are hours.
    """
    largest = max((_number(text) for text in texts if _NUMBER.fullmatch(text.strip())), default=0.0)
    if largest > DAY_SECONDS / Unit.MINUTES:
        return Unit.SECONDS
    return Unit.MINUTES if largest > DAY_SECONDS / Unit.HOURS else Unit.HOURS


def read_length(text: str, unit: Unit) -> float | None:
    """Return the seconds of a cell, in which a bare number is in `unit`; None if it is no length."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        return None
    if match := _CLOCK.fullmatch(text):
        return int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3] or 0)
    if _NUMBER.fullmatch(text):
        return _number(text) * unit
    if match := _MINUTES_CLOCK.fullmatch(text):
        return int(match[1]) * 60 + int(match[2])
    if match := _ISO.fullmatch(text.upper()) or _PARTS.fullmatch(text.lower()):
        return int(match[1] or 0) * 3600 + int(match[2] or 0) * 60 + int(match[3] or 0)
    return _in_words(text)


def read_span(start: str, end: str) -> float | None:
    """Return the seconds from one time of day to another, over midnight perhaps; None if either is none."""
    begins, ends = _time_of_day(start), _time_of_day(end)
    return None if begins is None or ends is None else (ends - begins) % DAY_SECONDS


def _number(text: str) -> float:
    return float(text.strip().replace(",", "."))


def _in_words(text: str) -> float | None:
    try:
        return read_duration(text) * 60.0
    except Refused:
        return None


def _time_of_day(text: str) -> int | None:
    """Return the time that a cell ends with, in seconds of the day: `14:05`, `2:05 PM`, `2026-11-25T14:05:00Z`."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        return None
    dated = _DATED.match(text)
    match = _TIME.fullmatch(text[dated.end() :] if dated else text)
    if match is None:
        return None
    hours, minutes = int(match[1]), int(match[2])
    if match[4]:
        hours = hours % 12 + (12 if match[4] in "pP" else 0)
    return hours * 3600 + minutes * 60 + int(match[3] or 0) if hours < 24 and minutes < 60 else None
