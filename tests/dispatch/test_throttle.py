"""A member who fires a thousand commands has to wait, nothing is written for them, and nobody else notices."""

from collections.abc import Iterator

import pytest

from bot.chat.request import User
from bot.dispatch import throttle as throttling
from bot.dispatch.throttle import Throttle
from bot.domain.allowance import BURST_REQUESTS
from tests.talk import Talk

ADA, BO = User("discord", "", "1", "Ada"), User("discord", "", "2", "Bo")


def watching(*instants: float) -> Throttle:
    ticks: Iterator[float] = iter(instants)
    throttle = Throttle(lambda: next(ticks))
    throttle.watch("discord")
    return throttle


async def test_a_flood_is_answered_in_a_friendly_way_and_writes_nothing(talk: Talk) -> None:
    talk.core.throttle = Throttle(lambda: 0.0)
    talk.core.throttle.watch("console")
    for _ in range(BURST_REQUESTS - 1):
        await talk("ada", "/guide")
    assert "1 h of 10 h" in await talk("ada", "/checkin 1h")
    before = await talk.rows("SELECT (SELECT count(*) FROM checkins), (SELECT count(*) FROM requests)")
    heard = await talk("ada", "/checkin 2h")
    assert heard == "That was a lot at once, so this one wasn't done. Try again in 1 second."
    assert heard.is_wrong
    assert await talk.rows("SELECT (SELECT count(*) FROM checkins), (SELECT count(*) FROM requests)") == before
    assert "2 h of 10 h" in await talk("bo", "/checkin 2h")


async def test_a_terminal_is_let_alone(talk: Talk) -> None:
    assert not any([(await talk("ada", "/guide")).is_wrong for _ in range(BURST_REQUESTS + 10)])


def test_people_are_counted_apart() -> None:
    throttle = watching(*[0.0] * (BURST_REQUESTS + 2))
    assert [throttle.seconds_to_wait(ADA) for _ in range(BURST_REQUESTS + 1)][-1] == 1
    assert throttle.seconds_to_wait(BO) == 0


def test_who_has_been_quiet_is_forgotten_when_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttling, "MOST_USERS", 1)
    throttle = watching(0.0, 0.0, 1000.0)
    for user in (ADA, BO, User("discord", "", "3", "Cy")):
        assert throttle.seconds_to_wait(user) == 0
    assert [key[2] for key in throttle.allowances] == ["3"]
