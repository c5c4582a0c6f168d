"""`goal` as a conversation: it changes from next week only, except in the first one."""

import pytest

from tests.talk import Heard, Talk


async def test_shown(talk: Talk) -> None:
    heard = await talk("ada", "/goal")
    assert "Your goal is 10 h a week." in heard
    assert "a change counts at once, up to the end of your first week." in heard
    assert not heard.is_public


async def test_the_groups_goal_is_the_first_one(talk: Talk) -> None:
    await talk.start_group("small", goal=300, members=["ada"])
    await talk.join("ada")
    assert "Your goal is 5 h a week." in await talk("ada", "/goal")


async def test_before_and_in_the_first_week_it_counts_at_once(talk: Talk) -> None:
    assert "Your goal is 8 h a week, from this week on." in await talk("ada", "/goal 8")
    await talk("ada", "/checkin 5h")
    assert "from this week on" in await talk("ada", "/goal 5")
    assert "1 of 1 week kept" in await talk("ada", "/progress")
    assert "from this week on" in await talk("ada", "/goal 7h30")
    assert "2 h 30 to go" in await talk("ada", "/progress")


async def test_later_it_counts_from_next_week(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.advance(weeks=1)
    heard = await talk("ada", "/goal 5")
    assert "Your goal will be 5 h a week from next week (19–25 Jan)." in heard
    assert "This week stays at 10 h" in heard
    assert "5 h of 10 h" in await talk("ada", "/checkin 5h")
    talk.advance(weeks=1)
    assert "Week kept ✓ Streak: 2 weeks" in await talk("ada", "/checkin 5h")


async def test_the_history_and_what_waits(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.advance(weeks=1)
    await talk("ada", "/goal 5")
    assert await talk("ada", "/goal") == (
        "Your goal\n"
        "Your goal is 10 h a week. Your group sees it beside your hours.\n"
        "From next week (19–25 Jan) it's 5 h.\n"
        "From           Goal\n"
        "19–25 Jan       5 h\n"
        "the beginning  10 h\n"
        "Change it with /goal hours: 8; a change counts from next week."
    )
    talk.advance(weeks=1)
    assert "Your goal is 5 h a week." in await talk("ada", "/goal")


async def test_a_new_change_replaces_the_one_that_waits(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.advance(weeks=1)
    await talk("ada", "/goal 5")
    await talk("ada", "/goal 12")
    assert await talk.rows("SELECT minutes, from_week FROM goals ORDER BY id") == [(600, None), (720, "2026-01-19")]


async def test_the_same_goal_drops_what_waits(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.advance(weeks=1)
    await talk("ada", "/goal 5")
    assert "stays at 10 h a week. The change that was waiting is dropped." in await talk("ada", "/goal 10")
    assert "stays at 10 h a week." in await talk("ada", "/goal 10")
    assert await talk.rows("SELECT minutes, from_week FROM goals") == [(600, None)]


async def test_past_weeks_keep_the_goal_they_had(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.advance(weeks=1)
    await talk("ada", "/goal 20")
    talk.advance(weeks=2)
    heard = await talk("ada", "/history")
    assert [" ".join(line.split()) for line in heard.splitlines()[3:7]] == [
        "26 Jan – 1 Feb – 20 h open –",
        "19–25 Jan – 20 h open 1",
        "12–18 Jan – 10 h saved by a freeze 1",
        "5–11 Jan 10 h 10 h kept 1",
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0", "at least 1 hour"),
        ("101", "at most 100 hours"),
        ("-5", "less than nothing"),
        ("lots", "I can't read “lots” as hours a week."),
        ("1e9h", "can't read"),
    ],
)
async def test_wrong_input_changes_nothing(talk: Talk, typed: str, sentence: str) -> None:
    await talk.join("ada")
    heard = await talk("ada", f"/goal {typed}")
    assert heard.is_wrong
    assert sentence in heard
    assert await talk.rows("SELECT minutes FROM goals") == [(600,)]


async def test_a_redelivered_request_changes_it_once(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.advance(weeks=1)
    first = await talk("ada", "/goal 5", request_id="g")
    assert await talk("ada", "/goal 5", request_id="g") == first


async def live_two_weeks(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.advance(weeks=1)


async def offered(talk: Talk, hours: int) -> Heard:
    return await talk.command("ada", "goal", hours=f"{hours}h", week="2026-01-12")


async def test_a_goal_for_this_week_alone(talk: Talk) -> None:
    await live_two_weeks(talk)
    heard = await offered(talk, 3)
    assert heard == "3 h this week. From Monday it's 10 h again. Your group sees the goal beside your hours."
    assert "Week kept ✓ Streak: 2 weeks" in await talk("ada", "/checkin 3h")
    assert "12–18 Jan      3 h, that week alone" in await talk("ada", "/goal")
    assert await talk.rows("SELECT monday, goal FROM weeks ORDER BY 1") == [("2026-01-05", 600), ("2026-01-12", 180)]
    talk.advance(weeks=1)
    assert "1 h of 10 h" in await talk("ada", "/checkin 1h")


async def test_until_tuesday_another_choice_replaces_it_and_later_it_can_only_be_raised(talk: Talk) -> None:
    await live_two_weeks(talk)
    talk.at("2026-01-13T23:59")
    await offered(talk, 5)
    assert "3 h this week." in await offered(talk, 3)
    talk.at("2026-01-14T00:00")
    assert (await offered(talk, 2)).is_wrong
    assert "5 h this week." in await offered(talk, 5)
    assert "10 h this week. Your group" in await offered(talk, 10)
    assert "From Wednesday on this week's goal can only be raised." in await offered(talk, 3)
    assert await talk.rows("SELECT minutes FROM goals") == [(600,)]
    talk.advance(weeks=1)
    assert "That offer was for another week." in await offered(talk, 3)


async def test_a_change_that_waits_follows_the_week(talk: Talk) -> None:
    await live_two_weeks(talk)
    await talk("ada", "/goal 8")
    assert "From Monday it's 8 h again." in await offered(talk, 3)
    await talk("ada", "/goal 12")
    assert await talk.rows("SELECT minutes, from_week, is_for_one_week FROM goals ORDER BY id") == [
        (600, None, 0),
        (180, "2026-01-12", 1),
        (720, "2026-01-19", 0),
    ]


async def test_only_whom_a_group_sees_is_told_so(talk: Talk) -> None:
    seen = "Your group sees"
    await talk("ada", "/checkin 1h")
    assert seen in await talk("ada", "/goal")
    assert seen in await talk("ada", "/goal 9")
    assert "Your group sees that you're away, not why." in await talk("ada", "/pause sun")
    await talk("ada", "/group hide")
    assert seen not in await talk("ada", "/goal")
    assert seen not in await talk("ada", "/goal 8")
    assert seen not in await talk("ada", "/pause next week")
    assert seen not in await talk("bo", "/goal", channel=None)
