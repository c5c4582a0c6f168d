"""Notes that come back in the console, on the real program."""

from pathlib import Path

from tests.adapters.console.stage import real_stage

NOTE = "the central limit theorem needs a finite variance"


async def test_beside_a_check_in_and_opened(tmp_path: Path) -> None:
    async with real_stage(tmp_path) as stage:
        await stage.say("/timezone UTC", f"/checkin 2h statistics learned: {NOTE}", ":advance 7d")
        told = await stage.say("/checkin 45m")
        assert any("You wrote about Statistics a week ago." in shown["text"] for shown in told)
        [note] = await stage.say(":press Show my note")
        assert (note["audience"], NOTE in note["text"]) == ("private", True)
        [answered] = await stage.say(":press Partly")
        assert "due again in a week" in answered["text"]
        await stage.say(":advance 7d")
        [asked] = await stage.say("/recall")
        assert "two weeks ago" in asked["text"]
        [nothing] = await stage.say("@bo /recall")
        assert "Write what you learn" in nothing["text"]
