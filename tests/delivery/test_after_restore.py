"""After a restore nothing is posted again that was posted since the copy was made, and the next week goes on."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.app import App
from bot.chat.delivery import Delivery, PostUnsure, RetryLater
from bot.config import Settings
from bot.delivery import after_restore
from bot.delivery.after_restore import RESTORED_REASON, LeftOut
from bot.store import restore
from bot.store.backup import backup
from bot.store.database import Store
from bot.store.tx import Tx
from tests.delivery.town import Town


@pytest.fixture
async def town(database: Path) -> AsyncIterator[Town]:
    """Found the town, whose store may be another one at the end."""
    town = await Town.founded(await Store.open(database))
    yield town
    await town.store.close()


async def restored(town: Town, copy: Path) -> LeftOut:
    """Put the copy in the town's place; its platform still has all posts, and the program is a new one."""
    outcome: list[LeftOut] = []
    await town.store.close()
    path, now = town.store.path, town.clock.now()

    def begin(tx: Tx) -> None:
        outcome.append(after_restore.leave_out_past(tx, now))

    restore.replace(path, restore.prepare(copy, path, begin), now)
    town.store = await Store.open(path)
    town.app = App(Settings(), town.clock, town.store)
    town.app.serve(town.platform)
    town.talk.store, town.talk.core = town.store, town.app.core
    await town.settle()
    return outcome[0]


async def copied(town: Town, name: str = "copy.db") -> Path:
    path = town.store.path.with_name(name)
    backup(town.store.path, path)
    return path


async def test_a_week_of_posts_since_the_copy_is_not_repeated(town: Town) -> None:
    await town.say("ada", "/reminders direct")
    await town.say("ada", "/checkin 7h")
    copy = await copied(town)
    await town.until("2026-01-12T10:00")
    before = Counter(town.keys())
    assert {"results/1/2026-W02", "groupcall/1/2026-01-11"} <= set(before)
    assert any(key.startswith("lastcall/") for key in before)
    left_out = await restored(town, copy)
    assert Counter(town.keys()) == before
    assert left_out.posts == 0
    assert left_out.occurrences >= 3
    reasons = await town.talk.rows("SELECT key, reason FROM skipped ORDER BY key")
    assert [(key, reason) for key, reason in reasons] == [
        ("groupcall/1/2026-01-11", RESTORED_REASON),
        ("results/1/2026-01-12", RESTORED_REASON),
    ]
    await town.say("ada", "/checkin 5h")
    await town.until("2026-01-19T10:00")
    after = Counter(town.keys()) - before
    assert after["results/1/2026-W03"] == 1
    assert after["groupcall/1/2026-01-18"] == 1
    assert not any(key.startswith("results/1/2026-W02") for key in after)


async def test_what_waited_is_dropped_with_a_reason_whatever_became_of_it(town: Town) -> None:
    """One post was refused for now, of the other nobody knew; both went out after the copy was made."""

    def later(_delivery: Delivery) -> None:
        raise RetryLater("busy")

    town.platform.fails = later
    await town.say("ada", "/checkin 1h")
    town.platform.fails = lambda _: None
    copy = await copied(town)
    await town.wait(minutes=5)
    assert len(town.keys("line")) == 1
    left_out = await restored(town, copy)
    assert left_out.posts == 1
    assert len(town.keys("line")) == 1
    assert await town.talk.rows("SELECT state, reason, next_at FROM outbox") == [("dropped", RESTORED_REASON, None)]


async def test_a_post_of_unknown_fate_is_not_made_again_either(town: Town) -> None:
    def unsure(_delivery: Delivery) -> None:
        raise PostUnsure("no answer")

    town.platform.fails_after = unsure
    await town.say("ada", "/checkin 1h")
    town.platform.fails_after = lambda _: None
    copy = await copied(town)
    town.platform.posts[0].key = "the platform has forgotten it"
    left_out = await restored(town, copy)
    assert left_out.posts == 1
    await town.wait(hours=2)
    assert town.keys("line") == []


async def test_results_posted_before_the_copy_are_still_edited_in_place(town: Town) -> None:
    await town.say("ada", "/checkin 10h")
    await town.until("2026-01-12T09:00")
    copy = await copied(town)
    await town.say("bo", "/checkin 10h day: 2026-01-11")
    await town.until("2026-01-14T09:00")
    await restored(town, copy)
    await town.wait(hours=1)
    assert len(town.keys("results/1/2026-W02")) == 1


async def test_a_snoozed_call_that_came_since_the_copy_is_not_repeated(town: Town) -> None:
    await town.say("ada", "/reminders direct")
    await town.say("ada", "/checkin 7h")
    await town.until("2026-01-11T15:05")
    await town.talk.command("ada", "snooze", what="lastcall", channel=None)
    copy = await copied(town)
    await town.until("2026-01-11T18:30")
    before = town.keys("lastcall")
    assert len(before) == 2
    left_out = await restored(town, copy)
    await town.wait(hours=2)
    assert left_out.occurrences == 1
    assert town.keys("lastcall") == before


async def test_a_snoozed_call_that_is_still_to_come_comes(town: Town) -> None:
    await town.say("ada", "/reminders direct")
    await town.say("ada", "/checkin 7h")
    await town.until("2026-01-11T15:05")
    await town.talk.command("ada", "snooze", what="lastcall", channel=None)
    await restored(town, await copied(town))
    await town.until("2026-01-11T18:30")
    assert len(town.keys("lastcall")) == 2


async def test_leases_and_signs_of_life_of_the_old_process_are_gone(town: Town) -> None:
    until = int(datetime(2030, 1, 1).timestamp()) * 1000  # noqa: DTZ001 - any instant far ahead
    await town.store.write(
        lambda tx: tx.run("INSERT INTO leases (name, holder, until) VALUES ('discord', 'old', :until)", until=until)
    )
    copy = await copied(town)
    await restored(town, copy)
    assert await town.talk.rows("SELECT * FROM leases") == []


async def test_a_copy_that_is_restored_at_once_loses_nothing_that_is_still_to_come(town: Town) -> None:
    await town.say("ada", "/checkin 10h")
    copy = await copied(town)
    assert await restored(town, copy) == LeftOut(0, 0)
    await town.until("2026-01-12T09:00")
    assert town.keys("results") == ["results/1/2026-W02"]


async def test_nobody_is_signed_in_who_may_have_signed_out_since_the_copy(town: Town) -> None:
    await town.say("ada", "/checkin 1h")
    pages, user = town.app.core.pages, town.talk.user("ada")
    link, other = await pages.make_link(user), await pages.make_link(user)
    assert link is not None
    assert other is not None
    session = await pages.sign_in(link.rpartition("/")[2], "a browser", is_long=True, former="")
    assert session is not None
    viewer = await pages.find_viewer(session)
    assert viewer is not None
    feed = await pages.renew_feed(viewer)
    await restored(town, await copied(town))
    pages = town.app.core.pages
    assert await pages.find_viewer(session) is None
    assert await pages.find_link(other.rpartition("/")[2]) is None
    assert await pages.find_feed(feed) is None
