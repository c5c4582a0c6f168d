"""The Discord adapter on the local Discord, ready to serve; and messages as members read them."""

import asyncio
import re
import threading
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import discord.gateway
import discord.http
import yarl

from adapters.discord.adapter import DiscordAdapter
from adapters.discord.limits import Timing
from adapters.discord.settings import DiscordSettings
from bot.adapter import Core
from bot.charts.picture import DrawPicture
from bot.chat.delivery import Address, ChannelAddress, MessageRef, UserAddress
from tests.adapters.probe import ADA, BOB, Probe, Shown
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.use import MODAL, Use, buttons_of
from tests.servers.discord.world import TOKEN, Json, Message, Person, Place, Server

FAST = Timing(
    defer_after=1.0,
    form_within=1.5,
    post_within=5.0,
    first_login_wait=0.01,
    longest_login_wait=0.05,
    identify_wait=0.0,
    identify_apart=0.0,
    guild_ready=0.01,
    watch_every=0.02,
    close_within=1.0,
)
HEARTS = "keep-alive-handler"
"""discord.py's threads that beat for a connection; none may outlive its event loop."""

_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")


def redirect(server: DiscordServer) -> None:
    """Let discord.py find the local Discord; `restored` puts everything back."""
    discord.http.Route.BASE = server.base
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(server.gateway.address)


@asynccontextmanager
async def local_discord() -> AsyncIterator[DiscordServer]:
    """Run a local Discord that discord.py takes for the real one."""
    base, gateway = discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    server = DiscordServer()
    await server.start()
    redirect(server)
    try:
        yield server
    finally:
        await server.close()
        discord.http.Route.BASE = base
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway


class Running:
    """An adapter that runs until it is stopped."""

    def __init__(
        self,
        core: Core,
        *,
        timing: Timing = FAST,
        pictures: DrawPicture | None = None,
        token: str = TOKEN,
        shards: int = 1,
    ) -> None:
        self.adapter = DiscordAdapter(DiscordSettings(token, shards=shards), core, pictures, timing)
        self.task = asyncio.create_task(self.adapter.run(), name="discord adapter")

    async def until_ready(self) -> None:
        async with asyncio.timeout(60):
            while not self.adapter.health().is_ready:
                if self.task.done():
                    self.task.result()
                await asyncio.sleep(0.005)

    async def stop(self) -> None:
        self.task.cancel()
        await asyncio.wait([self.task])
        await eventually(lambda: not any(thread.name.startswith(HEARTS) for thread in threading.enumerate()))


async def eventually(is_so: Any, within: float = 5.0) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(within):
        while not is_so():
            await asyncio.sleep(0.005)


class DiscordProbe(Probe):
    """Ada and Bob on one server of the local Discord."""

    def __init__(self, server: DiscordServer, running: Running, home: Server, people: Mapping[str, Person]) -> None:
        self.server = server
        self.running = running
        self.adapter = running.adapter
        self.home = home
        self.people = people
        self.open: dict[str, Use] = {}

    @property
    def broken(self) -> Sequence[str]:  # type: ignore[override]
        return self.server.broken

    @property
    def place(self) -> Place:
        return self.home.channels[0]

    @property
    def channel(self) -> ChannelAddress:
        return ChannelAddress("discord", str(self.home.id), str(self.place.id), name=self.place.name)

    def direct(self, name: str) -> Address:
        return UserAddress("discord", "", self.id_of(name), name=name)

    def id_of(self, name: str) -> str:
        return str(self.people[name].id)

    @property
    def gone(self) -> MessageRef:
        return MessageRef(str(self.place.id), "12345")

    async def say(self, name: str, command: str, options: Mapping[str, str]) -> None:
        self._seen(name, await self.server.command(self.people[name], self.place, command, options))

    async def press(self, name: str, label: str) -> None:
        person = self.people[name]
        visible = [message for message in self.server.world.messages.values() if self._sees(person, message)]
        message = next(one for one in reversed(visible) if label in shown(one.data).buttons)
        self._seen(name, await self.server.press(person, message, label))

    async def fill(self, name: str, values: Mapping[str, str]) -> None:
        if name not in self.open:
            await self.press(name, "Try again")
        self._seen(name, await self.server.fill(self.open.pop(name), values))

    async def public(self) -> list[Shown]:
        return [shown(message.data) for message in self.server.world.of(self.place)]

    async def private(self, name: str) -> list[Shown]:
        messages = [shown(message.data) for message in self.server.world.only_for(self.people[name])]
        return [*messages, Shown(form_text(self.open[name].data))] if name in self.open else messages

    async def close(self) -> None:
        await self.running.stop()

    def _seen(self, name: str, use: Use) -> None:
        if use.answer is not None and use.kind == MODAL:
            self.open[name] = use

    def _sees(self, person: Person, message: Message) -> bool:
        return (
            message.to is person
            or (message.to is None and message.place is self.place)
            or message.place.person is person
        )


async def make_probe(server: DiscordServer, core: Core, **more: Any) -> DiscordProbe:
    """Return a ready adapter with the two members."""
    people = {name: server.world.add_person(name.capitalize()) for name in (ADA, BOB)}
    home = server.world.add_server("Study hall", "general", "elsewhere")
    running = Running(core, **more)
    await running.until_ready()
    await eventually(lambda: server.syncs)
    return DiscordProbe(server, running, home, people)


def shown(message: Json) -> Shown:
    """Return a message as a member reads it."""
    parts = [message["content"]]
    for embed in message["embeds"]:
        parts += [embed.get("title", ""), embed.get("description", "")]
        parts += [text for field in embed.get("fields", []) for text in (field["name"], field["value"])]
        parts.append((embed.get("footer") or {}).get("text", ""))
    parts += [part["content"] for part in message["components"] if part["type"] == 10]
    parts += [attachment["description"] or "" for attachment in message["attachments"]]
    text = _ESCAPED.sub(r"\1", "\n".join(part.removeprefix("### ") for part in parts if part))
    text = text.replace("\u200b", "").replace("**", "")
    labels = tuple(button["label"] for button in buttons_of(message))
    return Shown(text, labels, frozenset(mention["id"] for mention in message["mentions"]))


def form_text(modal: Json) -> str:
    """Return a modal as a member reads it."""
    fields = [
        f"{label['label']}: {label['component'].get('value', '')} ({label.get('description', '')})"
        for label in modal["components"]
    ]
    return "\n".join([modal["title"], *fields])
