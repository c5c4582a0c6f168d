"""Searching a journal of 100,000 entries, of one person and of many, beside the bare FTS5 query."""

import asyncio
import random
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from bot.chat.request import Channel, Reply, TextRequest, User
from bot.clock import StillClock
from bot.context import Defaults
from bot.dispatch.dispatcher import Dispatcher
from bot.store import search, sqlite
from bot.store.database import Store
from bot.store.sqlite import SqliteTx
from tests.bench.lines import line

NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)
DAY = date(2025, 12, 31)
CHANNEL = Channel("console", "", "console", "console")
ENTRIES = 100_000
WORDS = 20
VOCABULARY = 5_000
ROUNDS = 20
FOUND_IN = 50
"""Of so many entries one has the words that are searched."""
BARE = "SELECT rowid FROM journal_words WHERE journal_words MATCH :query ORDER BY rank LIMIT 6"
ASKED = "word7 word11"
"""Two words of an entry; the second is also the beginning of a hundred others."""


def lines(empty: Path) -> Iterator[str]:
    """One line for each kind of journal."""
    for people, whose in ((1, "one person"), (1_000, "1,000 people")):
        path = Path(shutil.copy(empty, empty.with_name(f"journal{people}.db")))
        _fill(path, people)
        ours, bare = asyncio.run(_times(path))
        what = f"search in a journal of {ENTRIES:,} entries of {whose}, beside the bare FTS5 query on the same thread"
        yield line(what, ours / bare, 3)


def _fill(path: Path, people: int) -> None:
    lot = random.Random(7)
    vocabulary = [f"word{number}" for number in range(VOCABULARY)]
    with closing(sqlite.connect(path, read_only=False)) as connection:
        connection.execute("BEGIN")
        tx = SqliteTx(connection)
        for person in range(1, people + 1):
            tx.run(
                "INSERT INTO people (id, name, zone, created_at) VALUES (:id, 'Person', 'UTC', 0)",
                id=person,
            )
            tx.run(
                "INSERT INTO identities (platform, team, \"user\", person_id) VALUES ('console', '', :user, :id)",
                user=str(person),
                id=person,
            )
        for number in range(1, ENTRIES + 1):
            person = (number // FOUND_IN) % people + 1
            learned = " ".join(lot.choices(vocabulary, k=WORDS)) + (f" {ASKED}" if number % FOUND_IN == 0 else "")
            tx.run(
                """INSERT INTO checkins (id, person_id, number, day, minutes, learned, source, created_at)
                   VALUES (:id, :person, :id, :day, 30, :learned, 'typed', 0)""",
                id=number,
                person=person,
                day=(DAY - timedelta(days=number // FOUND_IN)).isoformat(),
                learned=learned,
            )
            search.add(tx, number, person, learned)
        connection.execute("COMMIT")


async def _times(path: Path) -> tuple[float, float]:
    """Seconds a search, the whole way through the dispatcher, and of the bare query alone: medians of turns."""
    store = await Store.open(path)
    core = Dispatcher(store, StillClock(NOW), Defaults(600, "UTC"))
    query = await store.read(lambda tx: search.build_query(tx, 1, ASKED))
    ours, bare = [], []
    for number in range(ROUNDS):
        user = User("console", "", "1", "Person", "UTC")
        request = TextRequest(f"r{number}", user, CHANNEL, f"journal {ASKED}")
        began = time.perf_counter()
        answer = await core.handle(request)
        middle = time.perf_counter()
        found = await store.read(lambda tx: tx.all(BARE, query=query))
        ours.append(middle - began)
        bare.append(time.perf_counter() - middle)
        assert isinstance(answer, Reply)
        assert found, answer
    await store.close()
    return median(ours), median(bare)
