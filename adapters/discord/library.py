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
from bot.chat.delivery import RetryLater

TOO_MANY_REQUESTS, SERVER_ERROR = 429, 500
RATE_LIMIT = "Discord's rate limit"
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


def is_limit_of_all(headers: Mapping[str, str]) -> bool:
    """Return True for a refused call's response that holds for all calls: Discord's global limit, or a ban before it.

    Only what passed through Discord's own proxy names that in `Via`.
    """
    return "X-RateLimit-Global" in headers or "Via" not in headers


class Tries:
    """The tries of one call: discord.py repeats it after an error of Discord's own, and waits for rate limits in it.

    So what it raises in the end may hide that an earlier try was carried out; and what was allowed when the call began
    may not be when a try leaves. `require` is asked right before each leaves, and may raise. With `is_paced` no rate
    limit is waited for in the call, so that whoever sends many such messages learns of it and sends fewer.
    """

    def __init__(self, require: Callable[[], None], *, is_paced: bool = False) -> None:
        self.has_left = False
        self.is_unknown = False
        """True if nobody knows whether one of them was carried out."""

        self._require = require
        self._is_paced = is_paced
        self._is_under_way = False

    def leave(self) -> None:
        """Count a try that leaves now. Raises what `require` raises."""
        self._require()
        self.has_left = self._is_under_way = True

    def meet(self, response: aiohttp.ClientResponse) -> None:
        """Take in the answer to a try. Raises `RetryLater` where it is a rate limit that is not waited for."""
        self._is_under_way = False
        is_known = response.status == TOO_MANY_REQUESTS or (
            response.status < SERVER_ERROR and is_json(response.headers)
        )
        self.is_unknown = self.is_unknown or not is_known
        if self._is_paced and response.status == TOO_MANY_REQUESTS:
            raise RetryLater(RATE_LIMIT, retry_after(response.headers), is_everywhere=is_limit_of_all(response.headers))

    def break_off(self) -> None:
        """Take in that a try met no answer."""
        self.is_unknown = self.is_unknown or self._is_under_way
        self._is_under_way = False


def is_json(headers: Mapping[str, str]) -> bool:
    """Return True for headers of an answer in Discord's own words; False for those of a proxy's page."""
    return headers.get("Content-Type", "").partition(";")[0].strip() == "application/json"


def traced() -> aiohttp.TraceConfig:
    """Return the trace that tells `Tries` of theirs; a call names its own by `trace_request_ctx`."""
    trace = aiohttp.TraceConfig()

    async def leave(_session: object, context: Any, _headers: object) -> None:
        if isinstance(tries := context.trace_request_ctx, Tries):
            tries.leave()

    async def meet(_session: object, context: Any, answer: aiohttp.TraceRequestEndParams) -> None:
        if isinstance(tries := context.trace_request_ctx, Tries):
            if answer.response.status == TOO_MANY_REQUESTS:
                await answer.response.read()  # the connection is free again, also where the next line raises
            tries.meet(answer.response)

    async def break_off(_session: object, context: Any, _failure: object) -> None:
        if isinstance(tries := context.trace_request_ctx, Tries):
            tries.break_off()

    trace.on_request_headers_sent.append(leave)
    trace.on_request_end.append(meet)
    trace.on_request_exception.append(break_off)
    return trace


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
