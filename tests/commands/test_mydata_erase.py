"""`/mydata erase`: asks once, takes everything, and leaves nothing behind in any table or in the file."""

import json
from pathlib import Path

import pytest

from bot.chat.delivery import MessageRef
from bot.delivery import planner
from bot.questions.bank import QuestionBank
from bot.store import claims, drafts, key_values
from bot.store.tx import Tx
from tests.commands.test_share import enqueue_results
from tests.engines import list_tables
from tests.taking import taken
from tests.talk import Talk

NAME = 'Zsófia "Zs" O\'Neill'
USER = "zsofia77"
SECRET = "eigenvectors keep their direction"
TRACES = [NAME, json.dumps(NAME, ensure_ascii=False)[1:-1], USER, SECRET, "eigenvectors", "purpose99", "kitchen55"]


def traces(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(where, text) for where, text in rows if any(trace in text for trace in TRACES)]


def read_all_cells(tx: Tx) -> list[tuple[str, str]]:
    """Return table and column of every cell in the database, and its text."""
    cells: list[tuple[str, str]] = []
    tables = list_tables(tx)
    for table in tables:
        for row in tx.all(f'SELECT * FROM "{table}"'):
            for column, value in enumerate(row):
                text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
                cells.append((f"{table}.{column}", text))
    return cells


def find_in_files(path: Path) -> list[str]:
    """Return the traces that the bytes of the database's files hold."""
    files = [path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm")]
    content = b"".join(file.read_bytes() for file in files if file.exists()).lower()
    return [trace for trace in TRACES if trace.encode().lower() in content]


async def live(talk: Talk) -> None:
    """Put a person into two groups, with all that the bot can store of one, and others who mention them."""
    talk.names[USER] = NAME
    await talk.start_group("other", members=["bo", USER])
    await talk(USER, f"/checkin 4h learned: {SECRET}")
    await talk.press(USER, "Offer for the results")
    await talk("bo", "/checkin 2h learned: of Bo")
    await talk(USER, "/checkin 7h learned: first eigenvectors, then values")
    await talk(USER, "/edit learned: purpose99 of it")
    await talk(USER, "/checkin nonsense purpose99")
    await talk(USER, "/goal 8")
    await talk(USER, "/pause 2026-02-20 from: 2026-02-01 reason: kitchen55")
    await talk(USER, "/reminders direct")
    await talk(USER, "/timer start")
    await talk.command(USER, "in", plan="at the kitchen55 table")
    await talk.command(USER, "why", why="purpose99")
    await talk(USER, "/focus start purpose99")
    await talk(USER, f"/focus finish {SECRET}")
    await talk.press(USER, "Tell the group")
    await talk(USER, "/checkin 3m learned: " + SECRET * 3)
    await talk(USER, "/checkin 3m learned: " + SECRET * 3)
    await talk.command("bo", "progress", member=NAME)
    await talk.command("bo", "group organisers", add=NAME)
    await study_together(talk)
    user, now = talk.user(USER), talk.clock.now()
    await talk.core.draft(user, "checkin", {"learned": SECRET})
    await talk.hand_over(USER, "mydata import", "days.csv", f"date,hours,notes\n2025-12-01,1,{SECRET}\n".encode())

    def more(tx: Tx) -> None:
        key_values.save(tx, "console/draft/3", json.dumps({"user": USER, "form": SECRET}), now)
        drafts.add(tx, "progress", {"member": NAME}, now, group_id=1)
        tx.run("UPDATE outbox SET group_id = NULL WHERE key LIKE 'line/%/1/%' AND group_id = 2")

    await talk.store.write(more)
    talk.at("2026-01-12T09:00")
    await talk.store.write(lambda tx: planner.plan_due(tx, talk.clock.now(), QuestionBank()))


async def study_together(talk: Talk) -> None:
    """Let them be partners of Bo, who has read a note of theirs."""
    await talk.command("bo", "partner invite", member=NAME)
    await talk(USER, "/partner show")
    await talk.press(USER, "Yes")
    await talk.command("bo", "progress")
    await talk(USER, "/partner show")
    await talk.press(USER, "Share my last note")
    await talk.press(USER, "Share it")
    assert SECRET in await talk("bo", "/partner show")


async def erase(talk: Talk, who: str = USER, *, request_id: str = "") -> str:
    await talk(who, "/mydata erase")
    return await talk.press(who, "Erase everything", request_id=request_id)


async def test_what_is_not_there_is_not_said_to_go(talk: Talk) -> None:
    await talk("ada", "/goal 8", channel=None)
    heard = await talk("ada", "/mydata erase", channel=None)
    assert "This erases your goals, pauses, streak, timer, plans and reminders.\n" in heard


async def test_it_asks_once_and_says_what_will_go_and_what_remains(talk: Talk) -> None:
    await talk("ada", "/checkin 1h learned: one")
    await talk("ada", "/focus start SVD")
    heard = await talk("ada", "/mydata erase")
    assert "1 check-in with what you learned, 1 focus" in heard
    assert "your place in 1 group" in heard
    assert "already posted in channels, and backups until they are replaced by newer ones" in heard
    assert await talk.rows("SELECT count(*) FROM people") == [(1,)]
    heard = await talk.press("ada", "Erase everything")
    assert heard.is_in_place
    assert "Nobody sees anything about you here any more." in heard
    assert "Nothing about you is saved here." in await talk("ada", "/mydata erase")
    assert await talk.rows("SELECT count(*) FROM people") == [(0,)]


@pytest.mark.sqlite
async def test_no_table_and_no_file_holds_a_trace(talk: Talk, database: Path) -> None:
    await live(talk)
    assert {where.split(".")[0] for where, _ in traces(await talk.store.read(read_all_cells))} >= {
        *("people", "identities", "checkins", "checkin_versions", "focuses", "pauses", "intentions", "reminders"),
        *("outbox", "requests", "drafts", "uploads", "memory"),
    }
    assert set(find_in_files(database)) == set(TRACES)
    await erase(talk)
    assert traces(await talk.store.read(read_all_cells)) == []
    assert find_in_files(database) == []
    assert await talk.rows("PRAGMA foreign_key_check") == []
    assert await talk.rows("PRAGMA user_version") == [(0,)]
    assert await talk.rows("PRAGMA integrity_check") == [("ok",)]


async def test_others_keep_what_is_theirs(talk: Talk) -> None:
    await live(talk)
    await erase(talk)
    assert "of Bo" in await talk("bo", "/journal bo")
    assert "Bo" in await talk("bo", "/leaderboard last week")
    assert "together" not in (await talk("bo", "/group members")).casefold()


async def test_a_post_that_still_waits_names_them_no_longer(talk: Talk) -> None:
    await talk("ada", "/checkin 10h learned: mine")
    await talk.press("ada", "Offer for the results")
    await talk("bo", "/checkin 10h")
    await talk("anna", "/checkin 10h")
    await enqueue_results(talk)
    await erase(talk, "ada")
    [results] = [post for post in await talk.posts() if post.startswith("Results")]
    assert "\nKept it: someone, Anna, Bo\n" in results
    assert "Ada" not in results
    assert "mine" not in results


@pytest.mark.parametrize("name", ["line", "bold", "actions", "proud", "primary", "checkin", "type", "UTC"])
async def test_a_name_that_cards_are_built_of_breaks_no_card(talk: Talk, name: str) -> None:
    talk.names["ada"] = name
    await talk("ada", "/checkin 10h")
    await talk("bo", "/checkin 10h")
    await enqueue_results(talk)
    await erase(talk, "ada")
    [results] = [post for post in await talk.posts() if post.startswith("Results")]
    assert "someone" in results
    assert results.labels == ["I'm in this week", "Check in", "Join"]


async def test_a_post_that_was_sent_is_known_by_its_key_alone(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    key = await enqueue_results(talk)
    ref = MessageRef("console", "m1")
    now = talk.clock.now()
    await talk.store.write(lambda tx: claims.settle_sent(tx, [(taken(tx, key, now), ref, now)]))
    await erase(talk, "ada")
    [(message,)] = await talk.rows("SELECT message FROM outbox WHERE key = :key AND state = 'sent'", key=key)
    assert MessageRef(**json.loads(str(message))) == ref
    assert all("Ada" not in post for post in await talk.posts())


async def test_a_redelivered_request_brings_nobody_back(talk: Talk) -> None:
    await talk("ada", "/checkin 1h learned: one", request_id="first")
    await talk("ada", "/checkin rubbish", request_id="wrong")
    done = await erase(talk, "ada", request_id="erase")
    for request_id in ("first", "wrong"):
        again = await talk("ada", "/checkin 1h learned: one", request_id=request_id)
        assert again == "What this was about has been erased."
    assert await talk.command("ada", "mydata erase", request_id="erase", sure="1") == done
    assert await talk.rows("SELECT count(*) FROM people") == [(0,)]


async def test_a_later_check_in_starts_afresh(talk: Talk) -> None:
    await talk("ada", "/checkin 10h learned: before")
    await talk("ada", "/group hide")
    await erase(talk, "ada")
    heard = await talk("ada", "/checkin 1h learned: after")
    assert "You've joined console" in heard
    assert "1 h of 10 h" in heard
    assert "Your first check-in" in heard
    assert "before" not in await talk("ada", "/journal")
    assert [post for post in await talk.posts() if "after" in post], "the line of the new check-in is posted"


async def test_the_button_of_somebody_else_erases_nobody(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("bo", "/checkin 1h")
    for sure in ("1", "yes", ""):
        heard = await talk.command("bo", "mydata erase", sure=sure)
        assert "Erase everything about you?" in heard
    assert await talk.rows("SELECT count(*) FROM people") == [(2,)]


async def test_a_group_without_its_only_organiser_goes_on_and_that_is_said(talk: Talk) -> None:
    talk.starters.add("ada")
    await talk("ada", "/group start name: Night owls", channel="owls")
    await talk("bo", "/checkin 1h", channel="owls")
    heard = await talk("ada", "/mydata erase")
    assert "Night owls goes on without an organiser" in heard
    heard = await talk.press("ada", "Erase everything")
    assert "Night owls goes on without an organiser" in heard
    assert "Bo" in await talk("bo", "/leaderboard", channel="owls")
    talk.managers.add("cy")
    assert "Bo" in await talk("cy", "/group organisers add: bo", channel="owls")
    await talk("bo", "/checkin 5m", channel="owls")
    assert "organiser" not in await talk("cy", "/mydata erase")


@pytest.mark.sqlite
async def test_ids_that_come_back_are_not_taken_for_posts_of_before(talk: Talk) -> None:
    keys = []
    for who in ("ada", "bo"):
        await talk(who, "/checkin 1h")
        keys += await talk.rows("SELECT key FROM outbox WHERE key LIKE 'line/%'")
        await erase(talk, who)
        talk.advance(minutes=1)
    assert keys == [("line/1/1/2026-01-05T09:00:00",), ("line/1/1/2026-01-05T09:01:00",)]
