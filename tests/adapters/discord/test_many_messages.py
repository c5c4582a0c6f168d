"""Many direct messages on the local Discord, which takes so many calls a second and says 429 to all others."""

import asyncio
import time
from datetime import timedelta

import pytest

from bot.chat.card import Card
from bot.chat.delivery import Delivery, UserAddress
from bot.clock import SystemClock
from bot.delivery.sender import Sender
from bot.store import outbox
from bot.store.database import Store
from bot.store.tx import Tx
from tests.adapters.discord.probe import DiscordProbe
from tests.delivery.limited import Window
from tests.servers.discord.server import DiscordServer
from tests.waiting import stopped

MESSAGES, PER_SECOND = 120, 20


@pytest.mark.slow
async def test_they_come_at_discords_pace_with_few_calls_refused(
    probe: DiscordProbe, server: DiscordServer, store: Store
) -> None:
    clock, limit = SystemClock(), Window(PER_SECOND)
    server.faults.seconds_to_wait = lambda called: (
        limit.seconds_to_wait(clock.now()) if called.startswith("POST /channels/") else 0.0
    )
    people = [server.world.add_person(f"Member {number}") for number in range(MESSAGES)]
    now = clock.now()

    def enqueue(tx: Tx) -> None:
        for person in people:
            to = UserAddress("discord", "", str(person.id))
            outbox.enqueue(tx, Delivery(str(person.id), to, Card("Last call"), now, now + timedelta(days=1)))

    await store.write(enqueue)
    began = time.monotonic()
    sending = asyncio.create_task(Sender(store, clock, probe.adapter).run())
    async with asyncio.timeout(60):
        while len(server.world.messages) < MESSAGES:
            await asyncio.sleep(0.01)
    assert time.monotonic() - began <= 1.3 * MESSAGES / PER_SECOND + 1
    assert server.faults.limited <= 20
    await stopped(sending)
