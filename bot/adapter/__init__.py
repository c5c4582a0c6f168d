"""The border between the core and a platform: what an adapter must do, and what it may ask of the core."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.chat.card import Card
from bot.chat.command import Spec
from bot.chat.delivery import Address, ChannelAddress, Delivery, MessageRef
from bot.chat.events import Event
from bot.chat.form import Choice
from bot.chat.request import Answer, CommandRequest, Request, User
from bot.clock import Clock


@dataclass(frozen=True, slots=True)
class Health:
    """The state of a platform's connection: `age` is the seconds since it last proved alive (None: not connected)."""

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


@dataclass(frozen=True, slots=True)
class Access:
    """What keeps the bot from posting to a place, and what only works less well there.

    Both are clauses that name the place and, where one is missing, the permission; "" where there is no such thing.
    """

    obstacle: str = ""
    shortage: str = ""


class Memory(Protocol):
    """Small things an adapter must remember across restarts: it keeps no table of its own."""

    async def recall(self, key: str) -> str | None:
        """Return what was remembered under `key`, None where nothing was."""
        ...

    async def remember(self, key: str, value: str) -> None:
        """Save `value` under `key`, replacing what was there."""
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
        """Return the instant, in UTC."""
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
        """Return completions for an option that is being typed: at most 25."""
        ...

    async def happened(self, event: Event) -> None:
        """Take in what a platform told unasked."""
        ...


@dataclass(frozen=True, slots=True)
class SendLimits:
    """The number of posts that a platform takes: `at_once` of them under way, two to one place `place_seconds` apart.

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
        """The number of posts it takes, and how fast."""
        ...

    async def run(self) -> None:
        """Serve until cancelled; then leave the platform in order."""
        ...

    async def post(self, delivery: Delivery) -> MessageRef:
        """Post once, or raise a `PostError` that says how surely it did not happen."""
        ...

    async def edit(self, to: Address, ref: MessageRef, card: Card) -> None:
        """Replace a posted card. Raises a `PostError`: `PostRefused` where it no longer stands."""
        ...

    async def find(self, delivery: Delivery, since: datetime) -> Sequence[MessageRef]:
        """Return the message that a delivery became after `since`, where its key or a mark of it tells that for sure.

        Where a platform keeps neither, return all messages of ours that say the same, the oldest first: the core knows
        which of them are other posts. None where there is none, or where the platform cannot tell any more.
        """
        ...

    async def find_access(self, places: Sequence[ChannelAddress]) -> Mapping[ChannelAddress, Access]:
        """Return whether the bot can post to each place, asked of the platform, also while it is not served.

        A place of which the platform does not tell, or not now, is left out.
        """
        ...

    async def check(self) -> list[Finding]:
        """Look at tokens and permissions, and return what was found."""
        ...

    def health(self) -> Health:
        """Return how its connection is now."""
        ...


class World(Protocol):
    """The surroundings of a conversation in a terminal: the clock, and the posts that fall due as it goes."""

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
