"""A person has one way of being reminded: the one chosen last."""

from datetime import UTC, datetime

from bot.chat.request import User
from bot.domain.person import ZoneSource
from bot.domain.reminder import ReminderChoice, ReminderRoute
from bot.store import people, reminders
from bot.store.database import Store
from bot.store.tx import Tx

NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)


def add_ada(tx: Tx) -> int:
    return people.add(tx, User("console", "", "ada", "Ada"), "Ada", "UTC", ZoneSource.OWN, NOW).id


async def test_the_newest_choice_of_reminders_holds(store: Store) -> None:
    def unit(tx: Tx) -> None:
        who = add_ada(tx)
        assert reminders.find_choice(tx, who) is None
        for route in ReminderRoute:
            choice = ReminderChoice(route, None, "console", "", "ada", "3")
            reminders.save_choice(tx, who, choice)
            assert reminders.find_choice(tx, who) == choice
        assert [row[0] for row in tx.all("SELECT count(*) FROM reminders")] == [1]

    await store.write(unit)
