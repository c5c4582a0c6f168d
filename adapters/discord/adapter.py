"""The Discord adapter: one connection for all servers, or one for each shard, and calls of the API beside them."""

import asyncio
import time
from collections.abc import Sequence
from datetime import datetime

import discord

from adapters.discord import access, check, library, limits
from adapters.discord.client import IdentifyPace
from adapters.discord.events import PlatformEvents
from adapters.discord.forms import forget_old_forms
from adapters.discord.gateway import Gateway, stay_connected
from adapters.discord.handler import InteractionHandler
from adapters.discord.incoming import PLATFORM
from adapters.discord.limits import Timing
from adapters.discord.outgoing import Outgoing
from adapters.discord.posting import Poster
from adapters.discord.render import Renderer
from adapters.discord.settings import DiscordSettings, required_token
from adapters.discord.shard import Shard
from adapters.discord.visit import visit
from bot.adapter import Access, Core, Finding, Health, SendLimits
from bot.adapter.hello import Hellos
from bot.adapter.shared import Parts, Serve
from bot.charts.picture import DrawPicture
from bot.chat.card import Card
from bot.chat.delivery import Address, ChannelAddress, Delivery, MessageRef
from bot.errors import TenHoursError

STANDING_BY = "another process serves it, or this one has not begun"


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
        self._login: discord.Client | None = None
        self._login_detail = "not started"
        renderer = Renderer(pictures)
        handler = InteractionHandler(core, Outgoing(core, renderer), self._timing, self._find_guild)
        poster = Poster(self._find_client, renderer, core, self._timing.post_within)
        self._poster = poster
        pace, hellos = IdentifyPace(self._timing), Hellos(time.monotonic)
        self._gateways = [
            Gateway(
                shard,
                self._token,
                core,
                pace,
                self._timing,
                lambda shard=shard: PlatformEvents(core, handler, poster, hellos, shard),  # type: ignore[misc]
            )
            for shard in (Shard(number, settings.shards) for number in range(settings.shards))
        ]

    async def run(self) -> None:
        """Serve until cancelled. Raises `Misconfigured` where Discord refuses the token for good."""
        if not self._is_sharded:
            await forget_old_forms(self._core.memory)
            await self._gateways[0].run()
            return
        serving = [asyncio.create_task(serve()) for serve in (self._stay_logged_in, *self._parts.values())]
        try:
            done, _ = await asyncio.wait(serving, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in serving:
                task.cancel()
            await asyncio.wait(serving)

    @property
    def parts(self) -> Parts | None:
        """A login for each process, and each shard for one of them; None where there is one shard."""
        return Parts(self._stay_logged_in, self._parts) if self._is_sharded else None

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
        client = self._find_client()
        if client is not None:
            return await access.find_access(client, places)
        try:
            async with visit(self._settings) as client:
                return await access.find_access(client, places)
        except TenHoursError:
            return {}

    async def check(self) -> list[Finding]:
        """Look at token, application, servers and permissions, by a short visit without a gateway."""
        return await check.findings(self._settings)

    def health(self) -> Health:
        """Return the state of the connection; with several shards, that of all which this process has."""
        if not self._is_sharded:
            gateway = self._gateways[0]
            return gateway.health() if gateway.is_running else Health(False, detail=STANDING_BY, stands_by=True)
        if self._login is None:
            return Health(False, None, self._login_detail)
        states = {gateway.shard: gateway.health() for gateway in self._gateways if gateway.is_running}
        ages = [state.age for state in states.values() if state.age is not None]
        details = [f"{shard.name}: {state.detail}" for shard, state in states.items() if state.detail]
        is_ready = all(state.is_ready for state in states.values())
        return Health(is_ready, max(ages, default=0.0), ", ".join(details))

    @property
    def _is_sharded(self) -> bool:
        return len(self._gateways) > 1

    @property
    def _parts(self) -> dict[str, Serve]:
        return {gateway.shard.name: gateway.run for gateway in self._gateways}

    def _find_client(self) -> discord.Client | None:
        """Return the client by which the API is called."""
        return self._login if self._is_sharded else self._gateways[0].client

    def _find_guild(self, guild_id: int) -> discord.Guild | None:
        return next((guild for gateway in self._gateways if (guild := gateway.find_guild(guild_id))), None)

    async def _stay_logged_in(self) -> None:
        """Hold a client for the API, whichever shards this process has."""
        await forget_old_forms(self._core.memory)
        await stay_connected(self._log_in, self._timing, self._say_login)

    async def _log_in(self) -> None:
        async with discord.Client(
            intents=discord.Intents(guilds=True),
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=limits.RATE_LIMIT_SECONDS,
            http_trace=library.traced(),
        ) as client:
            await client.login(self._token)
            self._login = client
            try:
                await asyncio.Event().wait()
            finally:
                self._login = None

    def _say_login(self, detail: str) -> None:
        self._login_detail = detail
