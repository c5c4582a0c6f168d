"""The border between the core and a platform: what an adapter must do, and what it may ask of the core."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from msgspec import Struct

from bot.adapter.pages import Pages
from bot.chat.card import Card
from bot.chat.command import Spec
from bot.chat.delivery import Address, ChannelAddress, Delivery, MessageRef
from bot.chat.events import Event
from bot.chat.form import Choice
from bot.chat.request import Answer, CommandRequest, Request, Server, User
from bot.clock import Clock

CLOCK_SKEW = timedelta(days=4)
"""By so much our clock may have been wrong when a post was claimed; what was posted before is another one."""


class Health(Struct, frozen=True):
    """The state of a platform's connection: `age` is the seconds since it last proved alive (None: not connected).

    One that is not ready `stands_by` where this process holds no connection because another one does, or is about to.
    """

    is_ready: bool
    age: float | None = None
    detail: str = ""
    stands_by: bool = False


class Finding(Struct, frozen=True):
    """One line of `tenhours check`: what was looked at, whether it is well, and what to do if not."""

    subject: str
    is_well: bool
    words: str
    what_to_do: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """What keeps the bot from posting to a place, and what only works less well there.

    Both are clauses that name the place and, where one is missing, the permission; "" where there is no such thing.
    `place` is the channel as people there call it (`#general`), "" where that is not known.
    """

    obstacle: str = ""
    shortage: str = ""
    place: str = field(default="", compare=False)


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

    async def list_keys(self, prefix: str) -> list[str]:
        """Return the keys that begin with `prefix`, in order."""
        ...

    async def take_turn(self, key: str, seconds: float) -> float:
        """Take the next turn under `key`, and return the seconds until then: two are so many `seconds` apart at least.

        All processes take turns together. Nothing else is remembered under such a key.
        """
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

    @property
    def pages(self) -> Pages:
        """What is kept for pages: links, sessions and calendars."""
        ...

    def now(self) -> datetime:
        """Return the instant, in UTC."""
        ...

    def may_post(self, platform: str) -> bool:
        """Return True if this process still serves the platform, surely and for as long as a call takes.

        To be asked right before a post or an edit leaves, after all that comes before it: a process that was suspended
        meanwhile is no longer the one that posts.
        """
        ...

    async def handle(self, request: Request) -> Answer:
        """Do what is asked, commit, and answer. Never raises for anything that a member can cause."""
        ...

    async def look(self, requests: Sequence[CommandRequest]) -> Sequence[Answer]:
        """Answer what one page asks, all of the same person: on one snapshot, counted once, and in their order.

        Commands that only read, and forms, write nothing by it. Buttons may be too long for an id.
        """
        ...

    async def draft(self, user: User, command: str, options: dict[str, str]) -> str:
        """Save what a person's form holds, for thirty days, and return the command of a button that opens it again.

        Sent back by a form, the same command brings along the options that it was saved with.
        """
        ...

    async def suggest(self, request: CommandRequest, option: str, typed: str) -> list[Choice]:
        """Return completions for an option that is being typed: at most 25."""
        ...

    async def list_group_channels(self, server: Server) -> Sequence[str]:
        """Return the ids of the channels of a server or workspace that have a group which is awake."""
        ...

    async def list_group_members(self, server: Server) -> Sequence[str]:
        """Return the ids by which the platform knows the members of the groups of a server or workspace."""
        ...

    async def happened(self, event: Event) -> None:
        """Take in what a platform told unasked."""
        ...


class SendLimits(Struct, frozen=True):
    """The number of posts that a platform takes: `at_once` of them under way, two to one place `place_seconds` apart.

    Direct messages go out `direct_burst` at once, then one each `direct_seconds` (0: as fast as they come), and slower
    where the platform asks to wait: with `are_direct_by_team` the team's alone. For `repeats_dropped_seconds` the
    platform surely takes no second message under the same key.
    """

    at_once: int = 8
    place_seconds: float = 0.0
    direct_burst: int = 5
    direct_seconds: float = 0.04
    are_direct_by_team: bool = False
    repeats_dropped_seconds: float = 0.0


class AskingAdapter(Protocol):
    """A way in by which people only ask: nothing is ever posted there."""

    @property
    def name(self) -> str:
        """Its short name, that of its section in the settings."""
        ...

    async def run(self) -> None:
        """Serve until cancelled; then leave the platform in order."""
        ...

    async def check(self) -> list[Finding]:
        """Look at tokens and permissions, and return what was found."""
        ...

    def health(self) -> Health:
        """Return how its connection is now."""
        ...


class Adapter(AskingAdapter, Protocol):
    """A platform. It translates, and does nothing else; `name` is as in `Address.platform`."""

    @property
    def send_limits(self) -> SendLimits:
        """The number of posts it takes, and how fast."""
        ...

    async def post(self, delivery: Delivery) -> MessageRef:
        """Post once, or raise a `PostError` that says how surely it did not happen."""
        ...

    async def edit(self, to: Address, ref: MessageRef, card: Card) -> None:
        """Replace a posted card. Raises a `PostError`: `PostRefused` where it no longer stands."""
        ...

    async def find(self, delivery: Delivery, since: datetime) -> Sequence[MessageRef]:
        """Return the message that a delivery became, where its key or a mark of it tells that for sure.

        It was posted at `since` or later by our clock, and hardly much later: the messages of then are looked through,
        and the newest. Where a platform keeps neither key nor mark, return all messages of ours that say the same, none
        older than `CLOCK_SKEW` before `since`, the oldest first: the core knows which of them are other posts. None
        only where there surely is none.

        Raises `RetryLater` where the platform asks to wait or can't be reached, `PostRefused` where it does not let the
        bot look, and `PostUnsure` where the look fails otherwise.
        """
        ...

    async def find_access(self, places: Sequence[ChannelAddress]) -> Mapping[ChannelAddress, Access]:
        """Return whether the bot can post to each place, asked of the platform, also while it is not served.

        A place of which the platform does not tell, or not now, is left out.
        """
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
