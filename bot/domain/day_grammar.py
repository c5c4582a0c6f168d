"""The grammar of days: what plain words can name, seen from a day, looking back or ahead.

It says every day that is possible, the likeliest first; which of them an option takes is decided by how far it reaches
(`day.read_day`).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import IntEnum

from bot.domain.duration_words import foreign_in_digits
from bot.domain.number import in_digits
from bot.domain.pattern import compile_on_use
from bot.domain.week import DAYS_A_WEEK, Week
from bot.domain.weekdays import AMBIGUOUS, MONTHS, WEEKDAYS, days_since, days_until

LEAP_DAY_COMES_WITHIN_YEARS = 8
MONTHS_TO_TRY = 3
"""Months in a row, of which one at least has each day of the month up to the 31st."""

_NAMES = {
    name: days
    for days, names in {
        -2: "day before yesterday, night before last, vorgestern, avant hier, anteayer, antes de ayer, eergisteren",
        -1: "yesterday, yday, last night, last evening, gestern, letzte nacht, hier, hier soir, ayer, anoche, ieri"
        ", ontem, gisteren",
        0: "today, tonight, heute, aujourd'hui, ce matin, ce soir, cet après midi, hoy, oggi, hoje, vandaag",
        1: "tomorrow, morgen, demain, mañana",
        2: "day after tomorrow, übermorgen, après demain, pasado mañana",
    }.items()
    for name in names.split(", ")
}
_PART = (
    "early|late|morning|afternoon|evening|night|noon|früh|morgen|vormittag|mittag|nachmittag|abend|nacht"
    "|matin|après midi|soir|por la mañana|por la tarde|por la noche"
)
_PART_BEHIND = compile_on_use(rf"(?<=.) (?:(?:in the|at|am) )?(?:(?:early|late) )?(?:{_PART})$")
_THIS_PART = compile_on_use(rf"(?:(?:earlier )?this|esta) (?:{_PART}|mañana|tarde|noche)|earlier today")

_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_BEFORE = r"last|past|previous|letzte[nr]?|vorige[nr]?"
_AFTER = r"next|coming|nächste[nr]?|kommende[nr]?"
_THIS = r"this|diese[nr]?|ce|este"
_ON = r"(?:on |the |am |le |el )?"
_NEAREST = compile_on_use(rf"{_ON}(?P<day>{_WEEKDAY})")
_LAST = compile_on_use(rf"{_ON}(?:{_BEFORE}) (?P<day>{_WEEKDAY})|{_ON}(?P<foreign>{_WEEKDAY}) (?:dernier|pasado)")
_NEXT = compile_on_use(rf"{_ON}(?:{_AFTER}|próximo) (?P<day>{_WEEKDAY})|{_ON}(?P<foreign>{_WEEKDAY}) prochain")
_OF_THIS_WEEK = compile_on_use(rf"{_ON}(?:{_THIS}) (?P<day>{_WEEKDAY})")
_OF_A_WEEK = compile_on_use(rf"{_ON}(?P<day>{_WEEKDAY}) (?:of )?(?P<week>last|this|next) week")
_WEEK_FIRST = compile_on_use(rf"(?P<week>last|this|next) week(?:'s)? {_ON}(?P<day>{_WEEKDAY})")
_WITH_WEEKDAY = compile_on_use(rf"{_ON}(?P<day>{_WEEKDAY})[.,]{{0,2}} {_ON}(?=.)")

_COUNT = r"(?P<count>[0-9]+|an?|eine[mnr]?|une?|una)"
_UNIT = r"(?P<unit>(?:day|tag|jour|d[ií]a|week|woche|semain|seman)[a-zé]*|d|wk?s?)"
_AGO = compile_on_use(rf"{_COUNT} ?{_UNIT} (?:ago|back)")
_FOREIGN_AGO = compile_on_use(rf"(?:vor|il y a|hace) {_COUNT} {_UNIT}")
_IN = compile_on_use(rf"(?:in|dans|en) {_COUNT} {_UNIT}")
_FROM_NOW = compile_on_use(rf"{_COUNT} {_UNIT} from (?:now|today)")

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ORDINAL = r"(?P<number>[0-9]{1,2})(?:st|nd|rd|th|er|\.)?"
_YEAR = r"(?:,? (?P<year>[0-9]{4}))?"
_THE = r"(?:on |am )?(?:the |den |dem |le |el )?"
_NUMBER_MONTH = compile_on_use(rf"{_THE}{_ORDINAL} ?(?:of |de )?(?P<month>{_MONTH})\.?{_YEAR}")
_MONTH_NUMBER = compile_on_use(rf"(?:on )?(?P<month>{_MONTH})\.? (?:the )?{_ORDINAL}{_YEAR}")
_NUMBER = compile_on_use(rf"{_THE}([0-9]{{1,2}})(?:st|nd|rd|th)|(?:on |am )?(?:the|den|dem|le|el|am) ([0-9]{{1,2}})")
_YEAR_FIRST = compile_on_use(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_DOTS = compile_on_use(rf"{_THE}([0-9]{{1,2}})\. ?([0-9]{{1,2}})(?:\. ?([0-9]{{4}}|[0-9]{{2}}))?")
_SLASHES = compile_on_use(r"(?:on )?([0-9]{1,2})/([0-9]{1,2})(?:/([0-9]{4}|[0-9]{2}))?")
_COMPACT = compile_on_use(r"(20[0-9]{2})([0-9]{2})([0-9]{2})")
_DASHES = compile_on_use(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")


class Look(IntEnum):
    """The direction in which a day without a week, month or year is looked for."""

    BACK = -1
    AHEAD = 1


class NoSuchDay(ValueError):
    """Raised for a day that no calendar has, or one that is another weekday; says why, with `{}` for the words."""


def find_days(words: str, today: date, look: Look) -> list[date]:
    """Return the days that plain words can name, the likeliest first; none if they name no day. Raises `NoSuchDay`."""
    words = in_digits(foreign_in_digits(words))
    try:
        return _find_plain(words, today, look) or _find_plain(_PART_BEHIND.sub("", words), today, look)
    except NoSuchDay:
        raise
    except (ValueError, OverflowError):
        raise _no_such_day() from None


def _find_plain(words: str, today: date, look: Look) -> list[date]:
    return (
        _in_words(words.removeprefix("the "), today)
        or _counted(words, today)
        or _weekday(words, today, look)
        or _with_weekday(words, today, look)
        or _dated(words, today, look)
    )


def _no_such_day() -> NoSuchDay:
    return NoSuchDay("I read {} as a day that no calendar has.")


def _in_words(words: str, today: date) -> list[date]:
    days = 0 if _THIS_PART.fullmatch(words) else _NAMES.get(words)
    return [] if days is None else [today + timedelta(days=days)]


def _counted(words: str, today: date) -> list[date]:
    for pattern, sign in ((_AGO, -1), (_FOREIGN_AGO, -1), (_IN, 1), (_FROM_NOW, 1)):
        if match := pattern.fullmatch(words):
            count = int(match["count"]) if match["count"].isdigit() else 1
            days = DAYS_A_WEEK if match["unit"][0] in "ws" else 1
            return [today + sign * timedelta(days=count * days)]
    return []


def _weekday(words: str, today: date, look: Look) -> list[date]:
    """Return the day of a weekday, with "last" before today, with "next" perhaps either of two."""
    if words.removeprefix("on ").removeprefix("the ") in AMBIGUOUS and "the " in words:
        return []  # the sun
    if match := _NEAREST.fullmatch(words):
        number = WEEKDAYS[match["day"]]
        back, ahead = days_since(number, today.weekday()), days_until(number, today.weekday())
        return [today - timedelta(days=back) if look is Look.BACK else today + timedelta(days=ahead)]
    if match := _LAST.fullmatch(words):
        number = WEEKDAYS[match["day"] or match["foreign"]]
        return [today - timedelta(days=days_since(number, today.weekday()) or DAYS_A_WEEK)]
    if match := _NEXT.fullmatch(words):
        day = today + timedelta(days=days_until(WEEKDAYS[match["day"] or match["foreign"]], today.weekday()))
        return [day, day + timedelta(days=DAYS_A_WEEK)] if Week.of(day) == Week.of(today) else [day]
    if match := _OF_THIS_WEEK.fullmatch(words):
        return [Week.of(today).monday + timedelta(days=WEEKDAYS[match["day"]])]
    if match := _OF_A_WEEK.fullmatch(words) or _WEEK_FIRST.fullmatch(words):
        week = Week.of(today).plus({"last": -1, "this": 0, "next": 1}[match["week"]])
        return [week.monday + timedelta(days=WEEKDAYS[match["day"]])]
    return []


def _with_weekday(words: str, today: date, look: Look) -> list[date]:
    """Return the date of "Sun 29 Nov". Raises `NoSuchDay` where that is another weekday."""
    match = _WITH_WEEKDAY.match(words)
    days = _dated(words[match.end() :], today, look) if match else []
    if match is None or not days:
        return []
    nearest = min(days, key=lambda day: abs(day - today))
    fitting = [day for day in days if day.weekday() == WEEKDAYS[match["day"]]]
    if not fitting or fitting[0] not in (nearest, days[0]):
        raise NoSuchDay(f"I read {{}} as two days: {nearest.day} {nearest:%b %Y} is a {nearest:%A}.")
    return fitting


def _dated(words: str, today: date, look: Look) -> list[date]:
    """Return the days of a date with or without a year. Raises ValueError for one such as 31 Nov."""
    if match := _YEAR_FIRST.fullmatch(words):
        return [date(int(match[1]), int(match[3]), int(match[4]))]
    if match := _COMPACT.fullmatch(words):
        return [date(int(match[1]), int(match[2]), int(match[3]))]
    if match := _NUMBER_MONTH.fullmatch(words) or _MONTH_NUMBER.fullmatch(words):
        return _in_year(int(match["number"]), MONTHS[match["month"]], match["year"], today, look)
    if match := _DOTS.fullmatch(words) or _DASHES.fullmatch(words):
        return _in_year(int(match[1]), int(match[2]), match[3], today, look)
    if match := _SLASHES.fullmatch(words):
        return _in_either_order(int(match[1]), int(match[2]), match[3], today, look)
    if match := _NUMBER.fullmatch(words):
        return list(_days_of_month(int(match[1] or match[2]), today, look))
    return []


def _in_either_order(first: int, second: int, year: str | None, today: date, look: Look) -> list[date]:
    """Return the days of "12/1", which is written in either order. Raises `NoSuchDay` if neither exists."""
    days: list[date] = []
    for number, month in ((first, second), (second, first)):
        try:
            days += _in_year(number, month, year, today, look)
        except ValueError:
            continue
    if not days:
        raise _no_such_day()
    return list(dict.fromkeys(days))


def _in_year(number: int, month: int, year: str | None, today: date, look: Look) -> list[date]:
    """Return the date in its year; without one the nearest that lies in the direction, then the other way round."""
    if year:
        return [date(int(year) + (today.year // 100 * 100 if len(year) == 2 else 0), month, number)]
    date(2000, month, number)  # a leap year, which has every day that there is
    nearest = (_nearest(number, month, today, sign) for sign in (look, -look))
    return list(dict.fromkeys(day for day in nearest if day is not None))


def _nearest(number: int, month: int, today: date, sign: int) -> date | None:
    """Return the nearest day of that name, `today` included, ahead (1) or back (-1); None beyond the calendar."""
    for years in range(LEAP_DAY_COMES_WITHIN_YEARS + 1):
        try:
            day = date(today.year + sign * years, month, number)
        except ValueError:
            continue
        if (day - today).days * sign >= 0:
            return day
    return None


def _days_of_month(number: int, today: date, look: Look) -> Iterator[date]:
    """Yield the nearest "30th" in the direction, then the other way round. Raises ValueError for a 32nd."""
    date(2000, 1, number)
    for sign in (look, -look):
        for months in range(MONTHS_TO_TRY + 1):
            count = today.year * 12 + today.month - 1 + sign * months
            try:
                day = date(count // 12, count % 12 + 1, number)
            except ValueError:
                continue
            if (day - today).days * sign >= 0:
                yield day
                break
