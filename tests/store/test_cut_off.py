"""A network that takes everything and answers nothing: each unit ends in time, and works again when it is mended."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from functools import partial

import pytest
from psycopg.conninfo import conninfo_to_dict

from bot.errors import NotSaved, PerhapsSaved
from bot.location import ServerDatabase
from bot.store import postgres, postgres_connection
from bot.store.database import Store
from bot.store.tx import Tx
from tests.servers.postgres.proxy import Proxy
from tests.waiting import eventually

pytestmark = pytest.mark.sqlite  # nothing here is asked of both engines

SHORT_SECONDS = 0.5
ENDS_WITHIN = 60.0
"""Seconds; without a bound of its own, a unit would wait for hours."""


def remember(tx: Tx, key: str) -> None:
    tx.run("INSERT INTO memory (key, value, kept_at) VALUES (:key, '', 0)", key=key)


def keys(tx: Tx) -> list[str]:
    return [row[0] for row in tx.all("SELECT key FROM memory ORDER BY key")]


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "SILENCE_SECONDS", SHORT_SECONDS)
    monkeypatch.setattr(postgres, "SECONDS_TO_FIND_OUTCOME", 0.1)
    monkeypatch.setitem(postgres_connection.CONNECTION_DEFAULTS, "connect_timeout", "2")  # libpq's least


@pytest.fixture
async def proxy(emptied_server_database: ServerDatabase) -> AsyncIterator[Proxy]:
    proxy = Proxy(emptied_server_database)
    await proxy.start()
    yield proxy
    await proxy.stop()


@pytest.fixture
async def store(proxy: Proxy) -> AsyncIterator[Store]:
    store = await Store.open(proxy.location)
    await store.write(partial(remember, key="before"))
    assert await store.read(keys) == ["before"]
    yield store
    proxy.mend()
    await store.close()


async def refuse(store: Store) -> None:
    async with asyncio.timeout(ENDS_WITHIN):
        with pytest.raises(NotSaved):
            await store.write(partial(remember, key="meanwhile"))
        with pytest.raises(NotSaved):
            await store.read(keys)


@pytest.mark.parametrize("way", ["drop", pytest.param("hold", marks=pytest.mark.slow)])
async def test_a_unit_that_nobody_answers_is_not_saved_and_the_next_one_works(
    proxy: Proxy, store: Store, way: str
) -> None:
    getattr(proxy, way)()
    await refuse(store)
    proxy.mend()
    await store.write(partial(remember, key="after"))
    assert await store.read(keys) == ["after", "before"]


async def test_who_asks_through_a_slow_network_is_answered(proxy: Proxy, store: Store) -> None:
    proxy.delay_seconds = 0.03
    await store.write(partial(remember, key="slowly"))
    assert await store.read(keys) == ["before", "slowly"]


async def test_broken_connections_are_noticed_by_nobody(proxy: Proxy, store: Store) -> None:
    proxy.cut()
    await store.write(partial(remember, key="after"))
    assert await store.read(keys) == ["after", "before"]


async def test_a_program_that_ends_waits_for_nobody(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "SILENCE_SECONDS", 600.0)
    store = await Store.open(proxy.location)
    await asyncio.gather(*(store.read(keys) for _ in range(40)))  # all ten are open
    proxy.drop()
    writing = asyncio.create_task(store.write(partial(remember, key="meanwhile")))
    await eventually(lambda: proxy.dropped)
    store.hurry()
    async with asyncio.timeout(ENDS_WITHIN):
        with pytest.raises(NotSaved):
            await writing
        for _ in range(20):
            with pytest.raises(NotSaved):
                await store.write(partial(remember, key="at the end"))
    await store.close()


async def test_many_that_nobody_answers_all_end_in_time(proxy: Proxy, store: Store) -> None:
    """They wait for ten connections, and not each of them for a time-out of its own."""
    await asyncio.gather(*(store.read(keys) for _ in range(40)))  # all ten are open
    proxy.drop()
    began = time.monotonic()
    units = [store.write(partial(remember, key=f"{number}")) for number in range(300)]
    async with asyncio.timeout(ENDS_WITHIN):
        results = await asyncio.gather(*units, return_exceptions=True)
    assert {type(result) for result in results} == {NotSaved}
    assert time.monotonic() - began < ENDS_WITHIN
    proxy.mend()
    await eventually(lambda: works(store))
    assert await store.read(keys) == ["before"]


async def works(store: Store) -> bool:
    try:
        return await store.read(keys) == ["before"]
    except NotSaved:
        return False


async def test_a_commit_of_which_nobody_hears_is_not_called_unwritten(proxy: Proxy, store: Store) -> None:
    proxy.drop_answers_to(b"COMMIT\0")
    async with asyncio.timeout(ENDS_WITHIN):
        with pytest.raises(PerhapsSaved, match="nobody knows"):
            await store.write(partial(remember, key="perhaps"))
    proxy.mend()
    assert await store.read(keys) == ["before", "perhaps"]


SETTINGS = """SELECT name FROM pg_settings WHERE source = 'session' AND name LIKE 'tcp%' ORDER BY name"""


async def test_the_server_notices_a_client_whose_network_is_gone(
    store: Store, emptied_server_database: ServerDatabase
) -> None:
    rows = await store.read(lambda tx: tx.all(SETTINGS))
    assert [name for (name,) in rows] == [
        "tcp_keepalives_count",
        "tcp_keepalives_idle",
        "tcp_keepalives_interval",
        "tcp_user_timeout",
    ]
    near = await Store.open(emptied_server_database)
    is_socket = str(conninfo_to_dict(emptied_server_database.url).get("host") or "/").startswith("/")
    assert (await near.read(lambda tx: tx.all(SETTINGS)) == []) is is_socket
    await near.close()


async def test_what_a_client_held_that_is_cut_off_is_free_again(
    proxy: Proxy, store: Store, emptied_server_database: ServerDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "WRITING", postgres.WRITING.replace("'5s'", "'1s'"))

    def hold(tx: Tx) -> None:
        tx.run("UPDATE memory SET value = 'cut off' WHERE key = 'before'")
        held.set()
        assert go_on.wait(ENDS_WITHIN)

    held, go_on = threading.Event(), threading.Event()
    writing = asyncio.create_task(store.write(hold))
    await eventually(held.is_set)
    proxy.drop()
    near = await Store.open(emptied_server_database)
    assert await near.write(lambda tx: tx.run("UPDATE memory SET value = 'free'")) == 1
    go_on.set()
    with pytest.raises(NotSaved):
        await writing
    assert await near.read(lambda tx: tx.all("SELECT value FROM memory")) == [("free",)]
    await near.close()
