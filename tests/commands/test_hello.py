"""The answer to who writes to the app directly: how to log, and nothing is kept of a stranger."""

from tests.talk import Talk


async def test_a_stranger_is_greeted_and_stays_one(talk: Talk) -> None:
    heard = await talk.command("ada", "hello", channel=None)
    assert heard == "Hi! Log with /checkin 45m, see /progress.\n[Check in] [How it works]"
    assert await talk.rows("SELECT 1 FROM people") == []


async def test_a_member_is_greeted_in_the_same_words(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    assert "Hi! Log with /checkin 45m" in await talk.command("ada", "hello", channel=None)
    assert "How it works" in await talk.press("ada", "How it works", channel=None)
