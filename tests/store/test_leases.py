"""One holder at a time, decided by the database."""

from datetime import UTC, datetime, timedelta

from bot.store import leases
from bot.store.database import Store
from bot.store.leases import Lease

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
ADA = Lease("ada", NOW + timedelta(seconds=20))
BO = Lease("bo", NOW + timedelta(seconds=25))


async def test_of_two_who_saw_nothing_there_one_takes_it(store: Store) -> None:
    assert await store.write(lambda tx: leases.take(tx, "discord", None, ADA))
    assert not await store.write(lambda tx: leases.take(tx, "discord", None, BO))
    assert await store.read(lambda tx: leases.find(tx, "discord")) == ADA


async def test_it_is_taken_over_only_as_it_was_seen(store: Store) -> None:
    await store.write(lambda tx: leases.take(tx, "discord", None, ADA))
    renewed = Lease("ada", ADA.until + timedelta(seconds=5))
    assert await store.write(lambda tx: leases.renew(tx, "discord", renewed))
    assert not await store.write(lambda tx: leases.take(tx, "discord", ADA, BO))
    assert await store.write(lambda tx: leases.take(tx, "discord", renewed, BO))
    assert not await store.write(lambda tx: leases.renew(tx, "discord", renewed))
    assert await store.read(lambda tx: leases.find(tx, "discord")) == BO


async def test_who_does_not_hold_it_cannot_let_it_go(store: Store) -> None:
    await store.write(lambda tx: leases.take(tx, "discord", None, ADA))
    await store.write(lambda tx: leases.release(tx, "discord", "bo"))
    assert await store.read(lambda tx: leases.is_held(tx, "discord", "ada"))
    await store.write(lambda tx: leases.release(tx, "discord", "ada"))
    assert not await store.read(lambda tx: leases.is_held(tx, "discord", "ada"))
    assert await store.read(lambda tx: leases.find(tx, "discord")) is None


async def test_those_of_a_platforms_parts_are_listed_by_their_names(store: Store) -> None:
    for name in ("discord", "discord/shard 0 of 2", "discord/shard 1 of 2", "slack/shard 0 of 2"):
        await store.write(lambda tx: leases.take(tx, name, None, ADA))  # noqa: B023
    found = await store.read(lambda tx: leases.list_of(tx, "discord/"))
    assert found == {"discord/shard 0 of 2": ADA, "discord/shard 1 of 2": ADA}


async def test_one_that_is_over_is_dropped_only_as_it_was_seen(store: Store) -> None:
    await store.write(lambda tx: leases.take(tx, "discord", None, ADA))
    renewed = Lease("ada", ADA.until + timedelta(seconds=5))
    await store.write(lambda tx: leases.renew(tx, "discord", renewed))
    await store.write(lambda tx: leases.drop(tx, "discord", ADA))
    assert await store.read(lambda tx: leases.find(tx, "discord")) == renewed
    await store.write(lambda tx: leases.drop(tx, "discord", renewed))
    assert await store.read(lambda tx: leases.find(tx, "discord")) is None


async def test_each_platform_has_its_own(store: Store) -> None:
    await store.write(lambda tx: leases.take(tx, "discord", None, ADA))
    assert await store.write(lambda tx: leases.take(tx, "slack", None, BO))
