"""The border of `tenhours setup`: what an adapter asks for, how it tries what was typed, and where its bot is then.

An adapter brings it as `Plugin.setup`. It asks and tries; the core speaks with whoever sets it up, and writes.
"""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from msgspec import Struct

from bot.adapter import Access

S_contra = TypeVar("S_contra", contravariant=True)
"""The type of the adapter's settings."""


def as_typed(text: str) -> str:
    """Return what was typed, unchanged."""
    return text


class Question(Struct, frozen=True):
    """A setting to ask for: `key` of the adapter's section, and what is asked.

    `steps` say where to get it, a step a line. `read` returns the value for what was typed; it raises `Refused`, with
    the next step, for what is surely something else, such as another secret from the same page.
    """

    key: str
    asks: str
    steps: tuple[str, ...] = ()
    read: Callable[[str], str] = as_typed


class Ways(Struct, frozen=True):
    """A choice that decides which setting comes next: labels, each with its question. The first is advised."""

    asks: str
    ways: tuple[tuple[str, Question], ...]


class Room(Struct, frozen=True):
    """A channel that the bot sees: its id, its name without a sign, and what keeps the bot from posting there."""

    id: str
    name: str
    access: Access


class Site(Struct, frozen=True):
    """A server or workspace that the bot is in. `lacks` are the names of permissions that it was not given."""

    name: str
    lacks: tuple[str, ...]
    rooms: tuple[Room, ...]


class Invitation(Struct, frozen=True):
    """How the bot gets into the first place: steps, a step a line, and a link to open ("" where there is none)."""

    steps: tuple[str, ...]
    link: str = ""


class PlatformSetup(Protocol[S_contra]):
    """The part of `tenhours setup` that only the adapter knows. Each method may ask the platform, and change nothing.

    All of them raise `Misconfigured` where the platform does not take the settings, with a sentence that says what to
    do, and `TenHoursError` where it does not answer.
    """

    @property
    def start_command(self) -> str:
        """What an organiser types to start a group, as the platform has it: `/group start`."""
        ...

    def next_question(self, settings: S_contra) -> Question | Ways | None:
        """Return what is to be asked next; None where nothing is missing."""
        ...

    def question_of(self, settings: S_contra, key: str) -> Question | None:
        """Return the question for a setting, so that it can be changed; None for one that is never asked for."""
        ...

    async def identify(self, settings: S_contra) -> str:
        """Return in words, without a dot, whose the tokens are that are set: `belongs to the bot Ten Hours`."""
        ...

    async def try_value(self, settings: S_contra, key: str) -> str:
        """Try one setting by a call; return what came of it, in words without a dot."""
        ...

    async def find_sites(self, settings: S_contra) -> Sequence[Site]:
        """Return the servers or workspaces that the bot is in, with the channels in which it may post or might."""
        ...

    async def invite(self, settings: S_contra) -> Invitation:
        """Return how to bring the bot into a server or channel, with the least permissions it needs."""
        ...

    async def post_test(self, settings: S_contra, room: Room) -> None:
        """Post a message into a channel that says it is a test, and how to start a group there."""
        ...
