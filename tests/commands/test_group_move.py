"""Moving a group to another channel of its server: what waits goes along, what stands is edited where it stands."""

import pytest

from bot.chat.delivery import MessageRef
from bot.chat.request import Channel, NamedChannel, Via
from bot.errors import Typed
from bot.store import claims
from tests.taking import taken
from tests.talk import Heard, Talk

WHERE = "SELECT state, json_extract(address, '$.channel') FROM outbox WHERE {} ORDER BY rowid"


@pytest.fixture
async def talk(talk: Talk) -> Talk:
    """Ada organises group “Study hall” in channel `hall`; Bo is a member. `focus` is free."""
    talk.starters = {"ada"}
    talk.channels = {f"#{name}": NamedChannel(Channel("console", "", name, name)) for name in ("hall", "focus", "owls")}
    await talk("ada", "/group start name: Study hall", channel="hall")
    await talk("bo", "/group join", channel="hall")
    return talk


async def channel_of(talk: Talk) -> object:
    return (await talk.rows("SELECT channel FROM groups WHERE name = 'Study hall'"))[0][0]


async def test_both_channels_are_told(talk: Talk) -> None:
    moved = await talk("ada", "/group move #focus", channel="hall")
    assert moved == "Study hall now meets in #focus."
    assert moved.is_public
    assert [*await talk.posts("focus")] == ["Study hall now meets in #focus.\n[Join] [Check in]"]
    assert await talk.posts("hall") == []


async def test_from_elsewhere_the_old_channel_hears_of_it_too(talk: Talk) -> None:
    moved = await talk("ada", "/group move #focus", channel=None)
    assert not moved.is_public
    assert await talk.posts("hall") == ["Study hall now meets in #focus."]
    assert len(await talk.posts("focus")) == 1


async def test_the_group_goes_on_there_with_all_that_it_has(talk: Talk) -> None:
    await talk("bo", "/checkin 2h", channel="hall")
    await talk("ada", "/group move #focus", channel="hall")
    assert "Together" in await talk("bo", "/leaderboard", channel="focus")
    await talk("bo", "/checkin 1h", channel="focus")
    assert (await talk.posts("focus"))[0] == "Bo studied 3 h. 3 h this week."


async def test_what_waits_goes_along_and_what_stands_is_edited_where_it_stands(talk: Talk) -> None:
    await talk("bo", "/checkin 2h", channel="hall")
    await talk("ada", "/group join", channel="hall")
    now = talk.clock.now()
    key = (await talk.rows("SELECT key FROM outbox"))[0][0]
    await talk.store.write(
        lambda tx: claims.settle_sent(tx, [(taken(tx, str(key), now), MessageRef("hall", "1"), now)])
    )
    await talk("ada", "/checkin 3h", channel="hall")
    await talk("bo", "/edit #1 time: 90m", channel="hall")
    await talk("ada", "/group move #focus", channel="hall")
    assert await talk.rows(WHERE.format("key LIKE 'line/%'")) == [
        ("sent", "hall"),
        ("pending", "focus"),
        ("pending", "hall"),
    ]
    await talk("bo", "/edit #1 time: 80m", channel="focus")
    assert (await talk.posts("hall"))[-1].startswith("Bo studied 1 h 20")


async def test_a_line_in_the_old_channel_takes_in_nothing_more(talk: Talk) -> None:
    await talk("bo", "/checkin 2h", channel="hall")
    now = talk.clock.now()
    key = (await talk.rows("SELECT key FROM outbox"))[0][0]
    await talk.store.write(
        lambda tx: claims.settle_sent(tx, [(taken(tx, str(key), now), MessageRef("hall", "1"), now)])
    )
    await talk("ada", "/group move #focus", channel="hall")
    talk.advance(minutes=5)
    await talk("bo", "/checkin 1h", channel="focus")
    assert await talk.rows(WHERE.format("key LIKE 'line/%'")) == [("sent", "hall"), ("pending", "focus")]


async def test_a_group_that_slept_is_awake_in_its_new_channel(talk: Talk) -> None:
    sleep = "UPDATE groups SET asleep = 'the channel is gone' WHERE name <> 'console'"
    await talk.store.write(lambda tx: tx.run(sleep))
    await talk("ada", "/group move #focus", channel=None)
    assert await talk.rows("SELECT asleep FROM groups WHERE name = 'Study hall'") == [(None,)]


async def test_whoever_presses_join_in_the_old_channel_is_told_where_to_go(talk: Talk) -> None:
    await talk("ada", "/group move #focus", channel="hall")
    heard = await talk("cy", "/group join", channel="hall")
    assert heard == "Study hall now meets in #focus. Join it there."
    await talk("ada", "/group move #owls", channel="focus")
    assert await talk("cy", "/group join", channel="hall") == "Study hall now meets in #owls. Join it there."
    await talk("ada", "/group move #hall", channel="owls")
    assert not (await talk("cy", "/group join", channel="hall")).is_wrong
    await talk("ada", "/group end", channel="hall")
    await talk.press("ada", "End the group", channel="hall")
    assert "no group" in await talk("dan", "/group join", channel="focus")


async def test_another_group_can_start_where_it_was(talk: Talk) -> None:
    await talk("ada", "/group move #focus", channel="hall")
    await talk("ada", "/group start name: Larks", channel="hall")
    assert not (await talk("cy", "/group join", channel="hall")).is_wrong


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("#hall", "Study hall meets in #hall already."),
        ("#nowhere", "I don't see a channel “#nowhere” here.\nFor example: /group move #focus"),
        ("#taken", "#taken has a group already. Two can't share a channel."),
        ("#abroad", "Study hall can only move to a channel of its own server or workspace."),
    ],
)
async def test_where_it_cannot_go(talk: Talk, words: str, reason: str) -> None:
    talk.channels["#taken"] = NamedChannel(Channel("console", "", "console", "taken"))
    talk.channels["#abroad"] = NamedChannel(Channel("console", "T2", "abroad", "abroad"))
    refused = await talk("ada", f"/group move {words}", channel="hall")
    assert refused == reason
    assert refused.is_wrong
    assert await channel_of(talk) == "hall"


async def test_where_it_may_not_post_it_says_what_to_do_and_keeps_the_channel(talk: Talk) -> None:
    quiet = NamedChannel(Channel("console", "", "quiet", "quiet"), ("Type ", Typed("/invite @tenhours"), " there."))
    talk.channels["#quiet"] = quiet
    asked = await talk("ada", "/group move #quiet", channel="hall")
    assert asked == "I can't post in #quiet yet. Type /invite @tenhours there.\n[Try again]"
    assert await channel_of(talk) == "hall"
    talk.channels["#quiet"] = NamedChannel(quiet.channel)
    assert await talk.press("ada", "Try again", channel="hall") == "Study hall now meets in #quiet."
    assert await channel_of(talk) == "quiet"


async def test_the_form_asks_for_the_channel_and_keeps_what_was_wrong(talk: Talk) -> None:
    assert (await talk("ada", "/group move", channel="hall")).is_form
    sent = talk.request("ada", "hall", "", Via.FORM, "group move", {"channel": "#nowhere"})
    again = Heard.of(await talk.core.handle(sent))
    assert again.form.fields[0].value == "#nowhere"
    assert "I don't see a channel" in again
    sent = talk.request("ada", "hall", "", Via.FORM, "group move", {"channel": "#focus"})
    assert Heard.of(await talk.core.handle(sent)) == "Study hall now meets in #focus."


async def test_only_organisers_move_it(talk: Talk) -> None:
    refused = await talk("bo", "/group move #focus", channel="hall")
    assert refused.is_wrong
    assert (await talk("bo", "/group move", channel="hall")).is_wrong
    assert await channel_of(talk) == "hall"
