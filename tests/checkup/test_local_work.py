"""What `tenhours check` tells of the work that waits: posts, erases, schedules, and what was given up."""

import re
from datetime import timedelta

import pytest

from bot.checkup.line import Level
from bot.delivery.after_restore import RESTORED_REASON
from bot.delivery.missed import MISSED_REASON
from bot.store import erasures, heartbeat
from bot.store.blanking import Traces
from bot.store.database import Store
from bot.store.tx import Tx
from tests.checkup.test_local import NOW, environ, lines
from tests.delivery.town import Town
from tests.talk import Talk

__all__ = ["environ"]


async def test_work_is_told_from_the_tables(store: Store, talk: Talk, environ: dict[str, str]) -> None:
    environ["TENHOURS_DISCORD__TOKEN"] = "abc"
    await talk("ada", "/checkin 2h")
    later = NOW + timedelta(hours=3)
    by_subject = await lines(None, later, **environ)
    assert "hasn't used this database so far" in by_subject["last tick"].words
    waiting = "1 post waiting, the oldest for 3 hours: the line of a check-in in console"
    assert by_subject["posts due"].words == waiting
    await store.write(lambda tx: heartbeat.beat(tx, NOW))
    by_subject = await lines(None, later, **environ)
    assert by_subject["last tick"].words == "3 hours ago; the bot isn't running, or it hangs"
    assert by_subject["last tick"].level is Level.WRONG
    await store.write(lambda tx: heartbeat.beat(tx, later, is_stopping=True))
    assert (await lines(None, later, **environ))["last tick"].level is Level.WARNING
    assert (await lines(None, later + timedelta(hours=2), **environ))["last tick"].level is Level.WRONG
    await store.write(lambda tx: heartbeat.beat(tx, later))
    by_subject = await lines(None, later, **environ)
    assert (by_subject["last tick"].level, by_subject["last tick"].words) == (Level.WELL, "0 seconds ago")
    assert "for the reason" in by_subject["posts due"].what_to_do


async def test_a_post_that_waits_names_its_person_and_its_reason(
    store: Store, talk: Talk, environ: dict[str, str]
) -> None:
    await talk("ada", "/checkin 2h")
    sql = "UPDATE outbox SET person_id = (SELECT min(id) FROM people), reason = 'Discord''s rate limit'"
    await store.write(lambda tx: tx.run(sql))
    line = (await lines(None, NOW + timedelta(hours=1), **environ))["posts due"]
    assert line.words.endswith(": the line of a check-in to Ada (Discord's rate limit)")


@pytest.fixture
async def town(store: Store) -> Town:
    """Found a group with all its posts."""
    return await Town.founded(store)


async def test_an_erase_is_told_while_it_is_worked_off(store: Store, environ: dict[str, str]) -> None:
    assert "erasing" not in await lines(**environ)
    await store.write(lambda tx: erasures.add(tx, 1, Traces(), "", NOW))
    line = (await lines(None, NOW + timedelta(minutes=5), **environ))["erasing"]
    assert (line.level, line.words) == (Level.WELL, "what someone erased 5 minutes ago is still leaving the file")
    line = (await lines(None, NOW + timedelta(days=2), **environ))["erasing"]
    assert (line.level, line.what_to_do) == (Level.WARNING, "start the bot; it goes on")
    await store.write(lambda tx: heartbeat.beat(tx, NOW + timedelta(days=2)))
    line = (await lines(None, NOW + timedelta(days=2), **environ))["erasing"]
    assert line.what_to_do == "look for “the rest of an erase waits” in the log"


async def test_the_next_post_of_each_group_is_told(store: Store, town: Town, environ: dict[str, str]) -> None:
    words = (await lines(None, NOW, **environ))["next post"].words
    assert re.fullmatch(r"console \(console\): .+ on [A-Z][a-z]+day \d+ January, \d\d:\d\d \(\S+\)", words), words
    await store.write(lambda tx: tx.run("UPDATE schedules SET due_at = NULL"))
    assert "next post" not in await lines(None, NOW, **environ)


SPOILED = [
    (
        "UPDATE schedules SET moment = 'someday' WHERE kind = 'results'",
        "schedules",
        "“someday” isn't a weekday",
    ),
    ("UPDATE groups SET zone = 'Mars/Base'", "schedules", "the time zone Mars/Base doesn't exist any more"),
    (
        "UPDATE schedules SET due_at = NULL WHERE kind = 'results'",
        "schedules",
        "results of console: switched on, but never due",
    ),
    ("UPDATE groups SET asleep = 'the channel is gone'", "groups", "console (console) is asleep: the channel is gone"),
    ("UPDATE groups SET platform = 'irc'", "groups", "1 group on irc, which isn't set up"),
    (
        "INSERT INTO skipped (key, reason, due_at, skipped_at) VALUES ('results/1/x', 'late', 0, 1767600000000)",
        "posts given up",
        "0 dropped and 1 skipped in the last 7 days. The newest: results (late)",
    ),
    (
        """INSERT INTO outbox (key, platform, address, card, state, due_at, expires_at, settled_at, reason)
           VALUES ('results/1/y', 'x', '{}', '{}', 'sent', 0, 0, 1767600000000, 'posted, perhaps twice: 500')""",
        "posts repeated",
        "1 post in the last 7 days may be there twice",
    ),
]


@pytest.mark.parametrize(("sql", "subject", "words"), SPOILED, ids=[words for _, _, words in SPOILED])
async def test_what_can_never_happen_and_what_was_given_up_is_told(
    store: Store, town: Town, environ: dict[str, str], sql: str, subject: str, words: str
) -> None:
    await store.write(lambda tx: tx.run(sql))
    line = (await lines(None, NOW, **environ))[subject]
    assert words in line.words
    assert line.level is not Level.WELL
    assert line.what_to_do


async def test_dropped_posts_are_told_with_their_reasons(store: Store, talk: Talk, environ: dict[str, str]) -> None:
    await talk("ada", "/checkin 2h")

    def drop(tx: Tx) -> None:
        tx.run(
            "UPDATE outbox SET state = 'dropped', next_at = NULL, reason = 'Missing Access', settled_at = :now", now=1
        )

    await store.write(drop)
    assert (await lines(None, NOW, **environ))["posts given up"].level is Level.WELL
    await store.write(lambda tx: tx.run("UPDATE outbox SET settled_at = :now", now=int(NOW.timestamp() * 1000)))
    assert (
        "1 dropped and 0 skipped in the last 7 days. The newest: the line of a check-in in console (Missing Access)"
        in (await lines(None, NOW, **environ))["posts given up"].words
    )


@pytest.mark.parametrize(
    ("reason", "to_do"),
    [(RESTORED_REASON, "nothing, unless"), (MISSED_REASON, "keep the bot running"), ("Missing Access", "a permission")],
)
async def test_advice_fits_what_was_given_up(store: Store, environ: dict[str, str], reason: str, to_do: str) -> None:
    insert = "INSERT INTO skipped (key, reason, due_at, skipped_at) VALUES ('nudge/1/x', :reason, 0, :now)"
    await store.write(lambda tx: tx.run(insert, reason=reason, now=int(NOW.timestamp() * 1000)))
    line = (await lines(None, NOW, **environ))["posts given up"]
    assert line.words.endswith(f"The newest: a nudge ({reason})")
    assert to_do in line.what_to_do
    assert ";" not in line.what_to_do


async def test_schedules_that_a_running_bot_leaves_undone_are_wrong(
    store: Store, town: Town, environ: dict[str, str]
) -> None:
    due = NOW - timedelta(hours=2)
    await store.write(lambda tx: tx.run("UPDATE schedules SET due_at = :due", due=int(due.timestamp() * 1000)))
    assert (await lines(None, NOW, **environ))["schedules"].level is Level.WELL
    await store.write(lambda tx: heartbeat.beat(tx, NOW))
    assert "overdue, the oldest by 2 hours" in (await lines(None, NOW, **environ))["schedules"].words
