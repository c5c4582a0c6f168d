"""SIGHUP: what can be read anew is, and settings that are wrong change nothing."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from bot.clock import StillClock
from bot.config import GroupSettings, LogSettings, Settings
from bot.errors import Misconfigured
from bot.verbs.reload import Reload

CLOCK = StillClock(datetime(2026, 1, 5, 9, tzinfo=UTC))


@pytest.fixture(autouse=True)
def kept_logging() -> Iterator[None]:
    """Give back the handlers that pytest reads."""
    root, ours = logging.getLogger(), logging.getLogger("bot")
    handlers, levels = list(root.handlers), (root.level, ours.level)
    yield
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    ours.setLevel(levels[1])


def returns(settings: Settings) -> Callable[[], Settings]:
    return lambda: settings


async def test_settings_that_are_wrong_leave_the_old_ones(caplog: pytest.LogCaptureFixture) -> None:
    def load() -> Settings:
        raise Misconfigured("[group] goal_hours = 0: expected 1 to 100 hours.", "[log] level = 'loud'.")

    reload = Reload(Settings(), load, CLOCK)
    assert not await reload.look()
    assert reload.following is None
    [record] = caplog.records
    assert "[group] goal_hours = 0" in record.__dict__["wrong"]
    assert "[log] level" in record.__dict__["wrong"]


async def test_another_level_of_the_log_holds_at_once() -> None:
    reload = Reload(Settings(), returns(Settings(log=LogSettings("debug"))), CLOCK)
    assert not await reload.look()
    assert logging.getLogger("bot").level == logging.DEBUG


async def test_anything_else_begins_anew() -> None:
    other = Settings(group=GroupSettings(12), log=LogSettings("error"))
    reload = Reload(Settings(), returns(other), CLOCK)
    assert await reload.look()
    assert reload.following == other
