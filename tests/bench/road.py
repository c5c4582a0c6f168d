"""The long road: what a person of five years of daily check-ins asks for, and a search in a large journal."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from bot.chat.request import Channel, Request, TextRequest, User
from bot.clock import StillClock
from bot.context import Defaults
from bot.dispatch.dispatcher import Dispatcher
from bot.domain.group import AREAS
from bot.store import migrate
from bot.store.database import Store
from tests.bench import search
from tests.bench.lines import line
from tests.bench.recording import Statement, recording

NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)
CHANNEL = Channel("console", "", "console", "console")
FIVE_YEARS = 5 * 365
ROUNDS = 200


def run() -> Iterator[str]:
    """All lines of this part."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "years.db"
        migrate.migrate(path)
        asyncio.run(_live(path))
        for words in ("areas", "horizon", "history 104"):
            yield _beside_own_sql(path, words)
        empty = Path(folder) / "empty.db"
        migrate.migrate(empty)
        yield from search.lines(empty)


async def _live(path: Path) -> None:
    """Five years of daily check-ins, one area after the other."""
    store = await Store.open(path)
    clock = StillClock(NOW - timedelta(days=FIVE_YEARS))
    core = Dispatcher(store, clock, Defaults(600, "UTC"))
    await core.handle(_request("group start name: Bench"))
    for day in range(FIVE_YEARS):
        clock.advance(timedelta(days=1))
        answer = await core.handle(_request(f"checkin {60 + day % 50}m area: {AREAS[day // 7 % len(AREAS)]}"))
        assert not getattr(answer, "is_wrong", True)
    await store.close()


def _request(words: str) -> Request:
    user = User("console", "", "ada", "Ada", "UTC", may_start=True)
    return TextRequest(str(time.monotonic_ns()), user, CHANNEL, words)


def _beside_own_sql(path: Path, words: str) -> str:
    ours, own_sql = asyncio.run(_times(path, words))
    return line(f"`{words}` of five years of daily check-ins, beside its own SQL on the same thread", ours / own_sql, 3)


async def _times(path: Path, words: str) -> tuple[float, float]:
    """Seconds a request, the whole way through the dispatcher, and of its statements alone: medians of turns.

    Both go through a reader's thread, as every statement of an asynchronous program does.
    """
    store = await Store.open(path)
    core = Dispatcher(store, StillClock(NOW), Defaults(600, "UTC"))
    statements: list[Statement] = []
    with recording(statements.append):
        answer = await core.handle(_request(words))
    assert not getattr(answer, "is_wrong", True)
    ours, own_sql = [], []
    for _ in range(ROUNDS):
        request = _request(words)
        began = time.perf_counter()
        await core.handle(request)
        middle = time.perf_counter()
        await store.read(lambda tx: [tx.all(sql, **params) for sql, params in statements])
        ours.append(middle - began)
        own_sql.append(time.perf_counter() - middle)
    await store.close()
    return median(ours), median(own_sql)
