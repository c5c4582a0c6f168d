"""The border between the core and a platform: what an adapter must do, and what it may ask of the core."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.chat.card import Card
from bot.chat.command import Spec
from bot.chat.delivery import Address, Delivery, MessageRef
from bot.chat.events import Event
from bot.chat.form import Choice
from bot.chat.request import Answer, CommandRequest, Request, User
from bot.clock import Clock


@dataclass(frozen=True, slots=True)
class Health:
    """How a platform's connection is: `age` is the seconds since it last proved alive (None: not connected)."""

    is_ready: bool
    age: float | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `tenhours check`: what was looked at, whether it is well, and what to do if not."""

    subject: str
    is_well: bool
    words: str
    what_to_do: str = ""


class Memory(Protocol):
    """Small things an adapter must remember across restarts: it keeps no table of its own."""

    async def recall(self, key: str) -> str | None:
        """What was remembered under `key`."""
        ...

    async def remember(self, key: str, value: str) -> None:
        """Keep `value` under `key`, replacing what was there."""
        ...

    async def forget(self, key: str) -> None:
        """Drop `key`, if it is there."""
        ...


class Core(Protocol):
    """All that an adapter may ask: the one door in."""

    @property
    def commands(self) -> Sequence[Spec]:
        """Every command, in the order of the guide."""
        ...

    @property
    def memory(self) -> Memory:
        """The adapter's memory."""
        ...

    def now(self) -> datetime:
        """The instant, in UTC."""
        ...

    async def handle(self, request: Request) -> Answer:
        """Do what is asked, commit, and answer. Never raises for anything that a member can cause."""
        ...

    async def draft(self, user: User, command: str, options: dict[str, str]) -> str:
        """Save what a person's form holds, for thirty days, and return the command of a button that opens it again.

        Sent back by a form, the same command brings along the options that it was saved with.
        """
        ...

    async def suggest(self, request: CommandRequest, option: str, typed: str) -> list[Choice]:
        """Completions for an option that is being typed: at most 25."""
        ...

    async def happened(self, event: Event) -> None:
        """Take in what a platform told unasked."""
        ...


@dataclass(frozen=True, slots=True)
class SendLimits:
    """How many posts a platform takes: `at_once` of them under way, two to one place `place_seconds` apart.

    Direct messages go out `direct_burst` at once, then one each `direct_seconds` (0: as fast as they come).
    """

    at_once: int = 8
    place_seconds: float = 0.0
    direct_burst: int = 25
    direct_seconds: float = 0.2


class Adapter(Protocol):
    """A platform. It translates, and does nothing else."""

    @property
    def name(self) -> str:
        """Its short name, as in `Address.platform`."""
        ...

    @property
    def send_limits(self) -> SendLimits:
        """How many posts it takes."""
        ...

    async def run(self) -> None:
        """Serve until cancelled; then leave the platform in order."""
        ...

    async def post(self, delivery: Delivery) -> MessageRef:
        """Post once, or raise a `PostError` that says how surely it did not happen."""
        ...

    async def edit(self, to: Address, ref: MessageRef, card: Card) -> None:
        """Replace a posted card; a `PostRefused` where it no longer stands."""
        ...

    async def find(self, to: Address, key: str, since: datetime) -> MessageRef | None:
        """The message that was posted under `key` after `since`, if the platform can still tell."""
        ...

    async def check(self) -> list[Finding]:
        """Whether its tokens and permissions are as they should be."""
        ...

    def health(self) -> Health:
        """How its connection is now."""
        ...


class World(Protocol):
    """What surrounds a conversation in a terminal: the clock, and the posts that fall due as it goes."""

    @property
    def clock(self) -> Clock:
        """The clock; a `StillClock` can be moved."""
        ...

    async def settle(self) -> None:
        """Post what is due now."""
        ...

    async def move(self, target: datetime) -> None:
        """Move a still clock to `target`, posting on the way what falls due, each at its own time."""
        ...


class Terminal(Adapter, Protocol):
    """An adapter that talks with whoever sits at standard input."""

    async def chat(self, world: World, *, speaker: str, zone: str, as_json: bool) -> None:
        """Take lines until they end."""
        ...

    async def demo(self, world: World, *, zone: str) -> None:
        """Play the sample group's weeks; with a terminal, let the reader go on."""
        ...
