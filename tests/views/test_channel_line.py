"""The line that a channel sees, and what a push notice says of it."""

from bot.chat.card import Line
from bot.chat.plain import plain
from tests.talk import Talk


async def test_no_push_notice_quotes_a_note(talk: Talk) -> None:
    await talk("ada", "/checkin 2h statistics learned: chain rule")
    [line] = await talk.posts()
    assert line == "Ada studied 2 h of Statistics: chain rule. 2 h this week."
    assert line.card.notice == "Ada studied 2 h of Statistics. 2 h this week."


async def test_a_line_that_keeps_the_week_is_no_exception(talk: Talk) -> None:
    await talk("ada", "/checkin 10h learned: chain rule")
    [line] = await talk.posts()
    assert "chain rule" in plain(line.card)
    assert "Ada kept the week" in line.card.notice
    assert "chain rule" not in line.card.notice


async def test_a_line_without_a_note_is_its_own_notice(talk: Talk) -> None:
    await talk("ada", "/checkin 2h")
    [line] = await talk.posts()
    assert isinstance(line.card.blocks[0], Line)
    assert line.card.notice == ""
