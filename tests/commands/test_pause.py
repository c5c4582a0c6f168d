"""`pause` and `resume` as a conversation: absence that leaves the streak as it is."""

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.chat.plain import plain_text
from tests.talk import Talk


async def test_the_card(talk: Talk, snapshot: SnapshotAssertion) -> None:
    heard = await talk("ada", "/pause until: 2026-01-20 from: friday reason: holidays")
    assert str(heard) == snapshot
    assert not heard.is_public
    assert await talk.rows("SELECT from_day, until_day, reason FROM pauses") == [
        ("2026-01-09", "2026-01-20", "holidays")
    ]


async def test_it_begins_today_unless_said_otherwise(talk: Talk) -> None:
    assert "from today to Sun 11 Jan." in await talk("ada", "/pause sunday")


@pytest.mark.parametrize(
    ("words", "away"),
    [
        ("2 weeks", "from today to Sun 18 Jan"),
        ("for 10 days", "from today to Wed 14 Jan"),
        ("for a day", "away today"),
        ("until: for a week from: thursday", "from Thu 8 Jan to Wed 14 Jan"),
        ("until sunday", "from today to Sun 11 Jan"),
        ("till in 3 days", "from today to Thu 8 Jan"),
        ("24 Jan", "from today to Sat 24 Jan"),
        ("until: January 24th, 2026 from: 20 jan", "from Tue 20 Jan to Sat 24 Jan"),
    ],
)
async def test_it_lasts_as_people_say(talk: Talk, words: str, away: str) -> None:
    assert away in await talk("ada", f"/pause {words}")


async def test_a_single_day_changes_nothing(talk: Talk) -> None:
    heard = await talk("ada", "/pause today")
    assert "You're away today." in heard
    assert "That makes 1 day, so this week still counts. From 4 days on it's away." in heard
    assert heard.labels == ["Until Thursday", "All week", "I'm back"]
    assert await talk.rows("SELECT count(*) FROM pauses") == [(1,)]
    heard = await talk.press("ada", "Until Thursday")
    assert heard.is_in_place
    assert "This week is away: it leaves your streak as it is." in heard
    assert await talk.rows("SELECT from_day, until_day FROM pauses") == [("2026-01-05", "2026-01-08")]


async def test_it_may_begin_on_monday_of_this_week(talk: Talk) -> None:
    talk.at("2026-01-09T09:00")
    heard = await talk("ada", "/pause sunday")
    assert heard.labels == ["Since Thursday", "All week", "I'm back"]
    assert "from Mon 5 Jan to Sun 11 Jan" in await talk.press("ada", "All week")
    assert (await talk("ada", "/pause sunday from: 2026-01-04")).is_wrong


async def test_a_group_is_told_that_one_is_away(talk: Talk) -> None:
    assert "not why" not in await talk("bo", "/pause sunday")
    await talk.join("ada")
    assert "Your group sees that you're away, not why." in await talk("ada", "/pause sunday")


async def test_above_four_weeks_it_is_asked_once(talk: Talk) -> None:
    heard = await talk("ada", "/pause 2026-03-09 reason: travelling")
    assert "That's 9 weeks, until 9 Mar 2026. Away that long?" in heard
    assert heard.labels == ["Yes, that long", "Until 1 Feb"]
    assert await talk.rows("SELECT 1 FROM pauses") == []
    heard = await talk.press("ada", "Yes, that long")
    assert "9 weeks, 5–11 Jan up to 2–8 Mar, are away: they leave your streak as it is." in heard
    assert await talk.rows("SELECT until_day, reason FROM pauses") == [("2026-03-09", "travelling")]


async def test_alone_it_lists_what_runs_or_comes(talk: Talk) -> None:
    await talk("ada", "/pause sunday")
    await talk("ada", "/pause until: 2026-02-08 from: 2026-02-02")
    heard = await talk("ada", "/pause")
    assert "Away from today to Sun 11 Jan." in heard
    assert heard.labels == ["I'm back", "Take back 2 Feb", "Another…"]
    assert "Taken back: you're not away from Mon 2 Feb to Sun 8 Feb." in await talk.press("ada", "Take back 2 Feb")
    assert "Away from Mon 2 Feb" not in await talk("ada", "/pause")
    assert (await talk.press("ada", "Another…")).is_form
    for week in (2, 3, 4, 5):
        await talk("ada", f"/pause until: 2026-0{week}-08 from: 2026-0{week}-02")
    assert "And 2 more after that." in await talk("ada", "/pause")


async def test_days_of_several_pauses_count_together_and_once(talk: Talk) -> None:
    await talk("ada", "/pause until: 2026-01-06")
    assert "This week is away: it leaves your streak as it is." in await talk(
        "ada", "/pause until: 2026-01-08 from: 2026-01-06"
    )


async def test_what_is_known_already_is_not_saved_twice(talk: Talk) -> None:
    await talk("ada", "/pause in 2 weeks")
    assert "You've said so already: you're away from today to Mon 19 Jan" in await talk("ada", "/pause in 1 week")
    assert await talk.rows("SELECT count(*) FROM pauses") == [(1,)]


async def test_a_paused_week_leaves_the_streak(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.advance(weeks=1)
    await talk("ada", "/pause until: 2026-01-15")
    talk.advance(weeks=2)
    heard = await talk("ada", "/progress")
    assert "Streak 1 week · 1 of 1 week kept · 1 away" in heard


async def test_checking_in_does_not_end_it(talk: Talk) -> None:
    await talk("ada", "/pause in 1 week")
    await talk("ada", "/checkin 1h")
    assert "Away until Mon 12 Jan." in await talk("ada", "/progress")


async def test_without_an_end_the_form_asks(talk: Talk) -> None:
    heard = await talk("ada", "/pause")
    assert heard.is_form
    wrong = await talk.fill("ada", until="2026-01-10", **{"from": "2026-01-01"})
    assert "A pause can begin on Monday of this week or later" in next(
        plain_text(field.error) for field in wrong.form.fields if field.name == "from"
    )
    wrong = await talk.fill("ada", until="2026-01-10", **{"from": "2026-01-11"})
    assert "before it begins" in next(plain_text(field.error) for field in wrong.form.fields if field.name == "until")
    assert "You're away" in await talk.fill("ada", until="2026-01-12", **{"from": ""})


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("soon", "I can't read “soon” as a day."),
        ("yesterday", "That pause would end yesterday, before it begins today."),
        ("sunday from: yesterday", "begin on Monday of this week or later; yesterday is before that."),
        ("2026-01-01", "That pause would end Thu 1 Jan"),
        ("0 days", "can't read"),
        ("for 53 weeks", "longer than a year"),
        ("2026-02-30", "no calendar has"),
        ("2027-01-06", "longer than a year"),
        ("sunday from: 2026-01-04", "begin on Monday of this week or later"),
        ("2026-01-11 from: 2026-01-12", "before it begins"),
        ("fri to mon from: sunday", "two first days"),
        ("sunday from: whenever", "can't read"),
        ("sunday reason: " + "x" * 201, "201 characters; 200 fit"),
    ],
)
async def test_wrong_input_changes_nothing(talk: Talk, words: str, sentence: str) -> None:
    heard = await talk("ada", f"/pause {words}")
    assert heard.is_wrong
    assert sentence in heard
    assert await talk.rows("SELECT 1 FROM pauses") == []


async def test_resume_ends_it_and_leaves_this_week_as_announced(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", "/pause in 2 weeks")
    talk.advance(days=2)
    heard = await talk("ada", "/resume")
    assert "Welcome back. This week stays away, so nothing can break. Reach 10 h and it counts as kept." in heard
    assert await talk.rows("SELECT from_day, until_day, announced_until FROM pauses") == [
        ("2026-01-05", "2026-01-06", "2026-01-11")
    ]
    talk.advance(weeks=2)
    rows = (await talk("ada", "/history")).splitlines()[3:6]
    assert [row.split()[-2] for row in rows] == ["open", "missed", "away"]


async def test_resume_on_the_first_day_leaves_the_week_away_too(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", "/pause in 2 weeks")
    assert "This week stays away" in await talk.press("ada", "I'm back")
    assert (await talk("ada", "/resume")).is_wrong


async def test_resume_after_a_pause_too_short_says_what_is_left(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", "/pause tuesday")
    assert "Welcome back. 9 h to go, about 1 h 20 a day." in await talk("ada", "/resume")


async def test_resume_takes_back_a_coming_one(talk: Talk) -> None:
    await talk("ada", "/pause until: 2026-02-01 from: 2026-01-20")
    await talk("ada", "/pause until: 2026-03-01 from: 2026-02-20")
    heard = await talk("ada", "/resume")
    assert "Taken back: you're not away from Tue 20 Jan to Sun 1 Feb." in heard
    assert await talk.rows("SELECT from_day FROM pauses") == [("2026-02-20",)]


async def test_resume_ends_all_that_cover_today(talk: Talk) -> None:
    await talk("ada", "/pause until: 2026-01-12")
    await talk("ada", "/pause until: 2026-01-14 from: 2026-01-06")
    await talk("ada", "/pause until: 2026-03-14 from: 2026-03-06")
    talk.advance(days=2)
    await talk("ada", "/resume")
    assert await talk.rows("SELECT from_day, until_day FROM pauses ORDER BY 1") == [
        ("2026-01-05", "2026-01-06"),
        ("2026-01-06", "2026-01-06"),
        ("2026-03-06", "2026-03-14"),
    ]


async def test_resume_without_a_pause_is_a_sentence(talk: Talk) -> None:
    heard = await talk("ada", "/resume")
    assert heard.is_wrong
    assert "You aren't away, and no pause is coming up." in heard


async def test_nobody_ends_the_pause_of_others(talk: Talk) -> None:
    await talk("ada", "/pause in 1 week")
    assert (await talk("bo", "/resume")).is_wrong
    assert (await talk.command("bo", "resume", pause="1")).is_wrong
    await talk.command("bo", "pause", until="2026-01-12", instead="1")
    assert await talk.rows("SELECT count(*) FROM pauses") == [(2,)]


async def test_a_pause_too_short_says_how_long_it_would_have_to_be(talk: Talk) -> None:
    talk.advance(days=4)
    heard = await talk("ada", "/pause until: sun")
    assert heard == (
        "You're away from today to Sun 11 Jan.\n"
        "That makes 3 days, so this week still counts. From 4 days on it's away.\n"
        "[Since Thursday] [All week] [I'm back]"
    )
    longer = await talk.press("ada", "Since Thursday")
    assert longer.startswith("You're away from yesterday to Sun 11 Jan.\nThis week is away")


async def test_who_is_back_sees_no_bar_of_nothing(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.advance(weeks=1)
    await talk("ada", "/pause until: sun")
    talk.advance(days=2)
    heard = await talk("ada", "/resume")
    assert heard == (
        "Welcome back. This week stays away, so nothing can break. Reach 10 h and it counts as kept.\n[Check in]"
    )
    assert "This week is away, so nothing can break." in await talk("ada", "/progress")
