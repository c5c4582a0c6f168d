"""All that is used of discord.py beyond what it documents: a test for each says which release changes it."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, cast

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
from discord.webhook.async_ import AsyncWebhookAdapter

from adapters.discord import limits
from bot.adapter.http import Json

TOO_MANY_REQUESTS, SERVER_ERROR = 429, 500
UNGUARDED = frozenset(("READY", "RESUMED"))
"""Events that make a connection: one that cannot be read ends it."""

discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # voice is not used: nothing is missing for it


def use_gateway_at(address: str) -> None:
    """Open every later session at the gateway of that address."""
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(address)


def take_interactions(client: discord.Client, take: Callable[[object], None]) -> None:
    """Hand the events of interactions to `take` as they come in, instead of making discord.py's objects of them."""
    client._connection.parsers["INTERACTION_CREATE"] = take


def guard_parsers(client: discord.Client, report: Callable[[str, object, Exception], None]) -> None:
    """Let no event that cannot be read end the connection: `report` is called with its name, its data and the error.

    discord.py would raise out of the gateway's loop, and one server's odd channel would take all servers down: at each
    new connection the same event comes again. READY is left alone, for without it there is no connection.
    """

    def guarded(name: str, parse: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def parse_guarded(data: Any) -> Any:
            try:
                return parse(data)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is of this one event
                report(name, data, error)

        return parse_guarded

    parsers = client._connection.parsers
    parsers |= {name: guarded(name, parse) for name, parse in parsers.items() if name not in UNGUARDED}


def acknowledged_at(shard: discord.ShardInfo) -> float | None:
    """Return when the gateway acknowledged a heartbeat last, by `time.perf_counter`; None before there was one.

    There is no other sign that a silent gateway lives.
    """
    heartbeats = shard._parent.ws._keep_alive
    return heartbeats._last_ack if heartbeats is not None else None


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a refused call is to wait for; None where its response does not say."""
    try:
        return float(headers.get("Retry-After", ""))
    except ValueError:
        return None


class WebhookCaller:
    """Calls of interactions and webhooks, over a session of ours and each tried once.

    discord.py repeats a call after an error of Discord's own, and on some systems after a connection was reset, though
    the first may have been carried out. So it is given this object for a session, whose errors it does not know.
    """

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self._adapter = AsyncWebhookAdapter()  # type: ignore[no-untyped-call] # it annotates all but this

    async def call(self, route: Route, payload: Json | None, multipart: list[Json] | None) -> None:
        """Call once, but for short rate limits. Raises `discord.DiscordException` or `aiohttp.ClientError`."""
        session = cast("aiohttp.ClientSession", self)
        await self._adapter.request(route, session, payload=payload, multipart=multipart)

    @asynccontextmanager
    async def request(self, method: str, url: str, **more: Any) -> AsyncIterator[aiohttp.ClientResponse]:
        """Open a response, as `aiohttp.ClientSession.request` does; raise what discord.py would repeat or wait for."""
        try:
            async with self._session.request(method, url, **more) as response:
                if response.status >= SERVER_ERROR:
                    raise discord.DiscordServerError(response, await response.text())
                wait = retry_after(response.headers)
                if response.status == TOO_MANY_REQUESTS and wait is not None and wait > limits.RATE_LIMIT_SECONDS:
                    raise discord.RateLimited(wait)
                yield response
        except OSError as error:
            raise aiohttp.ClientConnectionError(str(error) or type(error).__name__) from error
