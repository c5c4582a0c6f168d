"""Study partners in the console, on the real program: invited, matched on Monday, asked, and parted."""

from pathlib import Path

from tests.adapters.console.stage import real_stage


async def test_an_invitation_a_question_and_a_goodbye(tmp_path: Path) -> None:
    async with real_stage(tmp_path) as stage:
        await stage.say("@bo /checkin 1h", "/checkin 1h")
        [sent] = await stage.say("/partner invite bo")
        assert sent["text"] == "Sent. You'll hear only if it's a yes."
        [card] = await stage.say("@bo /progress")
        assert (card["to"], card["audience"]) == ("bo", "private")
        assert "ada would like to be your study partner." in card["text"]
        await stage.say("@bo :press Answer")
        [yes] = await stage.say("@bo :press Yes")
        assert "You and ada are study partners." in yes["text"]
        [told] = await stage.say("/progress")
        assert "bo is your study partner now." in told["text"]
        monday = await stage.say(":advance 7d", "/checkin 1h")
        assert not any(shown["kind"] == "post" and "partner" in shown["text"] for shown in monday)
        assert any("have a question on" in shown["text"] for shown in monday)
        [question] = await stage.say(":press See the question")
        assert "Explain it to bo, then swap." in question["text"]
        [asked] = await stage.say("/partner leave")
        assert "Stop being study partners with bo?" in asked["text"]
        [left] = await stage.say(":press Leave bo")
        assert "You and bo are no longer study partners." in left["text"]


async def test_no_invite_again_block_erase_and_come_back(tmp_path: Path) -> None:
    async with real_stage(tmp_path) as stage:
        await stage.say("@bo /checkin 1h", "/checkin 1h", "/partner invite bo", "@bo /partner show")
        [no] = await stage.say("@bo :press Not now")
        assert no["text"] == "All right. Nobody is told."
        await stage.say(":advance 120d", "@bo /checkin 1h", "/checkin 1h", "/partner invite bo", "@bo /partner show")
        await stage.say("@bo :press More")
        await stage.say("@bo :press Block this person")
        await stage.say("/mydata erase", ":press Erase everything", ":advance 8d", "/checkin 1h")
        [sent] = await stage.say("/partner invite bo")
        assert sent["text"] == "Sent. You'll hear only if it's a yes."
        [card] = await stage.say("@bo /progress")
        assert "would like to be your study partner" not in card["text"]
