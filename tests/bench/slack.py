"""What a check-in on Slack costs, against a bare Bolt app that answers "pong" on the same server in the same run."""

import asyncio
import gc
import logging
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import date
from pathlib import Path
from subprocess import PIPE

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.bench.lines import line
from tests.servers.slack.people import Member
from tests.servers.slack.server import Slack
from tests.servers.slack.ways import BySocket

ROOT = Path(__file__).parents[2]
TEAM, CHANNEL = "T1", "C1"
ROUNDS, MEMBERS, BURSTS = 200, 50, 10
RATIO_LIMIT, P99_LIMIT, RSS_LIMIT = 1.5, 250, 40
BARE, FULL = "bare", "full"


def run() -> list[str]:
    """Measure; one line for each figure."""
    logging.disable(logging.WARNING)
    return asyncio.run(_measure())


async def _measure() -> list[str]:
    slack = _populated()
    await slack.start()
    folder = Path(tempfile.mkdtemp())
    try:
        async with _bare(slack.api.url, process_before_response=False), _full(slack.api.url, folder / "a.db"):
            await _until(lambda: len(slack.sockets) == 2)
            lines = [await _ratio(slack), await _burst(slack)]
        lines.append(await _memory(slack, folder))
    finally:
        await slack.stop()
        shutil.rmtree(folder)
    return lines


async def _ratio(slack: Slack) -> str:
    """Alternately, so that both meet the same machine."""
    bare, full = BySocket(slack, 0), BySocket(slack, 1)
    people = [f"U{number:03}" for number in range(MEMBERS)]
    for user in people:
        await Member(slack, full, TEAM, user, CHANNEL).slash("/progress")
    pong, logged = [], []
    for turn in range(ROUNDS):
        user = people[turn % MEMBERS]
        pong.append(await _timed(Member(slack, bare, TEAM, user, CHANNEL).slash("/ping")))
        logged.append(await _timed(Member(slack, full, TEAM, user, CHANNEL).slash(f"/checkin {turn % 7 + 1} min")))
    one, other = statistics.median(pong), statistics.median(logged)
    what = f"/checkin on Slack, median, × a bare Bolt app's “pong” ({other:.1f} ms, {one:.1f} ms)"
    return line(what, other / one, RATIO_LIMIT)


async def _burst(slack: Slack) -> str:
    """Fifty members at once, several times."""
    full = BySocket(slack, 1)
    took: list[float] = []
    for turn in range(BURSTS):
        words = f"/checkin {turn + 20} min"
        people = [Member(slack, full, TEAM, f"U{number:03}", CHANNEL) for number in range(MEMBERS)]
        took += await asyncio.gather(*(_timed(each.slash(words)) for each in people))
    p99 = sorted(took)[int(len(took) * 0.99) - 1]
    return line(f"/checkin on Slack, p99 in ms with {MEMBERS} members at once", p99, P99_LIMIT)


async def _memory(slack: Slack, folder: Path) -> str:
    bare, full = await _idle(slack, BARE, folder), await _idle(slack, FULL, folder)
    what = (
        f"resident MB of the program idle on Slack, pictures drawn, more than a bare Bolt app ({full:.0f}, {bare:.0f})"
    )
    return line(what, full - bare, RSS_LIMIT)


async def _idle(slack: Slack, which: str, folder: Path) -> float:
    """Resident megabytes of a process of its own that is connected and has nothing to do."""
    command = [sys.executable, "-m", "tests.bench.slack", which, slack.api.url, str(folder / f"{which}.db")]
    child = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, cwd=ROOT)
    out, _ = await child.communicate()
    return int(out) / 1024


async def _timed(doing: Awaitable[object]) -> float:
    started = time.perf_counter()
    assert await doing
    return (time.perf_counter() - started) * 1000


async def _until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not is_so():
            await asyncio.sleep(0.01)


def _populated() -> Slack:
    slack = Slack()
    slack.api.is_strict = False
    team = slack.world.add_workspace(TEAM)
    users = [f"U{number:03}" for number in range(MEMBERS)]
    for user in users:
        team.add_user(user, f"Member {user}")
    team.add_channel(CHANNEL, *users)
    return slack


@asynccontextmanager
async def _bare(url: str, *, process_before_response: bool) -> AsyncIterator[None]:
    """The least that Bolt can do."""
    client = AsyncWebClient(token=f"xoxb-{TEAM}", base_url=url)
    app = AsyncApp(client=client, process_before_response=process_before_response)

    @app.command("/ping")
    async def ping(ack: AsyncAck) -> None:
        await ack("pong")

    handler = AsyncSocketModeHandler(app, "xapp-1")
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def _full(url: str, database: Path) -> AsyncIterator[None]:
    """The whole program, as `tenhours run` puts it together."""
    from adapters.slack.settings import SlackSettings  # noqa: PLC0415
    from bot import app, config  # noqa: PLC0415 - the bare process must not load it
    from bot.clock import SystemClock  # noqa: PLC0415

    AsyncWebClient.BASE_URL = url
    settings = config.Settings(
        database=config.DatabaseSettings(f"sqlite:///{database}"),
        platforms={"slack": SlackSettings(bot_token=f"xoxb-{TEAM}", app_token="xapp-1")},
    )
    async with app.opened(settings, SystemClock()) as running:
        adapter = running.add("slack")
        task = asyncio.ensure_future(running.run())
        await _until(lambda: adapter.health().is_ready)
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def _idling(which: str, url: str, database: Path) -> None:
    logging.disable(logging.WARNING)
    idle = _bare(url, process_before_response=False) if which == BARE else _full(url, database)
    async with idle:
        if which == FULL:
            await _draw()
        await asyncio.sleep(1)
        gc.collect()
        print(_resident())


async def _draw() -> None:
    """The charts that everybody asks for, so that fonts are loaded."""
    from bot.charts.picture import picture  # noqa: PLC0415 - the bare process must not load it
    from bot.chat.chart import BoardBars, BoardRow, Heatmap, WeekBars  # noqa: PLC0415

    rows = tuple(BoardRow(rank, f"Member {rank}", 450, 600) for rank in range(1, 11))
    await picture(WeekBars("This week", (60, 0, 120, 0, 0, 30, 0), 600))
    await picture(Heatmap("Weeks", date(2025, 12, 1), tuple(range(0, 35 * 6, 6))))
    await picture(BoardBars("Board", "this week", rows))


def _resident() -> str:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(each.split()[1] for each in status.splitlines() if each.startswith("VmRSS"))


if __name__ == "__main__":
    asyncio.run(_idling(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
