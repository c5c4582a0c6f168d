"""Lengths as time trackers write them, in milliseconds: clocks, numbers, words. What has two readings has none."""

import re
from enum import Enum
from typing import NamedTuple
from unicodedata import normalize

from bot.domain.duration import read_duration
from bot.domain.pattern import compile_on_use
from bot.domain.timesheet.titles import Unit
from bot.errors import Refused

LONGEST = 48
DAY_MS = 24 * Unit.HOURS
HALF_MINUTE_MS = 30 * Unit.SECONDS
CLOCK_DIGITS = 2

_CLOCK = compile_on_use(r"([0-9]{1,5}):([0-9]{1,2})(?::([0-9]{1,2})(?:[.,]([0-9]+))?)?(?: ?h(?:rs?|ours?)?\.?)?")
_MINUTES_CLOCK = compile_on_use(r"([0-9]{1,5}):([0-9]{2}) ?m(?:ins?)?\.?")
_NUMBER = compile_on_use(r"([0-9]{1,16})(?:([.,])([0-9]{1,20}))?|([.,])([0-9]{1,20})")
_DAYS = compile_on_use(r"([0-9]{1,4}) days?,? +([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?")
_ISO = compile_on_use(
    r"P(?=.)(?:([0-9]{1,4})D)?(?:T(?=.)(?:([0-9]{1,4})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,8})(?:[.,]([0-9]+))?S)?)?"
)
_H = (
    r"(?:h(?:ou)?rs?|h|std\.?|stunden?|heures?|horas?|ore|uur|uren|godz(?:in|iny|ina)?\.?|jam"
    r"|小时|小時|時間|시간|час(?:а|ов)?|ч\.?)"  # noqa: RUF001 - Russian
)
_M = r"(?:['\u2032]|m(?:in(?:ute[ns]?|utos?|uti|uty|ut)?s?)?\.?|menit|分钟|分鐘|分|분|мин(?:ут[аы]?)?\.?)"
_S = r"(?:s(?:ec(?:ond[esoi]*)?s?)?\.?|sekunden?|detik|秒|초|сек(?:унд[аы]?)?\.?)"
_AMOUNT = r"([0-9]{1,8}(?:[.,][0-9]{1,9})?)"
_PARTS = compile_on_use(rf"(?:{_AMOUNT} ?{_H})?,? ?(?:{_AMOUNT} ?{_M})?,? ?(?:{_AMOUNT} ?{_S})?")
_HOURS_THEN_MINUTES = compile_on_use(rf"([0-9]{{1,4}}) ?{_H} ?([0-9]{{1,2}})")
_OF_DAY = r"[0-9]{1,2}[:.][0-9]{2}(?: ?[ap]m)?"
_RANGE = compile_on_use(rf"{_OF_DAY} ?(?:[-\u2013\u2192]|to|bis|until) ?{_OF_DAY}", re.IGNORECASE)
_HAS_UNIT = compile_on_use(r"hour|min|\dh|\d h\b|\bhrs?\b", re.IGNORECASE)


class ClockKind(Enum):
    """The unit in front of a clock of two numbers: 1:30 is an hour and a half, or a minute and a half."""

    HOURS = "hh:mm"
    MINUTES = "mm:ss"


class LengthUnit(NamedTuple):
    """What lengths of a column are read by: the unit of bare numbers, that of clocks, and what a dot means.

    Where `has_decimal_dots`, a dot before three digits is a decimal point as well. Where `has_clock_dots`, two digits
    behind a dot are minutes: 1.30 is an hour and a half.
    """

    number: Unit | None = None
    clock: ClockKind = ClockKind.HOURS
    has_decimal_dots: bool = False
    has_clock_dots: bool = False


def read_length(text: str, unit: LengthUnit) -> int | None:
    """Return the milliseconds of a cell; None if it is no length, or if it can be read in two ways."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        return None
    if not text.isascii():
        text = normalize("NFKC", text).strip()
    if match := _CLOCK.fullmatch(text):
        return _read_clock(match, unit.clock)
    if match := _NUMBER.fullmatch(text):
        return None if unit.number is None else _read_number(match, unit.number, unit)
    if match := _MINUTES_CLOCK.fullmatch(text):
        return _in_ms(0, int(match[1]), int(match[2]))
    if match := _DAYS.fullmatch(text.lower()):
        return _in_ms(int(match[1]) * 24 + int(match[2]), int(match[3]), int(match[4]))
    if match := _ISO.fullmatch(text.upper()):
        days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[:4])
        return _in_ms(days * 24 + hours, minutes, seconds)
    lowered = text.casefold()
    if match := _HOURS_THEN_MINUTES.fullmatch(lowered):
        return _in_ms(int(match[1]), int(match[2]), 0) if int(match[2]) < 60 else None
    if match := _PARTS.fullmatch(lowered):
        amounts = [float((amount or "0").replace(",", ".")) for amount in match.groups()]
        return round(amounts[0] * Unit.HOURS + amounts[1] * Unit.MINUTES + amounts[2] * Unit.SECONDS)
    return _in_words(text)


def is_number(text: str) -> bool:
    """Return True for a bare number."""
    return _NUMBER.fullmatch(text.strip()) is not None


def has_decimal_dot(text: str) -> bool:
    """Return True for a number whose dot can only be a decimal point."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None or (match[2] or match[4]) != ".":
        return False
    return match[4] is not None or len(match[3]) != 3 or match[1] == "0" or len(match[1]) > 3


def is_short_clock(text: str) -> bool:
    """Return True for a clock of two numbers."""
    match = _CLOCK.fullmatch(text.strip())
    return match is not None and match[3] is None


def is_clock(text: str) -> bool:
    """Return True for a clock of two or three numbers."""
    return _CLOCK.fullmatch(text.strip()) is not None


def _read_clock(match: re.Match[str], kind: ClockKind) -> int | None:
    first, second, third = int(match[1]), int(match[2]), int(match[3] or 0)
    if second >= 60 or third >= 60:
        return None
    is_minutes = kind is ClockKind.MINUTES and match[3] is None
    fraction = int((match[4] or "0")[:3].ljust(3, "0"))
    return (_in_ms(0, first, second) if is_minutes else _in_ms(first, second, third)) + fraction


def _read_number(match: re.Match[str], unit: Unit, read_by: LengthUnit) -> int | None:
    whole, sign, digits = match[1] or "0", match[2] or match[4], match[3] or match[5]
    if digits is None:
        return int(whole) * unit
    if read_by.has_clock_dots and len(digits) == CLOCK_DIGITS:
        return _in_ms(int(whole), int(digits), 0)
    decimal = round(float(f"{whole}.{digits}") * unit)
    is_open = len(digits) == 3 and whole != "0" and len(whole) <= 3 and not (sign == "." and read_by.has_decimal_dots)
    if not is_open:
        return decimal
    readings = (decimal, int(whole + digits) * unit)
    possible = [reading for reading in readings if HALF_MINUTE_MS <= reading <= DAY_MS]
    if sign == "." and unit <= Unit.SECONDS:
        return decimal
    return possible[0] if len(possible) == 1 else None


def _in_ms(hours: int, minutes: int, seconds: int) -> int:
    return hours * Unit.HOURS + minutes * Unit.MINUTES + seconds * Unit.SECONDS


def _in_words(text: str) -> int | None:
    """Return a length that people would type with its unit; “ten” alone has none."""
    if not _HAS_UNIT.search(text) and not _RANGE.fullmatch(text):
        return None
    try:
        return read_duration(text.replace("\u2192", "-")) * Unit.MINUTES
    except Refused:
        return None
