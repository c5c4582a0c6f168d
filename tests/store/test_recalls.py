"""Notes on the ladder outlive what a person leaves, and leave nothing of who is erased; each test on each engine."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clock import StillClock
from bot.domain.recall import NoteRef, RecallSource
from bot.store import backup, export, recalls, restore
from bot.store.database import Store
from tests.talk import Talk

NOTE = "the central limit theorem needs a finite variance"
ASKED = "You wrote about Statistics a week ago. Can you still explain it?"


@pytest.fixture
async def two(talk: Talk) -> Talk:
    """Begin with Ada and Bo, who were both asked about a note of theirs a week after they wrote it."""
    for name in ("ada", "bo"):
        await talk(name, "/timezone UTC")
        await talk(name, f"/checkin 2h statistics learned: {NOTE}")
        await talk(name, "/checkin 1h")
    talk.advance(days=7)
    for name in ("ada", "bo"):
        assert ASKED in await talk(name, "/checkin 45m")
    return talk


async def recall_of(talk: Talk, name: str) -> dict[str, Any]:
    """Return what the export has of a person's recall."""
    person, now = await talk.person(name), talk.clock.now()
    exported: dict[str, Any] = (await talk.store.read(lambda tx: export.export(tx, person, now)))["recall"]
    return exported


async def test_leaving_the_group_changes_nothing(two: Talk) -> None:
    before = await recall_of(two, "ada")
    await two("ada", "/group leave")
    assert await recall_of(two, "ada") == before
    assert NOTE in await two.press("ada", "Show my note", channel=None)
    assert "due again in three weeks" in await two.press("ada", "Yes", channel=None)
    two.advance(days=21)
    assert "about Statistics four weeks ago" in await two("ada", "/checkin 45m", channel=None)


async def test_the_end_of_the_group_changes_nothing(two: Talk) -> None:
    two.managers.add("bo")
    await two("bo", "/group end")
    await two.press("bo", "End the group")
    assert (await recall_of(two, "ada"))["notes"][0]["asked_on"] == "2026-01-12"
    two.advance(days=21)
    assert "about Statistics four weeks ago" in await two("ada", "/checkin 45m", channel=None)


async def test_erasing_takes_ones_own_and_nothing_of_others(two: Talk) -> None:
    bo, before = await two.person("bo"), await recall_of(two, "bo")
    await two("ada", "/mydata erase")
    await two.press("ada", "Erase everything")
    assert await two.rows("SELECT DISTINCT person_id FROM recalls") == [(bo.id,)]
    assert await recall_of(two, "bo") == before
    await two("ada", f"/checkin 2h statistics learned: {NOTE}")
    assert (await recall_of(two, "ada"))["notes"] == []


async def test_the_export_has_every_step(two: Talk) -> None:
    await two.press("ada", "Not now")
    recall = await recall_of(two, "ada")
    assert (recall["on"], recall["refused_on"]) == (True, "2026-01-12")
    assert recall["notes"] == [
        {
            "week": "2026-01-12",
            "checkin": 1,
            "focus": None,
            "since": "2026-01-05",
            "step": 0,
            "asked_on": "2026-01-12",
            "answered_on": None,
        }
    ]
    await two("ada", "/focus start Linear algebra")
    await two("ada", "/focus finish A matrix is what a linear map looks like in a basis.")
    await two("ada", "/journal")
    await two.press("ada", "Today · Linear algebra")
    kept = (await recall_of(two, "ada"))["notes"][1]
    assert (kept["week"], kept["checkin"], kept["focus"]) == ("2026-01-19", None, 1)
    await two("ada", "/reminders recall: off")
    recall = await recall_of(two, "ada")
    assert (recall["on"], recall["next_look"], recall["refused_on"]) == (False, None, None)


async def test_a_note_is_found_however_old_and_only_by_its_writer(two: Talk) -> None:
    ada, bo = await two.person("ada"), await two.person("bo")
    await two("ada", "/focus start Linear algebra")
    await two("ada", "/focus finish A matrix is what a linear map looks like in a basis.")
    refs = [NoteRef(RecallSource.CHECKIN, 1), NoteRef(RecallSource.FOCUS, 1), NoteRef(RecallSource.CHECKIN, 99)]
    of_ada = await two.store.read(lambda tx: recalls.find_notes(tx, ada, refs))
    assert [(str(note.ref), note.entered is None) for note in of_ada] == [("c1", False), ("f1", True)]
    assert [str(note.ref) for note in await two.store.read(lambda tx: recalls.find_notes(tx, bo, refs))] == ["c1"]
    assert await two.store.read(lambda tx: recalls.find_notes(tx, ada, [])) == []


@pytest.mark.sqlite
async def test_a_restored_copy_goes_on_where_it_was_made(two: Talk, database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    before = await recall_of(two, "ada")
    await two.store.close()
    backup.backup(database, copy)
    restore.replace(database, restore.prepare(copy, database, lambda _: None), two.clock.now())
    store = await Store.open(database)
    talk = Talk(store, StillClock(two.clock.now() + timedelta(days=1)))
    try:
        assert await recall_of(talk, "ada") == before
        assert NOTE in await talk.command("ada", "recall", note="c1")
        assert "due again in three weeks" in await talk.command("ada", "remembered", note="c1", answer="yes")
    finally:
        await store.close()
