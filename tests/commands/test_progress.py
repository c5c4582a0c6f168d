"""`progress` as a conversation: one's own card, what others may see of it, and who is not there."""

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.chat.card import Bar, Picture
from bot.chat.chart import WeekBars
from tests.talk import Talk


async def hide(talk: Talk, who: str, group: int = 1) -> None:
    person = await talk.person(who)
    await talk.store.write(
        lambda tx: tx.run(
            "UPDATE members SET is_hidden = TRUE WHERE person_id = :id AND group_id = :group", id=person.id, group=group
        )
    )


async def test_ones_own_card(talk: Talk, snapshot: SnapshotAssertion) -> None:
    await talk("ada", "/checkin 11h statistics")
    talk.advance(weeks=1, days=1)
    await talk("ada", "/checkin 2h30 mathematics day: yesterday")
    await talk("ada", "/checkin 1h")
    heard = await talk("ada", "/progress")
    assert str(heard) == snapshot
    assert not heard.is_public
    picture = next(block for block in heard.card.blocks if isinstance(block, Picture))
    assert picture.chart == WeekBars("12–18 Jan", (150, 60, 0, 0, 0, 0, 0), 600, 1)


async def test_before_the_first_check_in(talk: Talk) -> None:
    heard = await talk("ada", "/progress")
    assert "Your week, streak and hours will stand here. They begin with your first check-in." in heard
    assert heard.labels == ["Check in"]


async def test_a_week_with_nothing_in_it_has_no_bar_and_no_picture(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.advance(weeks=1)
    heard = await talk("ada", "/progress")
    assert "Nothing logged yet this week.\n10 h to go, about 1 h 30 a day." in heard
    assert not any(isinstance(block, Picture | Bar) for block in heard.card.blocks)


async def test_it_leads_on_to_the_rest(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", "/progress")
    for label in ("Streak", "Weeks", "Areas", "Road", "Journal", "Focus"):
        assert not (await talk.press("ada", label)).is_wrong


async def test_shown_to_everyone_it_says_whose_and_has_no_buttons(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", "/progress")
    heard = await talk.press("ada", "Post it here")
    assert heard.is_public
    assert heard.card.title == "Ada's progress · 5–11 Jan"
    assert heard.labels == []


async def test_of_another_only_week_streak_and_weeks_kept(talk: Talk, snapshot: SnapshotAssertion) -> None:
    await talk("ada", "/checkin 1h")
    await talk("bo", "/checkin 11h statistics learned: secrets")
    heard = await talk("ada", "/progress @bo")
    assert str(heard) == snapshot
    assert not heard.is_public
    assert not (await talk.command("ada", "progress", member="bo", everyone="yes")).is_public


@pytest.mark.parametrize("typed", ["bo", "Bo", "@BO", "<@bo>", "<@!bo>", "<@bo|Bo>"])
async def test_a_member_is_found_by_name_or_mention(talk: Talk, typed: str) -> None:
    await talk.join("ada", "bo")
    assert "Bo's progress" in await talk("ada", f"/progress {typed}")


async def test_the_id_goes_before_the_name(talk: Talk) -> None:
    talk.names = {"100": "Bo", "200": "100"}
    await talk.join("ada", "100", "200")
    assert "Bo's progress" in await talk.command("ada", "progress", member="100")


async def test_a_name_of_any_script_is_found(talk: Talk) -> None:
    talk.names = {"o": "Ömer"}
    await talk.join("ada", "o")
    assert "Ömer's progress" in await talk("ada", "/progress ömer")


async def test_two_of_one_name_are_distinguished_by_a_mention(talk: Talk) -> None:
    talk.names = {"y": "Zed", "z": "Zed"}
    await talk.join("ada", "y", "z")
    assert "There are 2 members called “zed” here; pick one by a mention." in await talk("ada", "/progress zed")
    assert "Zed's progress" in await talk("ada", "/progress <@z>")


async def test_a_hidden_member_is_as_one_who_is_not_there(talk: Talk) -> None:
    await talk.join("ada", "bo")
    await talk("bo", "/checkin 5h")
    nobody = [await talk("ada", f"/progress {typed}") for typed in ("zoe", "<@zoe>")]
    await hide(talk, "bo")
    for typed, of_nobody in zip(("bo", "<@bo>"), nobody, strict=True):
        heard = await talk("ada", f"/progress {typed}")
        assert heard.is_wrong
        assert heard.replace("“bo”", "“zoe”") == of_nobody
        assert "@" not in heard


async def test_a_hidden_member_sees_their_own_and_cannot_show_it(talk: Talk) -> None:
    await talk("bo", "/checkin 5h")
    answer = await talk("bo", "/progress")
    await hide(talk, "bo")
    for heard in (await talk("bo", "/progress"), await talk("bo", "/progress bo")):
        assert heard.card.title == "Your progress · 5–11 Jan"
        assert "Post it here" not in heard.labels
    pressed = answer.button("Post it here")
    heard = await talk.command("bo", pressed.command, **pressed.options)
    assert not heard.is_public
    heard = await talk.command("bo", pressed.command, channel="elsewhere", **pressed.options)
    assert not heard.is_public


async def test_hidden_in_one_group_one_may_show_oneself_in_another(talk: Talk) -> None:
    await talk.start_group("other", members=["bo"])
    await talk("bo", "/checkin 1h")
    await hide(talk, "bo")
    await talk("bo", "/progress", channel="other")
    assert (await talk.press("bo", "Post it here", channel="other")).is_public


async def test_who_left_is_not_found(talk: Talk) -> None:
    await talk.join("ada", "bo")
    await talk.store.write(lambda tx: tx.run("UPDATE members SET left_at = 1 WHERE person_id = 2"))
    assert "I don't see a member “bo” here." in await talk("ada", "/progress bo")
    assert "You are not in console yet." in await talk("bo", "/progress ada")


async def test_members_of_other_groups_are_not_found(talk: Talk) -> None:
    await talk.start_group("other", members=["cy"])
    await talk.join("ada")
    for typed in ("cy", "<@cy>", "<@nobody>"):
        assert "I don't see a member" in await talk("ada", f"/progress {typed}")
    assert "You are not in other yet." in await talk("ada", "/progress cy", channel="other")
    heard = await talk.command("ada", "progress", channel=None, member="cy", group="2")
    assert heard.is_wrong
    assert "not one of yours" in heard


async def test_in_a_direct_message_the_only_group_is_meant_and_nothing_can_be_shown(talk: Talk) -> None:
    await talk.join("ada", "bo")
    heard = await talk("ada", "/progress bo", channel=None)
    assert "Bo's progress" in heard
    assert heard.labels == []
    assert "Post it here" not in (await talk("ada", "/progress", channel=None)).labels


async def test_with_several_groups_a_direct_message_asks_which(talk: Talk) -> None:
    await talk.start_group("other", members=["ada"])
    await talk.join("ada", "bo")
    assert "Which group do you mean?" in await talk("ada", "/progress bo", channel=None)
    assert "Bo's progress" in await talk.press("ada", "console", channel=None)


async def test_a_groups_data_is_shown_in_its_own_channel_alone(talk: Talk) -> None:
    await talk.start_group("other", members=["ada"])
    await talk.join("ada", "bo")
    heard = await talk.command("ada", "progress", channel="other", member="bo", group="1", everyone="yes")
    assert "Bo's progress" in heard
    assert not heard.is_public


async def test_somebody_without_a_group_cannot_look_at_others(talk: Talk) -> None:
    heard = await talk("zoe", "/progress ada", channel=None)
    assert "there is no group in this one" in heard


async def test_a_week_that_ended_short_can_still_be_kept(talk: Talk) -> None:
    await talk("ada", "/checkin 8h30")
    talk.at("2026-01-12T09:00")
    line = "Last week: 8 h 30; 1 h 30 more by {} keeps it."
    assert line.format("the end of Tuesday") in await talk("ada", "/progress")
    talk.at("2026-01-13T23:59")
    heard = await talk("ada", "/progress")
    assert line.format("tonight") in heard
    assert heard.button("Log for last week").options == {"day": "2026-01-11"}
    talk.at("2026-01-14T00:00")
    assert "Last week" not in await talk("ada", "/progress")


async def test_one_who_is_away_reads_until_when(talk: Talk) -> None:
    await talk("ada", "/pause until: 2026-01-20")
    heard = await talk("ada", "/progress")
    assert "Away until Tue 20 Jan." in heard
    await talk.press("ada", "I'm back")
    assert "Away until" not in await talk("ada", "/progress")


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (45, "45 min on the road to 1,040 h"),
        (62_400, "1,040 h on the road to 1,560 h"),
        (124_799, "2,079 h on the road to 2,080 h"),
        (150_000, "2,500 h on the road to 2,600 h"),
        (156_000, "2,600 h"),
    ],
)
async def test_the_road(talk: Talk, minutes: int, expected: str) -> None:
    await talk("ada", "/checkin 1h")
    await talk.store.write(lambda tx: tx.run("UPDATE people SET total_minutes = :minutes", minutes=minutes))
    assert f"In all: {expected}\n" in await talk("ada", "/progress")


async def test_areas_and_the_rest(talk: Talk) -> None:
    await talk("ada", "/checkin 1h statistics")
    await talk("ada", "/checkin 2h mathematics")
    await talk("ada", "/checkin 3h")
    assert "In all: 6 h on the road to 1,040 h\nAreas in all: Mathematics 2 h, Statistics 1 h, other 3 h" in await talk(
        "ada", "/progress"
    )


@pytest.mark.parametrize("typed", ["@", "x" * 81])
async def test_a_member_needs_a_name(talk: Talk, typed: str) -> None:
    await talk.join("ada")
    assert "Name a member with a mention or by their name." in await talk.command("ada", "progress", member=typed)


async def test_a_week_that_has_closed_meanwhile_is_judged_before_it_is_shown(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.at("2026-01-21T00:00")
    assert "1 of 1 week kept · 1 saved" in await talk("ada", "/progress")
    assert await talk.rows("SELECT closed_week FROM people") == [("2026-01-12",)]


async def test_what_lasts_gives_way_to_a_week_that_is_still_open(talk: Talk) -> None:
    await talk("ada", "/checkin 2h30 statistics")
    for days in (7, 7):
        talk.advance(days=days)
        await talk("ada", "/checkin 7h machine learning")
    talk.advance(days=7)
    await talk("ada", "/focus start Linear algebra done right hours: 60")
    await talk("ada", "/checkin 2h30 statistics")
    heard = await talk("ada", "/progress")
    assert "Log for last week" in heard.labels
    assert "Focus: Linear algebra done right" in heard
    assert "Areas in all" not in heard
    talk.advance(days=3)
    assert "Areas in all: Machine Learning 14 h, Statistics 5 h" in await talk("ada", "/progress")
