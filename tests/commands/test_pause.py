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
    assert "from today to Sun 11 Jan, both included" in await talk("ada", "/pause sunday")


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
    assert "You are away today." in heard
    assert "Counts as usual: 5–11 Jan (1 day away); it takes 4 days away to pause one." in heard


async def test_long_ones_are_summed_up(talk: Talk) -> None:
    heard = await talk("ada", "/pause 2026-03-09")
    assert "Paused, so that your streak stays as it is: 9 weeks, 5–11 Jan up to 2–8 Mar." in heard


async def test_days_of_several_pauses_count_together_and_once(talk: Talk) -> None:
    await talk("ada", "/pause until: 2026-01-06")
    assert "Paused, so that your streak stays as it is: 5–11 Jan." in await talk(
        "ada", "/pause until: 2026-01-08 from: 2026-01-06"
    )


async def test_what_is_known_already_is_not_saved_twice(talk: Talk) -> None:
    await talk("ada", "/pause in 2 weeks")
    assert "You said so already: away from today to Mon 19 Jan" in await talk("ada", "/pause in 1 week")
    assert await talk.rows("SELECT count(*) FROM pauses") == [(1,)]


async def test_a_paused_week_leaves_the_streak(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.advance(weeks=1)
    await talk("ada", "/pause until: 2026-01-15")
    talk.advance(weeks=2)
    heard = await talk("ada", "/progress")
    assert "Streak: 1 week\nWeeks: 1 of 1 week kept · 1 away" in heard
    assert "Freezes: 1; 3 more kept weeks earn another" in heard


async def test_checking_in_does_not_end_it(talk: Talk) -> None:
    await talk("ada", "/pause in 1 week")
    await talk("ada", "/checkin 1h")
    assert "You are away until Mon 12 Jan." in await talk("ada", "/progress")


async def test_without_an_end_the_form_asks(talk: Talk) -> None:
    heard = await talk("ada", "/pause")
    assert heard.is_form
    wrong = await talk.fill("ada", until="2026-01-10", **{"from": "2026-01-01"})
    assert "A pause starts today or later" in next(
        plain_text(field.error) for field in wrong.form.fields if field.name == "from"
    )
    wrong = await talk.fill("ada", until="2026-01-10", **{"from": "2026-01-11"})
    assert "before it starts" in next(plain_text(field.error) for field in wrong.form.fields if field.name == "until")
    assert "Away" in await talk.fill("ada", until="2026-01-12", **{"from": ""})


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("soon", "I can't read “soon” as a day."),
        ("yesterday", "“yesterday” is over, and a pause is for today or later."),
        ("until: 2 days ago", "“2 days ago” is over"),
        ("sunday from: yesterday", "“yesterday” is over"),
        ("2026-01-01", "A pause ends today or later, and 2026-01-01 is over."),
        ("0 days", "can't read"),
        ("for 53 weeks", "a year at most"),
        ("2026-02-30", "no calendar has"),
        ("2027-01-06", "a year at most"),
        ("sunday from: 2026-01-04", "A pause starts today or later"),
        ("sunday from: monday", "before it starts"),
        ("sunday from: whenever", "can't read"),
        ("sunday reason: " + "x" * 201, "201 characters; 200 fit"),
    ],
)
async def test_wrong_input_changes_nothing(talk: Talk, words: str, sentence: str) -> None:
    heard = await talk("ada", f"/pause {words}")
    assert heard.is_wrong
    assert sentence in heard
    assert await talk.rows("SELECT 1 FROM pauses") == []


async def test_resume_ends_it_with_yesterday(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", "/pause in 2 weeks")
    talk.advance(days=3)
    heard = await talk("ada", "/resume")
    assert "Welcome back\nYour pause has ended.\n1 h of 10 h ▰▱▱▱▱▱▱▱▱▱\n9 h to go" in heard
    assert await talk.rows("SELECT from_day, until_day FROM pauses") == [("2026-01-05", "2026-01-07")]


async def test_resume_on_the_first_day_removes_it(talk: Talk) -> None:
    await talk("ada", "/pause in 2 weeks")
    assert "Welcome back" in await talk.press("ada", "I'm back")
    assert await talk.rows("SELECT 1 FROM pauses") == []


async def test_resume_after_four_days_leaves_the_week_paused(talk: Talk) -> None:
    await talk("ada", "/pause in 2 weeks")
    talk.advance(days=4)
    assert "This week stays paused, with 4 days away" in await talk("ada", "/resume")


async def test_resume_takes_back_a_coming_one(talk: Talk) -> None:
    await talk("ada", "/pause until: 2026-02-01 from: 2026-01-20")
    await talk("ada", "/pause until: 2026-03-01 from: 2026-02-20")
    heard = await talk("ada", "/resume")
    assert "Taken back: away from Tue 20 Jan to Sun 1 Feb, both included." in heard
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
    assert "You are not away, and no pause is coming up." in heard


async def test_nobody_ends_the_pause_of_others(talk: Talk) -> None:
    await talk("ada", "/pause in 1 week")
    assert (await talk("bo", "/resume")).is_wrong
    assert await talk.rows("SELECT count(*) FROM pauses") == [(1,)]
