"""*I'm in this week*: a plan that stays private, and a count that others see."""

import pytest

from bot.chat.plain import plain_text
from tests.talk import Talk


@pytest.fixture
async def talk(talk: Talk) -> Talk:
    await talk.join("ada", "bo")
    return talk


async def test_the_plan_is_asked_for_saved_and_quoted_to_oneself(talk: Talk) -> None:
    question = await talk.command("ada", "in")
    assert question.form.title == "I'm in this week"
    heard = await talk.fill("ada", plan="Tue and Thu\nin the library")
    assert heard == "You're in this week.\n> Tue and Thu\n> in the library\n[Check in] [Remind me every week]"
    assert not heard.is_public
    again = await talk.command("ada", "in")
    assert again.form.fields[0].value == "Tue and Thu\nin the library"


async def test_without_a_plan_it_counts_too(talk: Talk) -> None:
    await talk.command("ada", "in")
    assert await talk.fill("ada") == "You're in this week.\n[Check in] [Remind me every week]"
    await talk.command("bo", "in")
    assert "You're in this week. So is one other of console." in await talk.fill("bo", plan="mornings")


async def test_said_again_it_counts_once_and_the_new_plan_holds(talk: Talk) -> None:
    for plan in ("mornings", "", "evenings"):
        await talk.command("ada", "in")
        await talk.fill("ada", plan=plan)
        assert await talk.rows("SELECT plan FROM intentions") == [(plan or None,)]


async def test_who_is_reminded_hears_that_the_last_call_quotes_it(talk: Talk) -> None:
    await talk("ada", "/reminders direct")
    await talk.command("ada", "in")
    heard = await talk.fill("ada", plan="mornings")
    assert "Only you see this; your last call brings it up." in heard
    assert heard.labels == ["Check in"]


async def test_a_last_call_in_the_channel_quotes_nobodys_plan(talk: Talk) -> None:
    await talk("ada", "/reminders channel")
    await talk.command("ada", "in")
    heard = await talk.fill("ada", plan="mornings")
    assert heard.splitlines() == [
        "You're in this week.",
        "> mornings",
        "Only you see this; your last call comes in the channel, without it.",
        "[Check in]",
    ]


async def test_a_plan_has_a_limit(talk: Talk) -> None:
    await talk.command("ada", "in")
    again = await talk.fill("ada", plan="x" * 301)
    assert "300 fit" in plain_text(again.form.fields[0].error)


async def test_it_is_for_members(talk: Talk) -> None:
    refused = await talk.command("cy", "in")
    assert refused.is_wrong
    assert "/group join" in refused
    assert (await talk.command("cy", "in", plan="mornings")).is_wrong
    assert await talk.rows("SELECT 1 FROM intentions") == []


async def test_the_week_is_the_newest_that_has_begun_for_the_group_or_the_person(talk: Talk) -> None:
    talk.zones["ada"] = "Pacific/Auckland"
    await talk.start_group("west", zone="America/Los_Angeles")
    await talk.join("ada", "bo", channel="west")
    talk.at("2026-01-11T20:00")
    await talk.command("ada", "in", channel="west", plan="now")
    await talk.command("bo", "in", channel="west", plan="now")
    assert await talk.rows("SELECT week FROM intentions ORDER BY person_id") == [("2026-01-12",), ("2026-01-05",)]


async def test_leaving_takes_the_plan_away(talk: Talk) -> None:
    await talk.command("ada", "in", plan="mornings")
    await talk("ada", "/group leave")
    assert await talk.rows("SELECT 1 FROM intentions") == []


async def test_the_why_is_saved_changed_and_taken_back(talk: Talk) -> None:
    assert (await talk.command("ada", "why")).form.fields[0].value == ""
    assert "> to build things" in await talk.fill("ada", why="to build things")
    assert (await talk.command("ada", "why")).form.fields[0].value == "to build things"
    assert "500 fit" in plain_text((await talk.fill("ada", why="x" * 501)).form.fields[0].error)
    assert "Your why is gone." in await talk.fill("ada", why="")
    assert (await talk.person("ada")).why is None


async def test_a_post_names_the_week_that_it_was_about(talk: Talk) -> None:
    talk.zones["ada"] = "America/Los_Angeles"
    talk.at("2026-01-12T07:00")
    await talk.command("ada", "in", plan="mornings", week="2026-01-12")
    assert await talk.rows("SELECT week FROM intentions") == [("2026-01-12",)]
    talk.at("2026-01-28T07:00")
    await talk.command("ada", "in", plan="mornings", week="2026-01-12")
    assert await talk.rows("SELECT max(week) FROM intentions") == [("2026-01-26",)]
