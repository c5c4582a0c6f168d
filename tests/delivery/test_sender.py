"""What becomes of a post when the platform refuses, asks to wait, breaks off, or the process dies."""

import asyncio
from datetime import timedelta

import pytest

from bot.chat.card import Card
from bot.chat.delivery import (
    Address,
    ChannelAddress,
    Delivery,
    MessageRef,
    PostRefused,
    PostUnsure,
    RetryLater,
)
from bot.delivery.retry import MOST_ATTEMPTS
from bot.delivery.sender import Sender
from bot.delivery.terms import SendingTerms
from bot.store import claims, outbox
from bot.store.claims import LEASE
from bot.store.tx import Tx
from tests.delivery.town import Posted, Recorder, Town
from tests.waiting import eventually, turns

HERE = ChannelAddress("console", "", "console")
THERE = ChannelAddress("console", "", "there")


async def enqueue(town: Town, key: str, to: Address = HERE, edits: str | None = None) -> None:
    now = town.clock.now()
    delivery = Delivery(key, to, Card(key), now, now.replace(year=now.year + 1))
    await town.store.write(lambda tx: outbox.enqueue(tx, delivery, edits=edits))


async def state(town: Town, key: str) -> tuple[object, ...]:
    return (await town.talk.rows("SELECT state, reason FROM outbox WHERE key = :key", key=key))[0]


async def test_a_key_is_posted_once_however_often_it_is_enqueued(town: Town) -> None:
    await enqueue(town, "a")
    await enqueue(town, "a")
    await town.settle()
    await enqueue(town, "a")
    await town.settle()
    assert town.keys() == ["a"]
    assert await state(town, "a") == ("sent", None)


async def test_what_is_refused_is_dropped_with_its_reason_and_the_others_go_on(town: Town) -> None:
    def poisoned(delivery: Delivery) -> None:
        if delivery.key == "b":
            raise PostRefused("no permission to write there")

    town.platform.fails = poisoned
    for key in "abc":
        await enqueue(town, key)
    await town.settle()
    assert town.keys() == ["a", "c"]
    assert await state(town, "b") == ("dropped", "no permission to write there")


async def test_a_platform_that_asks_to_wait_is_waited_for(town: Town) -> None:
    def busy(_: Delivery) -> None:
        raise RetryLater("429", 30)

    town.platform.fails = busy
    await enqueue(town, "a")
    await town.settle()
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
    await enqueue(town, "a")
    await town.settle()
    assert await state(town, "a") == ("sending", "connection reset")
    await town.wait(minutes=1)
    assert town.keys() == ["a"]
    assert await state(town, "a") == ("sent", "connection reset")


async def test_a_post_that_never_arrived_is_sent_again(town: Town) -> None:
    def lost(_: Delivery) -> None:
        raise PostUnsure("timed out")

    town.platform.fails = lost
    await enqueue(town, "a")
    await town.settle()
    town.platform.fails = lambda _: None
    await town.wait(minutes=1)
    assert town.keys() == ["a"]


@pytest.mark.parametrize("was_posted", [False, True])
async def test_a_claim_whose_process_died_is_taken_over_after_its_lease(town: Town, was_posted: bool) -> None:
    await enqueue(town, "a")
    now = town.clock.now()
    await town.store.write(lambda tx: claims.claim(tx, ["a"], now))
    if was_posted:
        town.platform.posts.append(Posted("a", HERE, Card("a"), now))
    await town.wait(seconds=LEASE.total_seconds() - 1)
    assert len(town.keys()) == int(was_posted)
    await town.wait(seconds=2)
    assert town.keys() == ["a"]
    assert await state(town, "a") == ("sent", None)


@pytest.mark.parametrize("arrived", range(4))
async def test_where_a_message_is_known_by_its_text_as_many_equal_posts_need_as_many_messages(
    town: Town, arrived: int
) -> None:
    town.platform.is_alike = lambda posted, delivery: posted.card == delivery.card
    now, card = town.clock.now(), Card("Ada studied 2 h.")
    posts = [Delivery(key, HERE, card, now, now + timedelta(days=1)) for key in "abc"]

    def claim(tx: Tx) -> None:
        for post in posts:
            outbox.enqueue(tx, post)
        claims.claim(tx, "abc", now)

    await town.store.write(claim)
    town.platform.posts += [Posted("unknown", HERE, card, now) for _ in range(arrived)]
    await town.wait(seconds=LEASE.total_seconds() + 1)
    rows = await town.talk.rows("SELECT state, message FROM outbox ORDER BY key")
    assert [state for state, _ in rows] == ["sent"] * 3
    assert len({message for _, message in rows}) == len(town.platform.posts) == 3


async def test_a_fault_of_the_adapter_is_logged_and_tried_again(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    def broken(_: Delivery) -> None:
        raise KeyError("bug")

    town.platform.fails = broken
    await enqueue(town, "a")
    await town.settle()
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
    await town.store.write(lambda tx: outbox.enqueue(tx, delivery))
    await town.wait(hours=2)
    assert await state(town, "a") == ("dropped", "expired before it could be posted")


async def test_an_edit_of_a_post_that_does_not_stand_there_is_dropped(town: Town) -> None:
    await enqueue(town, "results/1/2026-W02/closed", edits="results/1/2026-W02")
    await town.settle()
    row = await state(town, "results/1/2026-W02/closed")
    assert row[0] == "dropped"
    assert town.keys() == []


async def test_posts_of_one_place_keep_their_order_and_another_place_does_not_wait(town: Town) -> None:
    def slow_here(delivery: Delivery) -> None:
        if delivery.key == "1":
            raise RetryLater("busy", 5)

    town.platform.fails = slow_here
    await enqueue(town, "1")
    await enqueue(town, "2", THERE)
    await town.settle()
    assert town.keys() == ["2"]


async def test_only_its_own_platform_is_claimed(town: Town) -> None:
    await enqueue(town, "elsewhere", ChannelAddress("discord", "", "7"))
    await town.settle()
    assert town.keys() == []
    assert await state(town, "elsewhere") == ("pending", None)


async def test_after_the_last_try_it_is_dropped_with_the_reason(town: Town) -> None:
    def busy(_: Delivery) -> None:
        raise RetryLater("busy")

    town.platform.fails = busy
    await enqueue(town, "a")
    await set_attempts(town, "a", MOST_ATTEMPTS - 1)
    await town.settle()
    assert await state(town, "a") == ("dropped", f"gave up after {MOST_ATTEMPTS} tries: busy")


async def test_what_can_never_be_looked_for_is_not_tried_for_ever(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    async def blind(*_: object) -> None:
        raise RetryLater("cannot look")

    monkeypatch.setattr(town.platform, "find", blind)
    await enqueue(town, "a")
    await set_attempts(town, "a", MOST_ATTEMPTS)
    await town.store.write(lambda tx: tx.run("UPDATE outbox SET state = 'sending' WHERE key = 'a'"))
    await town.settle()
    assert await state(town, "a") == ("dropped", f"gave up after {MOST_ATTEMPTS + 1} tries: cannot look")
    assert town.keys() == []


async def test_what_may_stand_there_is_looked_for_even_when_it_has_expired(town: Town) -> None:
    def lost(_: Delivery) -> None:
        town.clock.advance(timedelta(days=400))
        raise PostUnsure("connection reset")

    await town.store.write(lambda tx: tx.run("DELETE FROM organisers"))  # whom nothing else is told meanwhile
    town.platform.fails_after = lost
    await enqueue(town, "a")
    await town.settle()
    assert await state(town, "a") == ("sending", "connection reset")
    await town.wait(minutes=1)
    assert (await state(town, "a"))[0] == "sent"
    assert town.keys() == ["a"]


async def test_a_process_that_may_no_longer_send_claims_nothing(town: Town) -> None:
    await enqueue(town, "a")
    sender = Sender(town.store, town.clock, town.platform, SendingTerms(is_held=lambda _: False))
    assert await sender.send_due() == 0
    assert await state(town, "a") == ("pending", None)


async def test_a_process_that_may_have_lost_the_platform_claims_and_posts_nothing(town: Town) -> None:
    has_room = [True, False]
    terms = SendingTerms(has_room=lambda: has_room.pop(0) if len(has_room) > 1 else has_room[0])
    sender = Sender(town.store, town.clock, town.platform, terms)
    await enqueue(town, "a")
    assert await sender.send_due() == 1
    assert await state(town, "a") == ("pending", "another process may be serving the platform by now")
    town.clock.advance(timedelta(minutes=1))
    assert await sender.send_due() == 0
    assert town.keys() == []
    has_room[0] = True
    await sender.send_due()
    assert town.keys() == ["a"]


async def test_a_process_that_may_have_lost_the_platform_edits_nothing(town: Town) -> None:
    await enqueue(town, "a")
    await town.settle()
    await enqueue(town, "a/closed", edits="a")
    has_room = [True, False]
    terms = SendingTerms(has_room=lambda: has_room.pop(0) if len(has_room) > 1 else has_room[0])
    await Sender(town.store, town.clock, town.platform, terms).send_due()
    assert [post.edits for post in town.platform.posts] == [0]
    assert (await state(town, "a/closed"))[0] == "pending"


async def test_what_is_under_way_at_the_end_is_waited_for_but_not_for_ever(town: Town) -> None:
    gates = {"soon": asyncio.Event(), "never": asyncio.Event()}

    class Slow(Recorder):
        async def post(self, delivery: Delivery) -> MessageRef:
            await gates[delivery.key].wait()
            return await super().post(delivery)

    sender = Sender(town.store, town.clock, Slow(town.clock))
    await enqueue(town, "soon")
    await enqueue(town, "never", THERE)
    sending = asyncio.create_task(sender.send_due())

    async def is_claimed() -> bool:
        return (await state(town, "never"))[0] == "sending"

    await eventually(is_claimed)
    finishing = asyncio.create_task(sender.finish(within_seconds=0.5))
    await turns()
    gates["soon"].set()
    await finishing
    await enqueue(town, "new", ChannelAddress("console", "", "new"))
    assert await sender.send_due() == 0
    async with asyncio.timeout(60):
        await sending
    assert [(await state(town, key))[0] for key in ("soon", "never", "new")] == ["sent", "sending", "pending"]


async def set_attempts(town: Town, key: str, times: int) -> None:
    """Make it look as if it had been tried so often."""
    await town.store.write(lambda tx: tx.run("UPDATE outbox SET attempts = :n WHERE key = :key", n=times, key=key))


async def test_a_fault_while_posts_are_marked_is_told_to_each_of_them(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no such column")

    await enqueue(town, "a")
    await enqueue(town, "b", THERE)
    with monkeypatch.context() as patched:
        patched.setattr(claims, "settle_sent", broken)
        async with asyncio.timeout(60):
            await Sender(town.store, town.clock, town.platform).send_due()
    failed = [record for record in caplog.records if record.message == "sending failed"]
    assert sorted(record.key for record in failed) == ["a", "b"]  # type: ignore[attr-defined]
    await town.wait(minutes=2)
    assert [(await state(town, key))[0] for key in ("a", "b")] == ["sent", "sent"]
    assert sorted(town.keys()) == ["a", "b"]
