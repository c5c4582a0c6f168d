"""A database that is full or locked, and clocks that are wrong: posts wait, none is lost and none comes twice."""

import asyncio
import sqlite3
from datetime import timedelta

import pytest

from bot.chat.card import Card
from bot.chat.delivery import Address, ChannelAddress, Delivery, MessageRef, RetryLater
from bot.delivery.attempt import MOST_SAVES
from bot.delivery.sender import Sender
from bot.errors import NotSaved
from bot.store import outbox
from bot.store.claims import LEASE
from bot.store.database import Store
from bot.store.tx import Tx
from tests.delivery.town import Recorder, Town
from tests.waiting import eventually, stopped

HERE = ChannelAddress("console", "", "console")
LONG_ID = "9" * 5_000


class Wordy(Recorder):
    """A platform whose message ids are so long that to save one takes another page; `store` has none left by then."""

    store: Store

    async def post(self, delivery: Delivery) -> MessageRef:
        posted = await super().post(delivery)
        await limit_size(self.store, 0)
        return MessageRef(LONG_ID, posted.id)


class Nap:
    """Counts sleeps instead of sleeping; after so many of them the disk has room again."""

    def __init__(self, store: Store, after: int) -> None:
        self.times = 0
        self._store = store
        self._after = after

    async def __call__(self, _seconds: float) -> None:
        self.times += 1
        if self.times == self._after:
            await limit_size(self._store, None)


async def enqueue(town: Town, key: str, to: Address = HERE) -> None:
    now = town.clock.now()
    await town.store.write(lambda tx: outbox.enqueue(tx, Delivery(key, to, Card(key), now, now + timedelta(days=30))))


async def state(town: Town, key: str) -> str:
    [(state,)] = await town.talk.rows("SELECT state FROM outbox WHERE key = :key", key=key)
    return str(state)


async def limit_size(store: Store, pages: int | None) -> None:
    """Let the file grow by so many pages at most (None: as far as it likes)."""

    def unit(tx: Tx) -> None:
        [count] = tx.one("PRAGMA page_count") or (0,)
        tx.one(f"PRAGMA max_page_count = {1 << 30 if pages is None else count + pages}")

    await store.write(unit)


@pytest.fixture
def wordy(town: Town) -> Wordy:
    platform = Wordy(town.clock)
    platform.store = town.store
    return platform


async def wait_for_no_lock(store: Store) -> None:
    """Let the writer give up at once where another process has locked the file."""
    await store.write(lambda tx: tx.run("PRAGMA busy_timeout = 1"))


@pytest.mark.sqlite
async def test_where_the_disk_is_full_while_a_post_is_marked_it_is_marked_later(
    town: Town, wordy: Wordy, caplog: pytest.LogCaptureFixture
) -> None:
    nap = Nap(town.store, after=2)
    await enqueue(town, "a")
    await Sender(town.store, town.clock, wordy, sleep=nap).send_due()
    assert nap.times == 2
    assert "what became of a post is not saved" in caplog.text
    assert await state(town, "a") == "sent"
    assert [post.key for post in wordy.posts] == ["a"]


@pytest.mark.sqlite
async def test_where_it_stays_full_the_post_is_found_again_when_there_is_room(town: Town, wordy: Wordy) -> None:
    nap = Nap(town.store, after=MOST_SAVES + 1)
    sender = Sender(town.store, town.clock, wordy, sleep=nap)
    await enqueue(town, "a")
    await sender.send_due()
    assert nap.times == MOST_SAVES
    assert await state(town, "a") == "sending"
    await limit_size(town.store, None)
    town.clock.advance(LEASE)
    await sender.send_due()
    assert await state(town, "a") == "sent"
    assert [post.key for post in wordy.posts] == ["a"]


@pytest.mark.sqlite
async def test_a_database_that_another_process_has_locked_is_waited_for(
    town: Town, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.sender.RETRY_DELAY", timedelta(milliseconds=1))
    await wait_for_no_lock(town.store)
    await enqueue(town, "a")
    other = sqlite3.connect(town.store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    sending = asyncio.create_task(Sender(town.store, town.clock, town.platform).run())
    await eventually(lambda: caplog.text.count("nothing can be sent for now") >= 3)
    assert town.keys() == []
    other.execute("ROLLBACK")
    other.close()

    async def is_sent() -> bool:
        return await state(town, "a") == "sent"

    await eventually(is_sent)
    assert town.keys() == ["a"]
    await stopped(sending)


@pytest.mark.sqlite
async def test_settling_where_nothing_can_be_saved_says_so(town: Town) -> None:
    await wait_for_no_lock(town.store)
    await enqueue(town, "a")
    other = sqlite3.connect(town.store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(NotSaved):
        await town.settle()
    other.close()
    await town.settle()
    assert town.keys() == ["a"]


async def test_a_clock_that_is_set_back_by_an_hour_lets_nothing_wait_for_that_hour(town: Town) -> None:
    def busy(delivery: Delivery) -> None:
        raise RetryLater("busy", 60)

    town.platform.fails = busy
    await enqueue(town, "a")
    await town.settle()
    town.platform.fails = lambda _: None
    await enqueue(town, "b", ChannelAddress("console", "", "there"))
    back = town.clock.now() - timedelta(hours=1)
    town.clock.move_to(back)
    await enqueue(town, "new")
    await town.settle()
    assert sorted(town.keys()) == ["a", "b", "new"]
    assert town.clock.now() == back


async def test_a_week_of_a_clock_that_jumps_three_days_ahead_and_back_again(town: Town) -> None:
    await town.say("ada", "/checkin 10h")
    await town.until("2026-01-10T12:00")
    town.clock.advance(timedelta(days=3))
    await town.settle()
    town.clock.advance(timedelta(days=-3))
    await town.settle()
    await town.until("2026-01-14T12:00")
    keys = town.keys()
    assert len(keys) == len(set(keys))
    assert "results/1/2026-W02" in keys


@pytest.mark.sqlite
async def test_where_the_file_can_only_be_read_nothing_is_sent_that_could_not_be_kept(town: Town) -> None:
    """Nobody but the database can refuse to root, so it is the connection that may only read."""
    await enqueue(town, "a")
    await town.store.write(lambda tx: tx.run("PRAGMA query_only = 1"))
    with pytest.raises(NotSaved):
        await town.settle()
    assert town.keys() == []
    assert "Not saved" in await town.talk("ada", "/checkin 1h")
    mended = await Store.open(town.store.path)
    await Sender(mended, town.clock, town.platform).send_due()
    await mended.close()
    assert town.keys() == ["a"]
