"""What becomes of a post when the platform refuses, asks to wait, breaks off, or the process dies."""

import pytest

from bot.chat.card import Card
from bot.chat.delivery import Address, Delivery, MessageRef, PostRefused, PostUnsure, RetryLater
from bot.delivery.sender import Sender
from bot.store import outbox
from bot.store.outbox import LEASE
from tests.delivery.town import Posted, Town

HERE = Address("console", "", channel="console")
THERE = Address("console", "", channel="there")


async def owe(town: Town, key: str, to: Address = HERE, edits: str | None = None) -> None:
    now = town.clock.now()
    delivery = Delivery(key, to, Card(key), now, now.replace(year=now.year + 1))
    await town.store.write(lambda tx: outbox.owe(tx, delivery, edits=edits))


async def state(town: Town, key: str) -> tuple[object, ...]:
    return (await town.talk.rows("SELECT state, reason FROM outbox WHERE key = :key", key=key))[0]


async def test_a_key_is_posted_once_however_often_it_is_owed(town: Town) -> None:
    await owe(town, "a")
    await owe(town, "a")
    await town.app.settle()
    await owe(town, "a")
    await town.app.settle()
    assert town.keys() == ["a"]
    assert await state(town, "a") == ("sent", None)


async def test_what_is_refused_is_dropped_with_its_reason_and_the_others_go_on(town: Town) -> None:
    def poisoned(delivery: Delivery) -> None:
        if delivery.key == "b":
            raise PostRefused("no permission to write there")

    town.platform.fails = poisoned
    for key in "abc":
        await owe(town, key)
    await town.app.settle()
    assert town.keys() == ["a", "c"]
    assert await state(town, "b") == ("dropped", "no permission to write there")


async def test_a_platform_that_asks_to_wait_is_waited_for(town: Town) -> None:
    def busy(_: Delivery) -> None:
        raise RetryLater("429", 30)

    town.platform.fails = busy
    await owe(town, "a")
    await town.app.settle()
    assert await state(town, "a") == ("pending", "429")
    town.platform.fails = lambda _: None
    await town.wait(seconds=29)
    assert town.keys() == []
    await town.wait(seconds=20)
    assert town.keys() == ["a"]


async def test_a_post_whose_answer_was_lost_is_found_and_not_repeated(town: Town) -> None:
    def lost(_: Delivery) -> None:
        raise PostUnsure("connection reset")

    town.platform.fails_after = lost
    await owe(town, "a")
    await town.app.settle()
    assert await state(town, "a") == ("sending", "connection reset")
    await town.wait(minutes=1)
    assert town.keys() == ["a"]
    assert await state(town, "a") == ("sent", "connection reset")


async def test_a_post_that_never_arrived_is_sent_again(town: Town) -> None:
    def lost(_: Delivery) -> None:
        raise PostUnsure("timed out")

    town.platform.fails = lost
    await owe(town, "a")
    await town.app.settle()
    town.platform.fails = lambda _: None
    await town.wait(minutes=1)
    assert town.keys() == ["a"]


@pytest.mark.parametrize("was_posted", [False, True])
async def test_a_claim_whose_process_died_is_taken_over_after_its_lease(town: Town, was_posted: bool) -> None:
    await owe(town, "a")
    now = town.clock.now()
    await town.store.write(lambda tx: outbox.claim(tx, "console", now, 10))
    if was_posted:
        town.platform.posts.append(Posted("a", HERE, Card("a"), now))
    await town.wait(seconds=LEASE.total_seconds() - 1)
    assert len(town.keys()) == int(was_posted)
    await town.wait(seconds=2)
    assert town.keys() == ["a"]
    assert await state(town, "a") == ("sent", None)


async def test_a_fault_of_the_adapter_is_logged_and_tried_again(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: Delivery) -> None:
        raise KeyError("bug")

    town.platform.fails = broken
    await owe(town, "a")
    await town.app.settle()
    assert "post failed" in caplog.text
    town.platform.fails = lambda _: None
    await town.wait(minutes=1)
    assert town.keys() == ["a"]


async def test_a_post_that_can_no_longer_be_of_use_is_dropped(town: Town) -> None:
    def down(_: Delivery) -> None:
        raise RetryLater("503")

    town.platform.fails = down
    now = town.clock.now()
    delivery = Delivery("a", HERE, Card("a"), now, now.replace(hour=now.hour + 1))
    await town.store.write(lambda tx: outbox.owe(tx, delivery))
    await town.wait(hours=2)
    assert await state(town, "a") == ("dropped", "expired before it could be posted")


async def test_an_edit_of_a_post_that_does_not_stand_there_is_dropped(town: Town) -> None:
    await owe(town, "results/1/2026-W02/closed", edits="results/1/2026-W02")
    await town.app.settle()
    found = await state(town, "results/1/2026-W02/closed")
    assert found[0] == "dropped"
    assert town.keys() == []


async def test_posts_of_one_place_keep_their_order_and_another_place_does_not_wait(town: Town) -> None:
    def slow_here(delivery: Delivery) -> None:
        if delivery.key == "1":
            raise RetryLater("busy", 5)

    town.platform.fails = slow_here
    await owe(town, "1")
    await owe(town, "2", THERE)
    await town.app.settle()
    assert town.keys() == ["2"]


async def test_only_its_own_platform_is_claimed(town: Town) -> None:
    await owe(town, "elsewhere", Address("discord", "", channel="7"))
    await town.app.settle()
    assert town.keys() == []
    assert await state(town, "elsewhere") == ("pending", None)


async def test_a_platform_that_never_answers_is_unsure(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent(type(town.platform)):  # type: ignore[misc]
        async def post(self, delivery: Delivery) -> MessageRef:
            raise TimeoutError

    silent = Silent(town.clock)
    await owe(town, "a")
    await Sender(town.store, town.clock, silent).send_due()
    assert await state(town, "a") == ("sending", "no answer in time")
