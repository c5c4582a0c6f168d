"""What is typed and sent, as requests."""

from typing import Any

import pytest

from adapters.slack.commands import as_typed, line_of, spec_of, takes_member, usage
from adapters.slack.incoming import Surface, from_press, from_shortcut, from_slash
from bot.chat.request import Channel
from bot.commands.registry import SPECS

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
    assert line_of(slash, text, NAMES) == line


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
    assert as_typed(sent, {"U1": "Ada", "U2": "Bob"}) == typed


def test_people_can_stay_references() -> None:
    assert as_typed("progress <@U1|ada> &amp;", {}, keeps_people=True) == "progress <@U1|ada> &"
    assert takes_member(spec_of("progress x", SPECS))
    assert not takes_member(spec_of("checkin x", SPECS))
    assert not takes_member(spec_of("", SPECS))
    assert spec_of("group start x", SPECS) is SPECS["group start"]


def test_usage_is_short() -> None:
    assert usage(SPECS["checkin"]) == "time [area] [learned] [day]"


def slash(**more: str) -> dict[str, Any]:
    return {"command": "/checkin", "text": "2h", "user_id": "U1", "channel_id": "C1", "channel_name": "general", **more}


def test_the_id_stays_equal_in_a_redelivery() -> None:
    def came(body: dict[str, Any], envelope: str) -> str:
        return from_slash(body, "T1", envelope, NAMES).id

    assert came(slash(trigger_id="1.2"), "e1") == came(slash(trigger_id="1.2"), "e2")
    assert came(slash(trigger_id="1.2"), "e1") != came(slash(trigger_id="1.3"), "e1")
    assert came(slash(), "e1") == came(slash(), "e1")
    assert came(slash(), "e1") != came(slash(), "e2")
    assert came(slash(), "") != came(slash(), "")


def test_a_direct_message_has_no_channel() -> None:
    come = from_slash(slash(channel_id="D1", channel_name="directmessage"), "T1", "e", NAMES)
    assert come.channel == Channel("slack", "T1", None, "directmessage")
    assert from_slash(slash(), "T1", "e", NAMES).channel == Channel("slack", "T1", "C1", "general")


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
    come = from_press(press(**more), "T1", "e")
    assert come.is_shared == is_shared
    assert (come.command, come.options) == ("undo", {"checkin": "3"})


def test_where_it_was_pressed() -> None:
    assert from_press(press(view={"type": "home", "id": "V1"}), "T1", "e").surface is Surface.HOME
    assert from_press(press(view={"type": "modal", "id": "V1"}), "T1", "e").surface is Surface.MODAL
    assert from_press(press(), "T1", "e").surface is Surface.MESSAGE
    assert from_press({"user": {"id": "U1"}}, "T1", "e").command == ""


def test_a_message_to_log_is_kept_as_slack_has_it() -> None:
    come = from_shortcut({"user": {"id": "U1"}, "message": {"text": "<@U2> &amp;"}, "channel": {"id": "C1"}}, "T1", "e")
    assert (come.command, come.note, come.options) == ("checkin", "<@U2> &amp;", {})
    assert come.has_message
    assert not from_shortcut({"user": {"id": "U1"}}, "T1", "e").has_message
