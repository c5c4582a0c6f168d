"""Discord: a check-in beside a bare discord.py bot that answers "pong", on the same local server in the same run."""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import discord
import discord.gateway
import discord.http
import yarl

from bot import app
from bot.clock import StillClock, SystemClock
from bot.commands.turn import Defaults
from bot.config import DatabaseSettings, DiscordSettings, Settings
from bot.dispatcher import Dispatcher
from bot.store import migrate
from bot.store.database import Store
from tests.adapters.discord.probe import FAST, Running, eventually, local_discord
from tests.bench.lines import line
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.world import TOKEN, Person, Place

ROUNDS = 300
WARM = 50
MEMBERS = 50
BURSTS = 6
IDLE = 2.0
NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)


def run() -> list[str]:
    """Round trip, fifty at once, and memory."""
    return asyncio.run(measure())


async def measure() -> list[str]:
    """The lines of this part."""
    ours: list[float] = []
    bare: list[float] = []
    async with local_discord() as server:
        person, place = _people(server)
        async with _bare_bot(server):
            await _round_trips(server, person, place, WARM)
            bare += await _round_trips(server, person, place, ROUNDS)
        async with _our_bot(server):
            await _round_trips(server, person, place, WARM)
            ours += await _round_trips(server, person, place, ROUNDS)
            bursts = [taken for _ in range(BURSTS) for taken in await _burst(server, place)]
        async with _bare_bot(server):
            bare += await _round_trips(server, person, place, ROUNDS)
        memory = await _resident(server, "ours") - await _resident(server, "bare")
    return [
        line("discord: /checkin, median, against a bot that says pong", median(ours) / median(bare), 1.5),
        line(f"discord: /checkin, {MEMBERS} members at once, p99 in ms", _percentile(bursts, 0.99) * 1000, 250),
        line("discord: idle memory over a bare bot, in MB", memory, 40),
    ]


def _people(server: DiscordServer) -> tuple[Person, Place]:
    home = server.world.add_server("Study hall", "general")
    return server.world.add_person("Ada"), home.channels[0]


async def _round_trips(server: DiscordServer, person: Person, place: Place, count: int) -> list[float]:
    """Seconds until the callback came; what the local server then does with it is not counted."""
    return [await _timed(server, person, place) for _ in range(count)]


async def _burst(server: DiscordServer, place: Place) -> list[float]:
    people = [server.world.add_person(f"Member {number}") for number in range(MEMBERS)]
    return list(await asyncio.gather(*(_timed(server, person, place) for person in people)))


async def _timed(server: DiscordServer, person: Person, place: Place) -> float:
    use = await server.command(person, place, "checkin", {"time": "1m"})
    assert use.answer is not None
    server.world.messages.clear()
    return use.received - use.made


@asynccontextmanager
async def _our_bot(server: DiscordServer) -> AsyncIterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        migrate.migrate(path)
        store = await Store.open(path)
        running = Running(Dispatcher(store, _Ahead(), Defaults(600, "UTC")))
        await running.until_ready()
        yield
        await running.stop()
        await store.close()


class _Ahead(StillClock):
    """Half an hour goes by between two looks, so that no check-in is the same as one of a moment ago."""

    def __init__(self) -> None:
        super().__init__(NOW)
        self._looks = 0

    def now(self) -> datetime:
        self._looks += 1
        return datetime.fromtimestamp(NOW.timestamp() + self._looks * 1800, UTC)


@asynccontextmanager
async def _bare_bot(server: DiscordServer) -> AsyncIterator[None]:
    client = bare_client()
    task = asyncio.create_task(client.start(TOKEN))
    await eventually(client.is_ready)
    yield
    await client.close()
    await asyncio.wait([task])


def bare_client() -> discord.Client:
    """The least that answers a command."""
    client = discord.Client(intents=discord.Intents(guilds=True), guild_ready_timeout=FAST.guild_ready)
    tree = discord.app_commands.CommandTree(client)

    @tree.command(description="pong")
    async def checkin(interaction: discord.Interaction[discord.Client], time: str) -> None:
        del time
        await interaction.response.send_message("pong", ephemeral=True)

    return client


async def _resident(server: DiscordServer, which: str) -> float:
    """Megabytes of a process of its own that has connected and idles."""
    address = (server.base, server.gateway.address)
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.discord", which, *address, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await child.communicate()
    return float(said)


async def _idle(which: str) -> float:
    """What the process of its own does: connect, idle, and look at itself."""
    if which == "bare":
        client = bare_client()
        task = asyncio.create_task(client.start(TOKEN))
        await eventually(client.is_ready)
        await asyncio.sleep(IDLE)
        found = _own_megabytes()
        await client.close()
        await asyncio.wait([task])
        return found
    with tempfile.TemporaryDirectory() as folder:
        database = DatabaseSettings(f"sqlite:///{Path(folder) / 'bench.db'}")
        settings = Settings(database=database, discord=DiscordSettings(TOKEN))
        async with app.opened(settings, SystemClock()) as running:
            adapter = running.add("discord")
            task = asyncio.create_task(running.run())
            await eventually(lambda: adapter.health().is_ready, within=20)
            await asyncio.sleep(IDLE)
            found = _own_megabytes()
            task.cancel()
            await asyncio.wait([task])
            return found


def _own_megabytes() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[int(len(values) * share)]


if __name__ == "__main__":
    kind, base, gateway = sys.argv[1:]
    discord.http.Route.BASE = base
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
    print(asyncio.run(_idle(kind)))
