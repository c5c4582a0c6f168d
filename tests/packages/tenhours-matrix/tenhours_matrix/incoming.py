"""Requests of members: pure functions of the homeserver's events."""

from typing import assert_never

from msgspec import Struct

from bot.chat.button_id import unpack
from bot.chat.request import Channel, CommandRequest, Request, TextRequest, User, Via

PLATFORM = "matrix"


class Said(Struct, frozen=True, tag="said"):
    """A line that was typed in a room."""

    id: str
    room: str
    sender: str
    name: str
    is_moderator: bool
    words: str


class Pressed(Struct, frozen=True, tag="pressed"):
    """A button that was pressed under a message, which perhaps only the sender sees."""

    id: str
    room: str
    sender: str
    name: str
    is_moderator: bool
    message: str
    is_private: bool
    button: str


class Filled(Struct, frozen=True, tag="filled"):
    """A form that was sent."""

    id: str
    room: str
    sender: str
    name: str
    is_moderator: bool
    command: str
    values: dict[str, str]


Event = Said | Pressed | Filled


def request_of(event: Event) -> Request:
    """Return the request; its id is the event's own, by which the core knows one that is delivered again."""
    user, channel = user_of(event), Channel(PLATFORM, "", event.room, event.room)
    match event:
        case Said(words=words):
            return TextRequest(event.id, user, channel, words.removeprefix("/"))
        case Pressed(button=button):
            command, options = unpack(button)
            return CommandRequest(event.id, user, channel, command, options, Via.BUTTON)
        case Filled(command=command, values=values):
            return CommandRequest(event.id, user, channel, command, values, Via.FORM)
        case _:
            assert_never(event)


def user_of(event: Event) -> User:
    """Return who did it, with what the room allows them at this moment."""
    return User(PLATFORM, "", event.sender, event.name, may_organise=event.is_moderator, may_start=event.is_moderator)
