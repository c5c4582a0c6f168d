"""Names by place: a group shows what its own server calls somebody, and no other does."""

import pytest
from msgspec import json

from bot.chat.events import ProfileChanged
from bot.chat.request import User
from tests.engines import list_tables
from tests.talk import Heard, Talk


@pytest.fixture
async def talk(talk: Talk) -> Talk:
    """Make the channels `home` and `work` lie on servers of their own, which call Ada each as they like."""
    talk.platform = "discord"
    talk.servers = {"home": "H", "work": "W"}
    talk.nicknames = {("H", "ada"): "Ada (therapy group)", ("W", "ada"): "Dr. Lovelace"}
    talk.starters = {"ada"}
    for channel in ("home", "work"):
        await talk.start_group(channel, members=["ada", "bo"])
    return talk


async def lines(talk: Talk, channel: str) -> str:
    return "\n".join(await talk.posts(channel))


async def everything_shown(talk: Talk, channel: str) -> str:
    """Return all that a group shows of its members."""
    shown: list[Heard] = [await talk("bo", line, channel=channel) for line in ("/leaderboard", "/group organisers")]
    shown += [await talk("ada", line, channel=channel) for line in ("/group members", "/group settings")]
    shown += [
        await talk("ada", "/progress", channel=channel),
        await talk.press("ada", "Post it here", channel=channel),
    ]
    return "\n".join([*shown, await lines(talk, channel)])


async def test_each_group_shows_its_own_servers_name(talk: Talk) -> None:
    for group in (2, 3):
        await talk.store.write(lambda tx, group=group: tx.run("INSERT INTO organisers VALUES (:id, 1)", id=group))  # type: ignore[misc]
    await talk("ada", "/checkin 1h", channel="home")
    await talk("ada", "/checkin 2h", channel="work")
    home, work = await everything_shown(talk, "home"), await everything_shown(talk, "work")
    assert "Ada (therapy group)" in home
    assert "Lovelace" not in home
    assert "Dr. Lovelace" in work
    assert "therapy" not in work


async def test_a_check_in_elsewhere_is_told_to_each_group_by_its_name(talk: Talk) -> None:
    await talk("ada", "/checkin 1h", channel=None)
    assert (await lines(talk, "home")).startswith("Ada (therapy group)")
    assert (await lines(talk, "work")).startswith("Dr. Lovelace")


async def test_a_new_nickname_is_taken_from_a_command_that_only_looks(talk: Talk) -> None:
    await talk("ada", "/checkin 1h", channel="home")
    talk.nicknames["H", "ada"] = "Countess"
    await talk("ada", "/progress", channel="home")
    assert "Countess" in await talk("bo", "/leaderboard", channel="home")
    del talk.nicknames["H", "ada"]
    await talk("ada", "/streak", channel="home")
    assert "Ada's progress" in await talk("bo", "/progress ada", channel="home")
    assert "Dr. Lovelace's progress" in await talk("bo", "/progress dr lovelace", channel="work")


async def test_another_name_of_the_account_shows_where_a_server_has_none(talk: Talk) -> None:
    await talk("bo", "/checkin 1h", channel="home")
    talk.names["bo"] = "Bodhi"
    await talk("bo", "/progress", channel=None)
    assert "Bodhi" in await talk("ada", "/leaderboard", channel="home")
    await talk.core.happened(ProfileChanged(User("discord", "", "bo", "Bobby")))
    assert "Bobby" in await talk("ada", "/leaderboard", channel="work") + await talk(
        "ada", "/leaderboard", channel="home"
    )


async def test_a_member_is_looked_for_among_the_names_of_the_group(talk: Talk) -> None:
    assert "Dr. Lovelace's progress" in await talk("bo", "/progress Dr. Lovelace", channel="work")
    assert (await talk("bo", "/progress Dr. Lovelace", channel="home")).is_wrong
    assert (await talk("bo", "/progress Ada (therapy group)", channel="work")).is_wrong


async def test_accents_may_be_left_out_and_an_exact_name_goes_first(talk: Talk) -> None:
    talk.names |= {"y": "Zoe", "z": "Zoë"}
    await talk.join("y", channel="home")
    await talk.join("z", channel="home")
    assert "Zoe's progress" in await talk("bo", "/progress zoe", channel="home")
    assert "Zoë's progress" in await talk("bo", "/progress ZOË", channel="home")
    talk.names["é"] = "Élodie"
    await talk.join("é", channel="home")
    assert "Élodie's progress" in await talk("bo", "/progress elodie", channel="home")


async def test_names_stand_in_the_order_in_which_people_look_for_them(talk: Talk) -> None:
    talk.names |= {"e": "Élodie", "z": "Zoe", "m": "emil", "2": "Team 2", "10": "Team 10"}
    for who in talk.names:
        await talk(who, "/checkin 10h", channel="home")
    board = await talk("bo", "/leaderboard", channel="home")
    names = ["Élodie", "emil", "Team 2", "Team 10", "Zoe"]
    assert sorted(names, key=board.index) == names
    talk.managers = {"bo"}
    listed = await talk("bo", "/group members", channel="home")
    assert sorted(names, key=listed.index) == names


async def test_somebody_of_two_accounts_has_no_name_where_they_were_not_seen(talk: Talk) -> None:
    await talk.store.write(lambda tx: tx.run("INSERT INTO identities VALUES ('slack', 'T', 'u1', 1)"))
    talk.platform, talk.team, talk.servers = "slack", "T", {}
    group = await talk.start_group("hall")
    sql = "INSERT INTO members (group_id, person_id, joined_at, first_week) VALUES (:id, 1, 0, 0)"
    await talk.store.write(lambda tx: tx.run(sql, id=group.id))
    await talk.join("cy", channel="hall")
    talk.managers = {"cy"}
    assert "someone" in await talk("cy", "/group members", channel="hall")
    talk.names["u1"] = "Ada L."
    await talk("u1", "/progress", channel="hall")
    members = await talk("cy", "/group members", channel="hall")
    assert "Ada L." in members
    assert "someone" not in members


async def test_the_export_has_every_name_and_an_erase_leaves_none(talk: Talk) -> None:
    talk.names["ada"] = "Ada Byron"
    await talk("ada", "/checkin 1h learned: the engine", channel="home")
    await talk("ada", "/checkin 2h", channel="work")
    heard = await talk("ada", "/mydata export", channel=None)
    assert heard.answer is not None
    await talk("ada", "/mydata erase", channel="home")
    await talk.press("ada", "Erase everything", channel="home")
    for table in await talk.store.read(list_tables):
        if table.startswith("journal"):
            continue
        text = json.encode([[str(cell) for cell in row] for row in await talk.rows(f"SELECT * FROM {table}")]).decode()
        assert not any(name in text for name in ("Byron", "Lovelace", "therapy")), table
