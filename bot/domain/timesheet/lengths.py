"""How long something took, as time trackers write it: clocks, decimals, words, or a start and an end."""

import re
from collections.abc import Iterable
from enum import IntEnum

from bot.domain.duration import Unclear, read_duration
from bot.errors import Refused

LONGEST = 40
DAY = 86_400
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
    """What a bare number counts; its value is in seconds."""

    SECONDS = 1
    MINUTES = 60
    HOURS = 3600


def guess_unit(texts: Iterable[str]) -> Unit:
    """What the bare numbers of a column count whose title does not say it.

    No day has more than 24 hours or 1,440 minutes, so what passes that is in a smaller unit; else, as where people
    type them, they are hours.
    """
    largest = max((_number(text) for text in texts if _NUMBER.fullmatch(text.strip())), default=0.0)
    if largest > DAY / Unit.MINUTES:
        return Unit.SECONDS
    return Unit.MINUTES if largest > DAY / Unit.HOURS else Unit.HOURS


def read_length(text: str, unit: Unit) -> float | None:
    """Seconds; None for what is no stretch of time. A bare number is in `unit`."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        return None
    if found := _CLOCK.fullmatch(text):
        return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0)
    if _NUMBER.fullmatch(text):
        return _number(text) * unit
    if found := _MINUTES_CLOCK.fullmatch(text):
        return int(found[1]) * 60 + int(found[2])
    if found := _ISO.fullmatch(text.upper()) or _PARTS.fullmatch(text.lower()):
        return int(found[1] or 0) * 3600 + int(found[2] or 0) * 60 + int(found[3] or 0)
    return _in_words(text)


def read_span(start: str, end: str) -> float | None:
    """Seconds from one time of day to another, over midnight perhaps; None where either is none."""
    begins, ends = _time_of_day(start), _time_of_day(end)
    return None if begins is None or ends is None else (ends - begins) % DAY


def _number(text: str) -> float:
    return float(text.strip().replace(",", "."))


def _in_words(text: str) -> float | None:
    try:
        found = read_duration(text)
    except Refused:
        return None
    return None if isinstance(found, Unclear) else found * 60.0


def _time_of_day(text: str) -> int | None:
    """The time that a cell ends with, in seconds: `14:05`, `2:05 PM`, `2026-11-25T14:05:00Z`."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        return None
    dated = _DATED.match(text)
    found = _TIME.fullmatch(text[dated.end() :] if dated else text)
    if found is None:
        return None
    hours, minutes = int(found[1]), int(found[2])
    if found[4]:
        hours = hours % 12 + (12 if found[4] in "pP" else 0)
    return hours * 3600 + minutes * 60 + int(found[3] or 0) if hours < 24 and minutes < 60 else None
