"""One connection to the homeserver: calls go out, events come in, each as a line of JSON."""

import asyncio
import logging
from collections.abc import AsyncIterator
from itertools import count

import msgspec

from bot.adapter.http import Json
from bot.errors import Misconfigured
from tenhours_matrix.incoming import Event
from tenhours_matrix.settings import MatrixSettings

LINE_BYTES = 1 << 20
log = logging.getLogger(__name__)


class Denied(Exception):
    """The homeserver refuses a call; the message is its reason."""


class Connection:
    """A connection that is logged in; `close` ends it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, timeout_seconds: float) -> None:
        self._writer = writer
        self._timeout_seconds = timeout_seconds
        self._numbers = count(1)
        self._calls: dict[int, asyncio.Future[Json]] = {}
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()
        self._reading = asyncio.create_task(self._read(reader), name="homeserver")

    @classmethod
    async def open(cls, settings: MatrixSettings) -> "Connection":
        """Log in. Raises `OSError` where nobody listens, `Misconfigured` where the token is not known."""
        reader, writer = await asyncio.open_unix_connection(settings.socket, limit=LINE_BYTES)
        connection = cls(reader, writer, settings.timeout_seconds)
        try:
            greeting = await connection.call("login", token=settings.token)
        except Denied as error:
            connection.close()
            raise Misconfigured("[matrix] token is not one that the homeserver knows: copy it anew.") from error
        except OSError:
            connection.close()
            raise
        log.info("greeted by the homeserver", extra={"greeting": greeting})
        return connection

    async def call(self, method: str, **arguments: object) -> Json:
        """Call a method of the homeserver, and return its result.

        Raises `Denied`, and `TimeoutError` or `ConnectionError` where nobody knows what became of it.
        """
        number = next(self._numbers)
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._calls[number] = answer
        try:
            self._writer.write(msgspec.json.encode({"call": number, "method": method, **arguments}) + b"\n")
            async with asyncio.timeout(self._timeout_seconds):
                return await answer
        finally:
            del self._calls[number]

    async def events(self) -> AsyncIterator[Event]:
        """Yield what members do, until the connection ends."""
        while (event := await self._events.get()) is not None:
            yield event

    def close(self) -> None:
        """End the connection."""
        self._reading.cancel()
        self._writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> None:
        try:
            while line := await reader.readline():
                received: Json = msgspec.json.decode(line)
                if "event" in received:
                    self._events.put_nowait(msgspec.convert(received["event"], Event))
                elif (answer := self._calls.get(received["answer"])) is not None and not answer.done():
                    _settle(answer, received)
        finally:
            for answer in self._calls.values():
                if not answer.done():
                    answer.set_exception(ConnectionResetError("the connection to the homeserver has ended"))
            self._events.put_nowait(None)


def _settle(answer: asyncio.Future[Json], received: Json) -> None:
    if "denied" in received:
        answer.set_exception(Denied(received["denied"]))
    else:
        answer.set_result(received["result"])
