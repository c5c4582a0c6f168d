"""A button's id: command and options in at most 100 characters, so that buttons outlive a restart.

`checkin?time=2h&day=yesterday`, values percent-escaped. What does not fit is saved as a draft under a short name,
`~41`, which then stands where the command does.
"""

from typing import NamedTuple
from urllib.parse import parse_qsl, quote

MAX_ID_CHARACTERS = 100
DRAFT_PREFIX = "~"
MAX_NUMBER_DIGITS = 17
"""Of a number that an id carries: as many as always fit the integers of 64 bits that the database has."""


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


def draft_number(command: str) -> int | None:
    """Return the number of the draft that a command names, None if it names none."""
    number = command.removeprefix(DRAFT_PREFIX)
    is_number = number.isascii() and number.isdigit() and len(number) <= MAX_NUMBER_DIGITS
    return int(number) if command.startswith(DRAFT_PREFIX) and is_number else None


def _escape(text: str) -> str:
    if text.isascii() and text.isalnum():  # nearly always; ids are made for every answer, and `quote` is slow
        return text
    return quote(text, safe="")
