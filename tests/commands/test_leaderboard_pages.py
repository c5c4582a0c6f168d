"""A leaderboard that is paged, shown to everyone, or asked for elsewhere: the same message, and the same board."""

import pytest

from tests.commands.test_leaderboard import buttons, four, ranks, set_member, table
from tests.talk import Talk


async def crowd(talk: Talk, count: int) -> None:
    """Members from a00 on, each with less than the one before."""
    for number in range(count):
        await talk(f"a{number:02}", f"/checkin {count - number}m")


async def test_shown_to_everyone(talk: Talk) -> None:
    await four(talk)
    await talk("ada", "/leaderboard by: hours")
    heard = await talk.press("ada", "Post it here")
    assert heard.is_public
    assert not heard.is_in_place
    assert table(heard).marked is None
    assert ranks(heard)[0] == (1, "Cy")
    assert heard.labels == []


async def test_pages_update_the_message_in_place(talk: Talk) -> None:
    await crowd(talk, 25)
    heard = await talk("a00", "/leaderboard")
    assert ranks(heard) == [(n + 1, f"A{n:02}") for n in range(10)]
    assert buttons(heard) == ["More", "Post it here"]
    second = await talk.press("a00", "More")
    assert second.is_in_place
    assert not second.is_public
    assert buttons(second) == ["Back", "More", "Post it here"]
    third = await talk.press("a00", "More")
    assert ranks(third)[-5:] == [(n + 1, f"A{n:02}") for n in range(20, 25)]
    assert buttons(third) == ["Back", "Post it here"]
    assert ranks(await talk.press("a00", "Back"))[-1] == (20, "A19")


async def test_the_asker_stands_with_neighbours(talk: Talk) -> None:
    await crowd(talk, 25)
    heard = await talk("a16", "/leaderboard")
    assert ranks(heard)[9:] == [(10, "A09"), (16, "A15"), (17, "A16"), (18, "A17")]
    assert "A09 16 min, … A15 10 min, you 9 min, A17 8 min and 7 more" in heard
    by_hours = await talk("a16", "/leaderboard by: hours")
    assert [row[0] for row in table(by_hours).rows[9:]] == ["10. A09", "…", "16. A15", "17. A16", "18. A17"]
    assert table(by_hours).marked == 12
    heard = await talk("a10", "/leaderboard")
    assert ranks(heard)[9:] == [(10, "A09"), (11, "A10"), (12, "A11")]
    heard = await talk("a09", "/leaderboard")
    assert ranks(heard)[9:] == [(10, "A09"), (11, "A10")]
    heard = await talk.command("a03", "leaderboard", page="2")
    assert ranks(heard)[:4] == [(3, "A02"), (4, "A03"), (5, "A04"), (21, "A20")]


async def test_neighbours_who_kept_the_week_stand_among_those(talk: Talk) -> None:
    for number in range(14):
        await talk(f"a{number:02}", "/checkin 10h")
    heard = await talk("a12", "/leaderboard")
    assert "A08, A09, … A11, you, A13\n" in heard
    assert "On the way" not in heard
    talk.advance(weeks=1)
    assert "A08, A09 and 4 more\n" in await talk("a00", "/leaderboard last week")


async def test_a_public_board_stays_the_same_on_every_page_for_whoever_presses(talk: Talk) -> None:
    await crowd(talk, 12)
    await talk("a00", "/leaderboard")
    await talk.press("a00", "Post it here")
    heard = await talk.press("a11", "More")
    assert heard.is_public
    assert heard.is_in_place
    assert ranks(heard) == [(11, "A10"), (12, "A11")]
    assert "you" not in heard
    await set_member(talk, "a05", "is_hidden", True)
    back = await talk.press("a05", "Back")
    assert not back.is_public
    assert not back.is_in_place


@pytest.mark.parametrize("page", ["99", "x", "-1", "100000000"])
async def test_a_page_that_is_not_there_is_the_nearest(talk: Talk, page: str) -> None:
    await crowd(talk, 12)
    heard = await talk.command("a00", "leaderboard", page=page)
    assert (12 if page == "99" else 10, "A11" if page == "99" else "A09") in ranks(heard)


async def test_another_groups_board_by_id(talk: Talk) -> None:
    await talk.start_group("other", members=["cy"])
    await talk.join("ada")
    for channel in (None, "console"):
        heard = await talk.command("ada", "leaderboard", channel=channel, group="2")
        assert heard.is_wrong
        assert "Cy" not in heard


async def test_a_board_is_shown_in_its_own_channel_alone(talk: Talk) -> None:
    await talk.start_group("other", members=["ada"])
    await talk("cy", "/checkin 1h", channel="other")
    await talk.join("ada")
    heard = await talk.command("ada", "leaderboard", group="2", everyone="yes")
    assert "Cy" in heard
    assert not heard.is_public


async def test_in_a_direct_message_the_group_is_asked_and_its_pages_remember_it(talk: Talk) -> None:
    await talk.start_group("other", members=["a00"])
    await crowd(talk, 12)
    assert "Which group do you mean?" in await talk("a00", "/leaderboard", channel=None)
    heard = await talk.press("a00", "console", channel=None)
    assert buttons(heard) == ["More"]
    assert (12, "A11") in ranks(await talk.press("a00", "More", channel=None))


async def test_names_are_plain_text_and_cut(talk: Talk) -> None:
    talk.names = {"ada": "<@everyone> " + "x" * 40}
    await talk("ada", "/checkin 1h")
    await talk("bo", "/checkin 1h")
    assert "<@everyone> xxxxxxxxxxxxxxx… 1 h" in await talk("bo", "/leaderboard")
    assert table(await talk("bo", "/leaderboard by: hours")).rows[1][0] == "1. <@everyone> xxxxxxxxxxxxxxx…"
