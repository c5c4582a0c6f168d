"""What else is kept of a person: a timer, how they are reminded, milestones that are new once."""

from datetime import UTC, datetime, timedelta

from bot.chat.request import User
from bot.domain.milestone import Kind, Milestone
from bot.domain.person import ZoneSource
from bot.domain.reminder import How
from bot.store import people, personal
from bot.store.database import Store
from bot.store.personal import Reminders, Timer
from bot.store.rows import instant
from bot.store.sqlite import Tx

NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)


def ada(tx: Tx) -> int:
    return people.add(tx, User("console", "", "ada", "Ada"), "Ada", "UTC", ZoneSource.OWN, NOW).id


async def test_one_timer_runs_at_a_time(store: Store) -> None:
    def unit(tx: Tx) -> None:
        who = ada(tx)
        assert personal.timer(tx, who) is None
        assert personal.start_timer(tx, who, "Statistics", NOW)
        assert not personal.start_timer(tx, who, None, NOW + timedelta(hours=1))
        assert personal.timer(tx, who) == Timer(NOW, "Statistics")
        personal.stop_timer(tx, who)
        assert personal.timer(tx, who) is None

    await store.write(unit)


async def test_the_newest_choice_of_reminders_holds(store: Store) -> None:
    def unit(tx: Tx) -> None:
        who = ada(tx)
        assert personal.reminders(tx, who) is None
        for how in How:
            chosen = Reminders(how, None, "console", "", "ada", "3")
            personal.set_reminders(tx, who, chosen)
            assert personal.reminders(tx, who) == chosen
        assert [row[0] for row in tx.all("SELECT count(*) FROM reminders")] == [1]

    await store.write(unit)


async def test_what_was_reached_unseen_is_greeted_later_and_what_was_greeted_never_again(store: Store) -> None:
    def unit(tx: Tx) -> None:
        who = ada(tx)
        four, eight, hundred = Milestone(Kind.STREAK, 4), Milestone(Kind.STREAK, 8), Milestone(Kind.HOURS, 100)
        personal.reach(tx, who, [four], NOW, is_greeted=False)
        personal.reach(tx, who, [hundred], NOW, is_greeted=True)
        personal.reach(tx, who, [four, hundred], NOW, is_greeted=False)
        assert personal.greet(tx, who, [eight, hundred], NOW) == [eight, four]
        assert personal.greet(tx, who, [four, eight, hundred], NOW) == []

    await store.write(unit)


async def test_a_milestone_is_new_once(store: Store) -> None:
    def unit(tx: Tx) -> None:
        who = ada(tx)
        four, hundred = Milestone(Kind.STREAK, 4), Milestone(Kind.HOURS, 100)
        assert personal.greet(tx, who, [four], NOW) == [four]
        assert personal.greet(tx, who, [four, hundred], NOW + timedelta(days=1)) == [hundred]
        first = tx.one("SELECT reached_at FROM milestones WHERE value = 4")
        assert first is not None
        assert instant(first[0]) == NOW

    await store.write(unit)
