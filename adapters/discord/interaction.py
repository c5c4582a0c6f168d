"""An interaction and the calls that answer it, as the plain JSON of Discord's own documentation.

discord.py would make a member, a channel, a view and an embed of each, and as many again of what comes back. That costs
more than the check-in itself, so only its gateway, its addresses and its errors are used.
"""

import asyncio
import json
from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any, NamedTuple

import aiohttp
import discord
import msgspec
import yarl
from discord.http import Route
from msgspec import Struct

from adapters.discord import limits

JSON = {"Content-Type": "application/json"}
NETWORK = (aiohttp.ClientError, OSError, TimeoutError)
TOO_MANY, SERVER_ERROR = 429, 500
ERRORS: dict[int, type[discord.HTTPException]] = {403: discord.Forbidden, 404: discord.NotFound}
_ENCODER = json.JSONEncoder(separators=(",", ":"))

Json = dict[str, Any]
Id = str | int
"""Discord writes its ids and permissions as strings; numbers are read too."""

EPHEMERAL = 1 << 6
THREADS = frozenset({10, 11, 12})
"""Kinds of a channel: threads of announcements, public and private ones."""


class Kind(IntEnum):
    """What an interaction is about."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    FORM = 5


KINDS = frozenset(Kind)


class Callback(IntEnum):
    """How an interaction is answered first."""

    MESSAGE = 4
    LATER_MESSAGE = 5
    LATER_EDIT = 6
    EDIT = 7
    SUGGESTIONS = 8
    FORM = 9


class Person(Struct):
    """A user, as far as it matters here."""

    id: Id
    username: str
    global_name: str | None = None


class Member(Struct):
    """A user in a server, with the permissions that Discord has worked out for them here and now."""

    user: Person
    nick: str | None = None
    permissions: Id = "0"


class Place(Struct):
    """A channel, thread or direct message."""

    id: Id
    name: str | None = None
    type: int = 0

    @property
    def is_thread(self) -> bool:
        """Whether other permissions count there than in a channel."""
        return self.type in THREADS


class Message(Struct):
    """The message that a button stood in."""

    id: Id
    flags: int = 0


class Event(Struct):
    """What the gateway tells of an interaction; either `member` or `user` says whose it is."""

    id: Id
    token: str
    type: int
    application_id: Id
    data: Json = {}
    guild_id: Id | None = None
    channel_id: Id | None = None
    channel: Place | None = None
    member: Member | None = None
    user: Person | None = None
    message: Message | None = None
    locale: str = "en"
    app_permissions: Id = "0"
    attachment_size_limit: int = limits.ATTACHMENT


class File(NamedTuple):
    """What is sent beside a message; `alt` says in words what is to be seen."""

    name: str
    media_type: str
    content: bytes
    alt: str = ""


class TooLarge(Exception):
    """A file has more bytes than are read."""


class Wire:
    """The connection over which interactions are answered; kept open between them, for a new one costs a handshake."""

    def __init__(self, user_agent: str) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=limits.KEEP_OPEN),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=limits.CALL_WITHIN),
            headers={"User-Agent": user_agent},
        )

    async def call(
        self,
        method: str,
        path: str,
        payload: Json,
        files: Sequence[File] = (),
        *,
        may_repeat: bool = True,
        unsure: Callable[[], None] = lambda: None,
    ) -> None:
        """Call `path`. What Discord cannot do just now is tried again shortly; what it refuses is raised as it is.

        What would stand there twice if it is done twice is not repeated once nobody knows whether it was done; `unsure`
        hears of that.
        """
        url = yarl.URL(f"{Route.BASE}{path}", encoded=True)
        for wait in limits.CALL_AGAIN:
            try:
                await self._once(method, url, payload, files, unsure)
            except discord.DiscordServerError:
                if not may_repeat:
                    raise
                await asyncio.sleep(wait)
            except discord.RateLimited as limited:
                if limited.retry_after > limits.RATE_LIMIT:
                    raise
                await asyncio.sleep(limited.retry_after)
            else:
                return
        await self._once(method, url, payload, files, unsure)

    async def fetch(self, url: str, most: int) -> bytes:
        """The file at an address of Discord's. Raises `TooLarge`, or one of `failures.FAILURES`."""
        async with self._session.get(url, raise_for_status=True) as response:
            found = bytearray()
            async for chunk in response.content.iter_chunked(1 << 16):
                found += chunk
                if len(found) > most:
                    raise TooLarge
            return bytes(found)

    async def close(self) -> None:
        """Close it."""
        await self._session.close()

    async def _once(
        self, method: str, url: yarl.URL, payload: Json, files: Sequence[File], unsure: Callable[[], None]
    ) -> None:
        sent, headers = (form(payload, files), None) if files else (_ENCODER.encode(payload).encode(), JSON)
        try:
            async with self._session.request(method, url, data=sent, headers=headers) as response:
                if not response.ok:
                    raise _error(response, await response.text())
        except (discord.DiscordServerError, *NETWORK):
            unsure()
            raise


class Interaction:
    """One interaction: what was told of it, whose it is, and how it has been answered so far.

    `maybe` are the answers of which nobody knows whether they got through: the next one is refused if one did.
    """

    __slots__ = ("answered", "event", "id", "kind", "maybe", "speaker", "user_id", "wire")

    def __init__(self, event: Event, speaker: Person, wire: Wire) -> None:
        self.id = str(event.id)
        self.event = event
        self.speaker = speaker
        self.user_id = str(speaker.id)
        self.wire = wire
        self.kind = Kind(event.type)
        self.answered: Callback | None = None
        self.maybe: set[Callback] = set()

    @property
    def custom_id(self) -> str:
        """The id of the button that was pressed or the form that was sent; "" for commands."""
        return str(self.event.data.get("custom_id") or "")

    async def answer(self, kind: Callback, data: Json | None = None, files: Sequence[File] = ()) -> None:
        """The first answer; a second one is refused by Discord."""
        payload = {"type": int(kind)} if data is None else {"type": int(kind), "data": data}
        path = f"/interactions/{self.id}/{self.event.token}/callback"
        await self.wire.call("POST", path, payload, files, unsure=lambda: self.maybe.add(kind))
        self.answered = kind

    async def follow_up(self, data: Json, files: Sequence[File] = ()) -> None:
        """One more message. What others see rather comes never than twice; who alone sees it can bear it twice."""
        is_private = bool(data.get("flags", 0) & EPHEMERAL)
        await self.wire.call("POST", self._webhook, data, files, may_repeat=is_private)

    async def edit_answer(self, data: Json, files: Sequence[File] = ()) -> None:
        """Replace the first answer, or the message that it was deferred for; once more where the connection broke."""
        path = f"{self._webhook}/messages/@original"
        try:
            await self.wire.call("PATCH", path, data, files)
        except NETWORK:
            await self.wire.call("PATCH", path, data, files)

    @property
    def _webhook(self) -> str:
        return f"/webhooks/{self.event.application_id}/{self.event.token}"


def interaction(event: object, wire: Wire) -> Interaction | None:
    """Read the event; None for one that asks nothing of us. Raises `msgspec.ValidationError`."""
    read = msgspec.convert(event, Event)
    speaker = read.member.user if read.member is not None else read.user
    return Interaction(read, speaker, wire) if speaker is not None and read.type in KINDS else None


def attached(files: Sequence[File]) -> list[Json]:
    """What a message says of the files that are sent beside it."""
    return [
        {"id": str(at), "filename": file.name, **({"description": file.alt} if file.alt else {})}
        for at, file in enumerate(files)
    ]


def parts(payload: Json, files: Sequence[File]) -> list[Json]:
    """A call with files, as the fields of a form."""
    return [
        {"name": "payload_json", "value": _ENCODER.encode(payload)},
        *(
            {"name": f"files[{at}]", "value": file.content, "filename": file.name, "content_type": file.media_type}
            for at, file in enumerate(files)
        ),
    ]


def form(payload: Json, files: Sequence[File]) -> aiohttp.FormData:
    """The same as a form; Discord reads no quoted names."""
    drawn = aiohttp.FormData(quote_fields=False)
    for part in parts(payload, files):
        drawn.add_field(**part)
    return drawn


def _error(response: aiohttp.ClientResponse, text: str) -> discord.DiscordException:
    """What discord.py raises; without `Via` a rate limit is the network's before Discord, and no wait helps."""
    try:
        said = json.loads(text)
    except ValueError:
        said = text
    said = said if isinstance(said, dict) else {"message": text}
    if response.status == TOO_MANY and "Via" in response.headers:
        return discord.RateLimited(float(said.get("retry_after") or 1.0))
    if response.status >= SERVER_ERROR:
        return discord.DiscordServerError(response, said)
    return ERRORS.get(response.status, discord.HTTPException)(response, said)
