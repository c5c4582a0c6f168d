"""An interaction as Discord sends it, and the calls that answer it.

discord.py would make a member, a channel, a view and an embed of each, and as many again of what comes back, which
costs more than the check-in itself. So the event is read by msgspec, in 6 µs instead of 220, and answers are plain
JSON, by the names of Discord's own documentation.
"""

import asyncio
from collections.abc import Callable, Sequence
from enum import IntEnum
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp
import discord
import msgspec
from discord.http import Route
from msgspec import Struct

from adapters.discord import limits
from adapters.discord.buttons import without_mark
from adapters.discord.files import File, multipart_fields
from adapters.discord.library import WebhookCaller
from bot.adapter.http import Json, read_limited

Id = str | int
"""Discord writes its ids and permissions as strings; numbers are read too."""

EPHEMERAL = 1 << 6
SUPPRESS_NOTIFICATIONS = 1 << 12
COMPONENTS_V2 = 1 << 15
THREADS = frozenset({10, 11, 12})
"""Discord's types of channels that are threads: of announcements, public and private ones."""

NETWORK = (aiohttp.ClientError, OSError, TimeoutError)
"""All that a call raises where the connection is at fault."""

CHUNK_BYTES = 1 << 16
FILE_HOSTS = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
"""The hosts at which Discord has what members hand over."""


class InteractionKind(IntEnum):
    """The kinds of interactions that are served, by Discord's numbers."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    FORM = 5


KINDS = frozenset(InteractionKind)


class CallbackType(IntEnum):
    """The ways to answer an interaction at first, by Discord's numbers."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_EDIT = 6
    EDIT = 7
    CHOICES = 8
    FORM = 9


DEFERRALS = frozenset({CallbackType.DEFERRED_MESSAGE, CallbackType.DEFERRED_EDIT})


class InteractionUser(Struct):
    """A user."""

    id: Id
    username: str
    global_name: str | None = None


class InteractionMember(Struct):
    """A user in a server, with the permissions that Discord has worked out for them here and now."""

    user: InteractionUser
    nick: str | None = None
    permissions: Id = "0"


class InteractionChannel(Struct):
    """A channel, thread or direct message."""

    id: Id
    name: str | None = None
    type: int = 0

    @property
    def is_thread(self) -> bool:
        """True of a thread, in which other permissions count than in a channel."""
        return self.type in THREADS


class InteractionMessage(Struct):
    """The message that a pressed button stood in."""

    id: Id
    flags: int = 0


class InteractionEvent(Struct):
    """The gateway's event, as far as it matters here; either `member` or `user` says whose it is."""

    id: Id
    token: str
    type: int
    application_id: Id
    data: Json = {}
    guild_id: Id | None = None
    channel_id: Id | None = None
    channel: InteractionChannel | None = None
    member: InteractionMember | None = None
    user: InteractionUser | None = None
    message: InteractionMessage | None = None
    locale: str = "en"
    app_permissions: Id = "0"
    attachment_size_limit: int = limits.ATTACHMENT_BYTES


class NotDiscords(Exception):
    """There is no such file at Discord."""


class InteractionSession:
    """The connections over which interactions are answered; held open between them, for a new one costs a handshake."""

    def __init__(self, user_agent: str) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=limits.KEEP_ALIVE_SECONDS),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=limits.CALL_TIMEOUT_SECONDS),
            headers={"User-Agent": user_agent},
        )
        self._caller = WebhookCaller(self._session)

    async def call(
        self,
        route: Route,
        payload: Json,
        files: Sequence[File] = (),
        *,
        may_repeat: bool = True,
        unsure: Callable[[], None] = lambda: None,
    ) -> None:
        """Call `route`; after an error of Discord's own again, unless a call that is done twice would be seen twice.

        `unsure` is called whenever nobody knows whether the call was carried out. Raises one of `failures.FAILURES`.
        """
        multipart = multipart_fields(payload, files) if files else None
        body = None if files else payload
        for wait in limits.RETRY_WAITS_SECONDS if may_repeat else ():
            try:
                return await self._call_once(route, body, multipart, unsure)
            except discord.DiscordServerError:
                await asyncio.sleep(wait)
        return await self._call_once(route, body, multipart, unsure)

    async def fetch(self, url: str, limit: int) -> bytes:
        """Return the file at an address of Discord's, and nowhere else: where it redirects to, nobody goes.

        Raises `TooLarge` beyond `limit` bytes, `NotDiscords`, or a failure.
        """
        if not _is_discords(url):
            raise NotDiscords("a file that is not Discord's")
        async with self._session.get(url, allow_redirects=False) as response:
            if response.status != HTTPStatus.OK:
                raise NotDiscords(f"Discord answered {response.status}")
            return await read_limited(response.content.iter_chunked(CHUNK_BYTES), limit)

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()

    async def _call_once(
        self, route: Route, payload: Json | None, multipart: list[Json] | None, unsure: Callable[[], None]
    ) -> None:
        try:
            await self._caller.call(route, payload, multipart)
        except (discord.DiscordServerError, *NETWORK):
            unsure()
            raise


class Interaction:
    """One interaction: its event, whose it is, and how it has been answered so far.

    `unconfirmed` are the answers of which nobody knows whether they got through: the next one is refused if one did.
    """

    __slots__ = ("answered", "event", "id", "kind", "session", "speaker", "unconfirmed", "user_id")

    def __init__(self, event: InteractionEvent, speaker: InteractionUser, session: InteractionSession) -> None:
        self.id = str(event.id)
        self.event = event
        self.speaker = speaker
        self.user_id = str(speaker.id)
        self.session = session
        self.kind = InteractionKind(event.type)
        self.answered: CallbackType | None = None
        self.unconfirmed: set[CallbackType] = set()

    @property
    def custom_id(self) -> str:
        """The id of the button that was pressed, the form that was sent or the choice that was picked; else ""."""
        picked = self.event.data.get("values") if self.kind is InteractionKind.COMPONENT else None
        return without_mark(str(next(iter(picked), "") if picked else self.event.data.get("custom_id") or ""))

    async def answer(self, kind: CallbackType, data: Json | None = None, files: Sequence[File] = ()) -> None:
        """Give the first answer; Discord refuses a second one."""
        payload = {"type": int(kind)} if data is None else {"type": int(kind), "data": data}
        path = "/interactions/{webhook_id}/{webhook_token}/callback"
        route = Route("POST", path, webhook_id=self.id, webhook_token=self.event.token)
        await self.session.call(route, payload, files, unsure=lambda: self.unconfirmed.add(kind))
        self.answered = kind

    async def follow_up(self, data: Json, files: Sequence[File] = ()) -> None:
        """Send one more message: where others see it rather never than twice, where its reader alone does, twice."""
        is_private = bool(data.get("flags", 0) & EPHEMERAL)
        await self.session.call(self._webhook("POST"), data, files, may_repeat=is_private)

    async def edit_answer(self, data: Json, files: Sequence[File] = ()) -> None:
        """Replace the first answer, or the message that it was deferred for; once more where the connection broke."""
        route = self._webhook("PATCH", "/messages/@original")
        try:
            await self.session.call(route, data, files)
        except NETWORK:
            await self.session.call(route, data, files)

    def _webhook(self, method: str, path: str = "") -> Route:
        path = f"/webhooks/{{webhook_id}}/{{webhook_token}}{path}"
        return Route(method, path, webhook_id=self.event.application_id, webhook_token=self.event.token)


def _is_discords(url: str) -> bool:
    try:
        address, api = urlsplit(url), urlsplit(Route.BASE)
        is_public = address.scheme == "https" and address.hostname in FILE_HOSTS and address.port is None
    except ValueError:  # a port that is no number, or half an address
        return False
    return is_public or (address.scheme, address.netloc) == (api.scheme, api.netloc)


def read_interaction(event: object, session: InteractionSession) -> Interaction | None:
    """Return the interaction of an event; None of one that is not served. Raises `msgspec.ValidationError`."""
    read = msgspec.convert(event, InteractionEvent)
    speaker = read.member.user if read.member is not None else read.user
    return Interaction(read, speaker, session) if speaker is not None and read.type in KINDS else None
