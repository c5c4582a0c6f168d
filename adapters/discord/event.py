"""What the gateway tells of an interaction, as far as it matters here, by the names of Discord's own documentation."""

from enum import IntEnum
from typing import Any

from msgspec import Struct

from adapters.discord import limits

Json = dict[str, Any]
Id = str | int
"""Discord writes its ids and permissions as strings; numbers are read too."""

EPHEMERAL = 1 << 6
THREADS = frozenset({10, 11, 12})
"""Kinds of a channel: threads of announcements, public and private ones."""


class Kind(IntEnum):
    """What an interaction is about."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    FORM = 5


KINDS = frozenset(Kind)


class Callback(IntEnum):
    """How an interaction is answered first."""

    MESSAGE = 4
    LATER_MESSAGE = 5
    LATER_EDIT = 6
    EDIT = 7
    SUGGESTIONS = 8
    FORM = 9


class Person(Struct):
    """A user, as far as it matters here."""

    id: Id
    username: str
    global_name: str | None = None


class Member(Struct):
    """A user in a server, with the permissions that Discord has worked out for them here and now."""

    user: Person
    nick: str | None = None
    permissions: Id = "0"


class Place(Struct):
    """A channel, thread or direct message."""

    id: Id
    name: str | None = None
    type: int = 0

    @property
    def is_thread(self) -> bool:
        """Whether other permissions count there than in a channel."""
        return self.type in THREADS


class Message(Struct):
    """The message that a button stood in."""

    id: Id
    flags: int = 0


class Event(Struct):
    """What the gateway tells of an interaction; either `member` or `user` says whose it is."""

    id: Id
    token: str
    type: int
    application_id: Id
    data: Json = {}
    guild_id: Id | None = None
    channel_id: Id | None = None
    channel: Place | None = None
    member: Member | None = None
    user: Person | None = None
    message: Message | None = None
    locale: str = "en"
    app_permissions: Id = "0"
    attachment_size_limit: int = limits.ATTACHMENT
