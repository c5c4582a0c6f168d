"""The adapter: connected for as long as it runs, and the one place where requests, answers and posts meet."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime

from bot.adapter import Access, Core, Finding, Health, SendLimits
from bot.adapter.http import Json
from bot.chat.card import Card
from bot.chat.delivery import (
    Address,
    ChannelAddress,
    Delivery,
    MessageRef,
    PostRefused,
    PostUnsure,
    RetryLater,
)
from bot.chat.request import Ask, Audience, Reply
from bot.errors import Misconfigured
from tenhours_matrix.connection import Connection, Denied
from tenhours_matrix.incoming import PLATFORM, Event, Pressed, request_of
from tenhours_matrix.outgoing import form_message, message
from tenhours_matrix.settings import MatrixSettings

RECONNECT_SECONDS = 1.0
log = logging.getLogger(__name__)


class MatrixAdapter:
    """Matrix, behind the border that every adapter has."""

    name = PLATFORM
    send_limits = SendLimits()

    def __init__(self, settings: MatrixSettings, core: Core) -> None:
        if not settings.token:
            raise Misconfigured("[matrix] token is empty: expected the bot's token.")
        self._settings = settings
        self._core = core
        self._connection: Connection | None = None
        self._answering: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Serve until cancelled, connected again whenever the connection is lost; then finish what was begun."""
        while True:
            try:
                await self._serve()
            except OSError as error:
                log.warning("connection to matrix lost", extra={"reason": str(error)})
            await asyncio.sleep(RECONNECT_SECONDS)

    async def post(self, delivery: Delivery) -> MessageRef:
        """Post once, or raise a `PostError` that says how surely it did not happen."""
        result = await self._call("send", **_place(delivery.to), key=delivery.key, **message(delivery.card))
        return MessageRef(_channel(delivery.to), result["id"])

    async def edit(self, to: Address, ref: MessageRef, card: Card) -> None:
        """Replace a posted card; a `PostRefused` where it no longer stands."""
        await self._call("edit", id=ref.id, **message(card))

    async def find(self, delivery: Delivery, since: datetime) -> list[MessageRef]:
        """Return the message that was posted under the delivery's key."""
        result = await self._call("find", key=delivery.key)
        return [MessageRef(_channel(delivery.to), result["id"])] if result["id"] else []

    async def find_access(self, places: Sequence[ChannelAddress]) -> dict[ChannelAddress, Access]:
        """Return nothing: this homeserver does not tell who may post where."""
        del places
        return {}

    async def check(self) -> list[Finding]:
        """Try to log in."""
        try:
            (await Connection.open(self._settings)).close()
        except Misconfigured as error:
            return [Finding("matrix token", False, str(error), "ask whoever runs the homeserver")]
        except OSError as error:
            return [Finding("matrix", False, f"cannot be reached: {error.strerror}", "see that the homeserver runs")]
        return [Finding("matrix token", True, "is known to the homeserver")]

    def health(self) -> Health:
        """Return that it is ready while it is connected."""
        return Health(True, 0.0) if self._connection is not None else Health(False, None, "not connected")

    async def _serve(self) -> None:
        self._connection = connection = await Connection.open(self._settings)
        try:
            async for event in connection.events():
                task = asyncio.create_task(self._answer(connection, event))
                self._answering.add(task)
                task.add_done_callback(self._answering.discard)
        finally:
            if self._answering:
                await asyncio.wait(self._answering)
            self._connection = None
            connection.close()

    async def _answer(self, connection: Connection, event: Event) -> None:
        """Let the core commit what was asked for, and only then show the answer."""
        answer = await self._core.handle(request_of(event))
        try:
            match answer:
                case Ask(form):
                    shown = {"room": event.room, "to": event.sender, **form_message(form)}
                    await connection.call("send", answers=event.id, **shown)
                case Reply():
                    await self._reply(connection, event, answer)
        except (Denied, TimeoutError, ConnectionError) as error:
            log.warning("an answer did not get through", extra={"request": event.id, "error": repr(error)})

    async def _reply(self, connection: Connection, event: Event, reply: Reply) -> None:
        is_private = reply.is_wrong or reply.audience is Audience.PRIVATE
        if reply.in_place and isinstance(event, Pressed) and event.is_private == is_private:
            await connection.call("edit", answers=event.id, id=event.message, **message(reply.card))
        else:
            to = event.sender if is_private else None
            shown = {"room": event.room, "to": to, "file": reply.attachment, **message(reply.card)}
            await connection.call("send", answers=event.id, **shown)

    async def _call(self, method: str, **arguments: object) -> Json:
        if self._connection is None:
            raise RetryLater("not connected")
        try:
            return await self._connection.call(method, **arguments)
        except Denied as error:
            raise PostRefused(str(error)) from error
        except (TimeoutError, ConnectionError) as error:
            raise PostUnsure(str(error) or "no answer in time") from error


def _place(to: Address) -> Json:
    return {"room": to.channel, "to": None} if isinstance(to, ChannelAddress) else {"room": "", "to": to.user}


def _channel(to: Address) -> str:
    return to.channel if isinstance(to, ChannelAddress) else f"@{to.user}"
