"""Members as organisers see them: last check-in, resting, and removing one."""

import pytest

from bot.commands.group_members import ROWS
from tests.talk import Talk


@pytest.fixture
async def talk(talk: Talk) -> Talk:
    """Ada organises group “Owls” in channel `owls`, bo is a member."""
    talk.starters = {"ada"}
    await talk("ada", "/group start name: Owls", channel="owls")
    await talk.join("ada", "bo", channel="owls")
    return talk


def table(heard: str) -> list[list[str]]:
    lines = heard.splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("Member"))
    end = next(index for index, line in enumerate(lines) if line.startswith(("Resting means", "Kept out", "[")))
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in lines[start + 1 : end]]


async def test_last_check_ins_and_who_rests(talk: Talk) -> None:
    await talk("bo", "/checkin 1h", channel="owls")
    talk.advance(weeks=4)
    await talk("ada", "/checkin 1h", channel="owls")
    heard = await talk("ada", "/group members", channel="owls")
    assert heard.startswith("Owls: 2 members")
    assert table(heard) == [["Ada", "today"], ["Bo", "Mon 5 Jan", "resting"]]


async def test_of_hidden_members_only_that_they_are_there(talk: Talk) -> None:
    await talk("bo", "/checkin 1h", channel="owls")
    await talk("bo", "/group hide", channel="owls")
    assert ["Bo", "hidden"] in table(await talk("ada", "/group members", channel="owls"))


async def test_who_is_away_is_seen_by_organisers_and_on_their_progress_never_why(talk: Talk) -> None:
    await talk("bo", "/checkin 1h", channel="owls")
    await talk.join("cy", channel="owls")
    await talk("bo", "/pause until: sun reason: surgery", channel="owls")
    assert ["Bo", "today", "away"] in table(await talk("ada", "/group members", channel="owls"))
    heard = await talk("cy", "/progress bo", channel="owls")
    assert "Bo is away this week." in heard
    assert "surgery" not in heard
    assert "away" not in await talk("cy", "/leaderboard", channel="owls")


async def test_one_is_removed_told_so_and_kept_out_until_let_in(talk: Talk) -> None:
    await talk("bo", "/reminders how: channel", channel="owls")
    heard = await talk("ada", "/group members remove: @bo", channel="owls")
    assert "Bo is out, and can only come back when an organiser lets them in." in heard
    assert heard.startswith("Owls: 1 member\n")
    assert "Out until you let them in: Bo." in heard
    [told] = await talk.posts(None, user="bo")
    assert told == (
        "An organiser took you out of Owls. Your hours and streak are yours.\n"
        "Your reminders came in its channel, so they're off now: /reminders."
    )
    await talk("bo", "/checkin 1h", channel="owls")
    refused = await talk("bo", "/group join", channel="owls")
    assert refused.is_wrong
    assert "Ask one of them to let you in again" in refused
    assert "You are not in Owls yet." in await talk("bo", "/leaderboard", channel="owls")
    heard = await talk("ada", "/group members allow: @bo", channel="owls")
    assert "Bo can join again." in heard
    assert "Kept out" not in heard
    assert "An organiser lets you back into Owls" in (await talk.posts(None, user="bo"))[-1]
    assert "Welcome back" in await talk("bo", "/group join", channel="owls")


@pytest.mark.parametrize("typed", ["bo", "BÓ", "<@bo>", "#2"])
async def test_one_is_let_in_by_name_mention_or_number(talk: Talk, typed: str) -> None:
    await talk("ada", "/group members remove: bo", channel="owls")
    assert "Bo can join again." in await talk("ada", f"/group members allow: {typed}", channel="owls")


async def test_only_who_was_removed_is_let_in(talk: Talk) -> None:
    for typed in ("bo", "zoe", "<@nobody>", "#99"):
        refused = await talk("ada", f"/group members allow: {typed}", channel="owls")
        assert refused.is_wrong
        assert "was taken out of Owls." in refused
    talk.names |= {"y": "Zed", "z": "Zed"}
    for who in ("y", "z"):
        await talk.join(who, channel="owls")
        await talk("ada", f"/group members remove: <@{who}>", channel="owls")
    assert "2 members are called Zed: #" in await talk("ada", "/group members allow: zed", channel="owls")


async def test_who_left_by_themselves_comes_back_when_they_like(talk: Talk) -> None:
    left = await talk("bo", "/group leave", channel="owls")
    assert left.startswith("You've left Owls. It no longer sees you; lines already posted stay.")
    assert "Welcome back" in await talk("bo", "/group join", channel="owls")


async def test_nobody_is_removed_by_a_name_alone(talk: Talk) -> None:
    refused = await talk("ada", "/group members bo", channel="owls")
    assert refused.is_wrong
    assert refused.endswith("For example: /group members remove: @bo")
    assert "Bo is out" in await talk("ada", "/group members remove bo", channel="owls")


async def test_the_form_removes_one_and_lets_one_in(talk: Talk) -> None:
    await talk("ada", "/group members", channel="owls")
    await talk.press("ada", "Remove or let in…", channel="owls")
    wrong = await talk.fill("ada", channel="owls", remove="nobody")
    assert [field.name for field in wrong.form.fields if field.error] == ["remove"]
    assert "Bo is out" in await talk.fill("ada", channel="owls", remove="bo")
    await talk.press("ada", "Remove or let in…", channel="owls")
    assert "Bo can join again." in await talk.fill("ada", channel="owls", allow="bo")


async def test_oneself_and_the_only_organiser_stay(talk: Talk) -> None:
    assert "That's you" in await talk("ada", "/group members remove: ada", channel="owls")
    talk.managers = {"dee"}
    refused = await talk("dee", "/group members remove: ada", channel="owls")
    assert refused.is_wrong
    assert "Ada is the only organiser" in refused


async def test_members_of_other_groups_are_out_of_reach(talk: Talk) -> None:
    await talk.join("dee")
    dee = await talk.person("dee")
    for who in ("dee", "<@dee>", f"#{dee.id}"):
        assert (await talk("ada", f"/group members remove: {who}", channel="owls")).is_wrong
    assert "Dee" not in await talk("ada", "/group members", channel="owls")
    assert "You're in console already" in await talk("dee", "/group join")


async def test_many_members_come_in_pages(talk: Talk) -> None:
    await talk.join(*(f"m{number:02}" for number in range(ROWS)), channel="owls")
    first = await talk("ada", "/group members", channel="owls")
    assert first.labels == ["Next", "Notes", "Remove or let in…"]
    assert len(table(first)) == ROWS
    second = await talk.press("ada", "Next", channel="owls")
    assert second.is_in_place
    assert second.labels == ["Previous", "Notes", "Remove or let in…"]
    assert table(second) == [["M18", "none yet"], ["M19", "none yet"]]
    beyond = await talk.command("ada", "group members", channel="owls", page="99")
    assert beyond == second
    assert await talk.command("ada", "group members", channel="owls", page="nonsense") == first
