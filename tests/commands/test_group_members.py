"""Members as organisers see them: last check-in, resting, and removing one."""

import pytest

from bot.commands.group_members import ROWS
from tests.talk import Talk


@pytest.fixture
async def talk(talk: Talk) -> Talk:
    """Ada organises group “Owls” in channel `owls`, bo is a member."""
    talk.starters = {"ada"}
    await talk("ada", "/group start name: Owls", channel="owls")
    await talk.join("bo", channel="owls")
    return talk


def table(heard: str) -> list[list[str]]:
    lines = heard.splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("Member"))
    end = next(index for index, line in enumerate(lines) if line.startswith("Resting:"))
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


async def test_one_is_removed_and_may_come_back(talk: Talk) -> None:
    heard = await talk("ada", "/group members remove: @bo", channel="owls")
    assert "Bo is no member any more." in heard
    assert heard.startswith("Owls: 1 member\n")
    assert "You have joined" not in await talk("bo", "/checkin 1h", channel="owls")
    assert "Welcome back" in await talk("bo", "/group join", channel="owls")


async def test_nobody_is_removed_by_a_name_alone(talk: Talk) -> None:
    refused = await talk("ada", "/group members bo", channel="owls")
    assert refused.is_wrong
    assert refused == "/group members has no place for “bo”.\nFor example: /group members remove: @bo"
    assert "Bo is no member any more." in await talk("ada", "/group members remove bo", channel="owls")


async def test_the_form_removes_one(talk: Talk) -> None:
    await talk("ada", "/group members", channel="owls")
    await talk.press("ada", "Remove…", channel="owls")
    wrong = await talk.fill("ada", channel="owls", remove="nobody")
    assert [field.name for field in wrong.form.fields if field.error] == ["remove"]
    assert "Bo is no member" in await talk.fill("ada", channel="owls", remove="bo")


async def test_oneself_and_the_only_organiser_stay(talk: Talk) -> None:
    assert "That is you" in await talk("ada", "/group members remove: ada", channel="owls")
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
    assert "You are in console already" in await talk("dee", "/group join")


async def test_many_members_come_in_pages(talk: Talk) -> None:
    await talk.join(*(f"m{number:02}" for number in range(ROWS)), channel="owls")
    first = await talk("ada", "/group members", channel="owls")
    assert first.labels == ["Next", "Remove…"]
    assert len(table(first)) == ROWS
    second = await talk.press("ada", "Next", channel="owls")
    assert second.is_in_place
    assert second.labels == ["Previous", "Remove…"]
    assert table(second) == [["M18", "none yet"], ["M19", "none yet"]]
    beyond = await talk.command("ada", "group members", channel="owls", page="99")
    assert beyond == second
    assert await talk.command("ada", "group members", channel="owls", page="nonsense") == first
