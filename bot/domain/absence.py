"""The days of an absence as people type them: "sunday", "for 2 weeks", "fri to mon", "7-13 Dec", "next week".

The end is read from the beginning: "fri from: next monday" is the Friday after that Monday (product rules, "Pause").
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.day import LONGEST_INPUT, read_future_day, say_day
from bot.domain.day_grammar import Look, NoSuchDay, find_days
from bot.domain.duration_words import foreign_in_digits
from bot.domain.names import capitalize, quoted
from bot.domain.number import in_digits
from bot.domain.pattern import compile_on_use
from bot.domain.plain import plain
from bot.domain.week import DAYS_A_WEEK, WEEK, Week
from bot.domain.weekdays import MONTHS, WEEKDAYS
from bot.errors import Offer, Refused, Understood

_CLOSING = " .,"
_DAY = timedelta(days=1)
_SATURDAY = 5
_FROM = r"(?:from|between|starting|starts|beginning|von|vom|ab|du|de|desde|del) "
_UNTIL = compile_on_use(r"(?:until|till?|til|to|through|bis(?: zum)?|jusqu'(?:à|au)|hasta(?: el)?) (?=.)")
_TO = compile_on_use(r" ?- ?| (?:to|until|till|til|through|thru|bis(?: zum)?|au|al|à|hasta(?: el)?|and|und) ")
_COUNTED = (
    r"(?:for |für |pendant |durante )?(?P<count>[0-9]{1,3}|an?|one|eine[nr]?|une?|una)"
    r" (?P<unit>day|tag|jour|d[ií]a|week|woche|semain|seman)[a-zé]*"
)
_COUNTED_FROM = compile_on_use(rf"{_COUNTED}(?: (?:{_FROM}|{_FROM}on )(?P<from>.+))?")
_FROM_COUNTED = compile_on_use(rf"(?:{_FROM})?(?P<from>.+?),? {_COUNTED}")
_OPENING = compile_on_use(_FROM)
_NUMBER = compile_on_use(r"(?:the )?([0-9]{1,2})(?:st|nd|rd|th|\.)?")
_MONTH = compile_on_use(rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?(?: [0-9]{{4}})?")
_NUMERIC_MONTH = compile_on_use(r"[0-9]{1,2}(\.[0-9]{1,2}(?:\.[0-9]{2,4})?)")

THIS_WEEK = frozenset({"this week", "the week", "all week", "diese woche", "cette semaine", "esta semana"})
NEXT_WEEK = frozenset({"next week", "all next week", "nächste woche", "la semaine prochaine", "la próxima semana"})


@dataclass(frozen=True, slots=True)
class Absence:
    """The last day away, and the first one where the words say it."""

    first: date | None
    last: date


def read_absence(text: str, today: date, first: date | None = None) -> Absence:
    """Return the days away that `text` means; `first` is the first of them where that is known already.

    Raises `Refused` if it names no days, `Understood` if they do not exist or can be several, which are offered.
    """
    example = (today + 2 * WEEK).isoformat()
    if len(text) > LONGEST_INPUT:
        raise Refused(f"That has {len(text):,} characters, too many for a day.", example)
    words = in_digits(foreign_in_digits(plain(text)))
    if not words:
        raise Refused("I found no day there.", example)
    try:
        absence = (
            _in_words(words, today)
            or _counted(words, today, first)
            or _two_days(words, text, today)
            or _last_day(_UNTIL.sub("", words, count=1), text, today, first)
        )
    except NoSuchDay as error:
        raise Understood(str(error).format(quoted(text)), example) from None
    except OverflowError:
        raise Understood(f"I read {quoted(text)} as a day that no calendar has.", example) from None
    if absence is None:
        raise Refused(f"I can't read {quoted(text)} as a day.", example)
    return absence


def _in_words(words: str, today: date) -> Absence | None:
    words = words.removeprefix("for ").removeprefix("the ")
    this_week = Week.of(today)
    if words in THIS_WEEK:
        return Absence(today, this_week.sunday)
    if words in NEXT_WEEK:
        following = this_week.plus(1)
        return Absence(following.monday, following.sunday)
    if words in ("weekend", "this weekend", "wochenende"):
        return Absence(max(today, this_week.sunday - _DAY), this_week.sunday)
    if words == "next weekend":
        weekends = [this_week, this_week.plus(1)] if today.weekday() < _SATURDAY else [this_week.plus(1)]
        spans = [(week.sunday - _DAY, week.sunday) for week in weekends]
        if len(spans) > 1:
            raise _question(words, spans, today)
        return Absence(*spans[0])
    if words in ("this month", "month"):
        return Absence(today, _end_of_month(today))
    if words == "next month":
        begins = _end_of_month(today) + _DAY
        return Absence(begins, _end_of_month(begins))
    return None


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _counted(words: str, today: date, first: date | None) -> Absence | None:
    """Return the days of "for 2 weeks", "3 days from monday" and "from friday for 3 days", both ends included."""
    match = _COUNTED_FROM.fullmatch(words) or _FROM_COUNTED.fullmatch(words)
    if match is None:
        return None
    count = int(match["count"]) if match["count"].isdigit() else 1
    length = count * (DAYS_A_WEEK if match["unit"][0] in "ws" else 1)
    begins = _only(match["from"], today) if match["from"] else first
    if length == 0 or (match["from"] and begins is None):
        return None
    return Absence(begins, (begins or today) + timedelta(days=length - 1))


def _only(words: str, today: date) -> date | None:
    """Return the first day that plain words name, None if they name none. Raises `Understood` for one of several."""
    return read_future_day(words, today) if find_days(words, today, Look.AHEAD) else None


def _two_days(words: str, text: str, today: date) -> Absence | None:
    opening = _OPENING.match(words)
    rest = words[opening.end() :] if opening else words
    for before, after in _halves(rest):
        first, last = _share_month(before, after)
        if find_days(first, today, Look.AHEAD) and find_days(last, today, Look.AHEAD):
            return _from_first_to_last(first, last, text, today)
    return None


def _halves(words: str) -> Iterator[tuple[str, str]]:
    """Yield the words before and after each "to", then those on both sides of each space."""
    for gap in (*_TO.finditer(words), *re.finditer(" ", words)):
        yield words[: gap.start()].rstrip(_CLOSING), words[gap.end() :].rstrip(_CLOSING)


def _share_month(before: str, after: str) -> tuple[str, str]:
    """Give the month of one day to the other, where that is a mere number: "7" and "13 dec" as "7 dec" and "13 dec"."""
    numbers = _NUMBER.fullmatch(before), _NUMBER.fullmatch(after)
    if numbers[0] and (month := _MONTH.search(after)):
        return f"{numbers[0][1]} {month[0]}", after
    if numbers[0] and (numeric := _NUMERIC_MONTH.fullmatch(after)):
        return f"{numbers[0][1]}{numeric[1]}", after
    if numbers[1] and (month := _MONTH.search(before)):
        return before, f"{numbers[1][1]} {month[0]}"
    return before, after


def _from_first_to_last(before: str, after: str, text: str, today: date) -> Absence:
    """Return the days between two days that plain words name. Raises `Understood` where they can be several."""
    firsts = [day for day in find_days(before, today, Look.AHEAD) if day >= today]
    if WEEKDAYS.get(before) == today.weekday():
        firsts.insert(0, today)
    if len(firsts) > 1:
        spans = [(first, _last_from(after, text, today, first)) for first in firsts]
        raise _question(text, spans, today)
    first = firsts[0] if firsts else read_future_day(before, today)
    last = _last_from(after, text, today, first)
    return Absence(first, last + WEEK if before == after else last)


def _question(text: str, spans: list[tuple[date, date]], today: date) -> Understood:
    offers = [
        Offer(f"{capitalize(say_day(first, today))} to {say_day(last, today)}", f"{first} to {last}")
        for first, last in spans
    ]
    return Understood(f"{quoted(text)} can be different days. Which do you mean?", offers=offers)


def _last_day(words: str, text: str, today: date, first: date | None) -> Absence | None:
    if not find_days(words, today, Look.AHEAD):
        return None
    return Absence(None, _last_from(words, text, today, first or today))


def _last_from(words: str, text: str, today: date, first: date) -> date:
    """Return the last day away, which plain words name: on or after the first one if they can mean such a day."""
    days = [day for day in find_days(words, today, Look.AHEAD) if day >= first]
    days = days or [day for day in find_days(words, first - _DAY, Look.AHEAD) if day >= first]
    if not days:
        return read_future_day(words, today)
    if len(days) > 1:
        offers = [Offer(capitalize(say_day(day, today)), day.isoformat()) for day in days]
        raise Understood(f"{quoted(text)} can be more than one day. Which is it?", offers=offers)
    return days[0]
