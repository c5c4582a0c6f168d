"""A button's id carries its command and options in at most 100 characters, so that buttons outlive a restart.

`checkin?time=2h&day=yesterday`, values percent-escaped. What does not fit is kept as a draft under a short name,
`~41`, which then stands where the command does.
"""

from typing import NamedTuple
from urllib.parse import parse_qsl, quote

LONGEST = 100
DRAFT = "~"
LONGEST_NUMBER = 18


class Pressed(NamedTuple):
    """What a button id stands for."""

    command: str
    options: dict[str, str]


def pack(command: str, options: dict[str, str]) -> str | None:
    """The id, or None where it would be longer than 100 characters."""
    filled = "&".join(f"{_escaped(name)}={_escaped(value)}" for name, value in options.items())
    packed = command.replace(" ", ".") + ("?" + filled if filled else "")
    return packed if len(packed) <= LONGEST else None


def unpack(button_id: str) -> Pressed:
    """Command and options of a packed id; unreadable parts are dropped, for ids come from outside."""
    command, _, query = button_id.partition("?")
    return Pressed(command.replace(".", " "), dict(parse_qsl(query, keep_blank_values=True)))


def draft_name(number: int) -> str:
    """The command of a button whose real command and options are kept as a draft."""
    return f"{DRAFT}{number}"


def draft_number(command: str) -> int | None:
    """Which draft a command names, if it names one."""
    number = command.removeprefix(DRAFT)
    is_draft = command.startswith(DRAFT) and number.isascii() and number.isdigit() and len(number) < LONGEST_NUMBER
    return int(number) if is_draft else None


def _escaped(text: str) -> str:
    """Most ids are short words and numbers, and those are made for every answer."""
    return text if text.isascii() and text.isalnum() else quote(text, safe="")
