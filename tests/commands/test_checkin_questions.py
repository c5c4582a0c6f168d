"""What a check-in asks about before it counts: an unclear unit, the same twice, a very long day, and which day."""

import pytest

from tests.commands.test_checkin import minutes_of
from tests.talk import Talk


async def test_an_unclear_unit_is_asked_back(talk: Talk) -> None:
    heard = await talk("ada", "/checkin 20 learned: much")
    assert "20 hours or 20 minutes?" in heard
    assert heard.labels == ["20 h", "20 min"]
    assert await talk.rows("SELECT 1 FROM checkins") == []
    assert "20 min of 10 h" in await talk.press("ada", "20 min")
    assert await talk.rows("SELECT minutes, learned FROM checkins") == [(20, "much")]


async def test_what_was_learned_survives_the_question_however_long(talk: Talk) -> None:
    learned = "é" * 1000
    heard = await talk("ada", f"/checkin 20 learned: {learned}")
    assert all(button.command.startswith("~") for button in heard.card.buttons())
    await talk.press("ada", "20 min")
    assert await talk.rows("SELECT learned FROM checkins") == [(learned,)]


async def test_a_button_whose_draft_is_gone_says_so(talk: Talk) -> None:
    heard = await talk.command("ada", "~41")
    assert heard.is_wrong
    assert "too old" in heard


async def test_hours_can_be_meant_too(talk: Talk) -> None:
    await talk("ada", "/checkin 20")
    await talk.press("ada", "20 h")
    await talk.press("ada", "Yes, count 20 h")
    assert await minutes_of(talk, "ada") == 1200


async def test_a_wrong_day_is_refused_before_the_unit_is_asked(talk: Talk) -> None:
    heard = await talk("ada", "/checkin 20 day: 2026-01-06")
    assert "still to come" in heard


async def test_the_same_a_moment_ago_is_asked_about(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    talk.advance(minutes=2)
    heard = await talk("ada", "/checkin 60m statistics")
    assert "You logged the same 1 h a moment ago. Count both?" in heard
    assert await minutes_of(talk, "ada") == 60
    assert "2 h of 10 h" in await talk.press("ada", "Count both")
    assert await minutes_of(talk, "ada") == 120


async def test_counting_once_leaves_one(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", "/checkin 1h")
    assert "Counted once." in await talk.press("ada", "Just once")
    assert await minutes_of(talk, "ada") == 60


async def test_count_both_pressed_again_asks_again(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    question = await talk("ada", "/checkin 1h")
    await talk.press("ada", "Count both")
    both = question.button("Count both")
    assert "Count both?" in await talk.command("ada", both.command, **both.options)
    assert await minutes_of(talk, "ada") == 120


@pytest.mark.parametrize("words", ["/checkin 1h01", "/checkin 1h day: yesterday"])
async def test_what_differs_is_not_asked_about(talk: Talk, words: str) -> None:
    await talk("ada", "/checkin 1h")
    assert "Count both?" not in await talk("ada", words)


async def test_after_two_minutes_nothing_is_asked(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    talk.advance(minutes=2, seconds=1)
    assert "2 h of 10 h" in await talk("ada", "/checkin 1h")


async def test_what_was_undone_is_not_the_same(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", "/undo")
    assert "Count both?" not in await talk("ada", "/checkin 1h")


async def test_a_question_answered_after_midnight_is_about_the_day_on_which_it_was_asked(talk: Talk) -> None:
    talk.at("2026-01-11T23:59")
    await talk("ada", "/checkin 20")
    talk.advance(minutes=2)
    await talk.press("ada", "20 min")
    assert await talk.rows("SELECT day, minutes FROM checkins") == [("2026-01-11", 20)]


async def test_counting_both_counts_the_day_that_was_asked_about(talk: Talk) -> None:
    talk.at("2026-01-11T23:58")
    await talk("ada", "/checkin 1h day: yesterday")
    talk.advance(minutes=1)
    await talk("ada", "/checkin 1h day: yesterday")
    talk.advance(minutes=2)
    await talk.press("ada", "Count both")
    assert await talk.rows("SELECT day FROM checkins") == [("2026-01-10",), ("2026-01-10",)]


async def test_a_day_over_fourteen_hours_is_asked_about_once(talk: Talk) -> None:
    await talk("ada", "/checkin 14h")
    assert await minutes_of(talk, "ada") == 840
    heard = await talk("ada", "/checkin 1h learned: the chain rule")
    assert "That makes 15 h today. Is that right?" in heard
    assert heard.labels == ["Yes, count 1 h", "Change it"]
    form = (await talk.press("ada", "Change it")).form
    assert [field.value for field in form.fields if field.name in ("time", "learned")] == ["", "the chain rule"]
    await talk.press("ada", "Yes, count 1 h")
    assert await talk.rows("SELECT minutes, learned FROM checkins ORDER BY id") == [(840, None), (60, "the chain rule")]
    assert "Is that right?" not in await talk("ada", "/checkin 2h")


async def test_in_the_small_hours_it_may_have_been_yesterday(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    talk.at("2026-01-08T03:59")
    assert "It was yesterday" not in (await talk("ada", "/checkin 2h day: today")).labels
    talk.at("2026-01-09T03:59")
    await talk("ada", "/checkin 3h")
    heard = await talk.press("ada", "It was yesterday")
    assert heard.is_in_place
    assert "Changed: 3 h · yesterday. It was 3 h · today." in heard
    assert "Undo" in heard.labels
    talk.at("2026-01-09T04:00")
    assert "It was yesterday" not in (await talk("ada", "/checkin 4h")).labels
