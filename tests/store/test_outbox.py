"""The order of posts, and those that are claimed, dropped and deleted."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.chat.card import Card
from bot.chat.codec import decode_address
from bot.chat.delivery import Address, ChannelAddress, Delivery, MessageRef, UserAddress
from bot.store import claims, groups, inspection, outbox, revisions, sqlite
from bot.store.database import Store
from bot.store.sqlite import SqliteTx
from bot.store.tx import Row, Tx
from tests.taking import taken
from tests.talk import Talk

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def address(channel: str = "", *, user: str | None = None) -> Address:
    return ChannelAddress("console", "", channel) if user is None else UserAddress("console", "", user)


def owe(
    tx: Tx, key: str, to: Address, *, group: int | None = None, person: int | None = None, at: datetime = NOW
) -> None:
    outbox.enqueue(tx, Delivery(key, to, Card(key), at, at + timedelta(hours=9)), group_id=group, person_id=person)


def order(tx: Tx, limit: int = 100, now: datetime = NOW) -> list[str]:
    return [key for key, _ in outbox.list_waiting(tx, "console", now, limit)]


async def test_ten_thousand_reminders_hold_up_neither_their_channel_nor_another_group(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    other = await talk.start_group("other")

    def unit(tx: Tx) -> list[str]:
        tx.run("DELETE FROM outbox")
        for n in range(10_000):
            owe(tx, f"reminder {n}", address(user=f"u{n}"), group=1, person=1)
        later = NOW + timedelta(minutes=1)
        owe(tx, "results of the first", address("console"), group=1, at=later)
        owe(tx, "results of the other", address("other"), group=other.id, at=later)
        owe(tx, "welcome", address("new"), at=later)
        return order(tx, 5, later)

    keys = await talk.store.write(unit)
    assert keys == ["reminder 0", "results of the first", "results of the other", "welcome", "reminder 1"]


async def test_a_message_that_another_post_has_become_is_passed_over(store: Store) -> None:
    first, second, third = (MessageRef("c", str(number)) for number in range(3))

    def unit(tx: Tx) -> list[MessageRef | None]:
        for key in ("mine", "other", "old"):
            owe(tx, key, address("a"))
        outbox.enqueue(tx, Delivery("edit", address("a"), Card("edit"), NOW, NOW + timedelta(hours=1)), edits="mine")
        arrived = (("other", first, NOW), ("edit", second, NOW), ("old", third, NOW - timedelta(days=5)))
        claims.settle_sent(tx, [(taken(tx, key, NOW), message, at) for key, message, at in arrived])
        since = NOW - timedelta(days=4)
        looks: list[list[MessageRef]] = [[first], [first, second], [second], [third, first], []]
        return [claims.find_unclaimed(tx, "mine", messages, since) for messages in looks]

    assert await store.write(unit) == [None, second, second, third, None]


async def test_of_each_place_only_the_first_comes(store: Store) -> None:
    def unit(tx: Tx) -> list[str]:
        for key, channel in ("a1", "a"), ("a2", "a"), ("b1", "b"), ("a3", "a"):
            owe(tx, key, address(channel))
        return order(tx)

    assert await store.write(unit) == ["a1", "b1"]


async def test_what_was_settled_since_it_was_looked_at_is_not_claimed(store: Store) -> None:
    def unit(tx: Tx) -> list[str]:
        for key in "abc":
            owe(tx, key, address(key))
        claims.settle_dropped(tx, taken(tx, "b", NOW), "gone", NOW)
        return [owed.delivery.key for owed in claims.claim(tx, ["a", "b", "unknown", "c"], NOW)]

    assert await store.write(unit) == ["a", "c"]
    assert await store.write(lambda tx: claims.claim(tx, ["a", "c"], NOW)) == []


Settling = Callable[[Tx, claims.Claim], object]
SETTLINGS: list[Settling] = [
    lambda tx, claim: claims.settle_sent(tx, [(claim, MessageRef("x", "stale"), NOW)]),
    lambda tx, claim: claims.settle_dropped(tx, claim, "stale", NOW),
    lambda tx, claim: claims.put_back(tx, claim, NOW, "stale", unsure=False),
    lambda tx, claim: claims.put_back(tx, claim, NOW, "stale", unsure=True, has_looked_in_vain=True),
    lambda tx, claim: claims.replace_card(tx, claim, Card("stale"), "stale"),
]
FOLLOWING: list[Settling] = [lambda tx, claim: None, *SETTLINGS[:4]]


@pytest.mark.parametrize("stale", SETTLINGS)
@pytest.mark.parametrize("following", FOLLOWING)
async def test_who_was_stopped_changes_nothing_of_what_their_successor_has(
    store: Store, stale: Settling, following: Settling
) -> None:
    def unit(tx: Tx) -> bool:
        owe(tx, "a", address("a"))
        mine = taken(tx, "a", NOW)
        outbox.make_due_now(tx, "console", NOW)
        following(tx, taken(tx, "a", later))
        before = row(tx)
        assert not stale(tx, mine)
        return row(tx) == before

    def row(tx: Tx) -> list[object]:
        return [tuple(found) for found in tx.all("SELECT * FROM outbox")]

    later = NOW + claims.LEASE
    assert await store.write(unit)


@pytest.mark.parametrize("stale", SETTLINGS)
async def test_who_was_stopped_changes_nothing_of_an_edit_that_has_begun_anew(talk: Talk, stale: Settling) -> None:
    key, later = "line/1/1", NOW + timedelta(minutes=5)
    edit = f"{key}/edit"

    def unit(tx: Tx) -> bool:
        owe(tx, key, address("console"))
        claims.settle_sent(tx, [(taken(tx, key, NOW), MessageRef("x", "1"), NOW)])
        revisions.revise(tx, key, Card("first"), NOW, NOW + timedelta(days=1))
        mine = taken(tx, edit, NOW)
        outbox.make_due_now(tx, "console", NOW)
        claims.settle_sent(tx, [(taken(tx, edit, NOW), MessageRef("x", "1"), NOW)])
        revisions.revise(tx, key, Card("second"), later, NOW + timedelta(days=1))
        assert taken(tx, edit, later).attempts == mine.attempts
        return bool(stale(tx, mine))

    assert not await talk.store.write(unit)


async def test_a_claim_knows_since_when_its_post_is_uncertain_and_how_often_it_was_looked_for(store: Store) -> None:
    def at(minutes: int) -> datetime:
        return NOW + timedelta(minutes=minutes)

    def unit(tx: Tx) -> list[tuple[bool, datetime, int]]:
        owe(tx, "a", address("a"))
        found = []
        for minutes, unsure, in_vain in (1, False, False), (2, True, False), (4, True, True), (8, True, True):
            [post] = claims.claim(tx, ["a"], at(minutes))
            found.append((post.was_sending, post.claimed_at, post.looks))
            claims.put_back(tx, post.claim, at(minutes), "", unsure=unsure, has_looked_in_vain=in_vain)
        [post] = claims.claim(tx, ["a"], at(9))
        claims.put_back(tx, post.claim, at(9), "", unsure=False)
        [last] = claims.claim(tx, ["a"], at(10))
        return [*found, *((each.was_sending, each.claimed_at, each.looks) for each in (post, last))]

    assert await store.write(unit) == [
        (False, at(1), 0),
        (False, at(2), 0),
        (True, at(2), 0),
        (True, at(2), 1),
        (True, at(2), 2),
        (False, at(10), 0),
    ]


async def test_after_a_death_everything_is_due_at_once_and_known_to_have_been_tried(store: Store) -> None:
    def unit(tx: Tx) -> list[tuple[str, bool]]:
        for key in "ab":
            owe(tx, key, address(key))
        claims.claim(tx, ["a"], NOW)
        claims.put_back(tx, taken(tx, "b", NOW), NOW + timedelta(hours=1), "busy", unsure=False)
        outbox.make_due_now(tx, "other", NOW)
        assert order(tx) == []
        outbox.make_due_now(tx, "console", NOW)
        return [(owed.delivery.key, owed.was_sending) for owed in claims.claim(tx, order(tx), NOW)]

    assert sorted(await store.write(unit)) == [("a", True), ("b", False)]


async def test_the_settings_card_hears_of_a_groups_own_posts_alone(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")

    def unit(tx: Tx) -> list[tuple[str, str, datetime]]:
        owe(tx, "results/1/2026-W01", address("console"), group=1)
        owe(tx, "nudge/1/1/2026-01-08", address(user="ada"), group=1, person=1)
        owe(tx, "welcome", address("new"))
        for key in ("results/1/2026-W01", "nudge/1/1/2026-01-08", "welcome"):
            claims.settle_dropped(tx, taken(tx, key, NOW), "refused", NOW)
        return outbox.list_newest_dropped_of_group(tx, 1)

    assert await talk.store.write(unit) == [("results/1/2026-W01", "refused", NOW)]


async def test_pruning_forgets_what_was_settled_long_ago_and_gives_up_what_nobody_serves(store: Store) -> None:
    def unit(tx: Tx) -> dict[str, object]:
        for key in ("sent", "unserved", "fresh"):
            owe(tx, key, address(key))
        claims.settle_sent(tx, [(taken(tx, "sent", NOW), MessageRef("x", "1"), NOW)])
        owe(tx, "new", address("new"), at=NOW + timedelta(days=31))
        outbox.prune(tx, NOW + timedelta(days=31))
        return {row[0]: row[1] for row in tx.all("SELECT key, state FROM outbox")}

    assert await store.write(unit) == {"unserved": "dropped", "fresh": "dropped", "new": "pending"}
    reason = await store.read(lambda tx: tx.one("SELECT reason FROM outbox WHERE key = 'unserved'"))
    assert reason is not None
    assert reason[0] == outbox.EXPIRED


async def test_who_is_told_of_what_was_dropped_sees_the_newest_first(store: Store) -> None:
    for n in range(7):
        await store.write(partial(owe, key=f"k{n}", to=address("x")))
        at = NOW + timedelta(minutes=n)
        claim = await store.write(partial(taken, key=f"k{n}", now=NOW))
        await store.write(partial(claims.settle_dropped, claim=claim, reason="refused", now=at))
    dropped = await store.read(lambda tx: outbox.list_newest_dropped(tx, 3))
    assert [key for key, _, _ in dropped] == ["k6", "k5", "k4"]


class Planned(SqliteTx):
    """Keeps how each statement is run."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self.steps: list[str] = []

    def all(self, sql: str, **params: object) -> list[Row]:
        self._plan(sql, params)
        return super().all(sql, **params)

    def one(self, sql: str, **params: object) -> Row | None:
        self._plan(sql, params)
        return super().one(sql, **params)

    def run(self, sql: str, **params: object) -> int:
        self._plan(sql, params)
        return super().run(sql, **params)

    def _plan(self, sql: str, params: dict[str, object]) -> None:
        self.steps += [row[3] for row in super().all(f"EXPLAIN QUERY PLAN {sql}", **params)]


ASKED: dict[str, Callable[[Tx], object]] = {
    "who comes next": lambda tx: outbox.list_waiting(tx, "console", NOW, 9),
    "when the next one is": lambda tx: outbox.find_next_at(tx, "console"),
    "let it be due now": lambda tx: outbox.make_due_now(tx, "console", NOW),
    "a channel is gone": lambda tx: outbox.drop_for_group(tx, 1, "gone", NOW),
    "restored": lambda tx: outbox.drop_due(tx, "old", NOW),
    "daily": lambda tx: outbox.prune(tx, NOW),
    "how healthy it is": lambda tx: inspection.find_backlog(tx, NOW),
    "how many are in each state": inspection.count_posts,
}


@pytest.mark.parametrize("what", ASKED)
def test_what_waits_is_found_by_an_index_and_no_post_is_looked_through(database: Path, what: str) -> None:
    with closing(sqlite.connect(database, read_only=False)) as connection:
        planned = Planned(connection)
        ASKED[what](planned)
    steps = [step for step in planned.steps if "outbox" in step]
    assert steps
    assert [step for step in steps if not step.startswith("SEARCH outbox USING")] == []


async def test_what_goes_elsewhere_by_now_is_left_for_the_next_look(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")

    def unit(tx: Tx) -> list[list[str]]:
        tx.run("DELETE FROM outbox")
        for key in "ab":
            owe(tx, key, address("console"), group=1)
        seen = {"a": address("console"), "b": address("console")}
        before = groups.get(tx, 1)
        outbox.readdress(tx, before, replace(before, channel="there"))
        claimed = [claims.claim(tx, seen, NOW, seen), claims.claim(tx, seen, NOW, {"a": address("there")})]
        return [[post.delivery.key for post in posts] for posts in claimed]

    assert await talk.store.write(unit) == [[], ["a", "b"]]


async def test_a_move_takes_along_what_waits_for_the_channel_alone(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    other = await talk.start_group("other")

    def unit(tx: Tx) -> dict[str, Address]:
        tx.run("DELETE FROM outbox")
        owe(tx, "waits", address("console"), group=1)
        owe(tx, "is sent", address("console"), group=1)
        owe(tx, "is tried again", address("console"), group=1)
        owe(tx, "may stand there", address("console"), group=1)
        owe(tx, "private", address(user="ada"), group=1, person=1)
        owe(tx, "earlier channel", address("earlier"), group=1)
        owe(tx, "another group's", address("other"), group=other.id)
        claims.settle_sent(tx, [(taken(tx, "is sent", NOW), MessageRef("console", "1"), NOW)])
        delivery = Delivery("edit", address("console"), Card("edit"), NOW, NOW + timedelta(hours=9))
        outbox.enqueue(tx, delivery, group_id=1, edits="is sent")
        tried, may_stand = (taken(tx, key, NOW) for key in ("is tried again", "may stand there"))
        moved = replace(groups.get(tx, 1), channel="there")
        outbox.readdress(tx, groups.get(tx, 1), moved)
        groups.update(tx, moved)
        claims.put_back(tx, tried, NOW, "busy", unsure=False)
        claims.put_back(tx, may_stand, NOW, "busy", unsure=True)
        return {row[0]: decode_address(row[1]) for row in tx.all("SELECT key, address FROM outbox")}

    addresses = await talk.store.write(unit)
    assert {key for key, to in addresses.items() if to == address("there")} == {"waits", "is tried again"}
    assert addresses["private"] == address(user="ada")
