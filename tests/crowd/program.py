"""One of several processes that serve the same members at once, told what to do by its standard input.

It plays random deeds through the dispatcher and plans what is due meanwhile. Once all have come so far, all send what
waits, at once. At its end it tells what members were answered and what it posted, as JSON.
"""

import asyncio
import os
import random
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec

from bot.app import App
from bot.chat.card import Card
from bot.chat.delivery import Address, Delivery, MessageRef
from bot.clock import StillClock
from bot.config import Settings
from bot.delivery import planner
from bot.errors import NotSaved
from bot.location import ServerDatabase
from bot.questions.bank import QuestionBank
from bot.store.database import Store
from tests.delivery.town import Recorder
from tests.talk import HOME, Heard, Talk

SECONDS_BETWEEN_LEAPS = 1.0
MOST_LEAPS = 20
LEAP = timedelta(hours=12)
ZONES = ("UTC", "Asia/Tokyo", "America/New_York")
SECONDS_BETWEEN_PLANS = 0.5
AT_ONCE = 8
"""Requests that a process works on at the same time."""

TROUBLE = ("Not saved", "Something broke")
"""Beginnings of answers that say nothing of what was asked."""


class Orders(msgspec.Struct):
    """What to do: whose deeds, how many, on which database, from which instant on; `seed` draws them."""

    url: str
    seed: int
    members: int
    deeds: int
    start: datetime
    began: float
    erased: list[str]


class Told(msgspec.Struct):
    """What came of it: check-ins that were answered as kept, and undos, by member; troubles; keys of posts."""

    logged: dict[str, int]
    undone: dict[str, int]
    troubles: list[str]
    posted: list[str]
    repeated: int = 0


class CommonClock:
    """A clock that all processes share: it leaps by half a day, for all of them at once, and goes on between.

    After ten days it leaps no more, so that what is logged then is posted in time.
    """

    def __init__(self, orders: Orders) -> None:
        self._start, self._began = orders.start, orders.began

    def now(self) -> datetime:
        elapsed = time.time() - self._began
        leaps = min(MOST_LEAPS, elapsed // SECONDS_BETWEEN_LEAPS)
        return self._start + timedelta(seconds=elapsed) + LEAP * leaps


class Platform(Recorder):
    """A platform on which each message is known by the process that has posted it."""

    async def post(self, delivery: Delivery) -> MessageRef:
        ref = await super().post(delivery)
        return MessageRef(str(os.getpid()), ref.id)

    async def edit(self, to: Address, ref: MessageRef, card: Card) -> None:
        """Do nothing: most messages are another process's."""


@dataclass
class Player:
    """Plays the deeds, one after the other, beside others who do so, too."""

    talk: Talk
    chance: random.Random
    orders: Orders
    told: Told = field(default_factory=lambda: Told({}, {}, [], []))

    async def play(self, number: int) -> None:
        who = f"m{self.chance.randrange(self.orders.members)}"
        request_id = f"{self.orders.seed}/{number}"
        match self.chance.choices(["log", "undo", "edit", "pause", "goal", "zone", "read"], [70, 8, 8, 3, 3, 2, 6])[0]:
            case "log":
                await self.log(who, request_id, number)
            case "undo":
                heard = await self.say(who, "/undo", request_id)
                if not heard.is_wrong:
                    self.told.undone[who] = self.told.undone.get(who, 0) + 1
            case "edit":
                await self.say(who, f"/edit time: {self.chance.randint(1, 30)}m", request_id)
            case "pause":
                await self.say(who, f"/pause until: 2026-01-{self.chance.randint(20, 30)}", request_id)
            case "goal":
                await self.say(who, f"/goal {self.chance.randint(1, 20)}h", request_id)
            case "zone":
                await self.say(
                    who, f"/timezone {self.chance.choice(['UTC', 'Asia/Tokyo', 'America/New_York'])}", request_id
                )
            case _:
                await self.say(who, self.chance.choice(["/leaderboard", "/progress", "/streak"]), request_id)

    async def log(self, who: str, request_id: str, number: int) -> None:
        """Check in; now and then the same request comes twice at once, and counts once."""
        words = f"/checkin {number % 50 + 1}m {self.chance.choice(['', 'yesterday'])} learned: chain rule {request_id}"
        if self.chance.random() < 0.1:
            heard, again = await asyncio.gather(self.say(who, words, request_id), self.say(who, words, request_id))
            assert heard.answer == again.answer, (heard, again)
            self.told.repeated += 1
        else:
            heard = await self.say(who, words, request_id)
        if not heard.is_wrong and not heard.is_form and "Undo" in heard.labels:
            self.told.logged[who] = self.told.logged.get(who, 0) + 1

    async def say(self, who: str, words: str, request_id: str) -> Heard:
        heard = await self.talk(who, words, channel=self.chance.choice([HOME, "other", None]), request_id=request_id)
        if heard.startswith(TROUBLE):
            self.told.troubles.append(f"{words}: {heard}")
        return heard

    async def erase(self, who: str) -> None:
        request_id = f"{self.orders.seed}/erase {who}"
        asked = await self.talk(who, "/mydata erase", request_id=request_id)
        if "Erase everything" not in asked.labels:
            self.told.troubles.append(f"erase: {asked}")
            return
        heard = await self.talk.press(who, "Erase everything", request_id=f"{request_id}, surely")
        if heard.startswith(TROUBLE):
            self.told.troubles.append(f"erase: {heard}")


async def main(orders: Orders) -> Told:
    clock = CommonClock(orders)
    store = await Store.open(ServerDatabase(orders.url))
    player = Player(Talk(store, clock), random.Random(orders.seed), orders)  # type: ignore[arg-type]  # any clock will do
    numbers = iter(range(orders.deeds))

    async def work() -> None:
        for number in numbers:
            await player.play(number)

    async def plan() -> None:
        while True:
            with suppress(NotSaved):  # as in the program itself, the next tick makes up for it
                await store.write(lambda tx: planner.plan_due(tx, clock.now(), QuestionBank()))
            await asyncio.sleep(SECONDS_BETWEEN_PLANS)

    planning = asyncio.create_task(plan())
    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    planning.cancel()
    await asyncio.wait([planning])
    assert planning.cancelled() or planning.exception() is None, planning
    await asyncio.gather(*(player.erase(who) for who in orders.erased))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.readline)
    still = StillClock(clock.now())
    app, platform = App(Settings(), still, store), Platform(still)
    app.serve(platform)
    await app.delivery.tick()
    await app.delivery.settle()
    await store.close()
    player.told.posted = [posted.key for posted in platform.posts]
    return player.told


if __name__ == "__main__":
    told = asyncio.run(main(msgspec.json.decode(sys.stdin.readline(), type=Orders)))
    sys.stdout.write(msgspec.json.encode(told).decode())
