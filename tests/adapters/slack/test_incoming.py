"""What is typed and sent, as requests."""

from typing import Any

import pytest

from adapters.slack.commands import find_spec, kept_references, make_line, unescape, usage
from adapters.slack.incoming import Surface, read_press, read_shortcut, read_slash
from bot.chat.request import Channel
from bot.commands.registry import SPECS
from tests.adapters.fake_core import FakeCore
from tests.adapters.slack.conftest import ADA, BOB, TEAM, Site

NAMES = set(SPECS)


@pytest.mark.parametrize(
    ("slash", "text", "line"),
    [
        ("/checkin", "2h30 learned: x", "checkin 2h30 learned: x"),
        ("/checkin", "", "checkin"),
        ("/checkin", " Help ", "guide checkin"),
        ("/checkin", "help me learn", "checkin help me learn"),
        ("/tenhours", "", "guide"),
        ("/tenhours", "help", "guide"),
        ("/tenhours", "help streak", "guide streak"),
        ("/tenhours", "group start help", "guide group start"),
        ("/tenhours", "Group Start", "Group Start"),
        ("/tenhours", "nonsense help", "nonsense help"),
        ("/TENHOURS", "streak", "streak"),
    ],
)
def test_lines(slash: str, text: str, line: str) -> None:
    assert make_line(slash, text, NAMES) == line


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("&amp;lt; &copy;", "&lt; &copy;"),
        ("<@U1|ada> and <@U2> and <@U3>", "@Ada and @Bob and @U3"),
        ("<@U4|eve>", "@eve"),
        ("<#C1|general> <#C2>", "#general #C2"),
        ("<!channel> <!subteam^S1|@team>", "@channel @@team"),
        ("<https://example.org|example.org> <https://example.org>", "https://example.org https://example.org"),
    ],
)
def test_escapes_are_undone(sent: str, typed: str) -> None:
    assert unescape(sent, {"U1": "Ada", "U2": "Bob"}) == typed


def test_people_can_stay_references() -> None:
    assert unescape("progress <@U1|ada> &amp;", {}, kept="@") == "progress <@U1|ada> &"
    assert kept_references(find_spec("progress x", SPECS)) == {"@"}
    assert kept_references(find_spec("group move x", SPECS)) == {"#"}
    assert not kept_references(find_spec("checkin x", SPECS))
    assert not kept_references(find_spec("", SPECS))
    assert find_spec("group start x", SPECS) is SPECS["group start"]


def test_usage_is_short() -> None:
    assert usage(SPECS["checkin"]) == "time [area] [learned] [day]"


def slash(**more: str) -> dict[str, Any]:
    return {"command": "/checkin", "text": "2h", "user_id": "U1", "channel_id": "C1", "channel_name": "general", **more}


def test_the_id_stays_equal_in_a_redelivery() -> None:
    def make_id(body: dict[str, Any], envelope: str) -> str:
        return read_slash(body, "T1", envelope, NAMES).id

    assert make_id(slash(trigger_id="1.2"), "e1") == make_id(slash(trigger_id="1.2"), "e2")
    assert make_id(slash(trigger_id="1.2"), "e1") != make_id(slash(trigger_id="1.3"), "e1")
    assert make_id(slash(), "e1") == make_id(slash(), "e1")
    assert make_id(slash(), "e1") != make_id(slash(), "e2")
    assert make_id(slash(), "") != make_id(slash(), "")


async def test_a_direct_message_has_no_channel(site: Site, core: FakeCore) -> None:
    await site.member().slash("/progress", channel="DUADA")
    await site.member().slash("/progress")
    direct, public = core.requests
    assert direct.channel == Channel("slack", TEAM, None)
    assert public.channel == Channel("slack", TEAM, "C1", "c1")


def press(**more: Any) -> dict[str, Any]:
    action = {"action_id": "press:0", "value": "undo?checkin=3"}
    return {"user": {"id": "U1"}, "channel": {"id": "C1"}, "trigger_id": "1.2", "actions": [action], **more}


@pytest.mark.parametrize(
    ("more", "is_shared"),
    [
        ({"container": {"is_ephemeral": True}}, False),
        ({"container": {"is_ephemeral": False}}, True),
        ({"message": {"ts": "1"}}, True),
        ({}, False),
        ({"message": {"ts": "1"}, "channel": {"id": "D1"}}, False),
        ({"view": {"type": "home", "id": "V1"}, "channel": None}, False),
    ],
)
def test_whether_others_see_the_message(more: dict[str, Any], is_shared: bool) -> None:
    pressed = read_press(press(**more), "T1", "e")
    assert pressed.is_shared == is_shared
    assert (pressed.command, pressed.options) == ("undo", {"checkin": "3"})


def test_where_it_was_pressed() -> None:
    assert read_press(press(view={"type": "home", "id": "V1"}), "T1", "e").surface is Surface.HOME
    assert read_press(press(view={"type": "modal", "id": "V1"}), "T1", "e").surface is Surface.MODAL
    assert read_press(press(), "T1", "e").surface is Surface.MESSAGE
    assert read_press({"user": {"id": "U1"}}, "T1", "e").command == ""


def test_a_message_to_log_is_kept_as_slack_has_it() -> None:
    body = {"user": {"id": "U1"}, "message": {"text": "<@U2> &amp;"}, "channel": {"id": "C1"}}
    shortcut = read_shortcut(body, "T1", "e")
    assert shortcut.note == "<@U2> &amp;"
    assert shortcut.has_message
    assert not read_shortcut({"user": {"id": "U1"}}, "T1", "e").has_message


async def test_a_private_channel_is_called_by_its_name(site: Site, core: FakeCore) -> None:
    team = site.slack.world.workspaces[TEAM]
    for channel, name in (("G1", "den"), ("G2", "attic")):
        team.add_channel(channel, ADA)
        team.private.add(channel)
        team.names[channel] = name
        for _ in range(2):
            await site.member(channel=channel).slash("/progress")
    assert [request.channel.name for request in core.requests] == ["den", "den", "attic", "attic"]
    assert len(site.slack.api.called("conversations.info")) == 2


async def test_a_private_channel_that_the_app_is_not_in_has_no_name(site: Site, core: FakeCore) -> None:
    team = site.slack.world.workspaces[TEAM]
    team.add_channel("G1", ADA, bot=False)
    team.private.add("G1")
    await site.member(channel="G1").slash("/progress")
    assert (core.last.channel.id, core.last.channel.name) == ("G1", "")


@pytest.mark.parametrize("name", ["mpdm-ada--bob-1", "privategroup"])
async def test_a_group_direct_message_is_no_channel_for_a_group(real: Site, name: str) -> None:
    team = real.slack.world.workspaces[TEAM]
    team.add_channel("G1", ADA, BOB, bot=False)
    team.group_messages.add("G1")
    team.names["G1"] = name
    if name == "privategroup":
        team.private.add("G1")
        team.channels["G1"].add(team.bot)
    ada = real.member(channel="G1")
    await ada.slash("/tenhours group start")
    assert ada.view is not None
    assert next(block["block_id"] for block in ada.view["blocks"] if block["type"] == "input") == "channel"
