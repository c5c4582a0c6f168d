"""The grammar of lengths of time: amounts and their units, sums of them, and the time between two clock times.

It works on the short spelling (`duration_words.shorten`) and says all that words can mean; which of it is possible
decides the option that is filled (`duration.read_length`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from bot.domain.clock_time import ClockTime, NoSuchTime, read_clock
from bot.domain.duration_words import drop_about, shorten
from bot.domain.pattern import compile_on_use

HOUR, DAY, HALF_DAY = 60, 24 * 60, 12 * 60
LEAST_BARE_MINUTES = 25
"""A bare whole number from here on means minutes (product rules, "What people type")."""
_PART = f"(?:{'|'.join(f'{below}/[{below + 1}-9]' for below in range(1, 9))})"
_AMOUNT = rf"(?:[0-9]+(?: and)? )?{_PART}|[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+"
_BARE = compile_on_use(_AMOUNT)
_TERM = compile_on_use(rf"(?P<amount>{_AMOUNT}) ?(?P<unit>[hms])(?![a-z])")
_BEHIND_HOURS = compile_on_use(rf"(?: and)? ?(?:(?P<part>{_PART})|(?P<minutes>[0-9]{{1,2}}))$")
_JOINT = compile_on_use(r"(?P<plus>,? and )|,? ?")
_COLON = compile_on_use(r"([0-9]*):([0-9]{2})(?::([0-9]{2}))?(?: ?h)?(?![0-9:])")
_TWO_DIGITS = compile_on_use(r"([0-9]+)[.,]([0-5][0-9])")
_THREE_DIGITS = compile_on_use(r"([1-9][0-9]{0,2}(?:[.,][0-9]{3})+)")
_UNITS = {"h": Fraction(HOUR), "m": Fraction(1), "s": Fraction(1, 60)}

_TIMES = compile_on_use(
    r"(?P<count>[0-9]{1,2}) ?(?:(?P<sign>[x*×]|times|mal|fois|veces)"
    r"|(?P<noun>(?P<known>(?:pomodoro|session|block|round|sprint|sitzung)[a-z]*)|(?!quarter|third|hal)[^\W\d_]{3,})),?"
    r" ?(?P<of>(?:of|à|a|zu je|zu|von|de|at) )?(?P<each>.+?)(?P<every>,? (?:each|je|chacune?))?"
)
_TIMES_BEHIND = compile_on_use(r"(?P<each>.+?) ?[x*×] ?(?P<count>[0-9]{1,2})")
"""A number of equal lengths: "3 x 25 min", "4 pomodoros of 25 min", "2 lectures, 45 min each"."""
_VAGUE = compile_on_use(
    r"(?:(?:a few|few|some|several|many|ein paar|einige|quelques|plusieurs|unas|varias|algunas) (?:[hm]|days?)"
    r"|(?:all|the whole|half the|half a|most of the|all the|den ganzen|toute? la)"
    r" (?:day|morning|afternoon|evening|night|tag|journée))"
)
_LENGTH = compile_on_use(r"(?:[0-9] ?h|:)(?!.*[ap]m)")
_LIKE_CLOCK = compile_on_use(r"[0-9]:[0-9]|[aph]")
_SURELY_CLOCK = compile_on_use(r"[0-9]:[0-9]|[ap]m")
_OPENING = compile_on_use(r"(from|between|von|zwischen|desde|de|entre) ")
_TO = compile_on_use(r" ?- ?| (?:to|until|till|til|bis|à|hasta) ")
_OR = compile_on_use(r" (?:or|oder|ou|o) ")
_TO_AFTER_OPENING = compile_on_use(r" ?- ?| (?:to|until|till|til|bis|à|hasta|a|and|und|et|y) ")


class Mistake(ValueError):
    """Raised for what is a length of time, but none that there is; says why, with `{}` for the words themselves."""


@dataclass(frozen=True, slots=True)
class Meanings:
    """What words can mean: exact minutes, the likeliest first; `is_certain` tells one that needs no question.

    `is_bare` is true of two numbers with a "to" between them, which may be pages as well.
    """

    minutes: tuple[Fraction, ...]
    is_certain: bool
    is_bare: bool = False


@dataclass(frozen=True, slots=True)
class BareNumber:
    """A number without a unit, and what it may be beside its decimals: a thousand, or minutes behind a point."""

    number: Fraction
    is_whole: bool
    thousands: Fraction | None = None
    with_minutes: Fraction | None = None


@lru_cache(maxsize=1024)  # a line is read in several ways, in which the same words come again
def parse(plain: str) -> Meanings | BareNumber | None:
    """Return what plain words can mean as a length of time, None if they are no such. Raises `Mistake`."""
    words = drop_about(plain)
    span = _parse_span(words)
    if span is not None:
        return span
    spelled, words = words, shorten(words)
    if _VAGUE.fullmatch(spelled) or _VAGUE.fullmatch(words):
        raise Mistake("I read {} as a time, but cannot tell how long it was.")
    if _BARE.fullmatch(words):
        return _parse_bare(words)
    total = _parse_sum(words)
    if total is None:
        return _parse_times(words)
    only = _TERM.fullmatch(words)
    other = _other_meaning(only["amount"], only["unit"]) if only else None
    if other is None:
        return Meanings((total,), is_certain=True)
    if only is None or only["unit"] != "m":
        return Meanings((total, other), is_certain=False)
    return Meanings((other, total), is_certain=False) if other <= DAY else Meanings((other,), is_certain=True)


def amount_of(words: str) -> Fraction:
    """Return the value of "2", "2.5", "2,5", "1/2", "2 1/2" or "2 and 1/2"."""
    if words.isdecimal():
        return Fraction(int(words))
    return sum((Fraction(piece.replace(",", ".")) for piece in words.replace("and", "").split()), Fraction(0))


def _parse_bare(words: str) -> BareNumber:
    number = amount_of(words)
    if thousands := _THREE_DIGITS.fullmatch(words):
        return BareNumber(number, is_whole=False, thousands=_in_thousands(thousands[1]))
    if (split := _TWO_DIGITS.fullmatch(words)) and split[2] != "25":
        return BareNumber(number, is_whole=False, with_minutes=Fraction(int(split[1]) * HOUR + int(split[2])))
    return BareNumber(number, words.isdecimal())


def _other_meaning(amount: str, unit: str) -> Fraction | None:
    """Return what an amount with a unit may mean beside its decimals: 1.000 m a thousand, 1.30 h an hour and a half."""
    if thousands := _THREE_DIGITS.fullmatch(amount):
        return _in_thousands(thousands[1]) * _UNITS[unit]
    split = _TWO_DIGITS.fullmatch(amount)
    if split and unit == "h" and split[2] not in ("25", "50"):
        return Fraction(int(split[1]) * HOUR + int(split[2]))
    return None


def _in_thousands(digits: str) -> Fraction:
    return Fraction(int(digits.replace(",", "").replace(".", "")))


def _parse_sum(words: str) -> Fraction | None:
    """Return the minutes of amounts that stand one behind another, or None. Raises `Mistake` for 75 minutes."""
    total, at, smallest, is_joined_by_and = Fraction(0), 0, "", True
    while at < len(words):
        term = _parse_term(words, at)
        if term is None:
            return None
        minutes, unit, at = term
        if not is_joined_by_and and not unit > smallest:  # "h" < "m" < "s": one behind another they get smaller
            return None
        if unit == "m" and smallest == "h" and minutes >= HOUR and not is_joined_by_and:
            raise _too_many_minutes(minutes)
        total, smallest = total + minutes, unit
        joint = _JOINT.match(words, at)
        assert joint is not None  # it matches nothing, too
        is_joined_by_and, at = joint["plus"] is not None and at < len(words), joint.end()
    return total if smallest and not is_joined_by_and else None


def _parse_times(words: str) -> Meanings | None:
    """Return what a number of equal lengths can mean: all of them, or one, where nothing says that each was so long."""
    behind = _TIMES_BEHIND.fullmatch(words)
    if behind and (each := _parse_sum(behind["each"])) is not None:
        return Meanings((int(behind["count"]) * each,), is_certain=True)
    match = _TIMES.fullmatch(words)
    if match is None or not any(match[name] for name in ("sign", "known", "of", "every")):
        return None
    each = _parse_sum(match["each"])
    if each is None and match["each"].isdecimal() and int(match["each"]) >= LEAST_BARE_MINUTES:
        each = amount_of(match["each"])
    if each is None:
        return None
    is_certain = bool(match["sign"] or match["every"] or (match["known"] and match["of"]))
    total = int(match["count"]) * each
    return Meanings((total,) if is_certain else (total, each), is_certain=is_certain)


def _parse_term(words: str, at: int) -> tuple[Fraction, str, int] | None:
    """Return the minutes of the amount at that place, its unit and where it ends; None where there is none."""
    if colon := _COLON.match(words, at):
        hours, minutes, seconds = (int(part or 0) for part in colon.groups())
        if max(minutes, seconds) >= HOUR:
            raise _too_many_minutes(Fraction(max(minutes, seconds)))
        return Fraction(hours * HOUR + minutes) + Fraction(seconds, 60), "m", colon.end()
    term = _TERM.match(words, at)
    if term is None or (at and words[at] == "."):
        return None
    length = amount_of(term["amount"]) * _UNITS[term["unit"]]
    behind = _BEHIND_HOURS.match(words, term.end()) if term["unit"] == "h" else None
    if behind is None:
        return length, term["unit"], term.end()
    if behind["part"]:
        return length + Fraction(behind["part"]) * HOUR, "m", behind.end()
    if int(behind["minutes"]) >= HOUR:
        raise _too_many_minutes(Fraction(int(behind["minutes"])))
    return length + int(behind["minutes"]), "m", behind.end()


def _too_many_minutes(minutes: Fraction) -> Mistake:
    return Mistake(f"I read {float(minutes):g} minutes beside the hours in {{}}, but an hour has 60.")


def _parse_span(words: str) -> Meanings | None:
    """Return what two times or amounts with a "to" between them can mean; None where there are not two."""
    opening = _OPENING.match(words)
    if opening:
        words = words[opening.end() :]
    for to in (_TO_AFTER_OPENING if opening else _TO).finditer(words):
        before, after = words[: to.start()], words[to.end() :]
        if before and after:
            meanings = _between(before, after, is_clock=opening is not None)
            if meanings is not None:
                return meanings
    for either in _OR.finditer(words):
        before, after = words[: either.start()], words[either.end() :]
        amounts = tuple(_two_amounts(before, after))
        if amounts:
            return Meanings(amounts, is_certain=False, is_bare=_are_bare(before, after))
    return None


def _between(before: str, after: str, *, is_clock: bool) -> Meanings | None:
    amounts = () if is_clock else tuple(_two_amounts(before, after))
    is_bare = not is_clock and _are_bare(before, after)
    try:
        first, last = read_clock(before), read_clock(after)
    except NoSuchTime as error:
        if amounts:
            return Meanings(amounts, is_certain=False, is_bare=is_bare)
        if is_clock or _SURELY_CLOCK.search(f"{before} {after}"):
            raise Mistake(f"I read a time in {{}}, {error}, that no clock shows.") from None
        return None
    # A length, and behind its dash a date or a number: “1:30 - 20 exercises”.
    is_length = not is_clock and bool(_LENGTH.search(before)) and not _LIKE_CLOCK.search(after)
    if first is None or last is None or is_length:
        return Meanings(amounts, is_certain=False, is_bare=is_bare) if amounts else None
    if first.minutes() == last.minutes():
        raise Mistake("I read {} as no time at all: it ends when it begins.")
    spans = tuple(dict.fromkeys(_spans(first, last)))
    if is_clock or not all(each.is_bare or each.is_h for each in (first, last)):
        return Meanings(spans, is_certain=len(spans) == 1)
    meanings = (*amounts, *spans) if last.is_h else (*spans, *amounts)
    return Meanings(tuple(dict.fromkeys(meanings)), is_certain=False, is_bare=is_bare)


def _are_bare(*amounts: str) -> bool:
    return all(_BARE.fullmatch(shorten(amount)) for amount in amounts)


def _spans(first: ClockTime, last: ClockTime) -> Iterator[Fraction]:
    """Yield how long it can be from one time to the other, the likeliest first."""
    if first.half and last.half:
        lengths = [_length(first.minutes(), last.minutes())]
    elif first.half or last.half:
        lengths = [min(_length(first.minutes(half), last.minutes(half)) for half in "ap")]
    else:
        lengths = [_length(first.minutes(), last.minutes())]
        if DAY > lengths[0] > HALF_DAY and first.hour <= 12 and last.hour <= 12:  # from 11:00 to 1:00
            lengths.insert(0, lengths[0] - HALF_DAY)
    yield from map(Fraction, lengths)


def _length(begins: int, ends: int) -> int:
    """Return the minutes from one time of day to another, over midnight perhaps: 1 to 1,440."""
    return (ends - begins - 1) % DAY + 1


def _two_amounts(before: str, after: str) -> Iterator[Fraction]:
    """Yield both ends of "2-3h", of which the first may lack its unit; nothing where they are no two amounts."""
    before, after = shorten(before), shorten(after)
    last = _TERM.fullmatch(after)
    if _BARE.fullmatch(before):
        unit = last["unit"] if last else _unit_of_bare(before, after)
        before = f"{before} {unit}"
        after = after if last else f"{after} {unit}"
    first, last = _TERM.fullmatch(before), _TERM.fullmatch(after)
    if first and last:
        smaller, larger = (amount_of(term["amount"]) * _UNITS[term["unit"]] for term in (first, last))
        if smaller < larger:
            yield from (smaller, larger)


def _unit_of_bare(before: str, after: str) -> str:
    """Return the unit that two bare numbers have as times: hours up to 12, minutes from 25; else none."""
    if not _BARE.fullmatch(after):
        return ""
    smaller, larger = amount_of(before), amount_of(after)
    return "h" if larger <= 12 else "m" if smaller > 24 else ""
