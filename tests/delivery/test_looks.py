"""A post whose fate nobody heard of: what is done when it is found, is not there, or cannot be looked for."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.adapter import SendLimits
from bot.chat.card import Card, Line
from bot.chat.delivery import ChannelAddress, Delivery, MessageRef, PostRefused, PostUnsure, RetryLater
from bot.config import DeliverySettings, Settings
from bot.delivery import looks
from bot.delivery.looks import MOST_LOOKS
from bot.store import outbox
from tests.delivery.town import Recorder, Town

HERE = ChannelAddress("live", "", "console")
CARD = Card("Last call", (Line(("The week ends.",)),))
PERHAPS = "You may have this already"
BROKEN = PostUnsure("500")
BLIND = PostRefused("missing_scope")
BUSY = RetryLater("429", 30)
BUG = KeyError("bug")


@dataclass
class Live(Recorder):
    """A platform on which one connection breaks, with or without the post, and every look fails for a while."""

    name: str = "live"
    blindness: Exception | None = None
    looked: list[datetime] = field(default_factory=list)
    drops_repeats: bool = False

    async def find(self, delivery: Delivery, since: datetime) -> list[MessageRef]:
        self.looked.append(since)
        if self.blindness is not None:
            raise self.blindness
        return await super().find(delivery, since)

    async def post(self, delivery: Delivery) -> MessageRef:
        known = [n for n, posted in enumerate(self.posts) if posted.key == delivery.key]
        if self.drops_repeats and known:
            return MessageRef("x", str(known[0]))
        return await super().post(delivery)


def lost_once(platform: Live, *, arrives: bool) -> None:
    """Let the connection break once, after the post has arrived or before."""

    def lose(_: Delivery) -> None:
        platform.fails = platform.fails_after = lambda _: None
        raise PostUnsure("connection reset")

    if arrives:
        platform.fails_after = lose
    else:
        platform.fails = lose


def served(town: Town, *, unsure: str = "post", repeats_dropped_seconds: float = 0.0) -> Live:
    limits = SendLimits(repeats_dropped_seconds=repeats_dropped_seconds)
    live = Live(town.clock, send_limits=limits, drops_repeats=repeats_dropped_seconds > 0)
    town.app.settings = Settings(delivery=DeliverySettings(unsure))  # type: ignore[arg-type]
    town.app.serve(live)
    return live


async def enqueue(town: Town, key: str = "groupcall/1/2026-01-05", hours: int = 9) -> None:
    now = town.clock.now()
    delivery = Delivery(key, HERE, CARD, now, now + timedelta(hours=hours))
    await town.store.write(lambda tx: outbox.enqueue(tx, delivery, group_id=1))
    await town.settle()


async def row(town: Town) -> tuple[object, ...]:
    [found] = await town.talk.rows("SELECT state, reason, looks FROM outbox WHERE key LIKE 'groupcall%'")
    return found


def told(town: Town) -> list[str]:
    return [post.text for post in town.platform.posts if post.key.startswith("unsure/")]


async def test_it_is_looked_for_where_it_was_sent_first_however_often_it_is_tried(town: Town) -> None:
    live = served(town)
    lost_once(live, arrives=False)
    live.blindness = BROKEN
    claimed_at = town.clock.now()
    await enqueue(town)
    await town.wait(hours=1)
    assert set(live.looked) == {claimed_at}


@pytest.mark.parametrize("arrives", [True, False])
@pytest.mark.parametrize("blindness", [BROKEN, TimeoutError(), BUG, BLIND])
async def test_what_cannot_be_looked_for_is_posted_again_and_says_so(
    town: Town, arrives: bool, blindness: Exception
) -> None:
    live = served(town)
    lost_once(live, arrives=arrives)
    live.blindness = blindness
    await enqueue(town)
    await town.wait(minutes=2)
    assert len(live.looked) == (1 if blindness is BLIND else MOST_LOOKS)
    assert [PERHAPS in post.text for post in live.posts] == [False] * arrives + [True]
    state, reason, _ = await row(town)
    assert state == "sent"
    assert str(reason).startswith("posted, perhaps twice: ")
    [notice] = told(town)
    assert "twice" in notice


@pytest.mark.parametrize("arrives", [True, False])
async def test_or_it_is_dropped_where_the_operator_wants_that(town: Town, arrives: bool) -> None:
    live = served(town, unsure="drop")
    lost_once(live, arrives=arrives)
    live.blindness = BROKEN
    await enqueue(town)
    await town.wait(minutes=2)
    assert len(live.posts) == arrives
    assert await row(town) == ("dropped", "it may be there, but the bot couldn't look: 500", MOST_LOOKS - 1)
    [notice] = told(town)
    assert "missing" in notice


async def test_organisers_hear_of_either_once_a_week(town: Town) -> None:
    live = served(town)
    live.blindness = BLIND
    for day in range(3):
        lost_once(live, arrives=True)
        await enqueue(town, f"groupcall/1/{day}")
        await town.wait(minutes=2)
    assert len(live.posts) == 6
    assert len(told(town)) == 1


@pytest.mark.parametrize("arrives", [True, False])
@pytest.mark.parametrize("blindness", [BROKEN, BLIND])
async def test_while_the_platform_drops_repetitions_it_is_posted_again_without_a_word(
    town: Town, arrives: bool, blindness: Exception
) -> None:
    live = served(town, repeats_dropped_seconds=120)
    lost_once(live, arrives=arrives)
    live.blindness = blindness
    await enqueue(town)
    await town.wait(minutes=1)
    assert [PERHAPS in post.text for post in live.posts] == [False]
    assert (await row(town))[0] == "sent"
    assert told(town) == []


@pytest.mark.parametrize("seconds", [-30.0, 121.0])
async def test_a_wrong_clock_makes_nobody_rely_on_that(town: Town, seconds: float) -> None:
    live = served(town, repeats_dropped_seconds=120)
    lost_once(live, arrives=True)
    live.drops_repeats = False
    live.blindness = BROKEN
    await enqueue(town)
    town.clock.advance(timedelta(seconds=seconds))
    await town.store.write(lambda tx: outbox.make_due_now(tx, "live", town.clock.now()))
    await town.settle()
    assert len(live.posts) == 1
    assert (await row(town))[2] == 1


async def test_a_platform_that_asks_to_wait_fails_no_look(town: Town) -> None:
    live = served(town)
    lost_once(live, arrives=True)
    live.blindness = BUSY
    await enqueue(town)
    await town.wait(minutes=20)
    assert len(live.looked) > MOST_LOOKS
    live.blindness = None
    await town.wait(minutes=1)
    assert len(live.posts) == 1
    assert await row(town) == ("sent", "429", 0)


async def test_a_look_that_succeeds_in_time_is_believed(town: Town) -> None:
    live = served(town)
    lost_once(live, arrives=True)
    live.blindness = BROKEN
    await enqueue(town)
    await town.wait(seconds=10)
    live.blindness = None
    await town.wait(minutes=1)
    assert len(live.posts) == 1
    assert told(town) == []


async def test_what_is_of_no_use_any_more_is_not_posted_again(town: Town) -> None:
    live = served(town)
    lost_once(live, arrives=False)
    live.blindness = BUSY
    await enqueue(town, hours=1)
    await town.wait(hours=2)
    live.blindness = BLIND
    await town.wait(minutes=1)
    assert live.posts == []
    assert (await row(town))[:2] == ("dropped", outbox.EXPIRED)
    assert "missing" in told(town)[0]


async def test_unsure_stays_unsure_until_it_is_found(town: Town) -> None:
    """The connection breaks, and then the platform wants to be left alone: the row remembers the former."""
    live = served(town)
    answers: list[Callable[[], Exception]] = [
        lambda: PostUnsure("500, then 429", 400.0),
        lambda: RetryLater("429", 400.0),
        lambda: RetryLater("no connection"),
    ]

    def lose(_: Delivery) -> None:
        raise answers.pop(0)() if len(answers) > 1 else answers[0]()

    live.fails_after = lose
    live.is_alike = lambda posted, delivery: False
    await enqueue(town)
    assert (await row(town))[:2] == ("sending", "500, then 429")
    await town.wait(seconds=399)
    assert len(live.posts) == 1
    live.is_alike = lambda posted, delivery: posted.key == delivery.key
    await town.wait(minutes=10)
    assert len(live.posts) == 1
    assert (await row(town))[0] == "sent"


async def test_who_lost_the_claim_meanwhile_posts_nothing(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    live = served(town)
    lost_once(live, arrives=True)
    await enqueue(town)

    async def blind(delivery: Delivery, since: datetime) -> list[MessageRef]:
        taken = "UPDATE outbox SET attempts = attempts + 1, next_at = next_at + 60000"
        await town.store.write(lambda tx: tx.run(taken))
        raise BLIND

    live.find = blind  # type: ignore[method-assign]
    await town.wait(seconds=10)
    assert len(live.posts) == 1
    assert "another process sends this post" in caplog.text


async def test_a_look_that_hangs_ends_in_time(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "LOOK_TIMEOUT_SECONDS", 0.01)
    live = served(town)
    lost_once(live, arrives=True)

    async def hang(delivery: Delivery, since: datetime) -> list[MessageRef]:
        await asyncio.Event().wait()
        return []

    live.find = hang  # type: ignore[method-assign]
    await enqueue(town)
    await town.wait(seconds=5)
    assert (await row(town))[0] == "sending"
    assert "no answer in time" in str(await row(town))
