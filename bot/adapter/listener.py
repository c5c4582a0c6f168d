"""A web server of an adapter's own: anybody on the internet may ask it, so connections are counted and end in time."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from aiohttp import web

from bot.adapter.connections import Connections


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """How many connections may be open, and for how many seconds each thing is waited for."""

    most_connections: int
    head_seconds: float
    keep_alive_seconds: float
    leave_seconds: float = 60.0


class Listener:
    """Serves an application at one address."""

    def __init__(self, limits: ConnectionLimits) -> None:
        self._limits = limits
        self._runner: web.AppRunner | None = None
        self._listening: asyncio.Server | None = None
        self._connections: Connections | None = None
        self.port = 0

    async def start(self, application: web.Application, host: str, port: int) -> None:
        """Begin to listen. Raises OSError where that is not possible."""
        self._runner = web.AppRunner(
            application,
            access_log=None,
            handle_signals=False,
            logger=_one_line_log,
            keepalive_timeout=self._limits.keep_alive_seconds,
            shutdown_timeout=self._limits.leave_seconds,
            lingering_time=0,
            auto_decompress=False,
        )
        await self._runner.setup()
        assert self._runner.server is not None
        limits = self._limits
        self._connections = Connections(self._runner.server, limits.most_connections, limits.head_seconds)
        try:
            self._listening = await asyncio.get_running_loop().create_server(self._connections, host, port)
        except OSError:
            await self.stop()
            raise
        self.port = int(self._listening.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Answer what has begun, and listen no more."""
        if self._listening is not None:
            self._listening.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        if self._listening is not None:
            await self._listening.wait_closed()
            self._listening = None

    @contextmanager
    def answering(self, request: web.Request) -> Iterator[None]:
        """Let the connection of a request stay open until it is answered."""
        assert self._connections is not None
        transport = request.transport
        self._connections.begin(transport)
        try:
            yield
        finally:
            self._connections.end(transport)


def close_after(response: web.Response) -> web.Response:
    """Let a connection end with a response: what is still to come of its request is not waited for."""
    response.force_close()
    return response


class _OneLine(logging.Filter):
    """Leaves of what the server's library logs the event and the kind of the error, without what was sent."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten a record."""
        error = record.exc_info[0] if record.exc_info else None
        record.msg, record.args = "a request could not be served", ()
        record.error = error.__name__ if error is not None else ""
        record.exc_info = None
        return True


_one_line_log = logging.getLogger(f"{__name__}.library")
_one_line_log.addFilter(_OneLine())
