"""Groups in the database: memberships end and begin again, and what members intend is theirs."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

from bot.chat.request import Channel, User
from bot.domain.group import AREAS, Group
from bot.domain.person import Person, ZoneSource
from bot.store import areas, groups, organisers, people
from bot.store.database import Store
from bot.store.tx import Tx

NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)
MONDAY = date(2026, 1, 5)


def group(tx: Tx, channel: str = "owls", team: str = "T") -> Group:
    return groups.add(tx, Channel("slack", team, channel), channel, "UTC", 600, NOW)


def person(tx: Tx, name: str) -> Person:
    return people.add(tx, User("slack", "T", name.lower(), name), name, "UTC", ZoneSource.GROUP, NOW)


async def test_a_group_is_found_by_its_channel_alone(store: Store) -> None:
    def unit(tx: Tx) -> None:
        owls = group(tx)
        assert groups.find(tx, Channel("slack", "T", "owls")) == owls == groups.get(tx, owls.id)
        for other in (("discord", "T", "owls"), ("slack", "U", "owls"), ("slack", "T", "larks"), ("slack", "T", None)):
            assert groups.find(tx, Channel(*other)) is None
        assert areas.list_names(tx, owls.id) == AREAS

    await store.write(unit)


async def test_groups_of_a_team(store: Store) -> None:
    def unit(tx: Tx) -> None:
        of_team = [group(tx, "a"), group(tx, "b")]
        group(tx, "c", team="U")
        assert groups.list_of_team(tx, "slack", "T") == of_team
        assert groups.list_of_team(tx, "discord", "T") == []

    await store.write(unit)


async def test_membership_ends_and_begins_again(store: Store) -> None:
    def unit(tx: Tx) -> None:
        owls, ada = group(tx), person(tx, "Ada")
        groups.join(tx, owls, ada, NOW)
        groups.hide(tx, owls.id, ada.id, hidden=True)
        groups.join(tx, owls, ada, NOW + timedelta(days=30))
        first = groups.find_member(tx, owls.id, ada.id)
        assert first is not None
        assert (first.joined_at, first.is_hidden, first.has_left) == (NOW, True, False)
        organisers.add(tx, owls.id, ada.id)
        groups.leave(tx, owls.id, ada.id, NOW)
        assert groups.list_of_person(tx, ada.id) == []
        assert groups.count_members(tx, owls.id) == 0
        assert not organisers.includes(tx, owls.id, ada.id)
        left = groups.find_member(tx, owls.id, ada.id)
        assert left is not None
        assert left.has_left
        groups.join(tx, owls, ada, NOW + timedelta(days=60))
        back = groups.find_member(tx, owls.id, ada.id)
        assert back is not None
        assert (back.joined_at, back.is_hidden, back.has_left) == (NOW + timedelta(days=60), False, False)

    await store.write(unit)


async def test_boards_count_the_weeks_that_begin_after_joining(store: Store) -> None:
    def unit(tx: Tx) -> None:
        owls = group(tx)
        for name, at in (("Ada", NOW), ("Bo", NOW - timedelta(days=2))):
            groups.join(tx, owls, person(tx, name), at)
        rows = tx.all("SELECT first_week FROM members ORDER BY person_id")
        monday = (MONDAY - date(1970, 1, 5)).days // 7
        assert [row[0] for row in rows] == [monday + 1, monday]

    await store.write(unit)


async def test_members_come_by_name_and_in_pages(store: Store) -> None:
    def unit(tx: Tx) -> None:
        owls, larks = group(tx), group(tx, "larks")
        for name in ("Cy", "Ada", "Bo"):
            groups.join(tx, owls, person(tx, name), NOW)
        groups.join(tx, larks, person(tx, "Dee"), NOW)
        assert [who.name for who, _ in groups.list_members(tx, owls.id)] == ["Ada", "Bo", "Cy"]
        assert [who.name for who, _ in groups.list_members(tx, owls.id, top=1, most=1)] == ["Bo"]
        assert groups.count_members(tx, owls.id) == 3
        assert [member.name for _, member in groups.find_named(tx, owls.id, "BO")] == ["Bo"]
        assert groups.find_named(tx, owls.id, "Dee") == []

    await store.write(unit)


async def test_intentions_are_counted_without_hidden_ones_and_end_with_leaving(store: Store) -> None:
    def unit(tx: Tx) -> None:
        owls = group(tx)
        ada, bo, cy = (person(tx, name) for name in ("Ada", "Bo", "Cy"))
        for who in (ada, bo, cy):
            groups.join(tx, owls, who, NOW)
            groups.save_intention(tx, owls.id, who.id, MONDAY, f"plan of {who.name}", NOW)
        groups.hide(tx, owls.id, bo.id, hidden=True)
        assert groups.count_intentions(tx, owls.id, MONDAY) == 2
        assert groups.count_intentions(tx, owls.id, MONDAY + timedelta(days=7)) == 0
        groups.leave(tx, owls.id, cy.id, NOW)
        assert groups.count_intentions(tx, owls.id, MONDAY) == 1
        assert groups.find_plan(tx, ada.id, MONDAY) == "plan of Ada"
        assert groups.find_plan(tx, cy.id, MONDAY) is None

    await store.write(unit)


async def test_the_newest_plan_is_quoted(store: Store) -> None:
    def unit(tx: Tx) -> None:
        ada = person(tx, "Ada")
        for minutes, channel in enumerate(("a", "b")):
            there = group(tx, channel)
            groups.join(tx, there, ada, NOW)
            groups.save_intention(tx, there.id, ada.id, MONDAY, f"plan {channel}", NOW + timedelta(minutes=minutes))
        assert groups.find_plan(tx, ada.id, MONDAY) == "plan b"
        groups.save_intention(tx, 1, ada.id, MONDAY, "plan c", NOW + timedelta(hours=1))
        assert groups.find_plan(tx, ada.id, MONDAY) == "plan c"

    await store.write(unit)


async def test_areas_are_retired_and_come_back(store: Store) -> None:
    def unit(tx: Tx) -> None:
        owls, larks = group(tx), group(tx, "larks")
        areas.use(tx, owls.id, ("Rust", "Statistics"), NOW)
        assert areas.list_names(tx, owls.id) == ("Rust", "Statistics")
        assert "Mathematics" in areas.list_retired(tx, owls.id)
        areas.use(tx, owls.id, ("Mathematics", "Rust"), NOW)
        assert areas.list_names(tx, owls.id) == ("Mathematics", "Rust")
        assert areas.list_names(tx, larks.id) == AREAS
        assert areas.list_retired(tx, larks.id) == ()

    await store.write(unit)


async def test_organisers_are_named_once_and_by_group(store: Store) -> None:
    def unit(tx: Tx) -> None:
        owls, larks = group(tx), group(tx, "larks")
        ada, bo = person(tx, "Ada"), person(tx, "Bo")
        assert organisers.add(tx, owls.id, bo.id)
        assert not organisers.add(tx, owls.id, bo.id)
        assert organisers.add(tx, owls.id, ada.id)
        assert [who.name for who in organisers.list_of_group(tx, owls.id)] == ["Ada", "Bo"]
        assert organisers.list_of_group(tx, larks.id) == []
        assert not organisers.includes(tx, larks.id, ada.id)
        assert organisers.remove(tx, owls.id, ada.id)
        assert not organisers.remove(tx, owls.id, ada.id)

    await store.write(unit)


async def test_changed_settings_are_kept(store: Store) -> None:
    owls = await store.write(group)
    await store.write(partial(groups.update, group=owls))
    assert await store.read(lambda tx: groups.get(tx, owls.id)) == owls
