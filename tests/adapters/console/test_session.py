from datetime import UTC, datetime

import pytest

from adapters.console.session import refusal_card
from bot.chat.card import Actions, Button, Card, Line, Tone
from bot.chat.delivery import ChannelAddress, MessageRef, UserAddress
from bot.chat.form import Field, Form
from bot.chat.plain import plain
from bot.chat.request import Ask, Audience, Reply, Via
from bot.errors import NotSaved, Refused
from tests.adapters.cards import FORM, WRONG, delivery
from tests.adapters.console.stage import fake_stage, texts
from tests.adapters.fake_core import NOW, FakeCore

HERE = ChannelAddress("console", "", "console", name="Study group")


@pytest.fixture
def core() -> FakeCore:
    return FakeCore()


async def test_a_line_of_json_says_who_what_and_when(core: FakeCore) -> None:
    stage, _ = fake_stage(core, zone="Asia/Kolkata")
    core.otherwise = Reply(Card("Done", (Line(("naïve “ü”",)),), Tone.GOOD))
    [shown] = await stage.say("/progress")
    assert list(shown) == ["kind", "to", "audience", "at", "card", "text"]
    assert (shown["kind"], shown["to"], shown["audience"]) == ("reply", "ada", "private")
    assert shown["at"] == "2026-01-05T14:30:00+05:30"
    assert shown["card"]["title"] == "Done"
    assert shown["card"]["blocks"] == [{"type": "line", "text": ["naïve “ü”"]}]
    assert shown["text"] == "Done\nnaïve “ü”"


async def test_the_group_is_there_from_the_start_and_joined_by_speaking(core: FakeCore) -> None:
    stage, _ = fake_stage(core, zone="Europe/Berlin")
    await stage.session.begin()
    [start] = core.requests
    assert (start.id, start.command) == ("console:setup:group", "group start")
    assert start.options == {"name": "console", "zone": "Europe/Berlin"}
    assert start.user.may_start
    await stage.say("/progress", "/progress", "@bo /progress", "#room @cy /progress")
    said = [(request.user.id, request.command or request.words, request.channel.id) for request in core.requests[1:]]
    assert said == [
        ("ada", "group join", "console"),
        ("ada", "progress", "console"),
        ("ada", "progress", "console"),
        ("bo", "group join", "console"),
        ("bo", "progress", "console"),
        ("cy", "progress", "room"),
    ]


async def test_forms_on_the_way_in_are_sent_back_unchanged(core: FakeCore) -> None:
    stage, _ = fake_stage(core)
    core.answers = [Ask(Form("group start", "Start", (Field("goal", "Goal", value="10 h"),), {"lastcall": "off"}))]
    assert await stage.say("/progress") != []
    assert core.requests[1].via is Via.FORM
    options = {"name": "console", "zone": "UTC", "lastcall": "off", "goal": "10 h"}
    assert core.requests[1].options == options
    assert len({request.id for request in core.requests}) == len(core.requests)


async def test_people_keep_the_name_that_they_gave_first(core: FakeCore) -> None:
    stage, _ = fake_stage(core, speaker="Ada")
    [first, second] = await stage.say("@Bo /progress", "@bo /progress")
    assert first["to"] == second["to"] == "Bo"
    assert core.last.user.name == "Bo"
    assert core.last.user.id == "bo"


async def test_ids_differ_from_session_to_session(core: FakeCore) -> None:
    for _ in range(2):
        stage, _world = fake_stage(core)
        await stage.say("/progress", "/progress")
    ids = [request.id for request in core.requests if request.id != "console:setup:group"]
    assert len(set(ids)) == len(ids)


async def test_every_request_lets_posts_go_out(core: FakeCore) -> None:
    stage, world = fake_stage(core)
    await stage.say("/progress")
    assert world.settled == 1
    await stage.say("what?", "# nothing", ":help")
    assert world.settled == 1


@pytest.mark.parametrize(
    "line", ["hello", ":foo", "@bo", "@\u200b /progress", ":press Nope", ":fill time=2h", ":advance x"]
)
async def test_what_the_console_refuses_is_an_error_to_the_speaker(core: FakeCore, line: str) -> None:
    stage, _ = fake_stage(core)
    [shown] = await stage.say(line)
    assert (shown["kind"], shown["to"], shown["audience"]) == ("error", "ada", "private")
    assert shown["card"]["tone"] == "wrong"


async def test_an_error_is_the_speakers_own(core: FakeCore) -> None:
    stage, _ = fake_stage(core)
    [shown] = await stage.say("@bo :press Nope")
    assert shown["to"] == "bo"


async def test_wrong_input_is_an_error_and_private(core: FakeCore) -> None:
    stage, _ = fake_stage(core)
    await stage.say("/progress")
    core.answers = [Reply(Card("", (Line((WRONG,)),), Tone.WRONG), Audience.PUBLIC, is_wrong=True)]
    [shown] = await stage.say("/checkin 10x")
    assert (shown["kind"], shown["audience"], shown["text"]) == ("error", "private", WRONG)


async def test_a_form_in_json(core: FakeCore) -> None:
    stage, _ = fake_stage(core)
    await stage.say("/progress")
    core.answers = [Ask(FORM)]
    [shown] = await stage.say("/checkin")
    assert (shown["kind"], shown["to"], shown["audience"]) == ("form", "ada", "private")
    assert list(shown["card"]) == ["title", "command", "fields"]
    assert shown["card"]["command"] == "checkin"
    assert [field["name"] for field in shown["card"]["fields"]] == ["time", "area", "learned"]
    assert shown["text"].startswith("Check in\n")


async def test_a_wrong_form_stays_open_with_its_values(core: FakeCore) -> None:
    stage, _ = fake_stage(core)
    await stage.say("/progress")
    wrong = Form(
        "checkin", "Check in", (Field("time", "Time", value="10x", error=(WRONG,)), Field("area", "Area", value="x"))
    )
    core.answers = [Ask(FORM), Ask(wrong), Reply(Card("Checked in"))]
    [_, error] = await stage.say("/checkin", ":fill time=10x")
    assert error["kind"] == "error"
    assert WRONG in error["text"]
    assert error["card"]["blocks"][0]["type"] == "line"
    assert await stage.kinds(":fill time=1h") == ["reply"]
    assert core.last.options == {"time": "1h", "area": "x"}
    assert await stage.kinds(":fill") == ["error"]


async def test_a_form_that_is_refused_as_a_whole_stays_open(core: FakeCore) -> None:
    stage, _ = fake_stage(core)
    await stage.say("/progress")
    core.answers = [Ask(FORM), Reply(Card("", (Line((WRONG,)),)), is_wrong=True), Reply(Card("Checked in"))]
    assert await stage.kinds("/checkin", ":fill time=2h; area=maths") == ["form", "error"]
    assert await stage.kinds(":fill") == ["reply"]
    assert core.last.options == {"day": "2026-01-04", "time": "2h", "area": "maths", "learned": "chain rule"}


async def test_a_form_is_answered_where_it_was_asked(core: FakeCore) -> None:
    stage, _ = fake_stage(core)
    core.otherwise = Ask(FORM)
    await stage.say("#room /checkin")
    core.otherwise = Reply(Card("Checked in"))
    await stage.say(":fill time=2h")
    assert core.last.channel.id == "room"
    assert [request.user.id for request in core.requests if request.command == "group join"] == []


async def test_a_form_of_somebody_else_is_not_mine(core: FakeCore) -> None:
    stage, _ = fake_stage(core)
    core.otherwise = Ask(FORM)
    await stage.say("@bo /checkin")
    assert await stage.kinds(":fill time=2h") == ["error"]


async def test_a_form_opened_by_a_button_replaces_its_card(core: FakeCore) -> None:
    stage, _ = fake_stage(core)
    await stage.say("/progress")
    core.answers = [
        Reply(Card("Old", (Actions((Button("Edit", "edit"),)),))),
        Ask(FORM),
        Reply(Card("New"), in_place=True),
    ]
    assert await stage.kinds("/progress", ":press Edit", ":fill time=2h") == ["reply", "form", "edit"]
    assert await stage.kinds(":press Edit") == ["error"]


async def test_an_in_place_answer_to_a_line_is_a_reply(core: FakeCore) -> None:
    stage, _ = fake_stage(core)
    core.otherwise = Reply(Card("Page"), in_place=True)
    assert await stage.kinds("/leaderboard") == ["reply"]


async def test_a_public_card_is_replaced_for_its_channel(core: FakeCore) -> None:
    stage, _ = fake_stage(core)
    await stage.say("/progress", "@bo /progress")
    board = Card("Board", (Actions((Button("Next", "leaderboard", {"page": "2"}),)),))
    core.answers = [Reply(board, Audience.PUBLIC), Reply(Card("Page 2"), Audience.PUBLIC, in_place=True)]
    [reply, edit] = await stage.say("#room /leaderboard", "@bo :press next")
    assert (reply["kind"], reply["to"], reply["audience"]) == ("reply", "ada", "public")
    assert (edit["kind"], edit["to"], edit["audience"]) == ("edit", "room", "public")
    assert core.last.channel.id == "room"


async def test_posts_go_to_a_channel_or_a_person(core: FakeCore) -> None:
    stage, _ = fake_stage(core)
    await stage.say("@Bo /progress")
    ref = await stage.console.post(delivery(HERE, Card("Results"), "a"))
    await stage.console.post(delivery(UserAddress("console", "", "bo", name="bo"), Card("Nudge"), "b"))
    await stage.console.post(delivery(UserAddress("console", "", "eve", name="Eve"), Card("Nudge"), "c"))
    await stage.console.edit(HERE, ref, Card("Results, closed"))
    shown = [(each["kind"], each["to"], each["audience"], each["text"]) for each in stage.fresh()]
    assert shown == [
        ("post", "console", "public", "Results"),
        ("post", "Bo", "private", "Nudge"),
        ("post", "Eve", "private", "Nudge"),
        ("edit", "console", "public", "Results, closed"),
    ]


async def test_what_an_earlier_session_posted_can_be_edited(core: FakeCore) -> None:
    stage, _ = fake_stage(core)
    await stage.console.edit(HERE, MessageRef("console", "other/1"), Card("Results, closed"))
    assert [each["kind"] for each in stage.fresh()] == ["edit"]


async def test_a_button_of_a_direct_message_is_pressed_in_it(core: FakeCore) -> None:
    stage, _ = fake_stage(core)
    card = Card("Nudge", (Actions((Button("Snooze 3 h", "snooze"),)),))
    await stage.console.post(delivery(UserAddress("console", "", "ada", name="ada"), card))
    await stage.say(":press snooze 3 h")
    assert core.last.command == "snooze"
    assert core.last.channel.is_direct
    assert await stage.kinds("@bo :press Snooze 3 h") == ["error"]


async def test_the_clock_moves_when_told(core: FakeCore) -> None:
    stage, _ = fake_stage(core, zone="Europe/Berlin")
    assert await stage.say(":advance 1d 2h", ":at 2026-01-07T12:00") == []
    assert core.now() == datetime(2026, 1, 7, 11, tzinfo=UTC)
    assert await stage.say(":at 2026-01-07T12:00") == []
    [error] = await stage.say(":at 2026-01-07T11:59")
    assert error["kind"] == "error"
    assert "it is Wed 7 Jan 2026 12:00" in error["text"]
    assert core.now() == datetime(2026, 1, 7, 11, tzinfo=UTC)


@pytest.mark.parametrize("line", [":advance 1d", ":at 2027-01-01T00:00"])
async def test_a_running_clock_is_not_moved(core: FakeCore, line: str) -> None:
    stage, _ = fake_stage(core, still=False)
    [error] = await stage.say(line)
    assert error["kind"] == "error"
    assert core.now() == NOW


async def test_help_and_the_end(core: FakeCore) -> None:
    stage, _ = fake_stage(core)
    [help_card] = await stage.say(":help")
    assert help_card["kind"] == "reply"
    assert all(word in texts([help_card]) for word in (":press", ":fill", ":advance", ":at", "@bo", "#room"))
    await stage.say(":quit")
    assert stage.session.is_over


def test_the_speakers_own_name_must_be_seen(core: FakeCore) -> None:
    with pytest.raises(Refused):
        fake_stage(core, speaker="\u200b")


def test_a_refusal_without_an_example_is_its_sentence() -> None:
    assert plain(refusal_card(Refused("No."))) == "No."
    assert plain(refusal_card(Refused("No.", "/checkin 2h"))) == "No.\nFor example: /checkin 2h"


async def test_a_database_that_fails_is_an_error_and_not_the_end(
    core: FakeCore, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, world = fake_stage(core)

    async def settle() -> None:
        raise NotSaved("The disk is full.")

    monkeypatch.setattr(world, "settle", settle)
    reply, error = await stage.say("/progress")
    assert (reply["kind"], error["kind"], error["text"]) == ("reply", "error", "The disk is full.")
