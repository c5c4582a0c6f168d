"""Moments that come again as people type them: "thu 18:00", "6pm on thursdays", "mittwoch 19h", "daily 20:00"."""

from dataclasses import dataclass
from datetime import time

from bot.domain.clock_time import PATTERN, ClockTime, NoSuchTime, spell_clock
from bot.domain.names import quoted
from bot.domain.pattern import compile_on_use
from bot.domain.plain import plain
from bot.domain.schedule import Moment
from bot.domain.weekdays import WEEKDAYS
from bot.errors import Offer, Refused, Understood

LONGEST_INPUT = 64
WEEKLY_EXAMPLE = "thu 18:00"
DAILY_EXAMPLE = "20:00"

_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORTEST_BEGINNING = 3
_SAYS_DAILY = frozenset({"daily", "day", "days", "everyday", "täglich", "tag"})
_FILLERS = frozenset({"on", "at", "@", "every", "each", "o'clock", "um", "am", "jeden", "le", "el", "à", "a", "las"})
_TIME = compile_on_use(PATTERN)
_NOON = 12


def read_moment(text: str, default: Moment | None = None, *, daily: bool = False) -> Moment:
    """Return the moment of "thu 18:00", "6pm on thursdays", "18:00" or "thu"; `default` gives the part that is missing.

    A `daily` one is a time alone, with or without the word "daily". Raises `Refused` for an empty text and for what is
    no moment, `Understood` for a time that no clock shows, one without its other part, and a bare "wed 7", which can be
    the morning or the evening: both are offered.
    """
    example = DAILY_EXAMPLE if daily else WEEKLY_EXAMPLE
    parts = _Parts.of(text, example)
    if parts.clock is None or not parts.clock.is_bare or not 0 < parts.clock.hour < _NOON:
        return _complete(parts, _at(parts.clock, text, example), default, daily=daily)
    moments = [_complete(parts, time(parts.clock.minutes(half) // 60), default, daily=daily) for half in ("a", "p")]
    offers = [Offer(str(moment), moment.key) for moment in moments]
    raise Understood(f"Is {quoted(text)} in the morning or in the evening?", example, offers)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a typed moment: a weekday, the word "daily", a time; each may be missing."""

    text: str
    weekday: int | None
    says_daily: bool
    clock: ClockTime | None
    example: str

    @classmethod
    def of(cls, text: str, example: str) -> "_Parts":
        if len(text) > LONGEST_INPUT:
            raise Refused(f"I read at most {LONGEST_INPUT} characters as a time, and this has {len(text):,}.", example)
        words = spell_clock(plain(text).replace(",", " "))
        if not words:
            raise Refused("I can't find a time there.", example)
        times = list(_TIME.finditer(words))
        others = [word for word in _TIME.sub(" ", words).split() if word not in _FILLERS]
        weekdays = [day for day in map(_weekday, others) if day is not None]
        unknown = len(others) - len(weekdays)
        says_daily = unknown > 0 and unknown == sum(word in _SAYS_DAILY for word in others)
        if (unknown and not says_daily) or len(weekdays) > 1 or len(times) > 1 or not (others or times):
            raise Refused(f"I can't read {quoted(text)} as a day and a time.", example)
        try:
            clock = ClockTime.of(times[0]) if times else None
        except NoSuchTime as error:
            raise Understood(f"I read the time in {quoted(text)} as {error}, which no clock shows.", example) from None
        return cls(text, weekdays[0] if weekdays else None, says_daily, clock, example)

    def refusal(self, reading: str) -> Understood:
        """Return the refusal of words that were read "as …", as the sentence goes on."""
        return Understood(f"I read {quoted(self.text)} {reading}.", self.example)


def _weekday(word: str) -> int | None:
    """Return the number of a weekday from its name, plural or first letters: "thursdays", "thurs", "thu"; or None."""
    word = word.rstrip(".")
    number = WEEKDAYS.get(word, WEEKDAYS.get(word.removesuffix("s")))
    if number is not None or len(word) < _SHORTEST_BEGINNING:
        return number
    return next((number for number, name in enumerate(_NAMES) if name.casefold().startswith(word)), None)


def _at(clock: ClockTime | None, text: str, example: str) -> time | None:
    if clock is None:
        return None
    try:
        return clock.at()
    except NoSuchTime:
        sentence = f"I read the time in {quoted(text)} as 24:00, but midnight is 0:00 of the next day."
        raise Understood(sentence, example) from None


def _complete(parts: _Parts, at: time | None, default: Moment | None, *, daily: bool) -> Moment:
    """Return the moment of a weekday and a time, with what is missing from the default. Raises `Understood`."""
    at = at or (default.at if default else None)
    weekday = parts.weekday
    if daily and weekday is not None:
        raise parts.refusal(f"as {_NAMES[weekday]}, but this comes every day, so it takes a time alone")
    if not daily and parts.says_daily:
        raise parts.refusal("as every day, but this comes once a week")
    if not daily and weekday is None:
        weekday = default.weekday if default else None
        if weekday is None:
            raise parts.refusal("as a time, but not on which weekday")
    if at is None:
        day = "every day" if daily else _NAMES[weekday or 0]
        raise parts.refusal(f"as {day}, but not at what time")
    return Moment(None if daily else weekday, at)
