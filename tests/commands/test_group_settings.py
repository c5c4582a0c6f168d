"""A group's settings: for organisers of that very group, and each change is said."""

from datetime import UTC, datetime

import pytest

from bot.store import outbox
from tests.talk import Talk


@pytest.fixture
async def talk(talk: Talk) -> Talk:
    """Ada organises group “Owls” in channel `owls`, and bo is a member."""
    talk.starters = {"ada"}
    await talk("ada", "/group start name: Owls", channel="owls")
    await talk.join("ada", "bo", channel="owls")
    return talk


async def test_they_are_shown_with_everything_that_can_be_changed(talk: Talk) -> None:
    heard = await talk("ada", "/group settings", channel="owls")
    assert heard == (
        "Owls\nTime zone: UTC\nGoal for new members: 10 h a week\nThe channel sees: a line for each check-in\n"
        "Members: 2\nOrganisers: Ada\n"
        "Areas: Mathematics, Statistics, Machine Learning, Software Engineering, DevOps, Cloud Systems\n"
        "Results: Mon 09:00, next Mon 12 Jan 09:00\nLast call: Sun 15:00, next Sun 11 Jan 15:00\nDaily digest: off\n"
        "[Change…]\nMore settings: [Posts] [Areas] [Organisers] [Members]"
    )
    for label, title in (("Posts", "Posts of Owls"), ("Areas", "Areas of"), ("Members", "Owls: 2 members")):
        await talk("ada", "/group settings", channel="owls")
        assert (await talk.press("ada", label, channel="owls")).startswith(title)


async def test_change_opens_the_form_filled_in(talk: Talk) -> None:
    await talk("ada", "/group settings", channel="owls")
    question = await talk.press("ada", "Change…", channel="owls")
    assert [field.value for field in question.form.fields] == ["Owls", "UTC", "10 h", "each"]
    unchanged = await talk.fill("ada", channel="owls")
    assert "(was" not in unchanged
    changed = await talk.fill("ada", channel="owls", name="Larks", goal="5")
    assert "Name: Larks (was Owls)." in changed
    assert "Goal for new members: 5 h (was 10 h)." in changed
    await talk("cy", "/checkin 1h", channel="owls")
    assert "Your goal is 5 hours a week" in await talk("dee", "/group join", channel="owls")


async def test_a_new_zone_moves_posts_and_those_who_follow_the_group(talk: Talk) -> None:
    talk.zones["cy"] = None
    await talk("cy", "/group join", channel="owls")
    heard = await talk("ada", "/group settings zone: New York", channel="owls")
    assert "Zone: America/New_York (was UTC)." in heard
    due = await talk.rows("SELECT due_at FROM schedules WHERE kind = 'results'")
    assert due == [(int(datetime(2026, 1, 12, 14, tzinfo=UTC).timestamp() * 1000),)]
    assert (await talk.person("cy")).zone_name == "America/New_York"
    assert (await talk.person("bo")).zone_name == "UTC"


async def test_a_new_zone_takes_nobody_along_whose_first_group_is_another(talk: Talk) -> None:
    talk.zones["cy"] = None
    await talk("cy", "/group join")
    await talk("cy", "/group join", channel="owls")
    await talk("ada", "/group settings zone: Tokyo", channel="owls")
    assert (await talk.person("cy")).zone_name == "UTC"


async def test_a_digest_comes_daily_while_it_is_what_the_channel_sees(talk: Talk) -> None:
    assert "Daily digest: daily at 09:00, next Tue 6 Jan 09:00" in await talk(
        "ada", "/group settings lines: digest", channel="owls"
    )
    await talk("bo", "/checkin 1h", channel="owls")
    assert await talk.posts("owls") == []
    assert "Daily digest: off" in await talk("ada", "/group settings lines: off", channel="owls")
    assert await talk.rows("SELECT due_at FROM schedules WHERE kind = 'digest'") == [(None,)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("none", "nothing of check-ins"),
        ("Nothing", "nothing of check-ins"),
        ("daily", "one digest a day"),
        ("every", "a line for each check-in"),
    ],
)
async def test_what_the_channel_sees_has_several_names(talk: Talk, words: str, expected: str) -> None:
    heard = await talk("ada", f"/group settings lines: {words}", channel="owls")
    assert f"The channel sees: {expected}" in heard


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("zone: Atlantis", "I don't know a time zone"),
        ("goal: plenty", "I can't read “plenty” as hours a week"),
        ("lines: loud", "I can't read “loud” here: choose each, card, digest or off"),
        (f"name: {'x' * 81}", "80 fit"),
    ],
)
async def test_wrong_input_changes_nothing(talk: Talk, line: str, expected: str) -> None:
    before = await talk("ada", "/group settings", channel="owls")
    refused = await talk("ada", f"/group settings {line}", channel="owls")
    assert refused.is_wrong
    assert expected in refused
    assert await talk("ada", "/group settings", channel="owls") == before


async def test_skipped_posts_are_visible(talk: Talk) -> None:
    [(group,)] = await talk.rows("SELECT id FROM groups WHERE channel = 'owls'")
    at = datetime(2026, 1, 4, 9, tzinfo=UTC)
    await talk.store.write(
        lambda tx: outbox.skip(tx, f"results/{group}/2026-W01", int(str(group)), "the bot was not running", at, at)
    )
    heard = await talk("ada", "/group settings", channel="owls")
    assert "Skipped: Results of Sun 4 Jan 09:00 (the bot was not running)." in heard
    talk.managers = {"dee"}
    assert "Skipped" not in await talk("dee", "/group settings")


RUNNING = (
    "group settings",
    "set group",
    "group schedule",
    "set schedule",
    "group areas",
    "set areas",
    "set organisers",
    "group members",
    "set members",
)


@pytest.mark.parametrize("command", RUNNING)
async def test_members_do_not_run_the_group(talk: Talk, command: str) -> None:
    refused = await talk.command("bo", command, channel="owls")
    assert refused.is_wrong
    assert "Only organisers of Owls may do this" in refused


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("group settings", {"name": "Mine"}),
        ("set group", {"name": "Mine"}),
        ("group schedule", {"post": "results", "when": "off"}),
        ("group areas", {"add": "Knitting"}),
        ("group organisers", {"add": "bo"}),
        ("group members", {"remove": "ada"}),
    ],
)
async def test_no_change_is_taken_from_a_member(talk: Talk, command: str, options: dict[str, str]) -> None:
    before = await talk("ada", "/group settings", channel="owls")
    refused = await talk.command("bo", command, channel="owls", **options)
    assert refused.is_wrong
    assert await talk("ada", "/group settings", channel="owls") == before


async def test_who_manages_the_server_runs_its_groups(talk: Talk) -> None:
    talk.managers = {"dee"}
    assert "Name: Larks" in await talk("dee", "/group settings name: Larks", channel="owls")


async def test_who_manages_one_server_runs_no_group_of_another(talk: Talk) -> None:
    """Bo manages server B and is a plain member of group “Owls” on the first one."""
    talk.managers = {"bo"}
    [(owls,)] = await talk.rows("SELECT id FROM groups WHERE channel = 'owls'")
    talk.team = "B"
    # the same person on both, as on Discord, where an identity has no team
    await talk("bo", "/reminders", channel=None)
    await talk.store.write(
        lambda tx: tx.run(
            "UPDATE members SET person_id = (SELECT person_id FROM identities WHERE team = 'B')"
            " WHERE person_id = (SELECT person_id FROM identities WHERE team = '' AND \"user\" = 'bo')"
        )
    )
    refused = await talk.command("bo", "group settings", channel=None, group=str(owls))
    assert refused.is_wrong
    assert "Only organisers of Owls" in refused


async def test_a_direct_message_finds_the_only_group(talk: Talk) -> None:
    heard = await talk("ada", "/group settings", channel=None)
    assert heard.startswith("Owls")
    question = await talk.press("ada", "Change…", channel=None)
    assert question.is_form
    assert "Name: Larks" in await talk.fill("ada", channel=None, name="Larks")


async def test_with_several_groups_the_form_keeps_the_one_that_was_meant(talk: Talk) -> None:
    await talk("ada", "/group start name: Larks", channel="larks")
    await talk("ada", "/group settings", channel=None)
    await talk.press("ada", "Larks", channel=None)
    await talk.press("ada", "Change…", channel=None)
    assert "Goal for new members: 3 h" in await talk.fill("ada", channel=None, goal="3")
    assert "Goal for new members: 10 h" in await talk("ada", "/group settings", channel="owls")
    assert "Goal for new members: 3 h" in await talk("ada", "/group settings", channel="larks")
