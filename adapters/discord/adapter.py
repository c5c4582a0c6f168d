"""The Discord adapter: one connection at a time, opened with patience, watched, and left in order."""

import asyncio
import logging
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

import discord

from adapters.discord import access, check, commands, failures, library, limits
from adapters.discord.client import GatewayClient, IdentifyPace
from adapters.discord.events import PlatformEvents
from adapters.discord.forms import forget_old_forms
from adapters.discord.handler import InteractionHandler
from adapters.discord.incoming import PLATFORM
from adapters.discord.interaction import NETWORK
from adapters.discord.leavers import Leavers
from adapters.discord.limits import Timing
from adapters.discord.outgoing import Outgoing
from adapters.discord.posting import Poster
from adapters.discord.render import Renderer
from adapters.discord.settings import UNKNOWN_TO_DISCORD, DiscordSettings, required_token
from adapters.discord.visit import visit
from bot.adapter import Access, Core, Finding, Health, SendLimits
from bot.adapter.hello import Hellos
from bot.charts.picture import DrawPicture
from bot.chat.card import Card
from bot.chat.delivery import Address, ChannelAddress, Delivery, MessageRef
from bot.errors import Misconfigured, TenHoursError

log = logging.getLogger(__name__)
COMMANDS_KEY = "discord/commands"
BAD_TOKEN_CODE, BAD_INTENTS_CODE = 4004, 4014
SPARE_SESSIONS = 10
"""Sessions of the day's thousand that are left alone, for whoever has to start by hand."""


class GatewayUnavailable(Exception):
    """The gateway is silent, or has no session left; `wait_seconds` until it may be tried again."""

    def __init__(self, reason: str, wait_seconds: float = 0.0) -> None:
        super().__init__(reason)
        self.wait_seconds = wait_seconds


class DiscordAdapter:
    """Discord, behind the border that every adapter has."""

    name = PLATFORM
    send_limits = SendLimits(repeats_dropped_seconds=limits.NONCE_SECONDS)

    def __init__(
        self, settings: DiscordSettings, core: Core, pictures: DrawPicture | None, timing: Timing | None = None
    ) -> None:
        self._settings = settings
        self._token = required_token(settings)
        self._core = core
        self._timing = timing or Timing()
        self._pace = IdentifyPace(self._timing)
        self._client: GatewayClient | None = None
        renderer = Renderer(pictures)
        handler = InteractionHandler(core, Outgoing(core, renderer), self._timing, self._find_guild)
        self._poster = Poster(lambda: self._client, renderer, core, self._timing.post_within)
        self._events = PlatformEvents(core, handler, self._poster, Hellos(time.monotonic))
        self._leavers = Leavers(core, self._timing)
        self._detail = "not started"
        self._unregistered = ""

    async def run(self) -> None:
        """Serve until cancelled. Raises `Misconfigured` where Discord refuses the token for good."""
        wait = self._timing.first_login_wait
        await forget_old_forms(self._core.memory)
        while True:
            started = asyncio.get_running_loop().time()
            least_wait = 0.0
            try:
                await self._serve()
            except (discord.LoginFailure, discord.PrivilegedIntentsRequired) as error:
                raise Misconfigured(UNKNOWN_TO_DISCORD) from error
            except discord.ConnectionClosed as error:
                if error.code in (BAD_TOKEN_CODE, BAD_INTENTS_CODE):
                    raise Misconfigured(UNKNOWN_TO_DISCORD) from error
                self._detail = f"closed with {error.code}"
            except (*NETWORK, discord.DiscordException) as error:
                self._detail = str(error) or type(error).__name__
            except GatewayUnavailable as error:
                self._detail, least_wait = str(error), error.wait_seconds
            except Exception as error:
                self._detail = str(error) or type(error).__name__
                log.exception("a connection to discord ended by a fault here")
            if asyncio.get_running_loop().time() - started > self._timing.lives_well_after:
                wait = self._timing.first_login_wait
            log.warning("connection to discord lost", extra={"reason": self._detail, "wait": max(wait, least_wait)})
            await asyncio.sleep(max(wait, least_wait))
            wait = min(wait * 2, self._timing.longest_login_wait)

    async def post(self, delivery: Delivery) -> MessageRef:
        """Post once, or raise a `PostError` that says how surely it did not happen."""
        return await self._poster.post(delivery)

    async def edit(self, to: Address, ref: MessageRef, card: Card) -> None:
        """Replace a posted card; a `PostError` says why it could not be."""
        await self._poster.edit(to, ref, card)

    async def find(self, delivery: Delivery, since: datetime) -> list[MessageRef]:
        """Return the message that a delivery became, or all that say the same, of the newest of its place."""
        return await self._poster.find(delivery, since)

    async def find_access(self, places: Sequence[ChannelAddress]) -> dict[ChannelAddress, Access]:
        """Return what the bot may do in each place, by the connection or, where there is none, by a short visit."""
        if self._client is not None:
            return await access.find_access(self._client, places)
        try:
            async with visit(self._settings) as client:
                return await access.find_access(client, places)
        except TenHoursError:
            return {}

    async def check(self) -> list[Finding]:
        """Look at token, application, servers and permissions, by a short visit without a gateway."""
        return await check.findings(self._settings)

    def health(self) -> Health:
        """Return the age of the last acknowledged heartbeat, and whether the commands could not be registered."""
        client = self._client
        age = client.age() if client is not None else None
        is_ready = client is not None and client.is_ready() and age is not None and age < self._timing.silent_for
        return Health(is_ready, age, self._unregistered if is_ready else self._detail)

    def _find_guild(self, guild_id: int) -> discord.Guild | None:
        return self._client.get_guild(guild_id) if self._client is not None else None

    async def _serve(self) -> None:
        """Hold one connection, from login until it ends."""
        client = GatewayClient(self._events, self._pace, self._timing)
        tasks: list[asyncio.Task[None]] = []
        try:
            await client.login(self._token)
            self._client, self._detail = client, "connecting"
            await self._choose_gateway(client)
            tasks = [
                asyncio.create_task(client.connect(), name="discord gateway"),
                asyncio.create_task(self._watch(client), name="discord watch"),
                asyncio.create_task(self._register_until_done(client), name="discord commands"),
                asyncio.create_task(self._leavers.run(client), name="discord leavers"),
            ]
            await self._wait_for_end(tasks[:2])
        finally:
            await self._leave(client, tasks)

    async def _wait_for_end(self, tasks: Sequence[asyncio.Task[None]]) -> None:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def _leave(self, client: GatewayClient, tasks: Sequence[asyncio.Task[None]]) -> None:
        """Answer what was begun, then close: a gateway that did not hear of its end ends by that."""
        await client.finish()
        self._client = None
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=self._timing.leaves_within)
        await client.close()

    async def _choose_gateway(self, client: GatewayClient) -> None:
        """Ask where the gateway is and how many sessions are left; new sessions go to that very address."""
        _, url, session_limit = await client.http.get_bot_gateway()
        library.use_gateway_at(url)
        if session_limit.get("remaining", SPARE_SESSIONS) < SPARE_SESSIONS:
            raise GatewayUnavailable(
                "Discord has no session left for today", session_limit.get("reset_after", 0) / 1000
            )

    async def _watch(self, client: GatewayClient) -> None:
        """End a connection that has gone silent."""
        silent_seconds = 0.0
        while True:
            await asyncio.sleep(self._timing.watch_every)
            age = client.age()
            silent_seconds = silent_seconds + self._timing.watch_every if age is None else age
            if silent_seconds > self._timing.silent_for:
                span = timedelta(seconds=round(silent_seconds))
                raise GatewayUnavailable(f"the gateway has been silent for {span}")

    async def _register_until_done(self, client: GatewayClient) -> None:
        """Register the commands, again until it works; without them nobody can do anything.

        That is first done once the connection stands, since it loads them: so they are ready for the first member.
        """
        await client.wait_until_ready()
        wait = self._timing.first_login_wait
        while True:
            try:
                await self._register(client)
            except failures.FAILURES as error:
                self._unregistered = f"commands not registered: {error}"
                log.error("commands not registered", extra={"error": str(error), "wait": wait})
                await asyncio.sleep(wait)
                wait = min(wait * 2, self._timing.longest_login_wait)
            else:
                self._unregistered = ""
                return

    async def _register(self, client: GatewayClient) -> None:
        """Register the commands where they are not what was registered last."""
        specs = await asyncio.to_thread(lambda: self._core.commands)
        rendered = commands.render_commands(specs)
        digest = commands.digest(rendered, client.application_id)
        if await self._core.memory.recall(COMMANDS_KEY) == digest or client.application_id is None:
            return
        await client.http.bulk_upsert_global_commands(client.application_id, rendered)
        await self._core.memory.remember(COMMANDS_KEY, digest)
        log.info("commands registered", extra={"count": len(rendered)})
