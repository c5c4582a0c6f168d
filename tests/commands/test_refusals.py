"""The table of refusals: each says what to do by the right word, and what it calls an example would be taken.

*For example* stands before a line that is taken as it is, *Did you mean* before what is nearly right, *Try* before
another command. What every other test meets is held to the same by tests/cards.
"""

import pytest

from bot.chat.plain import plain_text
from tests.talk import Heard, Talk

EXAMPLE, TRY = "For example: ", "Try: "
WITH_EXAMPLE = (
    "/checkin 25h",
    "/checkin 0",
    "/checkin -1h statistics",
    "/checkin 2h day: tomorrow",
    "/checkin 2h 15 days ago",
    "/checkin 2h last week",
    "/checkin a few hours",
    "/checkin 2h Fri 21 Nov",
    "/edit time: 25h",
    "/edit day: 2020-01-01",
    "/edit day: 2020-01-01 time: 20",
    "/undo first",
    "/goal 0",
    "/goal 101",
    "/goal lots",
    "/pause soon",
    "/pause for 53 weeks",
    "/pause sunday from: 2020-01-01",
    "/timezone GMT+2",
    "/timezone Atlantis",
    "/reminders how: loudly",
    "/reminders nudge: someday",
    "/reminders nudge: thu 25:00",
    "/history 0",
    "/history some",
    "/journal period: the day after",
    "/leaderboard period: luck",
    "/leaderboard by: luck",
    "/focus start Algebra hours: many",
    "/group settings lines: loud",
    "/group settings goal: 0",
    "/group settings zone: Atlantis",
    "/group schedule results someday",
    "/group schedule digest fri 9:00",
    "/group areas rename: Statistics",
    "/group organisers add: @",
    "/progress @",
)
TO_TRY = (
    ("/undo", "/checkin 45m"),
    ("/edit", "/checkin 45m"),
    ("/resume", "/pause until: sunday"),
    ("/timer stop", "/timer start"),
    ("/focus finish", "/focus start Linear algebra hours: 80"),
    ("/progress zoe", "/group join"),
    ("/group hide", "/group join"),
    ("/guide nothing of that kind", "/guide"),
)
NEARLY_RIGHT = (
    ("/checkin 2h statistcs", "Statistics", "2 h · Statistics"),
    ("/timezone Berln", "Berlin", "Europe/Berlin"),
    ("/reminders how: chanel", "Channel", "in the channel of Owls"),
    ("/guide chekin", "/checkin", "Log what you studied."),
    ("/chekin 2h", "Check in 2h", "2 h of 10 h"),
    ("/goal 480", "8 h", "8 h"),
)


@pytest.fixture
async def talk(talk: Talk) -> Talk:
    """Ada organises the group of the channel `owls`, where she speaks."""
    talk.starters = {"ada"}
    talk.at("2026-11-23T12:00")
    await talk("ada", "/group start name: Owls", channel="owls")
    return talk


def leads(heard: Heard) -> list[str]:
    return [line for line in heard.splitlines() if line.startswith((EXAMPLE, TRY))]


@pytest.mark.parametrize("line", WITH_EXAMPLE)
async def test_what_a_refusal_calls_an_example_is_taken(talk: Talk, line: str) -> None:
    await talk("ada", "/group join", channel="owls")
    await talk("ada", "/checkin 1h", channel="owls")
    refused = await talk("ada", line, channel="owls")
    assert refused.is_wrong
    [lead] = leads(refused)
    assert lead.startswith(EXAMPLE), refused
    taken = await talk("ada", lead.removeprefix(EXAMPLE), channel="owls")
    assert EXAMPLE not in taken, f"{lead}: {taken}"


@pytest.mark.parametrize(("line", "other"), TO_TRY)
async def test_another_command_is_something_to_try(talk: Talk, line: str, other: str) -> None:
    refused = await talk("ada", line, channel="owls")
    assert refused.is_wrong
    assert leads(refused) == [f"{TRY}{other}"]


@pytest.mark.parametrize(("line", "label", "outcome"), NEARLY_RIGHT)
async def test_what_is_nearly_right_is_a_button(talk: Talk, line: str, label: str, outcome: str) -> None:
    await talk("ada", "/group join", channel="owls")
    asked = await talk("ada", line, channel="owls")
    assert "Did you mean " in asked
    assert leads(asked) == []
    assert outcome in await talk.press("ada", label, channel="owls")


@pytest.mark.parametrize("hours", ["13", "17", "20", "23"])
async def test_a_bare_number_is_asked_about_only_where_it_can_be_both(talk: Talk, hours: str) -> None:
    asked = await talk("ada", f"/checkin {hours}", channel="owls")
    assert asked == f"{hours} hours or {hours} minutes?\n[{hours} h] [{hours} min]"


@pytest.mark.parametrize(("typed", "minutes"), [("90", 90), ("25", 25), ("12", 720), ("1440", 1440)])
async def test_what_a_number_cannot_be_is_not_asked(talk: Talk, typed: str, minutes: int) -> None:
    heard = await talk("ada", f"/checkin {typed}", channel=None)
    if heard.labels[0].startswith("Yes"):
        heard = await talk.press("ada", heard.labels[0], channel=None)
    assert await talk.rows("SELECT minutes FROM checkins") == [(minutes,)]


async def test_what_the_day_has_no_room_for_is_not_offered(talk: Talk) -> None:
    await talk("ada", "/checkin 10h", channel=None)
    assert "20 min" in await talk("ada", "/checkin 20", channel=None)
    assert "20 hours or 20 minutes?" in await talk("ada", "/checkin 20 day: yesterday", channel=None)
    await talk("ada", "/undo", channel=None)
    await talk("ada", "/checkin 5h day: yesterday", channel=None)
    assert "20 min for yesterday" in await talk("ada", "/checkin 20 yesterday", channel=None)
    assert await talk.rows("SELECT minutes FROM checkins WHERE undone_at IS NULL ORDER BY id") == [
        (600,),
        (300,),
        (20,),
    ]


async def test_of_a_change_the_day_without_it_has_to_have_room(talk: Talk) -> None:
    await talk("ada", "/checkin 10h", channel=None)
    await talk("ada", "/checkin 1h", channel=None)
    assert "20 hours or 20 minutes?" in await talk("ada", "/edit #1 time: 20", channel=None)
    await talk("ada", "/edit #2 time: 20", channel=None)
    assert await talk.rows("SELECT minutes FROM checkins ORDER BY id") == [(600,), (20,)]
    await talk("ada", "/checkin 2h day: yesterday", channel=None)
    assert "20 hours or 20 minutes?" in await talk("ada", "/edit #1 time: 20 day: yesterday", channel=None)


async def test_a_full_day_refuses_the_number_instead_of_asking(talk: Talk) -> None:
    long = await talk("ada", "/checkin 1440", channel=None)
    await talk.press("ada", long.labels[0], channel=None)
    refused = await talk("ada", "/checkin 20", channel=None)
    assert "Today already has 24 h; with 20 min more it would pass 24 hours." in refused
    assert refused.is_wrong


async def test_a_timer_is_not_asked_about_more_than_it_ran(talk: Talk) -> None:
    await talk("ada", "/timer start", channel=None)
    talk.advance(hours=5)
    await talk("ada", "/timer stop", channel=None)
    await talk.press("ada", "Another time", channel=None)
    await talk.fill("ada", channel=None, time="20")
    assert await talk.rows("SELECT minutes FROM checkins") == [(20,)]


async def test_all_errors_of_a_form_are_said_at_once_and_what_was_typed_stays(talk: Talk) -> None:
    await talk("ada", "/checkin", channel="owls")
    again = await talk.fill("ada", channel="owls", time=" ", area="", learned="bayes", day="someday")
    said = {field.name: plain_text(field.error) for field in again.form.fields if field.error}
    assert said == {
        "time": "An answer is needed here. For example: 2h30",
        "day": "I can't read “someday” as a day. For example: yesterday",
    }
    assert {field.name: field.value for field in again.form.fields}["learned"] == "bayes"


async def test_in_a_form_an_example_is_no_line_to_type(talk: Talk) -> None:
    await talk("ada", "/group areas", channel="owls")
    await talk.press("ada", "Change…", channel="owls")
    again = await talk.fill("ada", channel="owls", rename="Statistics")
    said = [plain_text(field.error) for field in again.form.fields if field.error]
    assert said == ["Renaming takes two names: the old one and the new one."]
