"""Starting a group: the form can be sent unchanged, and only who may starts one."""

import pytest

from bot.chat.plain import plain_text
from tests.talk import Talk

ROOM = "study"


@pytest.fixture
def talk(talk: Talk) -> Talk:
    talk.starters = {"ada"}
    return talk


async def test_the_form_comes_filled_in_and_can_be_sent_unchanged(talk: Talk) -> None:
    talk.zones["ada"] = "Europe/Berlin"
    question = await talk("ada", "/group start", channel=ROOM)
    assert {field.name: field.value for field in question.form.fields} == {
        "name": "study",
        "zone": "Europe/Berlin",
        "goal": "10 h",
        "lastcall": "sun 15:00",
        "results": "mon 09:00",
    }
    started = await talk.fill("ada", channel=ROOM)
    assert started.is_public
    assert started.startswith("The study group study is open.\nStudy 10 hours from Monday to Sunday and log them")
    assert "Last call Sunday 15:00, results Monday 9:00 (Berlin time)." in started
    assert started.labels == ["Join", "Check in"]


async def test_who_starts_it_is_organiser_and_joins_like_anyone(talk: Talk) -> None:
    await talk("ada", "/group start name: Night owls", channel=ROOM)
    assert "Ada" in await talk("ada", "/group organisers", channel=ROOM)
    assert await talk.rows("SELECT 1 FROM members") == []
    assert "Welcome to Night owls." in await talk.press("ada", "Join", channel=ROOM)


async def test_what_is_given_holds_from_the_start(talk: Talk) -> None:
    await talk("ada", "/group start Night owls zone: Tokyo goal: 7h30 lastcall: off results: tue 8:30", channel=ROOM)
    settings = await talk("ada", "/group settings", channel=ROOM)
    assert settings.startswith("Night owls\nTime zone: Asia/Tokyo\nGoal for new members: 7 h 30 a week")
    assert "Results: Tue 08:30, next Tue 13 Jan 08:30" in settings
    assert "Last call: off" in settings
    assert "Daily digest: off" in settings


async def test_a_group_that_begins_early_on_monday_has_no_results_that_day(talk: Talk) -> None:
    talk.at("2026-01-05T07:00")
    await talk("ada", "/group start name: Owls", channel=ROOM)
    moved = await talk("ada", "/group settings zone: New York", channel=ROOM)
    assert "Results: Mon 09:00, next Mon 12 Jan 09:00" in moved


async def test_a_group_that_begins_on_sunday_has_results_on_monday(talk: Talk) -> None:
    talk.at("2026-01-11T20:00")
    await talk("ada", "/group start name: Owls", channel=ROOM)
    assert "Results: Mon 09:00, next Mon 12 Jan 09:00" in await talk("ada", "/group settings", channel=ROOM)


async def test_only_who_may_manage_the_channel_starts_one(talk: Talk) -> None:
    refused = await talk("bo", "/group start", channel=ROOM)
    assert refused.is_wrong
    assert "Only someone who may manage this channel" in refused
    forged = await talk.command("bo", "group start", channel=ROOM, name="Mine")
    assert forged.is_wrong
    assert await talk.rows("SELECT 1 FROM groups WHERE channel = :room", room=ROOM) == []


async def test_a_form_sent_after_the_right_was_lost_starts_nothing(talk: Talk) -> None:
    await talk("ada", "/group start", channel=ROOM)
    talk.starters.clear()
    assert (await talk.fill("ada", channel=ROOM)).is_wrong
    assert await talk.rows("SELECT 1 FROM groups WHERE channel = :room", room=ROOM) == []


async def test_a_direct_message_is_no_place_for_a_group(talk: Talk) -> None:
    refused = await talk("ada", "/group start", channel=None)
    assert refused.is_wrong
    assert "direct message" in refused
    assert (await talk("ada", "/group start name: Mine", channel=None)).is_wrong


@pytest.mark.parametrize("line", ["/group start", "/group start name: Another"])
async def test_a_second_start_says_there_is_one(talk: Talk, line: str) -> None:
    await talk("ada", "/group start name: Night owls", channel=ROOM)
    again = await talk("bo", line, channel=ROOM)
    assert "There's already a group here: Night owls" in again
    assert again.is_wrong
    assert not again.is_public
    await talk.press("ada", "Join", channel=ROOM)
    assert "Welcome to Night owls." in await talk.press("bo", "Join", channel=ROOM)
    mine = await talk("ada", line, channel=ROOM)
    assert "you are in it" in mine
    assert len(await talk.rows("SELECT 1 FROM groups WHERE channel = :room", room=ROOM)) == 1


async def test_a_group_of_ones_own_elsewhere_does_not_stand_for_this_channel(talk: Talk) -> None:
    await talk("ada", "/group start name: First", channel=ROOM)
    await talk("ada", "/group join", channel=ROOM)
    [(first,)] = await talk.rows("SELECT id FROM groups WHERE channel = :room", room=ROOM)
    second = await talk.command("ada", "group start", channel="other", name="Second", group=str(first))
    assert "The study group Second is open." in second


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("name", "x" * 81, "Your name has 81 characters; 80 fit."),
        ("zone", "Atlantis", "I don't know a time zone “Atlantis”"),
        ("goal", "0", "a goal is at least 1 hour"),
        ("goal", "101", "a goal is at most 100 hours"),
        ("lastcall", "someday", "someday"),
        ("results", "mon 25:00", "25:00"),
    ],
)
async def test_a_wrong_field_comes_back_with_a_sentence(talk: Talk, field: str, value: str, expected: str) -> None:
    await talk("ada", "/group start", channel=ROOM)
    again = await talk.fill("ada", channel=ROOM, **{field: value})
    assert again.is_wrong
    [refused] = [form_field for form_field in again.form.fields if form_field.error]
    assert (refused.name, refused.value) == (field, value)
    assert expected in plain_text(refused.error)
    assert (await talk.fill("ada", channel=ROOM, **{field: ""})).is_public


async def test_a_channel_without_a_name_makes_a_group_with_one(talk: Talk) -> None:
    question = await talk("ada", "/group start", channel="#")
    assert question.form.fields[0].value == "Study group"


async def test_a_sleeping_group_wakes_when_it_is_started_again(talk: Talk) -> None:
    await talk("ada", "/group start name: Night owls", channel=ROOM)
    await talk.store.write(lambda tx: tx.run("UPDATE groups SET asleep = 'the bot was removed'"))
    talk.advance(weeks=3)
    assert "I can't post to the channel: the bot was removed." in await talk("ada", "/group settings", channel=ROOM)
    assert "is awake again" in await talk("ada", "/group start", channel=ROOM)
    assert "next Mon 2 Feb 09:00" in await talk("ada", "/group settings", channel=ROOM)


async def test_a_member_without_rights_wakes_nothing(talk: Talk) -> None:
    await talk("ada", "/group start name: Night owls", channel=ROOM)
    await talk.store.write(lambda tx: tx.run("UPDATE groups SET asleep = 'the bot was removed'"))
    assert "already" in await talk("bo", "/group start", channel=ROOM)
    assert await talk.rows("SELECT asleep FROM groups WHERE channel = :room", room=ROOM) == [("the bot was removed",)]


@pytest.mark.parametrize(("people", "is_asked"), [(0, False), (50, False), (51, True)])
async def test_among_more_than_fifty_people_it_is_asked_first(talk: Talk, people: int, is_asked: bool) -> None:
    talk.people[ROOM] = people
    answer = await talk("ada", "/group start name: Owls goal: 5", channel=ROOM)
    assert ("#study has 51 people. Start a group there?" in answer) is is_asked
    assert len(await talk.rows("SELECT 1 FROM groups WHERE name = 'Owls'")) == (not is_asked)
    if is_asked:
        await talk.press("ada", "Start the group", channel=ROOM)
    expected = "card" if is_asked else "each"
    assert await talk.rows("SELECT goal, lines FROM groups WHERE name = 'Owls'") == [(300, expected)]
