"""Options that several commands share, and how each is read."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import accumulate

from bot.chat.button_id import MAX_NUMBER_DIGITS
from bot.chat.command import Option, OptionKind, Reading
from bot.chat.form import Choice
from bot.domain.checkin import LEARNED_LIMIT
from bot.domain.day import read_day
from bot.domain.duration import Minutes, Unclear, read_duration
from bot.domain.names import clean, quoted, read_text
from bot.domain.zones import read_zone
from bot.errors import Refused

SHORTEST_BEGINNING = 3
NAME_LIMIT = 80
LIST_LIMIT = 160
"""Letters of a list within a sentence."""
MAX_PAGE_DIGITS = 5
_NUMBER = re.compile(r"#?([0-9]{1,9})$")


def _read_time(text: str, _reading: Reading) -> Minutes | Unclear:
    return read_duration(text)


def _read_day(text: str, reading: Reading) -> date:
    return read_day(text, reading.today)


def _read_learned(text: str, _reading: Reading) -> str:
    return read_text(text, LEARNED_LIMIT, "note", multiline=True)


def read_area(text: str, reading: Reading) -> str:
    """Read an area by its name, its initials, or a beginning of three letters or more that fits only one."""
    typed = " ".join(text.casefold().split())
    areas = {area.casefold(): area for area in reading.areas}
    if typed in areas:
        return areas[typed]
    matches = [area for name, area in areas.items() if _is_short_for(typed, name)]
    if len(matches) == 1:
        return matches[0]
    near = get_close_matches(typed[:80], areas, 1, 0.6)
    example = areas[near[0]] if near else (reading.areas[0] if reading.areas else "")
    raise Refused(f"There is no area {quoted(text)} here; there are {_list_areas(reading.areas)}.", example)


def _list_areas(areas: Sequence[str]) -> str:
    """Return as many of them as a sentence bears, one at least, and how many there are beside these."""
    lengths = accumulate(map(len, areas))
    count = max(1, sum(length <= LIST_LIMIT for length in lengths))
    rest = f" and {len(areas) - count} more" if len(areas) > count else ""
    return ", ".join(areas[:count]) + rest


def _is_short_for(typed: str, name: str) -> bool:
    initials = "".join(word[0] for word in name.split())
    return (len(typed) >= SHORTEST_BEGINNING and name.startswith(typed)) or (len(initials) > 1 and typed == initials)


def read_number(text: str, _reading: Reading) -> int:
    """Read the number of a check-in: `12` or `#12`."""
    match = _NUMBER.match(text.strip())
    if match is None:
        raise Refused(f"I can't read {quoted(text)} as the number of a check-in.", "#12")
    return int(match[1])


def _read_member(text: str, _reading: Reading) -> str:
    name = clean(text.strip().lstrip("@"), NAME_LIMIT)
    if not 0 < len(name) <= NAME_LIMIT:
        raise Refused("A member is named by a mention or by their name.", "@ada")
    return name


def _read_zone(text: str, _reading: Reading) -> str:
    return read_zone(text).key


def parse_number(text: str) -> int | None:
    """Return the number that a button or a form carries; None for anything else: it may be forged."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MAX_NUMBER_DIGITS else None


def _read_page(text: str, _reading: Reading) -> int:
    """Return the number of a page, from 0; nonsense is 0, since what a button carries may be forged."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MAX_PAGE_DIGITS else 0


def require_clear(time: Minutes | Unclear) -> Minutes:
    """Return the minutes, where no button can ask for the unit. Raises `Refused` if it is unclear."""
    if not isinstance(time, Unclear):
        return time
    refused = Refused(f"{time.number} hours or {time.number} minutes? Please say which.", f"time: {time.number}m")
    refused.about = TIME.name
    raise refused


class ChoiceReader:
    """Reads one of a few choices by its value, its label, a beginning that fits only one, or a synonym."""

    def __init__(self, option: str, choices: tuple[Choice, ...], synonyms: Mapping[str, str]) -> None:
        self.option = option
        self.choices = choices
        self.synonyms = {word: value for value, words in synonyms.items() for word in words.split(", ")}

    def __call__(self, text: str, _reading: Reading) -> str:
        """Return the value that is meant. Raises `Refused`, with all that there are."""
        typed = " ".join(text.casefold().replace("-", " ").rstrip(":").split())
        if typed in self.synonyms:
            return self.synonyms[typed]
        names = {name.casefold(): choice.value for choice in self.choices for name in (choice.label, choice.value)}
        if typed in names:
            return names[typed]
        values = {value for name, value in names.items() if typed and name.startswith(typed)}
        if len(values) == 1:
            return values.pop()
        listed = ", ".join(choice.value for choice in self.choices)
        raise Refused(
            f"I can't read {quoted(text)} as {self.option}; there are {listed}.",
            f"{self.option}: {self.choices[0].value}",
        )


def choice_option(name: str, summary: str, *values: str, synonyms: Mapping[str, str] | None = None) -> Option[str]:
    """Return an option that takes one of `values`; `synonyms` of a value are separated by commas."""
    choices = tuple(Choice(value, value) for value in values)
    return Option(name, OptionKind.CHOICE, summary, ChoiceReader(name, choices, synonyms or {}), choices=choices)


def hidden_option(name: str) -> Option[str]:
    """Return an option that only buttons fill; its text is taken as it is."""
    return Option(name, OptionKind.TEXT, "", lambda text, _: text[:80], is_hidden=True, is_in_form=False)


TIME = Option(
    "time",
    OptionKind.DURATION,
    "how long you studied",
    _read_time,
    hint="2h30, 90 min, 1:30",
    longest=64,
    is_required=True,
)
NEW_TIME = Option("time", OptionKind.DURATION, "how long it was", _read_time, hint="2h30, 90 min, 1:30", longest=64)
AREA = Option("area", OptionKind.AREA, "what it was about", read_area, hint="Statistics", longest=80)
LEARNED = Option(
    "learned", OptionKind.LONG, "what you learned", _read_learned, hint="in your own words", longest=LEARNED_LIMIT
)
DAY = Option("day", OptionKind.DAY, "when it was", _read_day, hint="today, yesterday, mon, 2026-11-20", longest=64)
CHECKIN = Option("checkin", OptionKind.CHECKIN, "which check-in", read_number, hint="#12", longest=12)
MEMBER = Option("member", OptionKind.MEMBER, "whose", _read_member, hint="@ada", longest=80)
ZONE = Option(
    "zone", OptionKind.ZONE, "a large city near you", _read_zone, hint="Europe/Berlin", longest=64, is_required=True
)
PAGE: Option[int] = Option("page", OptionKind.NUMBER, "", _read_page, is_hidden=True, is_in_form=False)
EVERYONE = hidden_option("everyone")
