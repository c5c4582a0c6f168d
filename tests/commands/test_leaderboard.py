"""`leaderboard` as a conversation: capped shares, ties that skip, pages, and who is not on it."""

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.chat.card import Actions, Menu, Picture, Table
from bot.chat.chart import BoardBars, BoardRow
from bot.store import running_sums
from bot.store.tx import Tx
from tests.talk import Heard, Talk


def table(heard: Heard) -> Table:
    return next(block for block in heard.card.blocks if isinstance(block, Table))


def bars(heard: Heard) -> BoardBars:
    [picture] = [block for block in heard.card.blocks if isinstance(block, Picture)]
    assert isinstance(picture.chart, BoardBars)
    return picture.chart


def ranks(heard: Heard) -> list[tuple[int, str]]:
    """Return rank and name of each row, as the picture or the table has them."""
    if any(isinstance(block, Picture) for block in heard.card.blocks):
        return [(row.rank, row.name) for row in bars(heard).rows]
    cells = [row[0].split(". ") for row in table(heard).rows if row[0] != "…"]
    return [(int(rank), name) for rank, name in cells]


def buttons(heard: Heard) -> list[str]:
    """Return the labels of buttons without those of the menu."""
    return [button.label for block in heard.card.blocks if isinstance(block, Actions) for button in block.buttons]


async def four(talk: Talk) -> None:
    """Three keep the week, one far above the goal; Dee keeps half of it."""
    for who, time in (("bo", "10h"), ("cy", "14h"), ("dee", "5h"), ("ada", "10h")):
        await talk(who, f"/checkin {time}")


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
    assert bars(heard).rows[0] == BoardRow(1, "Ada", 600, 600)


async def test_the_table_of_another_figure(talk: Talk, snapshot: SnapshotAssertion) -> None:
    await four(talk)
    heard = await talk("dee", "/leaderboard by: hours")
    assert str(heard) == snapshot
    assert ranks(heard) == [(1, "Cy"), (2, "Ada"), (2, "Bo"), (4, "Dee")]
    assert table(heard).marked == 3


async def test_within_a_rank_those_come_first_who_kept_most_of_the_last_weeks(talk: Talk) -> None:
    await talk("cy", "/checkin 10h")
    talk.advance(weeks=1)
    await four(talk)
    heard = await talk("ada", "/leaderboard")
    assert ranks(heard) == [(1, "Cy"), (1, "Ada"), (1, "Bo"), (4, "Dee")]
    assert ranks(await talk("ada", "/leaderboard by: streak"))[:2] == [(1, "Cy"), (2, "Ada")]
    heard = await talk("ada", "/leaderboard by: consistency")
    assert "2 of 12" in heard
    assert not any(isinstance(block, Picture) for block in heard.card.blocks)


async def test_shares_are_of_ones_own_goal_which_stands_beside_the_hours(talk: Talk) -> None:
    await talk("ada", "/goal 4")
    await talk("ada", "/checkin 3h")
    await talk("bo", "/checkin 7h")
    heard = await talk("ada", "/leaderboard")
    assert ranks(heard) == [(1, "Ada"), (2, "Bo")]
    assert "On the way: you 3 h of 4 h, Bo 7 h" in heard
    assert "75 % of 4 h" in await talk("ada", "/leaderboard month")


async def test_a_week_kept_with_fewer_hours_than_the_groups_goal_says_so(talk: Talk) -> None:
    await talk("ada", "/goal 5")
    await talk("ada", "/checkin 5h10")
    await talk("bo", "/goal 12")
    await talk("bo", "/checkin 13h")
    await talk("cy", "/group join")
    heard = await talk("cy", "/leaderboard")
    assert "Kept ✓ Ada (5 h 10 of 5 h), Bo" in heard
    assert "5 h 10 of 5 h ✓" in await talk("cy", "/leaderboard by: hours")


async def test_ones_own_week_comes_first(talk: Talk) -> None:
    await four(talk)
    assert (await talk("dee", "/leaderboard")).card.title == "5 h, 5 h to go"
    assert (await talk("cy", "/leaderboard")).card.title == "14 h, kept ✓"
    talk.advance(weeks=1)
    assert (await talk("dee", "/leaderboard last week")).card.title == "5 h last week, 5 h short"
    assert (await talk("cy", "/leaderboard last week")).card.title == "14 h last week, kept ✓"


async def test_who_has_logged_nothing_is_in_no_row_and_only_counted_for_the_asker(talk: Talk) -> None:
    await four(talk)
    talk.advance(weeks=1)
    await talk("ada", "/checkin 1h")
    heard = await talk("ada", "/leaderboard")
    assert ranks(heard) == [(1, "Ada")]
    assert "3 haven't logged yet. Only you see this line." in heard
    posted = await talk.press("ada", "Post it here")
    assert "logged yet" not in posted
    await talk("bo", "/checkin 1h")
    own = await talk("cy", "/leaderboard")
    assert "1 hasn't logged yet." in own
    assert "You aren't on this board yet: a check-in puts you there." in own


async def test_who_undid_all_of_it_is_in_no_row(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", "/undo")
    heard = await talk("ada", "/leaderboard")
    assert heard.startswith("Nobody has logged time this week yet.")
    assert buttons(heard) == ["Check in"]


async def test_a_hundred_percent_stands_only_where_the_goal_was_reached(talk: Talk) -> None:
    await talk("ada", "/checkin 9h59")
    assert "99 % of 10 h" in await talk("ada", "/leaderboard by: hours")


def _study_since_december(tx: Tx) -> None:
    """Let Ada be a member for long, with an hour in two weeks of December."""
    tx.run("UPDATE members SET joined_at = 0, first_week = 0")
    for monday, number in (("2025-12-29", 2921), ("2025-12-01", 2917)):
        sql = "INSERT INTO weeks (person_id, monday, minutes, number, counted, goal) VALUES (1, :day, 60, :n, 60, 600)"
        tx.run(sql, day=monday, n=number)
    running_sums.renew(tx, 1, "")


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("by: streak", "5–11 Jan"),
        ("week by: streak", "5–11 Jan"),
        ("this week by: hours", "5–11 Jan"),
        ("last week by: hours", "29 Dec – 4 Jan"),
        ("Last-Week hours", "29 Dec – 4 Jan"),
        ("month", "January 2026"),
        ("this month by hours", "January 2026"),
        ("last month", "December 2025"),
        ("year by: share", "2026"),
        ("last year", "2025"),
        ("all", "all time"),
        ("all time", "all time"),
        ("hours", "5–11 Jan"),
    ],
)
async def test_periods(talk: Talk, typed: str, title: str) -> None:
    await talk("ada", "/checkin 1h")
    await talk.store.write(_study_since_december)
    assert (await talk("ada", f"/leaderboard {typed}")).card.title == f"console · {title}"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "period: luck",
            "“luck” is no period: choose this week, last week, this month, last month, this year, last year",
        ),
        ("by: luck", "I can't rank by “luck”: choose share, hours, streak or consistency."),
        ("by: s", "I can't rank by “s”"),
        ("period: 2026", "“2026” is no period"),
    ],
)
async def test_wrong_input(talk: Talk, typed: str, sentence: str) -> None:
    await talk.join("ada")
    heard = await talk("ada", f"/leaderboard {typed}")
    assert heard.is_wrong
    assert sentence in heard


async def test_another_board_is_picked_from_a_menu_in_place(talk: Talk) -> None:
    await four(talk)
    talk.advance(weeks=1)
    await talk("ada", "/checkin 1h")
    await talk("ada", "/leaderboard")
    last = await talk.press("ada", "Last week")
    assert last.is_in_place
    assert last.card.title == "10 h last week, kept ✓"
    by_hours = await talk.press("ada", "By hours")
    assert by_hours.is_in_place
    assert ranks(by_hours)[0] == (1, "Cy")
    assert by_hours.card.title == "console · 5–11 Jan"
    [menu] = [block for block in by_hours.card.blocks if isinstance(block, Menu)]
    assert menu.chosen is not None
    assert menu.buttons[menu.chosen].label == "By hours"
    back = await talk.press("ada", "This week")
    assert back.card.title == "1 h, 9 h to go"


async def test_last_week_counts_what_was_valid_when_it_closed(talk: Talk) -> None:
    await talk("ada", "/checkin 6h")
    await talk("bo", "/checkin 5h")
    talk.at("2026-01-14T09:00")
    await talk("ada", "/checkin 4h day: 2026-01-05")
    heard = await talk("bo", "/leaderboard last week by: hours")
    assert [row[1:] for row in table(heard).rows] == [("6 h", "60 % of 10 h"), ("5 h", "50 % of 10 h")]


async def test_the_mean_of_the_weeks_that_began_while_a_member(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.advance(weeks=1, days=1)
    await talk("bo", "/checkin 10h")
    talk.advance(weeks=1)
    await talk("ada", "/checkin 5h")
    await talk("bo", "/checkin 6h")
    heard = await talk("ada", "/leaderboard month")
    assert table(heard).rows == (("1. Bo", "60 % of 10 h", "6 h"), ("2. Ada", "50 % of 10 h", "15 h"))


async def test_one_who_joined_later_reads_why(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    talk.advance(weeks=1, days=1)
    await talk("bo", "/checkin 1h")
    for period in ("last week", "month"):
        assert "it has the weeks that began after you joined" in await talk("bo", f"/leaderboard {period}")
    assert ranks(await talk("bo", "/leaderboard")) == [(1, "Ada"), (1, "Bo")][1:]


async def test_a_month_before_its_first_monday_is_a_sentence_and_leads_on(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    talk.at("2026-02-01T09:00")
    heard = await talk("ada", "/leaderboard month")
    assert heard.startswith("This board starts with its first Monday, 2 February.")
    assert (await talk.press("ada", "Last month")).card.title == "console · January 2026"
    talk.at("2027-01-02T09:00")
    await talk("ada", "/checkin 1h")
    assert "its first Monday, 4 January." in await talk("ada", "/leaderboard year")


async def test_a_board_with_nobody_says_how_it_begins(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    talk.advance(weeks=1)
    heard = await talk("ada", "/leaderboard")
    assert heard.startswith("Nobody has logged time this week yet. The first check-in opens the board.")
    assert "Together" not in heard
    assert buttons(heard) == ["Check in"]
    talk.advance(weeks=1)
    assert (await talk("ada", "/leaderboard last week")).startswith("Nobody logged time last week.")
    assert "Nobody logged time last week." in await talk("ada", "/leaderboard last week")
    assert "Nobody has logged time in the weeks of this board: 2025." in await talk("ada", "/leaderboard last year")


async def test_resting_members_come_back_by_a_check_in(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("bo", "/checkin 1h")
    talk.advance(weeks=3)
    await talk("ada", "/checkin 1h")
    talk.advance(weeks=1)
    await talk("ada", "/checkin 1h")
    heard = await talk("bo", "/leaderboard")
    assert ranks(heard) == [(1, "Ada")]
    assert "You've been resting since your last check-in" in heard
    assert "; 0 of 1 have kept the week." in heard
    await talk("bo", "/checkin 2h")
    assert ranks(await talk("bo", "/leaderboard")) == [(1, "Bo"), (2, "Ada")]


async def test_a_practice_week_an_absence_and_a_saved_week_are_no_failures_in_the_count(talk: Talk) -> None:
    await talk("ada", "/checkin 5h")
    assert "Together 5 hours." in await talk("ada", "/leaderboard")
    await talk("bo", "/checkin 10h")
    assert "Together 15 of 10 hours; 1 of 1 has kept the week." in await talk("ada", "/leaderboard")
    talk.advance(weeks=1)
    await talk("bo", "/checkin 2h")
    await talk("ada", "/checkin 1h")
    assert "Together 3 of 20 hours; 0 of 2 have kept the week." in await talk("ada", "/leaderboard")
    await talk("ada", "/pause sun")
    assert "Together 3 of 10 hours; 0 of 1 have kept the week." in await talk("ada", "/leaderboard")
    talk.advance(weeks=1, days=2)
    assert "Together 3 hours · 1 saved." in await talk("ada", "/leaderboard last week")
    await talk("cy", "/checkin 10h")


async def test_a_goal_above_twice_the_groups_counts_as_twice(talk: Talk) -> None:
    await talk("ada", "/goal 40")
    await talk("ada", "/checkin 24h")
    await talk.press("ada", "Yes, count 24 h")
    await talk("bo", "/checkin 10h")
    talk.advance(weeks=1)
    await talk("ada", "/checkin 24h")
    await talk.press("ada", "Yes, count 24 h")
    assert "Together 24 of 30 hours; 0 of 2 have kept the week." in await talk("ada", "/leaderboard")


async def test_hidden_members_are_on_no_board_and_answered_privately(talk: Talk) -> None:
    await four(talk)
    answer = await talk("cy", "/leaderboard")
    await set_member(talk, "cy", "is_hidden", True)
    heard = await talk("ada", "/leaderboard")
    assert "Cy" not in heard
    assert "Together 25 of 20 hours; 2 of 2 have kept the week." in heard
    own = await talk("cy", "/leaderboard")
    assert "Cy" not in own
    assert "You're hidden in console" in own
    assert buttons(own) == []
    pressed = answer.button("Post it here")
    assert not (await talk.command("cy", pressed.command, **pressed.options)).is_public


async def test_who_left_neither_sees_nor_is_seen(talk: Talk) -> None:
    await four(talk)
    await set_member(talk, "cy", "left_at", 1)
    assert "Cy" not in await talk("ada", "/leaderboard")
    heard = await talk("cy", "/leaderboard")
    assert heard.is_wrong
    assert "You are not in console yet." in heard
