"""Organisers: named by organisers among the members, and never the last one removed."""

import pytest

from tests.talk import Talk


@pytest.fixture
async def talk(talk: Talk) -> Talk:
    """Ada organises group “Owls” in channel `owls`, bo and cy are members; dee is in `console`."""
    talk.starters = {"ada"}
    await talk("ada", "/group start name: Owls", channel="owls")
    await talk.join("ada", "bo", "cy", channel="owls")
    await talk.join("dee")
    return talk


async def test_anyone_here_sees_them_but_only_organisers_may_change(talk: Talk) -> None:
    heard = await talk("bo", "/group organisers", channel="owls")
    assert heard == "Organisers of Owls\nAda"
    refused = await talk("bo", "/group organisers add: bo", channel="owls")
    assert refused.is_wrong
    assert (await talk("ada", "/group organisers", channel="owls")).labels == ["Change…"]


async def test_one_is_named_and_can_then_run_the_group(talk: Talk) -> None:
    heard = await talk("ada", "/group organisers add: @Bo", channel="owls")
    assert "Bo is an organiser now." in heard
    assert not (await talk("bo", "/group settings", channel="owls")).is_wrong
    assert "Ada isn't an organiser any more." in await talk("bo", "/group organisers remove: ada", channel="owls")
    assert (await talk("ada", "/group settings", channel="owls")).is_wrong


async def test_the_last_one_stays(talk: Talk) -> None:
    refused = await talk("ada", "/group organisers remove: ada", channel="owls")
    assert refused.is_wrong
    assert "Ada is the only organiser" in refused


async def test_the_place_can_be_handed_over_at_once(talk: Talk) -> None:
    heard = await talk("ada", "/group organisers add: bo remove: ada", channel="owls")
    assert "Organisers of Owls\nBo is an organiser now.\nAda isn't an organiser any more.\nBo" in heard


async def test_the_form_names_one(talk: Talk) -> None:
    await talk("ada", "/group organisers", channel="owls")
    await talk.press("ada", "Change…", channel="owls")
    wrong = await talk.fill("ada", channel="owls", add="nobody")
    assert [field.name for field in wrong.form.fields if field.error] == ["add"]
    assert "Cy is an organiser now." in await talk.fill("ada", channel="owls", add="cy")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("add: zoe", "Owls has no member “zoe”"),
        ("add: dee", "Owls has no member “dee”"),
        ("add: <@dee>", "Owls has no member of that name"),
        ("add: #999", "Owls has no member “#999”"),
        ("add: ada", "Ada is already an organiser"),
        ("remove: bo", "Bo isn't an organiser of Owls"),
        ("add: @", "Name a member with"),
    ],
)
async def test_who_cannot_be_meant(talk: Talk, line: str, expected: str) -> None:
    refused = await talk("ada", f"/group organisers {line}", channel="owls")
    assert refused.is_wrong
    assert expected in refused
    assert await talk("bo", "/group organisers", channel="owls") == "Organisers of Owls\nAda"


async def test_a_member_of_another_group_is_not_found_by_number(talk: Talk) -> None:
    dee = await talk.person("dee")
    refused = await talk("ada", f"/group organisers add: #{dee.id}", channel="owls")
    assert refused.is_wrong
    assert "Dee" not in refused


async def test_a_mention_finds_a_member(talk: Talk) -> None:
    assert "Bo is an organiser now." in await talk("ada", "/group organisers add: <@bo>", channel="owls")


async def test_two_of_one_name_are_distinguished_by_number(talk: Talk) -> None:
    talk.names = {"bo": "Sam", "cy": "Sam"}
    for member in ("bo", "cy"):
        await talk(member, "/reminders", channel="owls")
    refused = await talk("ada", "/group organisers add: sam", channel="owls")
    cy = await talk.person("cy")
    assert "2 members are called Sam" in refused
    assert f"#{cy.id} (joined today)" in refused
    await talk("ada", f"/group organisers add: #{cy.id}", channel="owls")
    assert not (await talk("cy", "/group settings", channel="owls")).is_wrong
    assert (await talk("bo", "/group settings", channel="owls")).is_wrong


async def test_who_started_it_need_not_be_a_member(talk: Talk) -> None:
    talk.starters = {"eve"}
    await talk("eve", "/group start name: Larks", channel="larks")
    assert (await talk("eve", "/group settings", channel=None)).startswith("Larks")
    await talk.press("eve", "Change…", channel=None)
    assert "Name: Doves" in await talk.fill("eve", channel=None, name="Doves")
    await talk.join("bo", channel="larks")
    heard = await talk("eve", "/group organisers add: bo remove: eve", channel="larks")
    assert "Bo is an organiser now.\nEve isn't an organiser any more." in heard
    [(larks,)] = await talk.rows("SELECT id FROM groups WHERE channel = 'larks'")
    refused = await talk.command("eve", "group settings", channel=None, group=str(larks))
    assert "That group is not one of yours" in refused


async def test_a_stranger_in_the_channel_sees_nobody(talk: Talk) -> None:
    for who in ("zoe", "dee"):
        refused = await talk(who, "/group organisers", channel="owls")
        assert refused.is_wrong
        assert "You are not in Owls yet." in refused
        assert "/group organisers" not in await talk(who, "/group settings", channel="owls")
    await talk("cy", "/group leave", channel="owls")
    assert "Ada" not in await talk("cy", "/group organisers", channel="owls")


async def test_a_hidden_organiser_is_seen_by_organisers_alone(talk: Talk) -> None:
    await talk("ada", "/group hide", channel="owls")
    assert await talk("bo", "/group organisers", channel="owls") == (
        "Organisers of Owls\nNo organiser shows their name here."
    )
    await talk("ada", "/group organisers add: bo", channel="owls")
    assert await talk("cy", "/group organisers", channel="owls") == "Organisers of Owls\nBo"
    assert "Ada, Bo" in await talk("bo", "/group organisers", channel="owls")
