"""Conversations in tests: people press only what they can see."""

from functools import partial

import pytest

from bot.chat.card import Actions, Button, Card
from bot.chat.delivery import Address, ChannelAddress, Delivery, UserAddress
from bot.store import claims, outbox
from bot.store.tx import Tx
from tests.taking import taken
from tests.talk import HOME, Talk

DIRECT = UserAddress("console", "", "ada")
CHANNEL = ChannelAddress("console", "", HOME)


def enqueue(to: Address, key: str, talk: Talk, tx: Tx) -> None:
    now = talk.clock.now()
    card = Card("A post", (Actions((Button("Guide me", "guide"),)),))
    outbox.enqueue(tx, Delivery(key, to, card, now, now))


async def test_nobody_presses_the_button_of_an_answer_to_somebody_else(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    with pytest.raises(AssertionError, match="bo sees no button “Undo”"):
        await talk.press("bo", "Undo")
    assert "Taken back" in await talk.press("ada", "Undo")


async def test_everybody_presses_the_button_of_a_public_answer(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    for number in range(11):
        await talk(f"member{number}", "/checkin 10m")
    await talk("ada", "/leaderboard")
    assert (await talk.press("ada", "Post it here")).is_public
    assert (await talk.press("member0", "More")).is_public


async def test_a_direct_message_is_pressed_by_its_reader_alone(talk: Talk) -> None:
    await talk.store.write(partial(enqueue, DIRECT, "direct", talk))
    with pytest.raises(AssertionError, match="bo sees no button"):
        await talk.press("bo", "Guide me")
    assert not (await talk.press("ada", "Guide me")).is_wrong


async def test_a_post_to_a_channel_is_pressed_by_anybody_until_it_is_dropped(talk: Talk) -> None:
    await talk.store.write(partial(enqueue, CHANNEL, "channel", talk))
    assert not (await talk.press("bo", "Guide me")).is_wrong
    now = talk.clock.now()
    await talk.store.write(lambda tx: claims.settle_dropped(tx, taken(tx, "channel", now), "no reason", now))
    with pytest.raises(AssertionError, match="bo sees no button"):
        await talk.press("bo", "Guide me")
