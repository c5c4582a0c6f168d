"""The connection of a shard: one at a time, opened with patience, watched, and left in order."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import discord

from adapters.discord import commands, failures, library
from adapters.discord.client import GatewayClient, IdentifyPace, Listener
from adapters.discord.interaction import NETWORK
from adapters.discord.leavers import Leavers
from adapters.discord.limits import Timing
from adapters.discord.settings import UNKNOWN_TO_DISCORD
from adapters.discord.shard import Shard, Turns
from bot.adapter import Core, Health
from bot.errors import Misconfigured

log = logging.getLogger(__name__)
COMMANDS_KEY = "discord/commands"
BAD_TOKEN_CODE, SHARDS_CODE, BAD_INTENTS_CODE = 4004, 4011, 4014
SPARE_SESSIONS = 10
"""Sessions of the day's thousand that are left alone, for whoever has to start by hand."""


class GatewayUnavailable(Exception):
    """The gateway is silent, or has no session left; `wait_seconds` until it may be tried again."""

    def __init__(self, reason: str, wait_seconds: float = 0.0) -> None:
        super().__init__(reason)
        self.wait_seconds = wait_seconds


class Gateway:
    """The connection of one shard; that of the first one also registers the commands."""

    def __init__(
        self, shard: Shard, token: str, core: Core, pace: IdentifyPace, timing: Timing, listen: Callable[[], Listener]
    ) -> None:
        self.shard = shard
        self.client: GatewayClient | None = None
        self.is_running = False
        self._token = token
        self._core = core
        self._pace = pace
        self._timing = timing
        self._listen = listen
        self._turns = Turns(core.memory, shard, timing.identify_apart)
        self._leavers = Leavers(core, timing, shard)
        self._detail = "not started"
        self._unregistered = ""

    async def run(self) -> None:
        """Serve until cancelled. Raises `Misconfigured` where Discord refuses the token or the shards for good."""
        listener = self._listen()  # what it knows of the servers may have changed while another process had the shard
        self.is_running = True
        try:
            await stay_connected(lambda: self._serve(listener), self._timing, self._say)
        finally:
            self.is_running = False

    def health(self) -> Health:
        """Return the age of the last acknowledged heartbeat, and whether the commands could not be registered."""
        client = self.client
        age = client.age() if client is not None else None
        is_ready = client is not None and client.is_ready() and age is not None and age < self._timing.silent_for
        return Health(is_ready, age, self._unregistered if is_ready else self._detail)

    def find_guild(self, guild_id: int) -> discord.Guild | None:
        """Return a server that this connection has; None while it does not know it."""
        return self.client.get_guild(guild_id) if self.client is not None else None

    def _say(self, detail: str) -> None:
        self._detail = detail

    async def _serve(self, listener: Listener) -> None:
        """Hold one connection, from login until it ends."""
        client = GatewayClient(listener, self._take_turn, self._timing, self.shard)
        tasks: list[asyncio.Task[None]] = []
        try:
            await client.login(self._token)
            self.client, self._detail = client, "connecting"
            await self._choose_gateway(client)
            await self._turns.take_ahead()
            tasks = [
                asyncio.create_task(client.connect(), name="discord gateway"),
                asyncio.create_task(self._watch(client), name="discord watch"),
                asyncio.create_task(self._register_until_done(client), name="discord commands"),
                asyncio.create_task(self._leavers.run(client), name="discord leavers"),
            ]
            await self._wait_for_end(tasks[:2])
        except discord.ConnectionClosed as error:
            if error.code == SHARDS_CODE and not self.shard.is_only:
                raise Misconfigured(
                    f"[discord] shards = {self.shard.count}: too few for the servers that the bot is in."
                ) from error
            raise
        finally:
            await self._leave(client, tasks)

    async def _take_turn(self, shards: int) -> None:
        """Wait until a session may be begun: as this process should space them, and as all of them must."""
        await self._pace.take_turn(shards)
        await self._turns.take()

    async def _wait_for_end(self, tasks: Sequence[asyncio.Task[None]]) -> None:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def _leave(self, client: GatewayClient, tasks: Sequence[asyncio.Task[None]]) -> None:
        """Answer what was begun, then close: a gateway that did not hear of its end ends by that."""
        await client.finish()
        self.client = None
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=self._timing.leaves_within)
        await client.close()

    async def _choose_gateway(self, client: GatewayClient) -> None:
        """Ask where the gateway is and how many sessions are left; new sessions go to that very address."""
        _, url, session_limit = await client.http.get_bot_gateway()
        library.use_gateway_at(url)
        self._turns.buckets = max(1, session_limit.get("max_concurrency", 1))
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
        """Load the commands; the first shard registers them where they are not what was registered last."""
        specs = await asyncio.to_thread(lambda: self._core.commands)
        if self.shard.id != 0:
            return
        rendered = commands.render_commands(specs)
        digest = commands.digest(rendered, client.application_id)
        if await self._core.memory.recall(COMMANDS_KEY) == digest or client.application_id is None:
            return
        await client.http.bulk_upsert_global_commands(client.application_id, rendered)
        await self._core.memory.remember(COMMANDS_KEY, digest)
        log.info("commands registered", extra={"count": len(rendered)})


async def stay_connected(connect: Callable[[], Awaitable[None]], timing: Timing, say: Callable[[str], None]) -> None:
    """Hold a connection for ever: `connect` holds one until it ends, then comes the next, after ever longer waits.

    `say` is called with why one has ended. Raises `Misconfigured` where Discord refuses the token for good.
    """
    wait = timing.first_login_wait
    while True:
        started = asyncio.get_running_loop().time()
        least_wait, reason = 0.0, "ended"
        try:
            await connect()
        except (discord.LoginFailure, discord.PrivilegedIntentsRequired) as error:
            raise Misconfigured(UNKNOWN_TO_DISCORD) from error
        except discord.ConnectionClosed as error:
            if error.code in (BAD_TOKEN_CODE, BAD_INTENTS_CODE):
                raise Misconfigured(UNKNOWN_TO_DISCORD) from error
            reason = f"closed with {error.code}"
        except (*NETWORK, discord.DiscordException) as error:
            reason = str(error) or type(error).__name__
        except GatewayUnavailable as error:
            reason, least_wait = str(error), error.wait_seconds
        except Misconfigured:
            raise
        except Exception as error:
            reason = str(error) or type(error).__name__
            log.exception("a connection to discord ended by a fault here")
        say(reason)
        if asyncio.get_running_loop().time() - started > timing.lives_well_after:
            wait = timing.first_login_wait
        log.warning("connection to discord lost", extra={"reason": reason, "wait": max(wait, least_wait)})
        await asyncio.sleep(max(wait, least_wait))
        wait = min(wait * 2, timing.longest_login_wait)
