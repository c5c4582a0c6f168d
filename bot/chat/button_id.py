"""A button's id: command and options in at most 100 characters, so that buttons outlive a restart.

`checkin?time=2h&day=yesterday`, values percent-escaped. What does not fit is saved as a draft under a short name,
`~41`, which then stands where the command does. `~~41` does not run the draft but opens its form, filled in.
"""

from typing import NamedTuple
from urllib.parse import parse_qsl, quote

from bot.domain.pattern import compile_on_use

MAX_ID_CHARACTERS = 100
DRAFT_PREFIX = "~"
FORM_PREFIX = "~~"
MAX_NUMBER_DIGITS = 17
"""Of a number that an id carries: as many as always fit the integers of 64 bits that the database has."""

_DRAFT = compile_on_use(rf"~{{1,2}}([0-9]{{1,{MAX_NUMBER_DIGITS}}})")


class Pressed(NamedTuple):
    """The command and options that a button id stands for."""

    command: str
    options: dict[str, str]


def pack(command: str, options: dict[str, str]) -> str | None:
    """Return the id, or None where it would be longer than `MAX_ID_CHARACTERS`."""
    query = "&".join(f"{_escape(name)}={_escape(value)}" for name, value in options.items())
    packed = command.replace(" ", ".") + ("?" + query if query else "")
    return packed if len(packed) <= MAX_ID_CHARACTERS else None


def unpack(button_id: str) -> Pressed:
    """Return command and options of a packed id; unreadable parts are dropped, for ids come from outside."""
    command, _, query = button_id.partition("?")
    return Pressed(command.replace(".", " "), dict(parse_qsl(query, keep_blank_values=True)))


def draft_name(number: int) -> str:
    """Return the command of a button whose real command and options are saved as a draft."""
    return f"{DRAFT_PREFIX}{number}"


def form_draft_name(number: int) -> str:
    """Return the command of a button that opens the form of a draft, filled in with its options."""
    return f"{FORM_PREFIX}{number}"


def draft_number(command: str) -> int | None:
    """Return the number of the draft that a command names, None if it names none."""
    named = _DRAFT.fullmatch(command)
    return int(named[1]) if named else None


def opens_form(command: str) -> bool:
    """Return True if the draft that `command` names is to be opened as a form."""
    return command.startswith(FORM_PREFIX)


def _escape(text: str) -> str:
    if text.isascii() and text.isalnum():  # nearly always; ids are made for every answer, and `quote` is slow
        return text
    return quote(text, safe="")
