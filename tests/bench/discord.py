"""Discord: a check-in beside a bare discord.py bot that answers "pong", on the same local server in the same run.

The bots run in processes of their own and stay connected; the server speaks to one of them at a time, in turns, so
that what else the machine does hurts all alike. Ours is the whole program on a new database and the real clock. A third
bot keeps one row on disk before it says pong: what a promise that survives a power cut costs on this disk by itself.
"""

import asyncio
import itertools
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import discord
import discord.gateway
import discord.http
import yarl

from adapters.discord.settings import DiscordSettings
from bot import app, event_loop
from bot.clock import SystemClock
from bot.config import DatabaseSettings, Settings
from bot.store import sqlite
from tests.adapters.discord.probe import FAST, eventually, local_discord
from tests.bench.lines import line, told
from tests.servers.discord.gateway import Session
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.world import TOKEN, Person, Place

ROUNDS = 400
WARM = 60
PEOPLE = 20
MEMBERS = 50
BURSTS = 7
IDLE = 2.0
START_WITHIN = 30.0

Serve = Callable[[], Coroutine[Any, Any, None]]
Use = tuple[Person, str]


@dataclass
class Bot:
    """A bot in a process of its own: its session, and what it weighs when idle."""

    process: asyncio.subprocess.Process
    session: Session
    megabytes: float


def run() -> list[str]:
    """Round trip, fifty at once, and memory."""
    return asyncio.run(measure())


async def measure() -> list[str]:
    """The lines of this part."""
    async with local_discord() as server, AsyncExitStack() as stack:
        place = server.world.add_server("Study hall", "general").channels[0]
        bare, durable, ours = [await stack.enter_async_context(_bot(server, which)) for which in SERVE]
        taken = await _in_turns(server, place, [bare, durable, ours])
        _address(server, ours)
        bursts = await _bursts(server, place)
    pong, kept, checkin = map(median, taken)
    return [
        line("discord: /checkin, median, against a bot that says pong", checkin / pong, 1.5),
        told("discord: a bot that keeps one row on disk and says pong, against the same", kept / pong),
        told("discord: /checkin, median, against a bot that keeps one row on disk and says pong", checkin / kept),
        line(f"discord: /checkin, {MEMBERS} members at once, p99 in ms", _percentile(bursts, 0.99) * 1000, 250),
        line("discord: idle memory over a bare bot, in MB", ours.megabytes - bare.megabytes, 40),
    ]


async def _in_turns(server: DiscordServer, place: Place, bots: Sequence[Bot]) -> list[list[float]]:
    """Seconds of each round trip, by bot: one of each in turn."""
    uses = _uses([server.world.add_person(f"Member {number}") for number in range(PEOPLE)])
    taken: list[list[float]] = [[] for _ in bots]
    for use in itertools.islice(uses, WARM + ROUNDS):
        for bot, of_bot in zip(bots, taken, strict=True):
            _address(server, bot)
            of_bot.append(await _timed(server, place, use))
    return [of_bot[WARM:] for of_bot in taken]


def _uses(people: list[Person]) -> Iterator[Use]:
    """Check-ins none of which is the same as another of that person, and no day too full."""
    return ((person, f"{minutes}m") for minutes in range(1, 51) for person in people)


async def _bursts(server: DiscordServer, place: Place) -> list[float]:
    """Seconds of each of many check-ins at once, of people who have checked in before."""
    people = [server.world.add_person(f"Other {number}") for number in range(MEMBERS)]
    taken: list[float] = []
    for minutes in range(1, BURSTS + 2):
        burst = await asyncio.gather(*(_timed(server, place, (person, f"{minutes}m")) for person in people))
        taken += burst if minutes > 1 else []
    return taken


def _address(server: DiscordServer, bot: Bot) -> None:
    """Speak to this bot alone."""
    for session in server.gateway.sessions:
        session.is_valid = session is bot.session


async def _timed(server: DiscordServer, place: Place, use: Use) -> float:
    """Seconds until the callback came; what the local server then does with it is not counted."""
    person, time = use
    done = await server.command(person, place, "checkin", {"time": time})
    assert done.answer is not None
    server.world.messages.clear()
    return done.received - done.made


@asynccontextmanager
async def _bot(server: DiscordServer, which: str) -> AsyncIterator[Bot]:
    """One that is connected, has idled and said what it weighs."""
    known = len(server.gateway.sessions)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.discord", which, server.base, server.gateway.address),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        async with asyncio.timeout(START_WITHIN):
            said = await process.stdout.readline()
        yield Bot(process, server.gateway.sessions[known], float(said))
    finally:
        process.stdin.close()
        await process.wait()


async def _serve_bare(keep: Callable[[str], object] = lambda _: None) -> None:
    """The least that answers a command; `keep` comes first."""
    client = discord.Client(intents=discord.Intents(guilds=True), guild_ready_timeout=FAST.guild_ready)
    tree = discord.app_commands.CommandTree(client)

    @tree.command(description="pong")
    async def checkin(interaction: discord.Interaction[discord.Client], time: str) -> None:
        keep(time)
        await interaction.response.send_message("pong", ephemeral=True)

    task = asyncio.create_task(client.start(TOKEN))
    await eventually(client.is_ready)
    await _until_told()
    await client.close()
    await asyncio.wait([task])


async def _serve_durable() -> None:
    """The least that answers a command when what it was told is on disk: one row, kept as safely as ours are."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        path.touch()
        with closing(sqlite.connect(path, read_only=False)) as raw:
            raw.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, time TEXT NOT NULL)")
            await _serve_bare(lambda time: raw.execute("INSERT INTO kept (time) VALUES (?)", (time,)))


async def _serve_ours() -> None:
    """The whole program."""
    with tempfile.TemporaryDirectory() as folder:
        database = DatabaseSettings(f"sqlite:///{Path(folder) / 'bench.db'}")
        settings = Settings(database=database, platforms={"discord": DiscordSettings(TOKEN)})
        async with app.opened(settings, SystemClock()) as running:
            adapter = running.add("discord")
            task = asyncio.create_task(running.run())
            await eventually(lambda: adapter.health().is_ready, within=START_WITHIN)
            await _until_told()
            task.cancel()
            await asyncio.wait([task])


async def _until_told() -> None:
    """Idle, say what this process weighs, and serve until standard input ends."""
    await asyncio.sleep(IDLE)
    print(_own_megabytes(), flush=True)
    await asyncio.to_thread(sys.stdin.read)


def _own_megabytes() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[int(len(values) * share)]


SERVE: dict[str, Serve] = {"bare": _serve_bare, "durable": _serve_durable, "ours": _serve_ours}

if __name__ == "__main__":
    kind, base, gateway = sys.argv[1:]
    discord.http.Route.BASE = base
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
    event_loop.run(SERVE[kind](), is_fast=kind == "ours")
