"""A typed line: who says it, in which room, and whether it is a command of the bot or an instruction to the console."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.command import Spec
from bot.chat.request import User
from bot.domain.names import NAMELESS, clean_name, quoted
from bot.errors import Refused, Typed

PLATFORM = "console"
ROOM = "console"
INSTRUCTIONS = ("press", "fill", "advance", "at", "help", "quit")
_SPEAKER = re.compile(r'@(?:"(?P<quoted>[^"]*)"|(?P<name>[^\s"]+))(?:\s+|$)')
_ROOM = re.compile(r"#(?P<room>[^\s#/:@][^\s/]*)(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A line taken apart. `instruction` is one of `INSTRUCTIONS`, or "" for a command, whose words are in `rest`.

    `speaker` and `room` are None where the line does not name them.
    """

    speaker: str | None
    room: str | None
    instruction: str
    rest: str


def parse_line(line: str, specs: Sequence[Spec] = ()) -> TypedLine | None:
    """Return the line taken apart; None for an empty one or a comment (`# …`).

    Raises `Refused` where it makes no sense.
    """
    rest = line.strip().lstrip("\ufeff").strip()
    if not rest or re.match(r"#(\s|#|$)", rest):
        return None
    speaker = room = None
    while True:
        if speaker is None and (prefix := _SPEAKER.match(rest)):
            speaker = prefix["name"] or prefix["quoted"]
        elif room is None and (prefix := _ROOM.match(rest)):
            room = room_of(prefix["room"])
        else:
            break
        rest = rest[prefix.end() :]
    instruction, rest = _split_instruction(rest, specs)
    return TypedLine(speaker, room, instruction, rest)


def user_of(name: str, zone: str) -> User:
    """Return who speaks under a name; case does not tell people apart. Raises `Refused` where it cannot be seen."""
    shown = _visible(name, "name", "--as ada")
    return User(PLATFORM, "", shown.casefold(), shown, zone=zone, may_start=True)


def room_of(name: str) -> str:
    """Return the id of a channel, which is also its name. Raises `Refused` where it cannot be seen."""
    return _visible(name, "room", "#room /group start").casefold()


def is_room(name: str) -> bool:
    """Return True if a line can name a room so."""
    return _ROOM.fullmatch(f"#{name}") is not None


def _visible(typed: str, what: str, example: str) -> str:
    shown = clean_name(typed)
    if shown == NAMELESS and typed.strip().casefold() != NAMELESS:
        raise Refused(f"That {what} has nothing in it that I can see.", example)
    return shown


def _split_instruction(rest: str, specs: Sequence[Spec]) -> tuple[str, str]:
    if rest.startswith("/"):
        return "", _command(rest[1:].strip())
    if rest.startswith(":"):
        word, _, argument = rest[1:].partition(" ")
        if word.casefold() in INSTRUCTIONS:
            return word.casefold(), argument.strip()
        known = ", ".join(f":{name}" for name in INSTRUCTIONS)
        raise Refused(f"There's no instruction {quoted(':' + word)}. There are {known}.", ":help")
    if not rest:
        raise Refused("What does that person say?", "@bo /progress")
    raise _no_slash(rest, specs)


def _command(words: str) -> str:
    """Return the words of a command; `/` alone and `/help` are how people look for the guide."""
    first, _, others = words.partition(" ")
    return f"guide {others}".strip() if first.casefold() in ("", "help") else words


def _no_slash(rest: str, specs: Sequence[Spec]) -> Refused:
    commands = {spec.name.split()[0] for spec in specs}
    is_command = rest.split(maxsplit=1)[0].casefold() in commands
    example = f"/{rest}" if is_command and len(rest) <= len("/checkin 2h30 learned: chain rule") else "/checkin 2h30"
    return Refused(
        ("I only listen to commands, and they begin with a slash; ", Typed("/guide"), " lists them."), example
    )
