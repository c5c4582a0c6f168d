"""A running program in tests: people talk, the clock moves, and a recording platform keeps what was posted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from bot.adapter import Access, Finding, Health, SendLimits
from bot.app import App
from bot.chat.card import Card
from bot.chat.delivery import Address, ChannelAddress, Delivery, MessageRef, UserAddress
from bot.chat.plain import plain
from bot.clock import StillClock
from bot.config import Settings
from bot.store.database import Store
from tests.talk import MONDAY_MORNING, Talk


@dataclass
class Posted:
    """A message as it stands on the platform."""

    key: str
    to: Address
    card: Card
    at: datetime
    edits: int = 0

    @property
    def text(self) -> str:
        return plain(self.card)

    @property
    def user(self) -> str | None:
        return user_of(self.to)

    @property
    def channel(self) -> str | None:
        return self.to.channel if isinstance(self.to, ChannelAddress) else None


def user_of(to: Address) -> str | None:
    """Return whose direct messages an address is; None for a channel."""
    return to.user if isinstance(to, UserAddress) else None


@dataclass
class Recorder:
    """A platform that keeps every post. `fails` is asked before each post and may raise."""

    clock: StillClock
    name: str = "console"
    posts: list[Posted] = field(default_factory=list)
    fails: Callable[[Delivery], None] = lambda _: None
    fails_after: Callable[[Delivery], None] = lambda _: None
    send_limits: SendLimits = field(default_factory=SendLimits)
    obstacles: dict[str, str] = field(default_factory=dict)
    health_asked: int = 0
    asked: list[ChannelAddress] = field(default_factory=list)
    state: Health = field(default_factory=lambda: Health(is_ready=True))
    is_alike: Callable[[Posted, Delivery], bool] = lambda posted, delivery: posted.key == delivery.key

    def __post_init__(self) -> None:
        self._ids = count()

    async def run(self) -> None:
        return

    async def post(self, delivery: Delivery) -> MessageRef:
        self.fails(delivery)
        self.posts.append(Posted(delivery.key, delivery.to, delivery.card, self.clock.now()))
        self.fails_after(delivery)
        return MessageRef("x", str(len(self.posts) - 1))

    async def edit(self, to: Address, ref: MessageRef, card: Card) -> None:
        posted = self.posts[int(ref.id)]
        posted.card, posted.edits = card, posted.edits + 1

    async def find(self, delivery: Delivery, since: datetime) -> list[MessageRef]:
        return [
            MessageRef("x", str(index)) for index, posted in enumerate(self.posts) if self.is_alike(posted, delivery)
        ]

    async def find_access(self, places: Sequence[ChannelAddress]) -> dict[ChannelAddress, Access]:
        self.asked += places
        return {place: Access(self.obstacles[place.channel]) for place in places if place.channel in self.obstacles}

    async def check(self) -> list[Finding]:
        return []

    def health(self) -> Health:
        self.health_asked += 1
        return self.state


class Town:
    """Everything together."""

    def __init__(self, store: Store, start: datetime) -> None:
        self.clock = StillClock(start)
        self.talk = Talk(store, self.clock)
        self.platform = Recorder(self.clock)
        self.app = App(Settings(), self.clock, store)
        self.app.serve(self.platform)
        self.store = store

    @classmethod
    async def founded(cls, store: Store) -> "Town":
        """Let Ada start a group on a Monday morning, and forget what was posted until now."""
        town = cls(store, MONDAY_MORNING)
        town.talk.starters.add("ada")
        await town.say("ada", "/group start")
        if town.talk.has_form("ada"):
            await town.talk.fill("ada")
        await town.settle()
        town.platform.posts.clear()
        return town

    async def say(self, who: str, words: str, **more: str) -> str:
        """Say a line; what it leaves to be posted is posted."""
        heard = await self.talk(who, words, **more)
        await self.settle()
        return heard

    async def settle(self) -> None:
        """Let all that is due now be planned and posted."""
        await self.app.delivery.settle()

    async def until(self, iso: str) -> list[Posted]:
        """Let the clock go on to a time in UTC; what was posted on the way."""
        before = len(self.platform.posts)
        await self.app.delivery.move(datetime.fromisoformat(iso + "+00:00"))
        return self.platform.posts[before:]

    async def wait(self, **span: float) -> list[Posted]:
        """Let some time go by; what was posted on the way."""
        return await self.until((self.clock.now() + timedelta(**span)).replace(tzinfo=None).isoformat())

    def keys(self, prefix: str = "") -> list[str]:
        """Return the keys of all that was posted, as far as they begin with `prefix`."""
        return [posted.key for posted in self.platform.posts if posted.key.startswith(prefix)]
