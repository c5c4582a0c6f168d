"""A core that answers when it is told to, and what is asked of it on Discord."""

import asyncio

from bot.chat.card import Actions, Button, Card, Line
from bot.chat.form import Choice
from bot.chat.request import Answer, Audience, CommandRequest, Reply, Request
from tests.adapters.discord.probe import DiscordProbe, shown
from tests.adapters.fake_core import FakeCore
from tests.adapters.probe import ADA
from tests.servers.discord.use import Use

CALLBACK = "POST /interactions/"
LOGGED = Reply(Card("Checked in", (Line(("2 h logged",)), Actions((Button("Undo", "undo", {"checkin": "7"}),)))))
PUBLIC = Reply(Card("Board"), Audience.PUBLIC)


class SlowCore(FakeCore):
    """A core whose answers wait until they are let go."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.gate.set()
        self.fails = False

    async def handle(self, request: Request) -> Answer:
        await self.gate.wait()
        if self.fails:
            raise ValueError("a fault of ours")
        return await super().handle(request)

    async def suggest(self, request: CommandRequest, option: str, typed: str) -> list[Choice]:
        await self.gate.wait()
        return [Choice("x" * 300, "y"), Choice("too long", "z" * 200), *await super().suggest(request, option, typed)]


async def use(probe: DiscordProbe, command: str = "checkin", **options: str) -> Use:
    return await probe.server.command(probe.people[ADA], probe.place, command, options or {"time": "2h"}, waits=False)


def text(of: Use) -> str:
    assert of.message is not None
    return shown(of.message.data).text


async def settled(of: Use) -> Use:
    async with asyncio.timeout(60):
        await of.settled.wait()
    return of
