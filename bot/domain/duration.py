"""Time in whole minutes as people type it, read exactly or not at all, and as it is said back.

The grammar is small on purpose: an amount, a unit, perhaps minutes behind hours. Whatever it does not know
it refuses, because a wrong number in somebody's week is worse than a question.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import NewType
from unicodedata import normalize

from bot.domain.names import clean, quoted
from bot.errors import Refused

Minutes = NewType("Minutes", int)
HOUR = Minutes(60)
DAY_LIMIT = Minutes(1440)
LONGEST_INPUT = 64
EXAMPLE = "2h30"

_LARGEST_BARE_HOURS = 12
_HOURS_WORTH_SAYING = 1000

_ONES = {word: at for at, word in enumerate("one two three four five six seven eight nine".split(), 1)}
_TEENS = {"ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_WORDS = _ONES | _TEENS | _TENS
_SIGNS = str.maketrans(
    {chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F)}  # full-width forms
    | {sign: " " + normalize("NFKC", sign).replace("\u2044", "/") for sign in "½⅓⅔¼¾⅛⅜⅝⅞"}
    | {"\u2044": "/", "\u2212": "-", "\u2010": "-", "\u2011": "-", "\u2013": "-"}
)

_HYPHEN_IN_WORD = re.compile(r"(?<=[a-z])-(?=[a-z])")
_HALF = re.compile(r"(?:^|(?<= and ))(?:a )?half(?: an?)?\b")
_QUARTER = re.compile(r"(?:^|(?<= and ))(?:(three quarters?)|(?:a )?quarter)(?: of)?(?: an?)?\b")
_ARTICLE = re.compile(r"\ban? (?=hour|min)")
_WORD = re.compile(rf"\b(?:(?:{'|'.join(_TENS)}) (?:{'|'.join(_ONES)})|{'|'.join(_WORDS)})\b")
_THOUSANDS = re.compile(r"(?<![0-9])[1-9][0-9]*,[0-9]{3}(?![0-9])")

_PART = f"(?:{'|'.join(f'{below}/[{below + 1}-9]' for below in range(1, 9))})"
_AMOUNT = rf"((?:[0-9]+(?: and)? )?{_PART}|[0-9]+(?:[.,][0-9]+)?|\.[0-9]+)"
_H = r"h(?:ours?|rs?)?"
_M = r"m(?:in(?:ute)?s?)?"
_BARE = re.compile(_AMOUNT)
_MINUTES = re.compile(rf"{_AMOUNT} ?{_M}")
_HOURS = re.compile(rf"{_AMOUNT} ?{_H}")
_HOURS_AND_PART = re.compile(rf"{_AMOUNT} ?{_H} and ({_PART})")
_HOURS_AND_MINUTES = re.compile(rf"{_AMOUNT} ?{_H}(?: and|,)? ?([0-9]{{1,2}})(?: ?{_M})?")
_CLOCK = re.compile(rf"([0-9]+):([0-9]{{2}})(?: ?{_H})?")


@dataclass(frozen=True, slots=True)
class Unclear:
    """A bare number too large to mean hours unasked; one of its readings fits a day, not always both."""

    number: str
    hours: Minutes
    minutes: Minutes


def read_duration(text: str) -> Minutes | Unclear:
    """Return the minutes (1 to `DAY_LIMIT`) that `text` means, fractions rounded half up.

    A bare number up to 12 means hours, a larger one is Unclear (product rules, "Check-in"). Raises Refused with what
    was understood.
    """
    if len(text) > LONGEST_INPUT:
        raise _refusal(f"That has {len(text):,} characters, too many for a time.")
    plain = _plain(text)
    if not plain:
        raise _refusal("I found no time there.")
    if _THOUSANDS.search(plain):
        raise _refusal(f"I can't tell whether {quoted(text)} has decimals or thousands.")
    if _BARE.fullmatch(plain):
        return _read_bare(plain, text)
    if plain.startswith("-") and _is_time(plain[1:].lstrip()):
        raise _refusal(f"I read {quoted(text)} as less than nothing.")
    parts = _parse(plain)
    if parts is None:
        raise _refusal(f"I can't read {quoted(text)} as a time.")
    hours, minutes = parts
    if hours is not None and minutes >= HOUR:
        raise _refusal(f"I read {minutes} minutes beside the hours in {quoted(text)}, but an hour has 60.")
    return _within_a_day((hours or 0) * HOUR + minutes, text)


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


def _plain(text: str) -> str:
    """Fold case and signs, and put digits for words: "An Hour and a half" becomes "1 hour and 1/2"."""
    plain = " ".join(clean(text, LONGEST_INPUT).translate(_SIGNS).lower().split())
    plain = _HYPHEN_IN_WORD.sub(" ", plain)
    plain = _HALF.sub("1/2", plain)
    plain = _QUARTER.sub(lambda match: "3/4" if match[1] else "1/4", plain)
    plain = _ARTICLE.sub("1 ", plain)
    return _WORD.sub(lambda match: str(sum(_WORDS[word] for word in match[0].split())), plain)


def _parse(plain: str) -> tuple[Fraction | None, Fraction] | None:
    """Return hours (None where none are named) and minutes; None if `plain` is no time with a unit or a colon."""
    if match := _MINUTES.fullmatch(plain):
        return None, _amount(match[1])
    if match := _HOURS.fullmatch(plain):
        return _amount(match[1]), Fraction(0)
    if match := _HOURS_AND_PART.fullmatch(plain):
        return _amount(match[1]) + Fraction(match[2]), Fraction(0)
    if match := _CLOCK.fullmatch(plain) or _HOURS_AND_MINUTES.fullmatch(plain):
        return _amount(match[1]), Fraction(match[2])
    return None


def _is_time(plain: str) -> bool:
    return bool(_BARE.fullmatch(plain) or _parse(plain))


def _amount(digits: str) -> Fraction:
    """Return the value of a match of `_AMOUNT`: "2", "2.5", "2,5", "1/2", "2 1/2" or "2 and 1/2"."""
    if digits.isdecimal():
        return Fraction(int(digits))
    return sum((Fraction(piece.replace(",", ".")) for piece in digits.replace("and", "").split()), Fraction(0))


def _read_bare(plain: str, text: str) -> Minutes | Unclear:
    amount = _amount(plain)
    if amount <= _LARGEST_BARE_HOURS:
        return _within_a_day(amount * HOUR, text)
    minutes = _rounded(amount)
    if minutes > DAY_LIMIT:
        raise _refusal(f"I read {quoted(text)} as hours or minutes, but either is more than a day.")
    return Unclear(plain.lstrip("0"), _rounded(amount * HOUR), minutes)


def _within_a_day(exact: Fraction, text: str) -> Minutes:
    minutes = _rounded(exact)
    if not exact:
        raise _refusal(f"I read {quoted(text)} as no time at all; 1 minute is the least.")
    if not minutes:
        raise _refusal(f"I read {quoted(text)} as less than half a minute; 1 minute is the least.")
    if minutes > DAY_LIMIT:
        raise _refusal(f"I read {quoted(text)} as {_say_too_long(minutes)}, but a day has 24.")
    return minutes


def _say_too_long(minutes: int) -> str:
    hours, rest = divmod(minutes, HOUR)
    if hours >= _HOURS_WORTH_SAYING:
        return f"more than {_HOURS_WORTH_SAYING:,} hours"
    return say(minutes) if rest else f"{hours} hours"


def _rounded(exact: Fraction) -> Minutes:
    """Round half up, in whole numbers."""
    return Minutes((2 * exact.numerator + exact.denominator) // (2 * exact.denominator))


def _refusal(sentence: str) -> Refused:
    return Refused(sentence, EXAMPLE)
