"""Times of day as people type them: `19:00`, `7pm`, `8.30 pm`, `19h`, `19h30`, `1930`, `noon`."""

import re
from dataclasses import dataclass
from datetime import time

from bot.domain.pattern import compile_on_use

NAMED = {"noon": "12:00", "midday": "12:00", "midnight": "00:00", "mittag": "12:00", "mitternacht": "00:00"}
PATTERN = (
    r"(?:(?P<packed>(?:0[0-9]|1[0-9]|2[0-3])[0-5][0-9])(?![0-9])(?: ?(?:h|uhr)\b)?"
    r"|(?P<hour>[0-9]{1,2})(?:[:.h](?P<minute>[0-9]{2})(?: ?uhr)?|(?P<mark> ?(?:h|uhr))(?![a-z]))?)"
    r"(?: ?(?P<half>[ap])\.? ?m\.?)?"
)
_CLOCK = compile_on_use(PATTERN)
_PART_OF_DAY = compile_on_use(
    r"(?P<time>\b[0-9]{1,2}(?:[:.][0-9]{2})?) (?:in the (?P<part>morning|afternoon|evening)|(?P<night>at night))"
)
_NAMED = compile_on_use(rf"\b(?:{'|'.join(NAMED)})\b")


class NoSuchTime(ValueError):
    """Raised for a time that no clock shows."""


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day as it was written. `half` is "a" or "p" where am or pm stands with it, else "".

    `is_bare` tells a number without any sign of a clock; `is_h` one with a mere "h", which may be a length as well.
    """

    hour: int
    minute: int
    half: str
    is_bare: bool
    is_h: bool

    @classmethod
    def of(cls, match: re.Match[str]) -> "ClockTime":
        """Return the time of a match of `PATTERN`. Raises `NoSuchTime` for 25:00, 13 pm or 9:75."""
        packed, half = match["packed"], match["half"] or ""
        hour = int(packed[:2] if packed else match["hour"])
        minute = int(packed[2:] if packed else match["minute"] or 0)
        if minute >= 60 or hour > 24 or (hour == 24 and minute) or (half and not 1 <= hour <= 12):
            raise NoSuchTime(match[0])
        has_minute = bool(packed or match["minute"])
        return cls(hour, minute, half, not (has_minute or match["mark"] or half), bool(match["mark"]))

    def minutes(self, half: str = "") -> int:
        """Return the minutes since midnight, 0 to 1,440, in the half of the day that is written, else in `half`."""
        half = self.half or half
        hour = self.hour % 12 + (12 if half == "p" else 0) if half else self.hour
        return hour * 60 + self.minute

    def at(self) -> time:
        """Return the time of day. Raises `NoSuchTime` for 24:00, which belongs to the next day."""
        minutes = self.minutes()
        if minutes >= 24 * 60:
            raise NoSuchTime("24:00")
        return time(minutes // 60, minutes % 60)


def spell_clock(words: str) -> str:
    """Return plain words with figures for times that have a name: "noon" as "12:00", "7 in the evening" as "7 pm"."""
    words = _NAMED.sub(lambda match: NAMED[match[0]], words)
    return _PART_OF_DAY.sub(lambda match: f"{match['time']} {'am' if match['part'] == 'morning' else 'pm'}", words)


def read_clock(words: str) -> ClockTime | None:
    """Return the time that plain words are, None if they are none. Raises `NoSuchTime` like `ClockTime.of`."""
    match = _CLOCK.fullmatch(spell_clock(words))
    return ClockTime.of(match) if match else None
