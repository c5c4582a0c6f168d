"""A network between a client and its PostgreSQL server that can be cut: it holds, drops, delays and breaks.

Its own kernel goes on to acknowledge what a client sends, as that of a pooler does whose server is gone. So nothing in
TCP tells the client that nobody answers.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from bot.location import ServerDatabase

DEFAULT_PORT = 5432
CHUNK = 1 << 16


@dataclass(eq=False)
class Link:
    """One client's connection, both ways."""

    client: asyncio.StreamWriter
    server: asyncio.StreamWriter
    is_torn: bool = False
    """Something was dropped on it, so that nothing after it can be understood."""

    def abort(self) -> None:
        """End both ways at once."""
        for writer in (self.client, self.server):
            writer.transport.abort()


class Proxy:
    """Passes connections on to the server of a database."""

    def __init__(self, location: ServerDatabase) -> None:
        self._location = location
        self._links: set[Link] = set()
        self._pumps: set[asyncio.Task[None]] = set()
        self._passes = asyncio.Event()
        self._passes.set()
        self._drops_requests = self._drops_answers = False
        self._last_answered = b""
        self.delay_seconds = 0.0
        self.dropped = 0
        """Pieces of either side that were dropped."""

    async def start(self) -> None:
        """Listen on a port of this machine that is free."""
        self._listener = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self._port = self._listener.sockets[0].getsockname()[1]

    @property
    def location(self) -> ServerDatabase:
        """The database, reached through this."""
        given = {key: value for key, value in conninfo_to_dict(self._location.url).items() if value is not None}
        way = {"host": "127.0.0.1", "port": str(self._port), "sslmode": "disable", "gssencmode": "disable"}
        options = {key: value for key, value in given.items() if key not in ("user", "password", "dbname")} | way
        secret = f":{given['password']}" if "password" in given else ""
        query = "&".join(f"{key}={value}" for key, value in options.items())
        return ServerDatabase(f"postgresql://{given.get('user', '')}{secret}@/{given['dbname']}?{query}")

    def hold(self) -> None:
        """Keep everything back, until `mend` lets it through."""
        self._passes.clear()

    def drop(self, *, requests: bool = True, answers: bool = True) -> None:
        """Drop what comes from clients, from the server or both, silently: their connections stand."""
        self._drops_requests, self._drops_answers = requests, answers

    def drop_answers_to(self, words: bytes) -> None:
        """Drop all answers from the next request on that holds these words; it arrives."""
        self._last_answered = words

    def cut(self) -> None:
        """Break all connections, as a restarted router does; new ones pass."""
        for link in list(self._links):
            link.abort()

    def mend(self) -> None:
        """Let everything pass again. A connection on which something was dropped breaks."""
        self._drops_requests = self._drops_answers = False
        self._last_answered = b""
        for link in list(self._links):
            if link.is_torn:
                link.abort()
        self._passes.set()

    async def stop(self) -> None:
        """End the network, and all that goes through it."""
        self._listener.close()
        self.cut()
        pumps = list(self._pumps)
        for pump in pumps:
            pump.cancel()
        await asyncio.gather(*pumps, return_exceptions=True)
        await asyncio.sleep(0)

    async def _connect(self, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        try:
            from_server, server = await self._open()
        except OSError:
            client.transport.abort()
            return
        link = Link(client, server)
        self._links.add(link)
        there = asyncio.create_task(self._pump(reader, server, link, is_request=True))
        back = asyncio.create_task(self._pump(from_server, client, link, is_request=False))
        self._pumps |= {there, back}
        try:
            await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            link.abort()
            for pump in (there, back):
                pump.cancel()
            await asyncio.gather(there, back, return_exceptions=True)
            self._pumps -= {there, back}
            self._links.discard(link)

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        given = conninfo_to_dict(self._location.url)
        host, port = str(given.get("host") or "127.0.0.1"), int(given.get("port") or DEFAULT_PORT)
        if host.startswith("/"):
            return await asyncio.open_unix_connection(str(Path(host) / f".s.PGSQL.{port}"))
        return await asyncio.open_connection(host, port)

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, link: Link, *, is_request: bool
    ) -> None:
        with suppress(ConnectionError):
            while True:
                data = await reader.read(CHUNK)
                await asyncio.sleep(self.delay_seconds)
                if is_request and self._last_answered and self._last_answered in data:
                    self._drops_answers = True
                if self._drops_requests if is_request else self._drops_answers:
                    link.is_torn = True
                    self.dropped += 1
                    if not data:  # the other side hears of no end, either
                        await asyncio.Event().wait()
                    continue
                await self._passes.wait()
                if not data:
                    return
                writer.write(data)
                await writer.drain()
