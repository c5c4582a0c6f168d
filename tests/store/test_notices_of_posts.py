"""A process hears at once that another one has something to send, and finds it without hearing where it can't."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import psycopg
import pytest

from bot.chat.card import Card
from bot.chat.delivery import ChannelAddress, Delivery, MessageRef
from bot.location import ServerDatabase
from bot.store import claims, outbox, postgres_listener, revisions
from bot.store.database import Store
from bot.store.tx import Tx
from tests.talk import MONDAY_MORNING as NOW
from tests.waiting import eventually, stopped

pytestmark = pytest.mark.sqlite  # only servers give notices
WITHIN = 60.0
LATER = NOW + timedelta(days=1)


class Ear:
    """Counts what it hears."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        self.count += 1


@pytest.fixture
async def here(emptied_server_database: ServerDatabase) -> AsyncIterator[Store]:
    store = await Store.open(emptied_server_database)
    yield store
    await store.close()


@pytest.fixture
async def there(emptied_server_database: ServerDatabase) -> AsyncIterator[Store]:
    """What another process has open of the same database."""
    store = await Store.open(emptied_server_database)
    yield store
    await store.close()


@asynccontextmanager
async def listening(store: Store) -> AsyncIterator[Ear]:
    """Listen, and wait until that has begun."""
    ear = Ear()
    task = asyncio.create_task(store.listen(ear))
    await eventually(lambda: ear.count == 1, WITHIN)
    yield ear
    await stopped(task)


def enqueue(tx: Tx, key: str = "a") -> None:
    outbox.enqueue(tx, Delivery(key, ChannelAddress("discord", "1", "2"), Card(key), NOW, LATER))


def stand(tx: Tx) -> None:
    enqueue(tx)
    [post] = claims.claim(tx, ["a"], NOW)
    claims.settle_sent(tx, [(post.claim, MessageRef("2", "3"), NOW)])


def revise(tx: Tx) -> None:
    revisions.revise(tx, "a", Card("b"), NOW, LATER)


async def test_a_post_of_another_process_is_heard_of(here: Store, there: Store) -> None:
    async with listening(here) as ear:
        await there.write(enqueue)
        await eventually(lambda: ear.count == 2, WITHIN)


async def test_an_edit_of_another_process_is_heard_of(here: Store, there: Store) -> None:
    await there.write(stand)
    async with listening(here) as ear:
        await there.write(revise)
        await eventually(lambda: ear.count == 2, WITHIN)


def changes_nothing(tx: Tx) -> None:
    tx.run("INSERT INTO memory (key, value, kept_at) VALUES ('a', '', 0)")


def enqueues_again(tx: Tx) -> None:
    enqueue(tx, "before")


def fails(tx: Tx) -> None:
    enqueue(tx, "never")
    raise LookupError


@pytest.mark.parametrize("unit", [changes_nothing, enqueues_again, fails])
async def test_nothing_is_heard_of_what_leaves_nothing_to_send(
    here: Store, there: Store, unit: Callable[[Tx], None]
) -> None:
    await there.write(lambda tx: enqueue(tx, "before"))
    async with listening(here) as ear:
        with suppress(LookupError):
            await there.write(unit)
        await there.write(enqueue)
        await eventually(lambda: ear.count == 2, WITHIN)  # notices come in the order of their commits


async def test_a_lost_connection_is_opened_again_and_counts_as_a_notice(
    here: Store, there: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(postgres_listener, "FIRST_PAUSE_SECONDS", 0.01)
    assert isinstance(here.location, ServerDatabase)
    async with listening(here) as ear:
        with psycopg.connect(here.location.url, autocommit=True) as connection:
            connection.execute(
                """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                   WHERE datname = current_database() AND pid <> pg_backend_pid()"""
            )
        await eventually(lambda: ear.count == 2, WITHIN)
        assert "no notices from the database for now" in caplog.text
        await there.write(enqueue)
        await eventually(lambda: ear.count == 3, WITHIN)


async def test_a_server_that_is_away_is_asked_ever_more_rarely(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(postgres_listener, "FIRST_PAUSE_SECONDS", 0.01)
    task = asyncio.create_task(postgres_listener.listen(ServerDatabase("postgresql://u@/name?host=/nowhere"), Ear()))
    await eventually(lambda: "0.04" in str([record.__dict__.get("again_in") for record in caplog.records]), WITHIN)
    await stopped(task)


async def test_who_stops_while_it_connects_leaves_no_connection(here: Store) -> None:
    task = asyncio.create_task(here.listen(Ear()))
    await asyncio.sleep(0)
    await stopped(task)
    assert isinstance(here.location, ServerDatabase)
    with psycopg.connect(here.location.url, autocommit=True) as connection:
        count = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"""
        await eventually(lambda: connection.execute(count).fetchone() == (0,), WITHIN)


async def test_nothing_is_heard_behind_a_pooler(emptied_server_database: ServerDatabase) -> None:
    store = await Store.open(ServerDatabase(emptied_server_database.url, is_prepared=False))
    await store.listen(Ear())
    await store.close()


async def test_one_process_on_a_file_has_nothing_to_hear(store: Store) -> None:
    await store.listen(Ear())
