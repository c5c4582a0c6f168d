"""Time in whole minutes as people type it, read exactly, asked about, or refused; and as it is said back.

One reader for every option that is a length of time: each has its `Bounds`, and what it cannot be is no reading of it
(product rules, "What people type"). What is guessed is asked, because a wrong number in somebody's week is worse than
a question.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import NewType

from bot.domain.duration_grammar import BareNumber, Meanings, Mistake, parse
from bot.domain.names import quoted
from bot.domain.pattern import compile_on_use
from bot.domain.plain import plain
from bot.errors import Offer, Refused, Understood

Minutes = NewType("Minutes", int)
HOUR = Minutes(60)
DAY_LIMIT = Minutes(1440)
LONGEST_INPUT = 64
EXAMPLE = "2h30"

_TO_A_DATE = compile_on_use(r"\s*\d{1,2}\s*[-–—]\s*(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.\s*")
"""“3 - 20.11.” is three hours on the 20th of November, and not from 3:00 to 20:11."""

_HOURS_WORTH_SAYING = 1000
_EXACT_BELOW_MINUTES = 100 * HOUR


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a length of time can be: from `least` to `most` minutes, said by `too_little` and `too_much`.

    A bare whole number up to `bare_hours` means hours, and a larger one minutes: surely if `takes_bare_minutes`, else
    it is asked about where it makes half hours.
    """

    least: Minutes
    most: Minutes
    too_little: str
    too_much: str
    bare_hours: int
    takes_bare_minutes: bool
    noun: str = "time"
    name: str = "a time"
    example: str = EXAMPLE


OF_A_DAY = Bounds(Minutes(1), DAY_LIMIT, "1 minute is the least", "a day has 24", 12, takes_bare_minutes=True)


def read_duration(text: str) -> Minutes:
    """Return the minutes (1 to `DAY_LIMIT`) that `text` means, fractions rounded half up.

    A bare number up to 12, or with a fraction, means hours, a whole one from 25 minutes (product rules, "Check-in").
    Raises `Refused` with what was understood: `Understood` where it is a time, with offers where it can be several.
    """
    return read_length(text, OF_A_DAY)


def read_length(text: str, bounds: Bounds, simplify: Callable[[str], str] = str) -> Minutes:
    """Return the minutes within `bounds` that `text` means, once `simplify` has taken off what an option has beside.

    Raises like `read_duration`.
    """
    if len(text) > LONGEST_INPUT:
        raise Refused(f"That has {len(text):,} characters, too many for {bounds.name}.", bounds.example)
    words = simplify(plain(text))
    if not words:
        raise Refused(f"I found no {bounds.noun} there.", bounds.example)
    if _TO_A_DATE.fullmatch(text):
        raise Refused(f"I can't read {quoted(text)} as {bounds.name}.", bounds.example)
    if words.startswith("-") and _is_length(words[1:].lstrip()):
        raise Understood(f"I read {quoted(text)} as less than nothing.", bounds.example)
    try:
        parsed = parse(words)
    except Mistake as mistake:
        raise Understood(str(mistake).format(quoted(text)), bounds.example) from None
    if parsed is None:
        raise Refused(f"I can't read {quoted(text)} as {bounds.name}.", bounds.example)
    if isinstance(parsed, BareNumber):
        return _decide_bare(parsed, text, bounds)
    return decide(parsed, text, bounds)


def say(minutes: int) -> str:
    """Say a sum of minutes, 0 or more, as every text does: "45 min", "2 h 30", "10 h"."""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return f"{rest} min"
    return f"{hours:,} h {rest:02}" if rest else f"{hours:,} h"


def say_in_full(minutes: int) -> str:
    """Say a sum of minutes with its units in full, for those who hear it: "45 minutes", "2 hours 30 minutes"."""
    hours, rest = divmod(minutes, HOUR)
    parts = [
        f"{count:,} {unit}{'' if count == 1 else 's'}" for count, unit in ((hours, "hour"), (rest, "minute")) if count
    ]
    return " ".join(parts) or "0 minutes"


def say_hours(minutes: int) -> str:
    """Say a large sum of minutes in whole hours, rounded down: "87 h"; below one hour its minutes."""
    return say(minutes - minutes % HOUR) if minutes >= HOUR else say(minutes)


def say_total(minutes: int) -> str:
    """Say all that somebody has studied, as every card and picture does: exactly, from 100 hours on in whole hours."""
    return say(round_total(minutes))


def say_total_in_full(minutes: int) -> str:
    """Say all that somebody has studied like `say_total`, with units in full."""
    return say_in_full(round_total(minutes))


def round_total(minutes: int) -> int:
    """Return the minutes that `say_total` says of a sum."""
    return minutes if minutes < _EXACT_BELOW_MINUTES else minutes - minutes % HOUR


def has_unit(text: str) -> bool:
    """Return True if `text` says its unit, or is a time by its form; a bare number may count anything."""
    try:
        meanings = parse(plain(text))
    except Mistake:
        return True
    return isinstance(meanings, Meanings) and not meanings.is_bare


def _is_length(words: str) -> bool:
    try:
        return parse(words) is not None
    except Mistake:
        return True


def _decide_bare(bare: BareNumber, text: str, bounds: Bounds) -> Minutes:
    in_hours = bare.number * HOUR
    if bare.thousands is not None:
        is_hours = bare.thousands <= bounds.bare_hours
        return decide(Meanings((bare.thousands * (HOUR if is_hours else 1), in_hours), is_certain=False), text, bounds)
    if bare.with_minutes is not None:
        return decide(Meanings((bare.with_minutes, in_hours), is_certain=False), text, bounds)
    if not bare.is_whole or bare.number <= bounds.bare_hours:
        return decide(Meanings((in_hours,), is_certain=True), text, bounds)
    hours, minutes = (Minutes(int(amount)) for amount in (in_hours, bare.number))
    number = int(bare.number)
    if minutes > bounds.most:
        raise Understood(f"I read {quoted(text)} as hours or minutes, but {bounds.too_much}.", bounds.example)
    if hours <= bounds.most:
        raise _question(f"{number} hours or {number} minutes?", [hours, minutes], bounds)
    if bounds.takes_bare_minutes:
        return minutes
    if minutes % (HOUR // 2) or minutes < bounds.least:
        raise _out_of_bounds(in_hours, text, bounds)
    sentence = f"I read {quoted(text)} as {number} hours, but {bounds.too_much}. Did you mean {number} minutes?"
    raise _question(sentence, [minutes], bounds)


def decide(meanings: Meanings, text: str, bounds: Bounds) -> Minutes:
    """Return the only meaning of `text` that fits the bounds, if it is the likeliest; else raise `Understood`."""
    rounded = [_rounded(exact) for exact in meanings.minutes]
    fitting = list(dict.fromkeys(minutes for minutes in rounded if bounds.least <= minutes <= bounds.most))
    if not fitting:
        raise _out_of_bounds(meanings.minutes[0], text, bounds)
    if len(fitting) == 1 and (meanings.is_certain or fitting[0] == rounded[0]):
        return fitting[0]
    if len(fitting) == 1:
        raise _question(f"Is {quoted(text)} {say(fitting[0])}?", fitting, bounds)
    *others, last = map(say, fitting)
    raise _question(f"{quoted(text)} can be {', '.join(others)} or {last}. Which is it?", fitting, bounds)


def _question(sentence: str, readings: list[Minutes], bounds: Bounds) -> Understood:
    return Understood(sentence, bounds.example, [Offer(say(minutes), f"{minutes}m") for minutes in readings])


def _out_of_bounds(exact: Fraction, text: str, bounds: Bounds) -> Understood:
    if exact >= bounds.least:
        return Understood(f"I read {quoted(text)} as {_say_too_much(exact)}, but {bounds.too_much}.", bounds.example)
    if not exact:
        understood = "no time at all"
    elif exact < Fraction(1, 2):
        understood = "less than half a minute"
    else:
        understood = say(_rounded(exact))
    return Understood(f"I read {quoted(text)} as {understood}; {bounds.too_little}.", bounds.example)


def _say_too_much(exact: Fraction) -> str:
    hours, rest = divmod(_rounded(exact), HOUR)
    if hours >= _HOURS_WORTH_SAYING:
        return f"more than {_HOURS_WORTH_SAYING:,} hours"
    return say(hours * HOUR + rest) if rest else f"{hours} hours"


def _rounded(exact: Fraction) -> Minutes:
    """Round half up, in whole numbers."""
    return Minutes((2 * exact.numerator + exact.denominator) // (2 * exact.denominator))
