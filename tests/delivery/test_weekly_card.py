"""The weekly card: one message a week, drawn by the planner and edited in place."""

from datetime import timedelta

import pytest

from bot.chat.card import Card
from bot.chat.delivery import PostRefused, RetryLater
from tests.delivery.town import Posted, Town

CARDS = "SELECT key, state FROM outbox WHERE key LIKE 'card/%' ORDER BY key"


@pytest.fixture
async def town(town: Town) -> Town:
    await town.say("ada", "/group settings lines: card")
    return town


def cards(town: Town) -> list[Posted]:
    return [post for post in town.platform.posts if post.key.startswith("card/")]


def rows(card: Posted) -> list[str]:
    """Return the lines between the bar and the buttons."""
    return card.text.splitlines()[2:-1]


async def test_the_first_check_in_of_a_week_posts_it_and_others_edit_it(town: Town) -> None:
    await town.say("ada", "/checkin 2h30 learned: chain rule")
    await town.wait(minutes=5)
    [card] = cards(town)
    assert card.text.splitlines()[1] == "Together 2 hours."
    await town.say("bo", "/checkin 10h")
    await town.wait(minutes=5)
    [card] = cards(town)
    assert card.key == "card/1/2026-W02"
    assert card.text.splitlines() == [
        "console · 5–11 January",
        "12 h of 10 h ▰▰▰▰▰▰▰▰▰▰",
        "Bo 10 h ✓",
        "Ada 2 h 30 · chain rule",
        "[Check in] [I'm in this week] [Join]",
    ]
    assert town.keys("line") == []
    await town.until("2026-01-12T10:00")
    await town.say("ada", "/checkin 1h")
    assert [post.key for post in cards(town)] == ["card/1/2026-W02", "card/1/2026-W03"]


async def test_check_ins_that_come_together_are_one_edit(town: Town) -> None:
    await town.say("ada", "/checkin 1h")
    for who in ("bo", "cy", "di"):
        await town.say(who, "/checkin 1h")
        await town.wait(seconds=10)
    [card] = cards(town)
    assert (len(rows(card)), card.edits) == (1, 0)
    await town.wait(seconds=30)
    assert (len(rows(card)), card.edits) == (4, 1)


async def test_last_week_is_edited_until_it_has_closed_for_all(town: Town) -> None:
    await town.say("ada", "/checkin 1h")
    await town.until("2026-01-13T10:00")
    await town.say("ada", "/checkin 9h day: sun")
    [card] = cards(town)
    assert rows(card) == ["Ada 10 h ✓"]
    await town.until("2026-01-14T00:10")
    await town.say("ada", "/checkin 1h day: sun")
    assert rows(card) == ["Ada 10 h ✓"]


async def test_a_late_entry_alone_brings_no_card_of_last_week(town: Town) -> None:
    await town.until("2026-01-13T10:00")
    await town.say("ada", "/checkin 9h day: sun")
    assert cards(town) == []


async def test_what_is_taken_back_or_changed_changes_the_card(town: Town) -> None:
    await town.say("ada", "/checkin 1h learned: SVD")
    await town.wait(minutes=3)
    await town.say("ada", "/edit time: 2h learned: QR")
    assert rows(cards(town)[0]) == ["Ada 2 h · QR"]
    await town.wait(minutes=3)
    await town.say("ada", "/undo")
    assert rows(cards(town)[0]) == ["Nothing is logged for this week any more."]


async def test_a_goal_below_the_groups_stands_beside_its_tick(town: Town) -> None:
    await town.say("ada", "/checkin 5h10")
    await town.say("ada", "/goal 5h")
    await town.wait(minutes=3)
    await town.say("ada", "/checkin 1m")
    assert rows(cards(town)[0]) == ["Ada 5 h 11 of 5 h ✓"]


async def test_a_note_stands_there_only_if_it_was_written_here(town: Town) -> None:
    await town.say("ada", "/group join")
    await town.talk.start_group("owls", members=["ada"])
    await town.say("ada", "/checkin 1h learned: secret", channel="owls")
    assert rows(cards(town)[0]) == ["Ada 1 h"]


async def test_who_is_hidden_is_not_there_and_twenty_five_are_named(town: Town) -> None:
    for number in range(28):
        await town.talk(f"member{number}", "/checkin 1h")
    await town.say("member1", "/group hide")
    await town.say("ada", "/checkin 1h")
    await town.wait(minutes=3)
    [card] = cards(town)
    assert rows(card)[-1] == "and 3 more"
    assert len(rows(card)) == 26
    assert "Member1 " not in card.text


async def test_a_card_that_was_deleted_is_posted_anew_once(town: Town) -> None:
    async def gone(*_: object) -> None:
        raise PostRefused("Unknown Message")

    edit = town.platform.edit
    await town.say("ada", "/checkin 1h")
    await town.wait(minutes=3)
    town.platform.edit = gone  # type: ignore[method-assign, assignment]
    await town.say("ada", "/checkin 1h")
    await town.wait(seconds=5)
    assert [post.key for post in cards(town)] == ["card/1/2026-W02", "card/1/2026-W02/again"]
    town.platform.edit = edit  # type: ignore[method-assign]
    await town.wait(minutes=3)
    await town.say("ada", "/checkin 1h")
    assert [rows(post) for post in cards(town)] == [["Ada 1 h"], ["Ada 3 h"]]
    town.platform.edit = gone  # type: ignore[method-assign, assignment]
    for _ in range(3):
        await town.wait(minutes=3)
        await town.say("ada", "/checkin 1h")
    assert len(cards(town)) == 2


async def test_an_edit_that_was_overtaken_never_brings_back_what_stood_before(town: Town) -> None:
    await town.say("ada", "/checkin 1h")
    await town.wait(minutes=3)
    edit = town.platform.edit
    shown: list[Card] = []

    async def slow(to: object, ref: object, card: Card) -> None:
        shown.append(card)
        if len(shown) == 1:
            await town.talk("ada", "/checkin 2h")
            town.clock.advance(timedelta(minutes=2))
            await town.app.delivery.tick()
            raise RetryLater("the connection broke", after=300)
        await edit(to, ref, card)  # type: ignore[arg-type]

    town.platform.edit = slow  # type: ignore[method-assign]
    await town.say("ada", "/checkin 1h")
    await town.wait(minutes=10)
    assert rows(cards(town)[0]) == ["Ada 4 h"]


async def test_a_setting_that_changes_ends_it(town: Town) -> None:
    await town.say("ada", "/checkin 1h")
    await town.say("ada", "/group settings lines: none")
    await town.say("ada", "/checkin 1h")
    await town.wait(minutes=5)
    [card] = cards(town)
    assert rows(card) == ["Ada 1 h"]
    assert town.keys("line") == []
