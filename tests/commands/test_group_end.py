"""Ending a group: asked once, its posts stop, its channel is free, and people keep all that is theirs."""

import pytest

from bot.chat.events import BotAdded
from bot.chat.request import Server
from tests.talk import Talk


@pytest.fixture
async def talk(talk: Talk) -> Talk:
    """Ada organises group “Owls” in channel `owls`; Bo is a member, who is reminded there."""
    talk.starters = {"ada"}
    await talk("ada", "/group start name: Owls", channel="owls")
    await talk("bo", "/group join", channel="owls")
    await talk("bo", "/checkin 10h learned: SVD", channel="owls")
    await talk("bo", "/reminders how: channel", channel="owls")
    return talk


async def end(talk: Talk) -> str:
    await talk("ada", "/group end", channel="owls")
    return await talk.press("ada", "End the group", channel="owls")


async def test_it_asks_once_and_then_tells_the_channel(talk: Talk) -> None:
    asked = await talk("ada", "/group end", channel="owls")
    assert asked.startswith("End Owls for its ")
    assert "everyone keeps their hours, streak and journal." in asked
    assert not asked.is_public
    assert "Together" in await talk("bo", "/leaderboard", channel="owls")
    ended = await talk.press("ada", "End the group", channel="owls")
    assert ended == "Owls has ended. Your hours, streaks and journals stay yours."
    assert ended.is_public


async def test_nothing_is_posted_and_nobody_is_reminded_there_any_more(talk: Talk) -> None:
    await end(talk)
    assert await talk.rows("SELECT 1 FROM schedules WHERE group_id = 2 AND (person_id IS NULL OR due_at > 0)") == []
    assert await talk.rows("SELECT DISTINCT state FROM outbox WHERE group_id = 2") == [("dropped",)]
    assert await talk.rows("SELECT how FROM reminders") == [("off",)]
    await talk("bo", "/checkin 1h", channel=None)
    assert await talk.rows("SELECT DISTINCT state FROM outbox WHERE group_id = 2") == [("dropped",)]


async def test_people_keep_what_is_theirs(talk: Talk) -> None:
    await end(talk)
    assert "10 h of 10 h" in await talk("bo", "/progress", channel=None)
    assert "SVD" in await talk("bo", "/journal", channel=None)
    refused = await talk("bo", "/leaderboard", channel="owls")
    assert refused.is_wrong


async def test_another_group_can_start_in_the_channel(talk: Talk) -> None:
    await end(talk)
    await talk("ada", "/group start name: Larks", channel="owls")
    await talk("bo", "/group join", channel="owls")
    assert "Larks" in await talk("ada", "/group settings", channel="owls")
    assert await talk.rows("SELECT name FROM groups WHERE ended_at IS NULL ORDER BY id") == [("console",), ("Larks",)]


async def test_the_server_wakes_no_group_that_has_ended(talk: Talk) -> None:
    await end(talk)
    await talk.core.happened(BotAdded(Server("console", "")))
    assert await talk.rows("SELECT asleep FROM groups WHERE id = 2") == [("the group has ended",)]


async def test_only_organisers_end_it(talk: Talk) -> None:
    assert (await talk("bo", "/group end", channel="owls")).is_wrong
    forged = await talk.command("bo", "group end", channel="owls", sure="2")
    assert forged.is_wrong
    assert await talk.rows("SELECT ended_at FROM groups") == [(None,), (None,)]


async def test_the_question_about_one_group_ends_no_other(talk: Talk) -> None:
    await talk("ada", "/group start name: Larks", channel="larks")
    asked = await talk.command("ada", "group end", channel="larks", sure="2")
    assert asked.startswith("End Larks")
