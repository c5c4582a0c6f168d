"""One timer at a time runs for a person."""

from datetime import UTC, datetime, timedelta

from bot.chat.request import User
from bot.domain.person import ZoneSource
from bot.domain.timer import Timer
from bot.store import people, timers
from bot.store.database import Store
from bot.store.tx import Tx

NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)


def add_ada(tx: Tx) -> int:
    return people.add(tx, User("console", "", "ada", "Ada"), "Ada", "UTC", ZoneSource.OWN, NOW).id


async def test_one_timer_runs_at_a_time(store: Store) -> None:
    def unit(tx: Tx) -> None:
        who = add_ada(tx)
        assert timers.find_running(tx, who) is None
        assert timers.start(tx, who, "Statistics", NOW)
        assert not timers.start(tx, who, None, NOW + timedelta(hours=1))
        assert timers.find_running(tx, who) == Timer(NOW, "Statistics")
        timers.stop(tx, who)
        assert timers.find_running(tx, who) is None

    await store.write(unit)
