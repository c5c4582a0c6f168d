"""Connections from anybody on the internet: so many at once, and none that is held open without asking for anything.

aiohttp waits for ever for the rest of a request's head. So each connection is looked after here, between the server
and its protocol: it is ended where no whole head comes in time, and where there are too many already.
"""

import asyncio
import logging
from collections.abc import Callable

log = logging.getLogger(__name__)


class Connections:
    """The connections of one server; it makes a protocol for each, as `loop.create_server` wants it."""

    def __init__(self, make: Callable[[], asyncio.Protocol], most: int, head_seconds: float) -> None:
        self._make = make
        self._most = most
        self._head_seconds = head_seconds
        self._open: dict[asyncio.BaseTransport, Connection] = {}

    def __call__(self) -> asyncio.Protocol:
        """Return the protocol of a new connection."""
        return Connection(self, self._make())

    def begin(self, transport: asyncio.BaseTransport | None) -> None:
        """Let a connection whose request has come in stay open until it is answered."""
        if transport is not None and transport in self._open:
            self._open[transport].stop_waiting()

    def end(self, transport: asyncio.BaseTransport | None) -> None:
        """Wait for the next request of a connection, or its end."""
        if transport is not None and transport in self._open:
            self._open[transport].wait(self._head_seconds)

    def add(self, transport: asyncio.Transport, connection: "Connection") -> None:
        """Take in a new connection, or end it where there are too many."""
        if len(self._open) >= self._most:
            log.warning("too many connections", extra={"most": self._most})
            transport.abort()
            return
        self._open[transport] = connection
        connection.wait(self._head_seconds)

    def remove(self, transport: asyncio.BaseTransport) -> None:
        """Forget a connection that has ended."""
        self._open.pop(transport, None)


class Connection(asyncio.Protocol):
    """One connection: all that it gets is handed on to the protocol of the server."""

    def __init__(self, connections: Connections, inner: asyncio.Protocol) -> None:
        self._connections = connections
        self._inner = inner
        self._transport: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None

    def wait(self, seconds: float) -> None:
        """End the connection in so many seconds, unless a request comes in."""
        self.stop_waiting()
        self._timer = asyncio.get_running_loop().call_later(seconds, self._give_up)

    def stop_waiting(self) -> None:
        """Leave the connection open."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to look after the connection."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._inner.connection_made(transport)
        self._connections.add(transport, self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self.stop_waiting()
        if self._transport is not None:
            self._connections.remove(self._transport)
        self._inner.connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Hand on what comes in."""
        self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        """Hand on that no more comes in."""
        return self._inner.eof_received()

    def pause_writing(self) -> None:
        """Hand on that the other side reads too slowly."""
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        """Hand on that it reads again."""
        self._inner.resume_writing()

    def _give_up(self) -> None:
        if self._transport is not None:
            self._transport.abort()
