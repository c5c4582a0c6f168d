"""The console on the real program: what scripts rely on."""

from datetime import UTC, datetime
from pathlib import Path

from tests.adapters.console.stage import real_stage, texts


async def test_a_check_in_is_answered_and_told_to_the_channel(tmp_path: Path) -> None:
    async with real_stage(tmp_path) as stage:
        [reply, line] = await stage.say("/checkin 2h30 learned: chain rule")
        assert (reply["kind"], reply["to"], reply["audience"]) == ("reply", "ada", "private")
        assert (line["kind"], line["to"], line["audience"]) == ("post", "console", "public")
        assert line["text"] == "ada studied 2 h 30: chain rule. 2 h 30 this week."


async def test_questions_change_nothing_until_they_are_answered(tmp_path: Path) -> None:
    async with real_stage(tmp_path) as stage:
        assert await stage.kinds("/checkin 20") == ["reply"]
        [answer, line] = await stage.say(":press 20 min")
        assert answer["kind"] == "edit"
        assert "20 min this week" in line["text"]


async def test_wrong_input_is_an_error(tmp_path: Path) -> None:
    async with real_stage(tmp_path) as stage:
        assert await stage.kinds("/checkin 25h", "/chekin 2h", "/undo", "/group start") == ["error"] * 4


async def test_a_form_comes_back_until_it_is_right(tmp_path: Path) -> None:
    async with real_stage(tmp_path) as stage:
        assert await stage.kinds("/checkin", ":fill time=10x; learned=SVD", ":fill time=2h") == [
            "form",
            "error",
            "reply",
            "post",
        ]
        assert await stage.kinds("/undo", ":press put back") == ["reply", "edit", "edit", "edit"]


async def test_a_group_in_another_room(tmp_path: Path) -> None:
    async with real_stage(tmp_path) as stage:
        [form, begun] = await stage.say("#room /group start", ":fill goal=5")
        assert form["kind"] == "form"
        assert (begun["kind"], begun["to"], begun["audience"]) == ("reply", "ada", "public")
        [joined] = await stage.say("@bo :press Join")
        assert (joined["kind"], joined["to"]) == ("reply", "bo")
        assert "room" in joined["text"]
        shown = await stage.say("@bo #room /checkin 1h")
        assert [each["to"] for each in shown] == ["bo", "room"]


async def test_speaking_is_joining(tmp_path: Path) -> None:
    async with real_stage(tmp_path) as stage:
        await stage.say("@bo /reminders", "#room @cy /reminders")
        [settings] = await stage.say("/group settings")
        assert "Members: 2" in settings["text"]


async def test_who_does_not_speak_is_no_member(tmp_path: Path) -> None:
    async with real_stage(tmp_path) as stage:
        await stage.say("#room /checkin 1h", "@bo /checkin 10h")
        [board] = await stage.say("@bo /leaderboard")
        assert "1 of 1 has kept the week" in board["text"]
        [before, after] = await stage.say("@bo /group settings", "/group settings")
        assert before["kind"] == "error"
        assert "Organisers: ada" in after["text"]
        assert "Members: 2" in after["text"]


async def test_what_falls_due_is_posted_in_order_each_at_its_own_time(tmp_path: Path) -> None:
    async with real_stage(tmp_path, zone="Europe/Berlin") as stage:
        await stage.say("/reminders direct", "@bo /checkin 10h")
        shown = await stage.say(":advance 1w 1d")
        due = [(each["kind"], each["to"], each["at"], each["text"].splitlines()[0]) for each in shown]
        assert due == [
            (
                "post",
                "ada",
                "2026-01-08T18:00:00+01:00",
                "Nothing logged yet this week. Half an hour today gets it going.",
            ),
            ("post", "console", "2026-01-11T15:00:00+01:00", "Everyone has kept the week 🎉"),
            ("post", "console", "2026-01-12T09:00:00+01:00", "Results · 5–11 January"),
        ]
        [closed] = await stage.say(":at 2026-01-14T00:00")
        assert (closed["kind"], closed["to"], closed["at"]) == ("edit", "console", "2026-01-14T00:00:00+01:00")


async def test_a_second_session_finds_what_the_first_one_left(tmp_path: Path) -> None:
    async with real_stage(tmp_path) as stage:
        await stage.say("/checkin 2h")
    async with real_stage(tmp_path, now=datetime(2026, 1, 5, 12, tzinfo=UTC)) as stage:
        [_, line] = await stage.say("/checkin 1h")
        assert "3 h this week" in line["text"]
        assert "Members: 1" in texts(await stage.say("/group settings"))


async def test_a_group_moves_to_another_room(tmp_path: Path) -> None:
    async with real_stage(tmp_path) as stage:
        await stage.say("#hall /group start", ":fill name=Study hall", "#hall /checkin 1h")
        shown = await stage.say("#hall /group move #Focus")
        assert [(each["kind"], each["to"], each["text"].splitlines()[0]) for each in shown] == [
            ("reply", "ada", "Study hall now meets in #focus."),
            ("post", "focus", "Study hall now meets in #focus."),
        ]
        [_, line] = await stage.say("#focus /checkin 2h")
        assert (line["kind"], line["to"]) == ("post", "focus")
        [edited, *_] = [each for each in await stage.say("#focus /edit #1 time: 90m") if each["kind"] == "edit"]
        assert edited["to"] == "hall"
        shown = await stage.say("#focus /group move", ":fill channel=hall")
        assert [each["kind"] for each in shown] == ["form", "reply", "post"]
        assert "meets in #hall." in shown[-1]["text"]
        assert (
            await stage.kinds("#hall /group move #console", "#hall /group move #", "#hall /group move area: x")
            == ["error"] * 3
        )
