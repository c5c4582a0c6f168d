"""Milestones are new once, and greeted for once."""

from datetime import UTC, datetime, timedelta

from bot.chat.request import User
from bot.domain.milestone import Milestone, MilestoneKind
from bot.domain.person import ZoneSource
from bot.store import milestones, people
from bot.store.database import Store
from bot.store.rows import instant
from bot.store.tx import Tx

NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)


def add_ada(tx: Tx) -> int:
    return people.add(tx, User("console", "", "ada", "Ada"), "Ada", "UTC", ZoneSource.OWN, NOW).id


async def test_what_was_reached_unseen_is_greeted_later_and_what_was_greeted_never_again(store: Store) -> None:
    def unit(tx: Tx) -> None:
        who = add_ada(tx)
        four, eight, hundred = (
            Milestone(MilestoneKind.STREAK, 4),
            Milestone(MilestoneKind.STREAK, 8),
            Milestone(MilestoneKind.HOURS, 100),
        )
        milestones.reach(tx, who, [four], NOW, is_greeted=False)
        milestones.reach(tx, who, [hundred], NOW, is_greeted=True)
        milestones.reach(tx, who, [four, hundred], NOW, is_greeted=False)
        assert milestones.greet(tx, who, [eight, hundred], NOW) == [eight, four]
        assert milestones.greet(tx, who, [four, eight, hundred], NOW) == []

    await store.write(unit)


async def test_a_milestone_is_new_once(store: Store) -> None:
    def unit(tx: Tx) -> None:
        who = add_ada(tx)
        four, hundred = Milestone(MilestoneKind.STREAK, 4), Milestone(MilestoneKind.HOURS, 100)
        assert milestones.greet(tx, who, [four], NOW) == [four]
        assert milestones.greet(tx, who, [four, hundred], NOW + timedelta(days=1)) == [hundred]
        first = tx.one("SELECT reached_at FROM milestones WHERE value = 4")
        assert first is not None
        assert instant(first[0]) == NOW

    await store.write(unit)
