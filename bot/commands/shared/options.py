"""Options that several commands share, and how each is read."""

import re
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches

from msgspec.structs import replace

from bot.chat.button_id import MAX_NUMBER_DIGITS
from bot.chat.command import Beside, Option, OptionKind, Reading
from bot.chat.form import Choice
from bot.domain import area_names
from bot.domain.checkin import DAYS_BACK, LEARNED_LIMIT, check_day
from bot.domain.day import read_day
from bot.domain.duration import Minutes, has_unit, read_duration
from bot.domain.names import capitalize, clean, quoted, read_text
from bot.domain.number import read_whole_number
from bot.domain.plain import plain
from bot.domain.weekdays import AMBIGUOUS
from bot.domain.zones import read_zone
from bot.errors import Offer, Refused, Understood

NAME_LIMIT = 80
MAX_PAGE_DIGITS = 5
NEAR = 0.6
"""Likeness of a choice that is offered in the place of one that there is not."""
WITHOUT_AREA = Offer("Without an area", "")
_PLURAL = re.compile(r"[a-z]{3,}(?<![sui])s")
_GO_ON = frozenset("past to or x percent morning afternoon evening night o'clock".split())
"""Words that make something else of a number in front of them: "half past two"."""
_BARE_MINUTES = re.compile(r".*[a-z.] ([0-9]{1,2})")
"""Minutes without a unit behind hours: "2h 20"."""


def _read_time(text: str, _reading: Reading) -> Minutes:
    return read_duration(text)


def is_loose_time(text: str, beside: Beside, _reading: Reading) -> bool:
    """Return True for "3" behind "chapter", and for "20" or "2h 20" in front of "exercises"."""
    counts = bool(_PLURAL.fullmatch(beside.after)) or beside.after[:1].isdigit() or beside.after in _GO_ON
    if has_unit(text):
        minutes = _BARE_MINUTES.fullmatch(plain(text))
        return minutes is not None and bool(beside.after) and (counts or len(minutes[1]) == 1)
    return counts or not beside.after


def read_day_back(text: str, reading: Reading) -> date:
    """Read a day as it is meant for a check-in, however far back: an old entry may stay where it is."""
    day = read_day(text, reading.today, DAYS_BACK)
    if day > reading.today:
        _check_day(day, reading)
    return day


def _check_day(day: date, reading: Reading) -> None:
    """Raise `Understood` for a day that cannot be logged."""
    try:
        check_day(day, reading.today)
    except Refused as refused:
        raise Understood(refused.sentence, refused.example) from None


def _read_checkin_day(text: str, reading: Reading) -> date:
    """Read a day that can be logged. Raises `Understood` for one that is too far back, or still to come."""
    day = read_day_back(text, reading)
    _check_day(day, reading)
    return day


def _is_loose_day(text: str, _beside: Beside, _reading: Reading) -> bool:
    return plain(text).removeprefix("on ") in AMBIGUOUS


def _read_learned(text: str, _reading: Reading) -> str:
    return read_text(text, LEARNED_LIMIT, "note", multiline=True)


def read_area(text: str, reading: Reading) -> str:
    """Read an area of the group by its name, its initials or its beginning. Raises like `area_names.read_area`."""
    return area_names.read_area(text, reading.areas)


def _read_optional_area(text: str, reading: Reading) -> str:
    """Read an area of what was studied. Where it is unclear, none is offered too."""
    try:
        return read_area(text, reading)
    except Refused as refused:
        raise type(refused)(refused.parts, refused.example, (*refused.offers, WITHOUT_AREA)) from None


def is_loose_area(text: str, _beside: Beside, reading: Reading) -> bool:
    """Return True for "machine" in front of "translation"."""
    return area_names.is_loosely_named(text, reading.areas)


def read_number(text: str, _reading: Reading) -> int:
    """Read the number of a check-in: `12` or `#12`."""
    number = read_whole_number(text)
    if number is None:
        raise Refused(f"I can't read {quoted(text)} as the number of a check-in.", "#12")
    return number


def _read_member(text: str, _reading: Reading) -> str:
    name = clean(text.strip().lstrip("@"), NAME_LIMIT)
    if not 0 < len(name) <= NAME_LIMIT:
        raise Refused("Name a member with a mention or by their name.", "@ada")
    return name


def _read_zone(text: str, _reading: Reading) -> str:
    return read_zone(text).key


def parse_number(text: str) -> int | None:
    """Return the number that a button or a form carries; None for anything else: it may be forged."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MAX_NUMBER_DIGITS else None


def _read_page(text: str, _reading: Reading) -> int:
    """Return the number of a page, from 0, also for nonsense, since what a button carries may be forged."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MAX_PAGE_DIGITS else 0


class ChoiceReader:
    """Reads one of a few choices by its value, its label, a beginning that fits only one, or a synonym."""

    def __init__(self, option: str, choices: tuple[Choice, ...], synonyms: Mapping[str, str]) -> None:
        self.option = option
        self.choices = choices
        self.synonyms = {word: value for value, words in synonyms.items() for word in words.split(", ")}

    def __call__(self, text: str, _reading: Reading) -> str:
        """Return the value that is meant. Raises `Refused`, with all that there are."""
        typed = " ".join(plain(text).replace("-", " ").replace("_", " ").removesuffix(":").split())
        if typed in self.synonyms:
            return self.synonyms[typed]
        names = {name.casefold(): choice.value for choice in self.choices for name in (choice.label, choice.value)}
        if typed in names:
            return names[typed]
        values = {value for name, value in names.items() if typed and name.startswith(typed)}
        if len(values) == 1:
            return values.pop()
        near = get_close_matches(typed[:NAME_LIMIT], names, 1, NEAR)
        if near:
            value = names[near[0]]
            raise Refused(
                f"I can't read {quoted(text)} here. Did you mean {value}?", offers=[Offer(capitalize(value), value)]
            )
        *others, last = (choice.value for choice in self.choices)
        choose = f"{', '.join(others)} or {last}" if others else last
        raise Refused(f"I can't read {quoted(text)} here: choose {choose}.", self.choices[0].value)


def choice_option(
    name: str,
    summary: str,
    *values: str,
    labels: Mapping[str, str] | None = None,
    synonyms: Mapping[str, str] | None = None,
    question: str = "",
    description: str = "",
) -> Option[str]:
    """Return an option that takes one of `values`; `synonyms` of a value are separated by commas."""
    choices = tuple(Choice((labels or {}).get(value, value), value) for value in values)
    return Option(
        name,
        OptionKind.CHOICE,
        summary,
        ChoiceReader(name, choices, synonyms or {}),
        choices=choices,
        question=question,
        description=description,
    )


def hidden_option(name: str) -> Option[str]:
    """Return an option that only buttons fill; its text is taken as it is."""
    return Option(name, OptionKind.TEXT, "", lambda text, _: text[:80], is_hidden=True, is_in_form=False)


TIME = Option(
    "time",
    OptionKind.DURATION,
    "how long you studied",
    _read_time,
    hint="2h30",
    longest=64,
    is_required=True,
    question="How long did you study?",
    also="duration, length",
    is_loose=is_loose_time,
)
NEW_TIME = replace(TIME, summary="how long it was", is_required=False, question="How long was it?")
AREA = Option(
    "area",
    OptionKind.AREA,
    "what it was about",
    _read_optional_area,
    hint="Statistics",
    longest=80,
    question="Which area?",
    also="topic, subject",
    is_loose=is_loose_area,
)
LEARNED = Option(
    "learned",
    OptionKind.LONG,
    "what you learned",
    _read_learned,
    hint="why gradients vanish",
    longest=LEARNED_LIMIT,
    question="What did you learn?",
    also="note, notes, learnt",
)
DAY = Option(
    "day",
    OptionKind.DAY,
    "when it was",
    _read_checkin_day,
    hint="yesterday",
    longest=64,
    question="Which day?",
    description="Empty means today.",
    also="date, when",
    is_loose=_is_loose_day,
)
NEW_DAY = replace(DAY, read=read_day_back, description="")
CHECKIN = Option(
    "checkin", OptionKind.CHECKIN, "which check-in", read_number, hint="#12", longest=12, question="Which check-in?"
)
MEMBER = Option("member", OptionKind.MEMBER, "whose", _read_member, hint="@ada", longest=80, question="Whose?")
ZONE = Option(
    "zone", OptionKind.ZONE, "a large city near you", _read_zone, hint="Europe/Berlin", longest=64, is_required=True
)
PAGE: Option[int] = Option("page", OptionKind.NUMBER, "", _read_page, is_hidden=True, is_in_form=False)
EVERYONE = hidden_option("everyone")
