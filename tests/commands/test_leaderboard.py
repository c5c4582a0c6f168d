"""`leaderboard` as a conversation: capped shares, ties that skip, pages, and who is not on it."""

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.chat.card import Picture, Table
from bot.chat.chart import BoardBars, BoardRow
from tests.talk import Heard, Talk


def table(heard: Heard) -> Table:
    return next(block for block in heard.card.blocks if isinstance(block, Table))


def ranks(heard: Heard) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in table(heard).rows]


async def four(talk: Talk) -> None:
    """Three keep the week, one far above the goal; Dee keeps half of it."""
    for who, time in (("bo", "10h"), ("cy", "20h"), ("dee", "5h"), ("ada", "10h")):
        await talk(who, f"/checkin {time}")


async def crowd(talk: Talk, count: int) -> None:
    """Members from a00 on, each with less than the one before."""
    for number in range(count):
        await talk(f"a{number:02}", f"/checkin {count - number}m")


async def set_member(talk: Talk, who: str, column: str, value: object) -> None:
    person = await talk.person(who)
    await talk.store.write(
        lambda tx: tx.run(f"UPDATE members SET {column} = :value WHERE person_id = :id", value=value, id=person.id)
    )


async def test_the_card(talk: Talk, snapshot: SnapshotAssertion) -> None:
    await four(talk)
    heard = await talk("dee", "/leaderboard")
    assert str(heard) == snapshot
    assert not heard.is_public
    assert table(heard).marked == 3
    picture = next(block for block in heard.card.blocks if isinstance(block, Picture))
    assert isinstance(picture.chart, BoardBars)
    assert picture.chart.rows[0] == BoardRow(1, "Ada", 600, 600)
    assert (picture.chart.title, picture.chart.subtitle, picture.chart.me) == ("This week", "console · 5–11 Jan", 3)


async def test_ranked_by_hours(talk: Talk) -> None:
    await four(talk)
    heard = await talk("ada", "/leaderboard by: hours")
    assert ranks(heard) == [("1", "Cy"), ("2", "Ada"), ("2", "Bo"), ("4", "Dee")]


async def test_within_a_rank_the_streak_decides(talk: Talk) -> None:
    await talk("cy", "/checkin 10h")
    talk.advance(weeks=1)
    await four(talk)
    heard = await talk("ada", "/leaderboard")
    assert ranks(heard) == [("1", "Cy"), ("1", "Ada"), ("1", "Bo"), ("4", "Dee")]
    assert ranks(await talk("ada", "/leaderboard by: streak"))[:2] == [("1", "Cy"), ("2", "Ada")]
    heard = await talk("ada", "/leaderboard by: consistency")
    assert "2 of 12" in heard
    assert not any(isinstance(block, Picture) for block in heard.card.blocks)


async def test_shares_are_of_ones_own_goal(talk: Talk) -> None:
    await talk("ada", "/goal 4")
    await talk("ada", "/checkin 3h")
    await talk("bo", "/checkin 7h")
    heard = await talk("ada", "/leaderboard")
    assert ranks(heard) == [("1", "Ada"), ("2", "Bo")]
    assert "75 % of 4 h" in heard
    assert "70 % of 10 h" in heard
    assert "Together 10 h of 14 h, 0 of 2 kept the week." in heard


async def test_a_hundred_percent_stands_only_where_the_goal_was_reached(talk: Talk) -> None:
    await talk("ada", "/checkin 9h59")
    assert "99 % of 10 h" in await talk("ada", "/leaderboard")


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("", "This week"),
        ("week", "This week"),
        ("this week", "This week"),
        ("last week", "Last week"),
        ("Last-Week", "Last week"),
        ("month", "January 2026"),
        ("this month by hours", "January 2026"),
        ("year by: share", "2026"),
        ("all", "All time"),
        ("all time", "All time"),
        ("hours", "This week"),
    ],
)
async def test_periods(talk: Talk, typed: str, title: str) -> None:
    await talk("ada", "/checkin 1h")
    assert (await talk("ada", f"/leaderboard {typed}")).card.title == f"Leaderboard · {title}"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("last month", "“last month” is no period; there are this week, last week, month, year, all time."),
        ("by: luck", "I can't rank by “luck”; there are share, hours, streak, consistency."),
        ("by: s", "I can't rank by “s”"),
        ("period: 2026", "“2026” is no period"),
    ],
)
async def test_wrong_input(talk: Talk, typed: str, sentence: str) -> None:
    await talk.join("ada")
    heard = await talk("ada", f"/leaderboard {typed}")
    assert heard.is_wrong
    assert sentence in heard


async def test_last_week_counts_what_was_valid_when_it_closed(talk: Talk) -> None:
    await talk("ada", "/checkin 6h")
    await talk("bo", "/checkin 5h")
    talk.at("2026-01-14T09:00")
    await talk("ada", "/checkin 4h day: 2026-01-05")
    heard = await talk("bo", "/leaderboard last week")
    assert [row[2:4] for row in table(heard).rows] == [("60 % of 10 h", "10 h"), ("50 % of 10 h", "5 h")]
    assert "Together 15 h of 20 h, 0 of 2 kept the week." in heard


async def test_the_mean_of_the_weeks_that_began_while_a_member(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.advance(weeks=1, days=1)
    await talk("bo", "/checkin 10h")
    talk.advance(weeks=1)
    await talk("ada", "/checkin 5h")
    await talk("bo", "/checkin 6h")
    heard = await talk("ada", "/leaderboard month")
    assert [row[1:4] for row in table(heard).rows] == [("Bo", "60 % of 10 h", "6 h"), ("Ada", "50 % of 10 h", "15 h")]


async def test_one_who_joined_later_reads_why(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    talk.advance(weeks=1, days=1)
    await talk("bo", "/checkin 1h")
    assert "You joined too late for this one" in await talk("bo", "/leaderboard last week")
    assert "You joined too late for this one" in await talk("bo", "/leaderboard month")
    assert ranks(await talk("bo", "/leaderboard")) == [("1", "Bo"), ("2", "Ada")]


async def test_a_month_before_its_first_monday_is_a_sentence(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    talk.at("2026-02-01T09:00")
    assert "No week has begun in February yet" in await talk("ada", "/leaderboard month")
    talk.at("2027-01-02T09:00")
    await talk("ada", "/checkin 1h")
    assert "No week has begun in 2027 yet" in await talk("ada", "/leaderboard year")


async def test_a_board_with_nobody_is_a_sentence(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    talk.advance(weeks=5)
    heard = await talk("ada", "/leaderboard")
    assert "There is nobody on this board" in heard
    assert "Together" not in heard
    await talk.start_group("new", members=["bo"])
    talk.advance(days=1)
    await talk.start_group("newer", members=["bo"])
    assert "There is nobody on this board yet" in await talk("bo", "/leaderboard month", channel="newer")


async def test_resting_members_come_back_by_a_check_in(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("bo", "/checkin 1h")
    talk.advance(weeks=3)
    await talk("ada", "/checkin 1h")
    talk.advance(weeks=1)
    heard = await talk("bo", "/leaderboard")
    assert ranks(heard) == [("1", "Ada")]
    assert "You are resting; your next check-in brings you back on the board." in heard
    assert "of 10 h, 0 of 1 kept" in heard
    await talk("bo", "/checkin 2h")
    assert ranks(await talk("bo", "/leaderboard")) == [("1", "Bo"), ("2", "Ada")]


async def test_hidden_members_are_on_no_board_and_answered_privately(talk: Talk) -> None:
    await four(talk)
    answer = await talk("cy", "/leaderboard")
    await set_member(talk, "cy", "is_hidden", True)
    heard = await talk("ada", "/leaderboard")
    assert "Cy" not in heard
    assert "Together 25 h of 30 h, 2 of 3 kept the week." in heard
    own = await talk("cy", "/leaderboard")
    assert "Cy" not in own
    assert "You are hidden" in own
    assert own.labels == []
    pressed = answer.button("Show everyone")
    assert not (await talk.command("cy", pressed.command, **pressed.options)).is_public


async def test_who_left_neither_sees_nor_is_seen(talk: Talk) -> None:
    await four(talk)
    await set_member(talk, "cy", "left_at", 1)
    assert "Cy" not in await talk("ada", "/leaderboard")
    heard = await talk("cy", "/leaderboard")
    assert heard.is_wrong
    assert "You are not in console yet." in heard


async def test_shown_to_everyone(talk: Talk) -> None:
    await four(talk)
    await talk("ada", "/leaderboard by: hours")
    heard = await talk.press("ada", "Show everyone")
    assert heard.is_public
    assert not heard.is_in_place
    assert table(heard).marked is None
    assert ranks(heard)[0] == ("1", "Cy")
    assert heard.labels == []


async def test_pages_update_the_message_in_place(talk: Talk) -> None:
    await crowd(talk, 25)
    heard = await talk("a00", "/leaderboard")
    assert ranks(heard) == [(str(n + 1), f"A{n:02}") for n in range(10)]
    assert heard.labels == ["More", "Show everyone"]
    second = await talk.press("a00", "More")
    assert second.is_in_place
    assert not second.is_public
    assert second.labels == ["Back", "More", "Show everyone"]
    third = await talk.press("a00", "More")
    assert ranks(third)[-5:] == [(str(n + 1), f"A{n:02}") for n in range(20, 25)]
    assert third.labels == ["Back", "Show everyone"]
    assert ranks(await talk.press("a00", "Back"))[-1] == ("20", "A19")


async def test_the_asker_stands_with_neighbours(talk: Talk) -> None:
    await crowd(talk, 25)
    heard = await talk("a16", "/leaderboard")
    assert ranks(heard)[9:] == [("10", "A09"), ("…", "…"), ("16", "A15"), ("17", "A16"), ("18", "A17")]
    assert table(heard).marked == 12
    heard = await talk("a10", "/leaderboard")
    assert ranks(heard)[9:] == [("10", "A09"), ("11", "A10"), ("12", "A11")]
    heard = await talk("a09", "/leaderboard")
    assert ranks(heard)[9:] == [("10", "A09"), ("11", "A10")]
    heard = await talk.command("a03", "leaderboard", page="2")
    assert ranks(heard)[:5] == [("3", "A02"), ("4", "A03"), ("5", "A04"), ("…", "…"), ("21", "A20")]


async def test_a_public_board_stays_the_same_on_every_page_for_whoever_presses(talk: Talk) -> None:
    await crowd(talk, 12)
    await talk("a00", "/leaderboard")
    await talk.press("a00", "Show everyone")
    heard = await talk.press("a11", "More")
    assert heard.is_public
    assert heard.is_in_place
    assert ranks(heard) == [("11", "A10"), ("12", "A11")]
    assert table(heard).marked is None
    await set_member(talk, "a05", "is_hidden", True)
    back = await talk.press("a05", "Back")
    assert not back.is_public
    assert not back.is_in_place


@pytest.mark.parametrize("page", ["99", "x", "-1", "100000000"])
async def test_a_page_that_is_not_there_is_the_nearest(talk: Talk, page: str) -> None:
    await crowd(talk, 12)
    heard = await talk.command("a00", "leaderboard", page=page)
    assert ("12" if page == "99" else "10", "A11" if page == "99" else "A09") in ranks(heard)


async def test_another_groups_board_by_id(talk: Talk) -> None:
    await talk.start_group("other", members=["cy"])
    await talk.join("ada")
    for channel in (None, "console"):
        heard = await talk.command("ada", "leaderboard", channel=channel, group="2")
        assert heard.is_wrong
        assert "Cy" not in heard


async def test_a_board_is_shown_in_its_own_channel_alone(talk: Talk) -> None:
    await talk.start_group("other", members=["ada", "cy"])
    await talk.join("ada")
    heard = await talk.command("ada", "leaderboard", group="2", everyone="yes")
    assert "Cy" in heard
    assert not heard.is_public


async def test_in_a_direct_message_the_group_is_asked_and_its_pages_remember_it(talk: Talk) -> None:
    await talk.start_group("other", members=["a00"])
    await crowd(talk, 12)
    assert "Which group do you mean?" in await talk("a00", "/leaderboard", channel=None)
    heard = await talk.press("a00", "console", channel=None)
    assert heard.labels == ["More"]
    assert ("12", "A11") in ranks(await talk.press("a00", "More", channel=None))


async def test_names_are_plain_text_and_cut(talk: Talk) -> None:
    talk.names = {"ada": "<@everyone> " + "x" * 40}
    await talk("ada", "/checkin 1h")
    [(_, name)] = ranks(await talk("ada", "/leaderboard"))
    assert name == "<@everyone> xxxxxxxxxxxxxxx…"
