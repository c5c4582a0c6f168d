"""A database that is full or locked, and clocks that are wrong: posts wait, none is lost and none comes twice."""

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.chat.card import Card
from bot.chat.delivery import Address, ChannelAddress, Delivery, MessageRef, RetryLater
from bot.delivery.attempt import SAVES
from bot.delivery.sender import Sender
from bot.errors import NotSaved
from bot.store import outbox
from bot.store.outbox import LEASE
from tests.delivery.town import Recorder, Town

HERE = ChannelAddress("console", "", "console")
LONG_ID = "9" * 5_000


class Wordy(Recorder):
    """A platform whose message ids are so long that to keep one takes another page of the file."""

    async def post(self, delivery: Delivery) -> MessageRef:
        posted = await super().post(delivery)
        return MessageRef(LONG_ID, posted.id)


class Nap:
    """Counts sleeps instead of sleeping, and lets something happen after so many."""

    def __init__(self, after: int, happens: Callable[[], object]) -> None:
        self.times = 0
        self._after = after
        self._happens = happens

    async def __call__(self, _seconds: float) -> None:
        self.times += 1
        if self.times == self._after:
            self._happens()
        await asyncio.sleep(0)


async def owe(town: Town, key: str, to: Address = HERE) -> None:
    now = town.clock.now()
    await town.store.write(lambda tx: outbox.enqueue(tx, Delivery(key, to, Card(key), now, now + timedelta(days=30))))


async def state(town: Town, key: str) -> str:
    [(found,)] = await town.talk.rows("SELECT state FROM outbox WHERE key = :key", key=key)
    return str(found)


def limit_size(town: Town, pages: int | None) -> None:
    """Let the file grow no further (None: as far as it likes)."""
    raw = town.store._writer._conn
    now = raw.execute("PRAGMA page_count").fetchone()[0]
    raw.execute(f"PRAGMA max_page_count = {now + pages if pages is not None else 1 << 30}")


async def test_where_the_disk_is_full_while_a_post_is_marked_it_is_marked_later(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    platform = Wordy(town.clock, fails_after=lambda _: limit_size(town, 0))
    nap = Nap(2, lambda: limit_size(town, None))
    await owe(town, "a")
    await Sender(town.store, town.clock, platform, sleep=nap).send_due()
    assert nap.times == 2
    assert "what became of a post is not saved" in caplog.text
    assert await state(town, "a") == "sent"
    assert [post.key for post in platform.posts] == ["a"]


async def test_where_it_stays_full_the_post_is_found_again_when_there_is_room(town: Town) -> None:
    platform = Wordy(town.clock, fails_after=lambda _: limit_size(town, 0))
    nap = Nap(SAVES, lambda: None)
    sender = Sender(town.store, town.clock, platform, sleep=nap)
    await owe(town, "a")
    await sender.send_due()
    assert nap.times == SAVES
    assert await state(town, "a") == "sending"
    limit_size(town, None)
    town.clock.advance(LEASE)
    await sender.send_due()
    assert await state(town, "a") == "sent"
    assert [post.key for post in platform.posts] == ["a"]


async def test_a_database_that_another_process_has_locked_is_waited_for(
    town: Town, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.sender.SOON", timedelta(milliseconds=1))
    await town.store._writer.work(lambda raw: raw.execute("PRAGMA busy_timeout = 1"))
    await owe(town, "a")
    other = sqlite3.connect(town.store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    sending = asyncio.create_task(Sender(town.store, town.clock, town.platform).run())
    while caplog.text.count("nothing can be sent for now") < 3:
        await asyncio.sleep(0.001)
    assert town.keys() == []
    other.execute("ROLLBACK")
    other.close()
    while await state(town, "a") != "sent":
        await asyncio.sleep(0.001)
    assert town.keys() == ["a"]
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)


async def test_settling_where_nothing_can_be_saved_says_so(town: Town) -> None:
    await town.store._writer.work(lambda raw: raw.execute("PRAGMA busy_timeout = 1"))
    await owe(town, "a")
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
    await owe(town, "a")
    await town.settle()
    town.platform.fails = lambda _: None
    await owe(town, "b", ChannelAddress("console", "", "there"))
    back = town.clock.now() - timedelta(hours=1)
    town.clock.move_to(back)
    await owe(town, "new")
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


async def test_where_the_file_can_only_be_read_nothing_is_sent_that_could_not_be_kept(town: Town) -> None:
    """Nobody but the database can refuse to root, so it is the connection that may only read."""
    await owe(town, "a")
    await town.store._writer.work(lambda raw: raw.execute("PRAGMA query_only = 1"))
    with pytest.raises(NotSaved):
        await town.settle()
    assert town.keys() == []
    assert "Not saved" in await town.talk("ada", "/checkin 1h")
    await town.store._writer.work(lambda raw: raw.execute("PRAGMA query_only = 0"))
    await town.settle()
    assert town.keys() == ["a"]
