"""Pages beside a bare aiohttp handler that runs the same SQL and returns the same bytes; and what they cost check-ins.

The reader is a socket of its own that sends a request and reads an answer, and weighs on both alike.
"""

import asyncio
import gzip
import shutil
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from aiohttp import web

from adapters.web.adapter import WebAdapter
from adapters.web.assets import FOLDER, STYLE
from adapters.web.settings import WebSettings
from bot import app
from bot.chat.request import Channel, CommandRequest, User
from bot.clock import StillClock
from bot.config import DatabaseSettings, Settings
from bot.dispatch.dispatcher import Dispatcher
from bot.store import migrate, sqlite
from tests.adapters.web.stage import free_port
from tests.bench.lines import line, told
from tests.bench.recording import Statement, recording, replay

STARTS = datetime(2021, 11, 1, 18, tzinfo=UTC)
FIVE_YEARS = 260
WEEKS_OF_MANY = 40
MANY = 50
PAGE_SECONDS = 5.0
"""Each of the many opens a page so often."""

ROUNDS = 40
CHECKINS = 150
TURNS = 6
AREAS = ("mathematics", "statistics", "machine learning", "software engineering", "devops")
NOTE = "what I learned today about the chain rule, in a sentence or two"
CHANNEL = Channel("console", "", "console", "console")


def run() -> list[str]:
    """All lines of this part."""
    with TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.db"
        migrate.migrate(empty)
        return [*asyncio.run(_five_years(empty)), *asyncio.run(_many(empty))]


@dataclass
class Reader:
    """A connection that stays open, on which one page is asked for again and again."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    request: bytes

    @classmethod
    async def of(cls, port: int, cookie: str) -> "Reader":
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        cookies = f"Cookie: tenhours-session={cookie}\r\n" if cookie else ""
        request = f"GET /me HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n{cookies}\r\n"
        return cls(reader, writer, request.encode())

    async def read(self) -> bytes:
        """Ask for the page, and return it as it came."""
        self.writer.write(self.request)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        assert head.startswith("HTTP/1.1 200"), head
        lengths = [row.split()[1] for row in head.splitlines() if row.lower().startswith("content-length:")]
        return await self.reader.readexactly(int(lengths[0]))


async def _five_years(empty: Path) -> list[str]:
    path = Path(shutil.copy(empty, empty.with_name("years.db")))
    async with _serving(path, StillClock(STARTS)) as (core, clock, port):
        await _live(core, clock, ["ada"], FIVE_YEARS, 5)
        reader = await Reader.of(port, await _session(core, "ada"))
        statements: list[Statement] = []
        await reader.read()
        with recording(statements.append):
            page = gzip.decompress(await reader.read())
        async with _bare(path, statements, page) as bare_port:
            bare = await Reader.of(bare_port, "")
            assert gzip.decompress(await bare.read()) == page
            ours, theirs = await _in_turns(reader.read, bare.read)
            bare.writer.close()
        reader.writer.close()
    style = len(gzip.compress((FOLDER / STYLE).read_bytes()))
    return [
        line("pages: five years on one page, beside a bare handler with its SQL and bytes: CPU", ours / theirs, 3),
        told("of it, in ms", ours * 1000),
        line("pages: that page with all that it loads, gzipped, in kB", (len(gzip.compress(page)) + style) / 1000, 100),
    ]


async def _many(empty: Path) -> list[str]:
    """Measure check-ins while many people look at their pages, and while nobody does, in turns."""
    path = Path(shutil.copy(empty, empty.with_name("many.db")))
    async with _serving(path, StillClock(STARTS)) as (core, clock, port):
        names = [f"person{number}" for number in range(MANY)]
        await _live(core, clock, names, WEEKS_OF_MANY, 2)
        readers = [await Reader.of(port, await _session(core, name)) for name in names]
        spent: dict[bool, list[float]] = {True: [], False: []}
        for turn in range(2 * TURNS):
            is_visited = turn % 2 == 0
            visits = [asyncio.create_task(_visit(reader, index)) for index, reader in enumerate(readers)]
            if not is_visited:
                for visit in visits:
                    visit.cancel()
            spent[is_visited] += await _check_in(core, turn)
            for visit in visits:
                visit.cancel()
            await asyncio.wait(visits)
            readers = [await Reader.of(port, await _session(core, name)) for name in names] if is_visited else readers
    ratio = median(spent[True]) / median(spent[False])
    return [line(f"check-in while {MANY} people each open a page every {PAGE_SECONDS:g} s, median", ratio, 1.3)]


async def _visit(reader: Reader, index: int) -> None:
    await asyncio.sleep(PAGE_SECONDS * index / MANY)
    while True:
        await reader.read()
        await asyncio.sleep(PAGE_SECONDS)


async def _check_in(core: Dispatcher, turn: int) -> list[float]:
    """Return the seconds of check-ins one after the other, with a pause as people leave it."""
    seconds = []
    for number in range(CHECKINS):
        request = _request(f"turn{turn}/{number}", f"person{number % MANY}", {"time": f"{turn + 1}m", "learned": NOTE})
        began = time.perf_counter()
        answer = await core.handle(request)
        seconds.append(time.perf_counter() - began)
        assert not getattr(answer, "is_wrong", True)
        await asyncio.sleep(0.01)
    return seconds


async def _in_turns(
    ours: Callable[[], Awaitable[bytes]], theirs: Callable[[], Awaitable[bytes]]
) -> tuple[float, float]:
    """Return the median CPU seconds of both, the reader's own among them, asked in turns."""
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for seconds, read in zip(spent, (ours, theirs), strict=True):
            began = time.process_time()
            await read()
            seconds.append(time.process_time() - began)
    return median(spent[0]), median(spent[1])


@asynccontextmanager
async def _serving(path: Path, clock: StillClock) -> AsyncIterator[tuple[Dispatcher, StillClock, int]]:
    section = WebSettings(listen=f"127.0.0.1:{free_port()}")
    settings = Settings(database=DatabaseSettings(f"sqlite:///{path}"), platforms={"web": section})
    async with app.opened(settings, clock) as running:
        adapter = WebAdapter(section, running.core)
        serving = asyncio.create_task(adapter.run())
        await adapter.wait_until_listening()
        yield running.core, clock, adapter.port
        serving.cancel()
        await asyncio.wait({serving})


@asynccontextmanager
async def _bare(path: Path, statements: Sequence[Statement], page: bytes) -> AsyncIterator[int]:
    """Serve the least that does the same: the statements on a thread, then the bytes."""
    with closing(sqlite.connect(path, read_only=True)) as connection:

        def read() -> None:
            connection.execute("BEGIN")
            replay(connection, statements)
            connection.execute("ROLLBACK")

        async def handle(_request: web.Request) -> web.Response:
            await asyncio.to_thread(read)
            response = web.Response(body=page, content_type="text/html")
            response.enable_compression(web.ContentCoding.gzip)
            return response

        application = web.Application()
        application.router.add_get("/me", handle)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield int(runner.addresses[0][1])
        await runner.cleanup()


async def _live(core: Dispatcher, clock: StillClock, names: Sequence[str], weeks: int, days: int) -> None:
    """Let people log for so many weeks, on so many days of each."""
    started = CommandRequest("start", _user(names[0]), CHANNEL, "group start", {"name": "Bench"})
    await core.handle(started)
    for week in range(weeks):
        for day in range(days):
            clock.move_to(STARTS + timedelta(weeks=week, days=day))
            for index, name in enumerate(names):
                options = {"time": f"{100 + 7 * (week + index) % 60}m", "area": AREAS[(week + day) % len(AREAS)]}
                options["learned"] = f"{NOTE} {week}"
                await core.handle(_request(f"{week}/{day}/{name}", name, options))


def _request(key: str, name: str, options: dict[str, str]) -> CommandRequest:
    return CommandRequest(key, _user(name), CHANNEL, "checkin", options)


def _user(name: str) -> User:
    return User("console", "", name, name.capitalize(), "UTC", may_start=True)


async def _session(core: Dispatcher, name: str) -> str:
    link = await core.pages.make_link(_user(name))
    assert link is not None
    token = await core.pages.sign_in(urlsplit(link).path.rpartition("/")[2], "a bench", is_long=False, former="")
    assert token is not None
    return token
