"""The one door in: redelivered requests, faults, drafts, snapshots; it answers and never raises."""

import asyncio
import sqlite3

import pytest

from bot.chat.card import Button, Card, Menu
from bot.chat.request import Answer, Channel, CommandRequest, Reply, TextRequest, User, Via
from bot.commands import registry
from bot.commands.shared.handler import Command
from bot.context import Context, Defaults
from bot.dispatch import drafts
from bot.dispatch.dispatcher import Dispatcher
from bot.errors import PerhapsSaved
from bot.store import people, sqlite
from bot.store.database import Store
from bot.store.tx import Tx
from tests.talk import Talk

TWO_HOURS = "/checkin 2h learned: the same request"


async def checkins(talk: Talk) -> int:
    return len(await talk.rows("SELECT id FROM checkins"))


async def test_a_redelivered_request_changes_nothing_and_shows_the_same_answer(talk: Talk) -> None:
    first = await talk("ada", TWO_HOURS, request_id="envelope-1")
    talk.advance(minutes=30)
    again = await talk("ada", TWO_HOURS, request_id="envelope-1")
    assert again.answer == first.answer
    assert await checkins(talk) == 1


async def test_what_was_refused_stays_refused_when_it_is_redelivered(talk: Talk) -> None:
    refused = await talk("ada", "/undo", request_id="envelope-1")
    assert refused.is_wrong
    await talk("ada", TWO_HOURS)
    assert (await talk("ada", "/undo", request_id="envelope-1")).answer == refused.answer
    assert await checkins(talk) == 1
    assert await talk.rows("SELECT id FROM checkins WHERE undone_at IS NOT NULL") == []


async def test_the_same_request_twice_at_once_counts_once(talk: Talk) -> None:
    answers = await asyncio.gather(*(talk("ada", TWO_HOURS, request_id="envelope-1") for _ in range(10)))
    assert len({str(answer) for answer in answers}) == 1
    assert await checkins(talk) == 1


async def test_a_hundred_at_once_all_count(talk: Talk) -> None:
    answers = await asyncio.gather(*(talk(f"person{n}", "/checkin 90m") for n in range(100)))
    assert not any(answer.is_wrong for answer in answers)
    assert await checkins(talk) == 100


@pytest.mark.sqlite
async def test_a_full_disk_answers_not_saved_and_nothing_is_half_written(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    pages = (await talk.rows("PRAGMA page_count"))[0][0]
    await talk.store.write(lambda tx: tx.all(f"PRAGMA max_page_count = {pages}"))
    refused = None
    for number in range(2000):
        refused = await talk("ada", f"/checkin {number % 9 + 1}m learned: {'x' * 900}")
        if refused.is_wrong and "Not saved" in refused:
            break
        talk.advance(days=1)
    assert refused is not None
    assert "Not saved, try again" in refused
    rows = await talk.rows("SELECT count(*), sum(minutes) FROM checkins")
    assert rows == await talk.rows("SELECT (SELECT count(*) FROM checkins), (SELECT sum(minutes) FROM day_totals)")
    await talk.store.write(lambda tx: tx.all("PRAGMA max_page_count = 100000"))
    assert not (await talk("ada", "/checkin 11m")).is_wrong


@pytest.mark.sqlite
async def test_a_locked_database_answers_not_saved(talk: Talk) -> None:
    await talk.store.write(lambda tx: tx.all("PRAGMA busy_timeout = 10"))
    with sqlite3.connect(talk.store.path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = await talk("ada", "/checkin 1h")
        other.execute("ROLLBACK")
    other.close()
    assert "Not saved, try again" in refused
    assert not (await talk("ada", "/checkin 1h")).is_wrong


async def test_a_commit_of_which_nobody_heard_is_not_called_unwritten(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(_unit: object) -> None:
        raise PerhapsSaved("nobody knows")

    with monkeypatch.context() as broken:
        broken.setattr(talk.store, "write", lost)
        answer = await talk("ada", "/checkin 1h")
    assert answer.is_wrong
    assert "can't tell whether that was saved" in answer
    assert "Not saved" not in answer


async def test_a_fault_of_the_program_is_logged_and_answered(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_context: Context, _given: object) -> Reply:
        raise KeyError("a bug")

    spec = registry.SPECS["goal"]
    monkeypatch.setitem(registry.BY_NAME, "goal", Command(spec, broken))
    answer = await talk("ada", "/goal 12")
    assert "Something broke" in answer
    assert answer.is_wrong
    assert "a bug" in caplog.text


async def test_a_button_too_long_for_its_id_survives_as_a_draft(talk: Talk) -> None:
    note = " ".join(f"lemma {number}" for number in range(40))
    question = await talk("ada", f"/checkin 20 learned: {note}")
    assert all(len(button.command) < 10 and not button.options for button in question.card.buttons())
    again = Dispatcher(talk.store, talk.clock, Defaults(600, "UTC"))
    button = question.button("20 min")
    user = User("console", "", "ada", "Ada", "UTC")
    done = await again.handle(
        CommandRequest("press", user, Channel("console", "", "console"), button.command, button.options, via=Via.BUTTON)
    )
    assert isinstance(done, Reply)
    assert not done.is_wrong
    assert (await talk.rows("SELECT minutes, learned FROM checkins"))[0] == (20, note.strip())


async def test_a_choice_of_a_menu_too_long_for_its_id_survives_as_a_draft(talk: Talk) -> None:
    await talk("ada", "/progress")
    words = "the central limit theorem " * 7
    menu = Menu("Search", (Button("Anew", "journal", {"search": words}), Button("All", "journal")))

    def shorten(tx: Tx) -> Answer:
        person = people.find(tx, talk.user("ada"))
        assert person is not None
        return drafts.save_drafts(tx, Reply(Card("Journal", (menu,))), person.id, talk.clock.now())

    answer = await talk.store.write(shorten)
    assert isinstance(answer, Reply)
    anew, unchanged = answer.card.buttons()
    assert unchanged == Button("All", "journal")
    assert words.strip() in await talk.command("ada", anew.command, **anew.options)


async def test_a_button_whose_draft_is_gone_says_so(talk: Talk) -> None:
    answer = await talk.command("ada", "~999")
    assert answer.is_wrong
    assert "too old" in answer


async def saved_form(talk: Talk, command: str = "checkin", **options: str) -> str:
    await talk("ada", "/progress")
    await talk("bo", "/progress")
    return await talk.core.draft(talk.user("ada"), command, options)


async def test_a_saved_form_opens_as_it_was_with_what_is_wrong_in_it(talk: Talk) -> None:
    name = await saved_form(talk, time="25h", learned="SVD", area="")
    opened = await talk.command("ada", name)
    values = {field.name: field.value for field in opened.form.fields}
    assert (values["time"], values["learned"]) == ("25h", "SVD")
    assert [field.name for field in opened.form.fields if field.error] == ["time"]
    assert (await talk.fill("ada", time="26h")).form.has_errors
    assert "2 h" in await talk.fill("ada", time="2h")
    assert (await talk.rows("SELECT minutes, learned FROM checkins")) == [(120, "SVD")]


async def test_a_saved_form_opens_before_anything_is_done(talk: Talk) -> None:
    opened = await talk.command("ada", await saved_form(talk, time="2h"))
    assert not opened.is_wrong
    assert opened.form.command == "checkin"
    assert await checkins(talk) == 0
    await talk.fill("ada")
    assert await checkins(talk) == 1


async def test_a_field_that_was_emptied_stays_empty_in_a_saved_form(talk: Talk) -> None:
    await talk("ada", "/checkin 2h learned: SVD")
    opened = await talk.command("ada", await saved_form(talk, "edit", checkin="1", time="3h", learned=""))
    assert {field.name: field.value for field in opened.form.fields}["learned"] == ""
    await talk.fill("ada")
    assert (await talk.rows("SELECT minutes, learned FROM checkins")) == [(180, None)]


async def test_a_form_that_is_saved_again_still_holds_what_it_carried(talk: Talk) -> None:
    again = await talk.core.draft(talk.user("ada"), await saved_form(talk, learned="SVD", time="25h"), {"time": "1h"})
    opened = await talk.command("ada", again)
    assert not opened.is_wrong
    values = {field.name: field.value for field in opened.form.fields}
    assert (values["time"], values["learned"]) == ("1h", "SVD")


async def test_a_saved_form_is_opened_by_nobody_else(talk: Talk) -> None:
    refused = await talk.command("bo", await saved_form(talk, time="2h", learned="a secret"))
    assert refused.is_wrong
    assert "too old" in refused
    assert "secret" not in refused


@pytest.mark.parametrize("command", ["", "nonsense", "~x", "checkin2", "\u202e"])
async def test_an_unknown_command_is_refused_with_a_proposal(talk: Talk, command: str) -> None:
    answer = await talk.command("ada", command)
    assert answer.is_wrong
    assert "/" in answer


async def test_unstorable_text_never_breaks_anything(talk: Talk) -> None:
    for text in ("\ud800", "a\x00b", "\udfff" * 50):
        await talk("ada", f"/checkin 7m learned: {text}")
        await talk.command("ada", "checkin", time="7m", learned=text)
        talk.advance(minutes=10)
    assert await checkins(talk) >= 1


async def test_reading_commands_answer_from_a_snapshot_and_leave_no_trace(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    before = await talk.rows("SELECT id FROM requests")
    for words in ("/progress", "/leaderboard", "/streak", "/history"):
        assert not (await talk("ada", words)).is_wrong
    assert await talk.rows("SELECT id FROM requests") == before


async def test_a_board_read_just_after_weeks_have_closed_shows_the_new_streaks(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.at("2026-01-29T12:00")
    await talk("bo", "/checkin 10h")
    board = await talk("bo", "/leaderboard this month by: streak")
    [ada] = [line.split() for line in board.splitlines() if "Ada" in line]
    assert ada == ["1.", "Ada", "0", "10", "h"]


async def test_a_board_waits_for_no_other_week_that_is_just_closing(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.at("2026-01-13T23:00")
    await talk("bo", "/checkin 10h")
    closed = (
        "SELECT person_id FROM people JOIN identities ON id = person_id WHERE closed_week IS NOT NULL ORDER BY user"
    )
    before = await talk.rows(closed)
    talk.at("2026-01-14T00:00:09")
    await talk("bo", "/leaderboard")
    assert await talk.rows(closed) == before
    await talk("ada", "/leaderboard")
    assert len(await talk.rows(closed)) > len(before)


async def test_committed_is_called_after_every_write(store: Store, talk: Talk) -> None:
    called = []
    core = Dispatcher(store, talk.clock, Defaults(600, "UTC"), committed=lambda: called.append(1))
    user = User("console", "", "ada", "Ada", "UTC")
    await core.handle(TextRequest("1", user, Channel("console", "", "console"), "checkin 1h"))
    assert called == [1]
    await core.handle(TextRequest("2", user, Channel("console", "", "console"), "progress"))
    assert called == [1]


async def test_memory_remembers_replaces_and_forgets(talk: Talk) -> None:
    memory = talk.core.memory
    assert await memory.recall("a") is None
    await memory.remember("a", "1")
    await memory.remember("a", "2")
    assert await memory.recall("a") == "2"
    await memory.forget("a")
    assert await memory.recall("a") is None


def test_refused_is_what_a_locked_or_full_file_says_and_nothing_else() -> None:
    assert sqlite3.SQLITE_FULL in sqlite.REFUSALS
    assert sqlite3.SQLITE_CONSTRAINT not in sqlite.REFUSALS


async def test_a_refusal_keeps_all_that_was_typed_in_a_form(talk: Talk) -> None:
    refused = await talk("ada", "/checkin 25h statistics learned: what a p-value is not")
    assert refused.is_wrong
    form = (await talk.press("ada", "Change it")).form
    assert {field.name: field.value for field in form.fields if field.value} == {
        "time": "25h",
        "area": "statistics",
        "learned": "what a p-value is not",
    }
    assert form.has_errors
    assert "2 h" in await talk.fill("ada", time="2h")
    assert "p-value" in await talk("ada", "/journal")


async def test_a_refusal_of_all_that_was_typed_needs_no_form(talk: Talk) -> None:
    assert (await talk("ada", "/checkin 25h")).labels == []
    assert (await talk("ada", "/goal 200")).labels == []
    await talk("ada", "/goal 9")
    long = await talk("ada", f"/checkin 2h learned: {'x' * 1_001}")
    assert long.labels == ["Change it"]
