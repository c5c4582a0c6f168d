"""What people do on Slack, from the first invitation on, with the real core behind the adapter."""

import asyncio
from datetime import timedelta

import pytest

from bot.clock import StillClock
from bot.delivery.sender import Sender
from bot.store.database import Store
from tests.adapters.slack.conftest import ADA, BOB, CHANNEL, Site
from tests.servers.slack import faults
from tests.servers.slack.api import Fault
from tests.servers.slack.people import Member
from tests.servers.slack.reading import read


async def started(site: Site) -> Member:
    """Let Ada start a group in the channel."""
    ada = site.member()
    await ada.slash("/tenhours group start")
    await ada.fill()
    await site.settle()
    await ada.press("Join")
    await site.settle()
    return ada


def channel_texts(site: Site) -> list[str]:
    return [read(message.blocks, message.text).text for message in site.slack.world.public(CHANNEL)]


async def test_a_check_in_with_text_is_answered_in_private(real: Site) -> None:
    ada = real.member()
    ack = await ada.slash("/checkin 2h30 statistics learned: central limit theorem")
    assert ack is not None
    assert ack["response_type"] == "ephemeral"
    assert "\n" not in ack["text"]
    assert "2 h 30 of 10 h" in ada.texts()[-1]
    assert channel_texts(real) == []


async def test_a_check_in_by_form_keeps_what_was_typed_when_it_was_wrong(real: Site) -> None:
    ada = real.member()
    await ada.slash("/checkin")
    assert ada.view is not None
    assert ada.view["title"]["text"] == "Check in"
    ack = await ada.fill(time="10x", learned="chain rule")
    assert ack is not None
    assert ack["response_action"] == "errors"
    assert "10x" in ada.errors["time"]
    await ada.fill(time="45m")
    await real.settle()
    assert not real.slack.world.views[ADA]
    assert "45 min" in ada.texts()[-1]
    assert "chain rule" in await journal_of(ada)


async def journal_of(member: Member) -> str:
    await member.slash("/tenhours edit")
    assert member.view is not None
    values = [block["element"].get("initial_value", "") for block in member.view["blocks"]]
    member.slack.world.views[member.id].clear()
    return " ".join(values)


async def test_wrong_words_are_answered_in_private(real: Site) -> None:
    ada = real.member()
    ack = await ada.slash("/checkin -1h")
    assert ack is not None
    assert ack["response_type"] == "ephemeral"
    assert channel_texts(real) == []


async def test_the_unit_is_asked_by_buttons_and_the_question_goes(real: Site) -> None:
    ada = real.member()
    await ada.slash("/checkin 20")
    assert "20 hours or 20 minutes?" in ada.texts()[-1]
    await ada.press("20 min")
    await real.settle()
    assert len(ada.texts()) == 1
    assert "20 min" in ada.texts()[0]


async def test_undo_and_put_back(real: Site) -> None:
    ada = real.member()
    await ada.slash("/checkin 2h")
    await ada.press("Undo")
    await real.settle()
    await ada.press("Put back")
    await real.settle()
    assert "2 h this week, 8 h to go." in ada.texts()[-1]


async def test_edit_opens_the_form_filled_in(real: Site) -> None:
    ada = real.member()
    await ada.slash("/checkin 2h statistics")
    await ada.press("Edit")
    assert ada.view is not None
    fields = {block["block_id"]: block["element"] for block in ada.view["blocks"]}
    assert fields["time"]["initial_value"] == "2 h"
    assert fields["area"]["initial_option"]["value"] == "Statistics"
    assert fields["day"]["type"] == "datepicker"
    await ada.fill(time="3h")
    await real.settle()
    assert "3 h" in ada.texts()[-1]


async def test_a_zone_is_searched_for_in_the_form(real: Site) -> None:
    ada = real.member()
    await ada.slash("/tenhours timezone")
    assert "Europe/Lisbon" in await ada.search("zone", "lisb")
    assert await ada.search("zone", "nowhere at all") == []
    await ada.fill(zone="Europe/Lisbon")
    await real.settle()
    assert "Lisbon" in ada.texts()[-1]


async def test_an_organiser_is_picked_in_the_form(real: Site) -> None:
    ada = await started(real)
    await real.member(BOB).slash("/checkin 2h")
    await ada.slash("/tenhours group organisers")
    await ada.press("Change…")
    await ada.fill(add=BOB)
    await real.settle()
    assert "Bob is an organiser now." in ada.texts()[-1]


async def test_in_direct_messages(real: Site) -> None:
    ada = real.member(channel=f"D{ADA}")
    await ada.slash("/checkin 2h")
    await ada.slash("/progress")
    assert "2 h of 10 h" in ada.texts()[-1]
    assert channel_texts(real) == []


async def test_help_is_the_guide(real: Site) -> None:
    ada = real.member()
    for line in ("/tenhours", "/tenhours help", "/checkin help", "/tenhours streak help"):
        await ada.slash(line)
    guide, same, checkin, streak = ada.texts()
    assert guide == same
    assert "checkin" in guide
    assert "checkin" in checkin != guide
    assert "streak" in streak != guide


async def test_from_the_invitation_to_the_second_member(real: Site, store: Store, clock: StillClock) -> None:
    world = real.slack.world
    ada, bob = real.member(), real.member(BOB)
    joined = {"type": "member_joined_channel", "user": world.workspaces["T1"].bot, "channel": CHANNEL, "team": "T1"}
    assert await ada.event(joined) == {}
    sender = Sender(store, clock, real.adapter)
    await sender.send_due()
    assert len(channel_texts(real)) == 1
    await ada.press("Start a group here")
    assert ada.view is not None
    await ada.fill()
    await real.settle()
    assert len(channel_texts(real)) == 2
    await bob.press("Join")
    await real.settle()
    if bob.view is not None:
        await bob.fill()
        await real.settle()
    await bob.slash("/checkin 2h")
    clock.advance(timedelta(minutes=1))
    await sender.send_due()
    assert any("Bob" in text and "2 h" in text for text in channel_texts(real)[2:])


async def test_who_starts_a_group_without_an_invitation_is_told(real: Site) -> None:
    team = real.slack.world.workspaces["T1"]
    team.add_channel("C3", ADA, bot=False)
    ada = real.member(channel="C3")
    await ada.slash("/tenhours group start name: Owls")
    await real.settle()
    assert "/invite @tenhours" in read(real.slack.world.public("C3")[-1].blocks).text
    await real.member(channel="C2").slash("/tenhours group start name: Larks")
    await real.settle()
    assert "/invite" not in read(real.slack.world.public("C2")[-1].blocks).text


async def test_a_group_among_many_people_is_asked_about_and_shows_one_card_a_week(real: Site) -> None:
    real.slack.world.workspaces["T1"].add_channel("C9", ADA, *(f"U{number}" for number in range(60)), name="everyone")
    ada = real.member(channel="C9")
    await ada.slash("/tenhours group start name: Owls")
    assert "#everyone has 62 people. Start a group there?" in ada.texts()[-1]
    assert real.slack.world.public("C9") == []
    await ada.press("Start the group")
    await real.settle()
    assert "The study group Owls is open." in read(real.slack.world.public("C9")[-1].blocks).text
    await ada.slash("/tenhours group settings")
    assert "one card a week" in ada.texts()[-1]


@pytest.mark.parametrize("fault", [faults.error("missing_scope"), faults.status(503)])
async def test_in_doubt_the_app_is_there(real: Site, fault: Fault) -> None:
    real.slack.api.faults["conversations.info"] += [fault, fault]
    await real.member(channel="C2").slash("/tenhours group start name: Larks")
    await real.settle()
    assert "/invite" not in read(real.slack.world.public("C2")[-1].blocks).text


async def test_only_full_members_start_a_group(real: Site) -> None:
    real.slack.world.workspaces["T1"].channels[CHANNEL].add("UEVE")
    eve = real.member("UEVE")
    await eve.slash("/tenhours group start")
    assert eve.view is None
    assert "start a group" in eve.texts()[-1]


async def test_a_board_is_shown_to_everyone_and_turns_its_pages_in_place(real: Site) -> None:
    ada = await started(real)
    team = real.slack.world.workspaces["T1"]
    for number in range(12):
        user = f"UM{number:02}"
        team.add_user(user, f"Member{number:02}")
        team.channels[CHANNEL].add(user)
        await real.member(user).slash("/checkin 2h")
    await ada.slash("/leaderboard")
    private = len(ada.texts())
    await ada.press("More")
    await real.settle()
    assert len(ada.texts()) == private
    before = len(channel_texts(real))
    await ada.press("Post it here")
    await real.settle()
    assert len(channel_texts(real)) == before + 1
    assert "Member" in channel_texts(real)[-1]


async def test_a_member_is_found_by_a_mention(real: Site) -> None:
    ada = await started(real)
    await real.member(BOB).slash("/checkin 4h")
    await ada.slash(f"/progress <@{BOB}|bob>")
    assert "4 h" in ada.texts()[-1]


async def test_hostile_words_ping_nobody(real: Site, store: Store, clock: StillClock) -> None:
    ada = await started(real)
    await ada.slash("/checkin 2h learned: &lt;!channel&gt; <@UBOB|bob> *bold* `code` &amp;")
    await Sender(store, clock, real.adapter).send_due()
    for message in real.slack.world.messages:
        assert read(message.blocks, message.text).pings == set()
    assert any("<!channel> @Bob *bold* `code` &" in text for text in channel_texts(real))


async def test_the_name_and_the_zone_come_from_the_profile(real: Site, store: Store) -> None:
    await real.member().slash("/checkin 2h")
    rows = await store.read(lambda tx: tx.all("SELECT name, zone FROM people"))
    assert [tuple(row) for row in rows] == [("Ada", "Europe/Berlin")]


async def test_who_moves_is_followed_until_they_say_where_they_live(real: Site, store: Store) -> None:
    async def zone() -> str:
        [row] = await store.read(lambda tx: tx.all("SELECT zone FROM people"))
        return str(row[0])

    async def moved_to(zone: str) -> None:
        await ada.event({"type": "user_change", "user": {**real.slack.world.workspaces["T1"].users[ADA], "tz": zone}})

    ada = real.member()
    await ada.slash("/checkin 2h")
    await moved_to("Asia/Tokyo")
    assert await zone() == "Asia/Tokyo"
    await ada.slash("/tenhours timezone Lisbon")
    await moved_to("America/New_York")
    await ada.slash("/checkin 1h")
    assert await zone() == "Europe/Lisbon"


async def test_a_hundred_at_once(real: Site, store: Store) -> None:
    team = real.slack.world.workspaces["T1"]
    people = []
    for number in range(100):
        user = f"UM{number:03}"
        team.add_user(user, f"Member{number:03}")
        team.channels[CHANNEL].add(user)
        people.append(real.member(user))
    acks = await asyncio.gather(*(member.slash("/checkin 2h") for member in people))
    await real.settle()
    assert None not in acks
    assert all("2 h of 10 h" in member.texts()[-1] for member in people)
    [row] = await store.read(lambda tx: tx.all("SELECT count(*) FROM checkins"))
    assert row[0] == 100


async def test_a_focus_from_its_start_to_the_groups_ears(real: Site) -> None:
    ada = await started(real)
    await ada.slash("/tenhours focus start")
    await ada.fill(title="Linear algebra", hours="80")
    await real.settle()
    await ada.slash("/checkin 2h")
    await ada.slash(f"/tenhours focus start Statistics hours: 60 done: {'x' * 400}")
    await ada.press("Finish it")
    assert ada.view is not None
    ack = await ada.fill(explanation="Maps become numbers.\nBases say how.", link="my notes")
    assert ack is not None
    assert "my notes" in ada.errors["link"]
    await ada.fill(link="example.org/svd")
    await real.settle()
    assert "Bases say how." in ada.texts()[-1]
    await ada.press("Tell the group")
    await real.settle()
    assert "will read it" in ada.texts()[-1]
    await ada.press("Start the next one")
    await real.settle()
    assert "count toward Statistics" in ada.texts()[-1]


@pytest.mark.parametrize("words", ["<#C2|focus>", "<#C2>", "#focus", "focus", "channel: #Focus"])
async def test_a_group_moves_to_a_channel_that_is_named(real: Site, words: str) -> None:
    real.slack.world.workspaces["T1"].names["C2"] = "focus"
    ada = await started(real)
    ack = await ada.slash(f"/tenhours group move {words}")
    assert ack is not None
    assert ack["response_type"] == "in_channel"
    assert ack["text"].endswith(" now meets in #focus.")


async def test_what_waits_goes_along_with_a_move_and_what_stands_is_edited(
    real: Site, store: Store, clock: StillClock
) -> None:
    sender = Sender(store, clock, real.adapter)
    ada = await started(real)
    await ada.slash("/checkin 2h")
    await sender.send_due()
    bob = real.member(BOB)
    await bob.slash("/checkin 3h")
    await ada.slash("/tenhours group move <#C2|c2>")
    await ada.slash("/tenhours edit #1 time: 90m")
    for _ in range(3):
        await sender.send_due()
    texts = channel_texts(real)
    assert any(line.startswith("Ada studied 1 h 30") for line in texts)
    assert not any(line.startswith("Bob") for line in texts)
    moved = [read(message.blocks, message.text).text for message in real.slack.world.public("C2")]
    assert any(line.startswith("Bob studied 3 h") for line in moved)
    assert any("now meets in #c2." in line for line in moved)


async def test_a_channel_without_the_app_is_told_with_what_to_do(real: Site) -> None:
    team = real.slack.world.workspaces["T1"]
    team.add_channel("C3", ADA, bot=False, name="quiet")
    ada = await started(real)
    await ada.slash("/tenhours group move <#C3|quiet>")
    assert "I can't post in #quiet yet. Type /invite @tenhours there first." in ada.texts()[-1]
    team.add_channel("C3", ADA, name="quiet")
    await ada.press("Try again")
    await real.settle()
    assert "now meets in #quiet." in channel_texts(real)[-1]


async def test_private_archived_and_unknown_channels_of_a_move(real: Site) -> None:
    team = real.slack.world.workspaces["T1"]
    team.add_channel("C3", ADA, name="old")
    team.archived.add("C3")
    ada = await started(real)
    await ada.slash("/tenhours group move <#C3|old>")
    assert "I can't post in #old yet. It's archived." in ada.texts()[-1]
    await ada.slash("/tenhours group move <#G9|secret>")
    assert "I can't post in #secret yet. Type /invite @tenhours there first." in ada.texts()[-1]
    await ada.slash("/tenhours group move #nowhere")
    assert "I don't see a channel “#nowhere” here." in ada.texts()[-1]
    await ada.slash("/tenhours group move &lt;#C2|c2&gt;")
    assert "I don't see a channel" in ada.texts()[-1]


async def test_the_form_of_a_move_lets_a_channel_be_picked(real: Site) -> None:
    ada = await started(real)
    await ada.slash("/tenhours group move")
    assert ada.view is not None
    assert ada.view["blocks"][0]["element"]["type"] == "conversations_select"
    await ada.fill(channel="C2")
    await real.settle()
    assert "now meets in #c2." in channel_texts(real)[-1]


async def test_quotes_as_a_phone_writes_them_and_a_space_before_a_colon(real: Site, store: Store) -> None:
    await real.member().slash("/checkin “2h” area: “statistics” learned : “chain rule”")
    [row] = await store.read(lambda tx: tx.all("SELECT minutes, area, learned FROM checkins"))
    assert tuple(row) == (120, "Statistics", "chain rule")
