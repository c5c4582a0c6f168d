"""Dates as time trackers and people write them, and which orders of day, month and year they leave open."""

import re
from datetime import date, timedelta
from unicodedata import category, normalize

from bot.domain.pattern import compile_on_use
from bot.domain.timesheet.order import DateOrder

LONGEST = 80
CENTURY = 2000
_MONTH_NAMES = (
    "jan januar january janvier enero janeiro gennaio januari styczen stycznia ene gen janv jaen",
    "feb februar february fevrier febrero fevereiro febbraio februari luty lutego fev fevr",
    "mar marz march mars marzo marco maart marzec marca maret mrt maerz mrz",
    "apr april avril abril aprile kwiecien kwietnia abr avr",
    "may mai mayo maio maggio mei maj maja mag",
    "jun juni june juin junio junho giugno czerwiec czerwca giu",
    "jul juli july juillet julio julho luglio lipiec lipca lug juil",
    "aug august aout agosto augustus sierpien sierpnia agustus ago agt",
    "sep september septembre septiembre setembro settembre wrzesien wrzesnia sept set",
    "oct okt october oktober octobre octubre outubro ottobre pazdziernik pazdziernika out ott",
    "nov november novembre noviembre novembro listopad listopada nopember",
    "dec dez december dezember decembre diciembre dezembro dicembre grudzien grudnia desember dic des",
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_WEEKDAYS = frozenset(
    """mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday
    mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonntag
    lun mar mer jeu ven sam dim lundi mardi mercredi jeudi vendredi samedi dimanche
    lunes martes miercoles jueves viernes sabado domingo mie jue vie sab dom
    segunda terca quarta quinta sexta feira maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    lunedi martedi mercoledi giovedi venerdi domenica""".split()
)
_TIME = r"(?:(?:[T ]|, ?)(?P<time>.*))?"
_ISO = compile_on_use(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}})\.?{_TIME}", re.DOTALL)
_COMPACT = compile_on_use(rf"([0-9]{{4}})([0-9]{{2}})([0-9]{{2}}){_TIME}", re.DOTALL)
_DOTTED = compile_on_use(rf"([0-9]{{1,2}})\. ?([0-9]{{1,2}})\. ?([0-9]{{4}}|[0-9]{{2}})\.?{_TIME}", re.DOTALL)
_OPEN = compile_on_use(rf"([0-9]{{1,2}})([-/])([0-9]{{1,2}})\2([0-9]{{4}}|[0-9]{{2}}){_TIME}", re.DOTALL)
_CJK = compile_on_use(r"([0-9]{4}) ?[年년] ?([0-9]{1,2}) ?[月월] ?([0-9]{1,2}) ?[日일]?(?P<time>.*)", re.DOTALL)
_YEARLESS = compile_on_use(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1?|[0-9]{1,2} ?[月월] ?[0-9]{1,2} ?[日일]?")
_YEARLESS_PARTS = compile_on_use(r"[0-9]{1,2}")
_UNIX = compile_on_use(
    r"(?:[a-z]{2,4}\.?,? +)?([a-z]{3} +[0-9]{1,2}) +([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)"
    r"(?: +(?:gmt|utc)?([+-][0-9]{2}:?[0-9]{2}|z)?(?:[a-z]{2,5})?)? +([0-9]{4})",
    re.IGNORECASE,
)
"""As Unix and Java write a moment: Sun Nov 01 09:00:00 GMT+01:00 2026."""
_SCRIPT = compile_on_use(
    r"(?:[a-z]{3} )?([a-z]{3} [0-9]{2} [0-9]{4}) ([0-9:]{5,8}) (?:gmt|utc)([+-][0-9]{4})(?: \(.*\))?", re.IGNORECASE
)
"""As JavaScript writes one: Sun Nov 01 2026 09:00:00 GMT+0100 (CET)."""
_SERIAL = compile_on_use(r"([34567][0-9]{4})(?:\.[0-9]+)?")
_FIRST_SERIAL_DAY = date(1899, 12, 30)
"""The day from which spreadsheets count."""
_DASHES = compile_on_use("[\u2010-\u2015\u2212]")
_WORD = compile_on_use(r"[^\W\d_]+\.?|[0-9]+(?:st|nd|rd|th|er|º|ª)?\.?", re.IGNORECASE)
_AT_TIME = compile_on_use(r"(?:,| at| um| à| a las)? +([0-9]{1,2}[:h.][0-9]{2}.*)$", re.IGNORECASE)
_ORDINAL = compile_on_use(r"([0-9]{1,4})(?:st|nd|rd|th|er|º|ª)?\.?", re.IGNORECASE)
_IGNORED = frozenset("de del of the den der le el d a".split())


def split_date(text: str) -> tuple[str, str]:
    """Return the part of a cell that is its date, and the time of day behind it, empty if there is none."""
    text = _plain(text)
    if len(text) > LONGEST:
        return "", ""
    for pattern in (_ISO, _COMPACT, _DOTTED, _OPEN, _CJK):
        if match := pattern.fullmatch(text):
            time = (match["time"] or "").strip()
            return (text[: match.start("time")].rstrip("T ,") if time else text.rstrip("T ,")), time
    if match := _UNIX.fullmatch(text):
        return f"{match[1]} {match[4]}", f"{match[2]} {match[3] or ''}".rstrip()
    if match := _SCRIPT.fullmatch(text):
        return match[1], f"{match[2]} {match[3]}"
    if match := _AT_TIME.search(text):
        return text[: match.start()], match[1].strip()
    return text, ""


def possible_orders(text: str) -> dict[DateOrder, date] | None:
    """Return the days that a date of numbers can mean, by the order that is assumed; None for any other text."""
    match = _OPEN.fullmatch(_plain(text)) if len(text) <= LONGEST else None
    if match is None:
        return None
    first, second, third = int(match[1]), int(match[3]), match[4]
    readings = {
        DateOrder.DAY_FIRST: _make(_year(third), second, first),
        DateOrder.MONTH_FIRST: _make(_year(third), first, second),
        DateOrder.YEAR_FIRST: _make(CENTURY + first, second, int(third))
        if len(third) == 2 and len(match[1]) == 2
        else None,
    }
    return {order: day for order, day in readings.items() if day is not None}


def read_date(text: str, order: DateOrder | None, year: int | None = None) -> date | None:
    """Return the day that a cell begins with; None if it begins with none, or with one that no calendar has.

    `order` is for dates of numbers that can be read in several, `year` for those that have none.
    """
    plain = _plain(text)
    if not plain or len(plain) > LONGEST:
        return None
    if match := _ISO.fullmatch(plain):
        return _make(int(match[1]), int(match[3]), int(match[4]))
    if match := _COMPACT.fullmatch(plain):
        return _make(int(match[1]), int(match[2]), int(match[3]))
    if match := _DOTTED.fullmatch(plain):
        return _make(_year(match[3]), int(match[2]), int(match[1]))
    if _OPEN.fullmatch(plain):
        return (possible_orders(plain) or {}).get(order or DateOrder.DAY_FIRST)
    if match := _CJK.fullmatch(plain):
        return _make(int(match[1]), int(match[2]), int(match[3]))
    if match := _SERIAL.fullmatch(plain):
        return _FIRST_SERIAL_DAY + timedelta(days=int(match[1]))
    if match := _YEARLESS.fullmatch(plain):
        return None if year is None else _read_yearless(plain, order, year)
    return _read_named(plain, year)


def lacks_year(text: str) -> bool:
    """Return True for a date that is whole but for its year: “Aug 25”, “25.8.”, “8/25”."""
    leap_year = 2024
    return read_date(text, None) is None and any(read_date(text, order, leap_year) for order in DateOrder)


def _read_yearless(plain: str, order: DateOrder | None, year: int) -> date | None:
    first, second = (int(number) for number in _YEARLESS_PARTS.findall(plain))
    is_month_first = order is DateOrder.MONTH_FIRST or "月" in plain or "월" in plain
    return _make(year, first, second) if is_month_first and "." not in plain else _make(year, second, first)


def _read_named(plain: str, year: int | None) -> date | None:
    """Return the day of a date in words: “Tuesday, February 6, 2024”, “7. Februar 2024”, “8 décembre 2023”."""
    words = [word.rstrip(".") for word in _WORD.findall(plain)]
    if _WORD.sub("", plain).strip(" ,-/"):
        return None
    month, numbers = 0, []
    for position, word in enumerate(words):
        name = _bare(word)
        if ordinal := _ORDINAL.fullmatch(word):
            numbers.append(ordinal[1])
        elif not month and name in MONTHS and not (position == 0 and name in _WEEKDAYS and _has_month(words[1:])):
            month = MONTHS[name]
        elif name not in _WEEKDAYS and name not in _IGNORED:
            return None
    if not month or not 1 <= len(numbers) <= 2:
        return None
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(days) == 2 and not years:
        days, years = days[:1], [str(CENTURY + int(days[1]))]
    if len(days) != 1 or (not years and year is None):
        return None
    return _make(int(years[0]) if years else year or 0, month, int(days[0]))


def _has_month(words: list[str]) -> bool:
    return any(_bare(word) in MONTHS for word in words)


def _bare(word: str) -> str:
    return "".join(sign for sign in normalize("NFD", word.casefold()) if category(sign) != "Mn")


def _plain(text: str) -> str:
    text = text.strip()
    return text if text.isascii() else _DASHES.sub("-", normalize("NFKC", text[: 2 * LONGEST])).strip()


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(digits: str) -> int:
    return int(digits) + (CENTURY if len(digits) == 2 else 0)
