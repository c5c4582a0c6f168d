"""One focus at a time: what done will mean, its hours, and the check-ins that belong to it."""

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.chat.button_id import pack
from tests.talk import Talk

ALGEBRA = "/focus start Linear algebra hours: 80 done: I can derive the SVD"
WHY = "A matrix is what a linear map looks like in a basis."


async def minutes(talk: Talk) -> dict[object, object]:
    return dict(await talk.rows("SELECT title, minutes FROM focuses ORDER BY number"))  # type: ignore[arg-type]


async def test_it_starts_with_what_done_will_mean(talk: Talk, snapshot: SnapshotAssertion) -> None:
    heard = await talk("ada", ALGEBRA)
    assert str(heard) == snapshot
    assert not heard.is_public


async def test_check_ins_belong_to_it(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", ALGEBRA)
    heard = await talk("ada", "/checkin 2h30")
    assert "Focus: Linear algebra · 2 h 30 of about 80 h" in heard
    talk.advance(weeks=6)
    for day in range(6):
        await talk("ada", f"/checkin 7h30 day: {day} days ago")
    assert "Focus: Linear algebra · 47 h 30 of about 80 h" in await talk("ada", "/progress")
    assert await minutes(talk) == {"Linear algebra": 47 * 60 + 30}


async def test_without_an_estimate_it_is_hours_alone(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", "/focus start Algebra")
    assert "Focus: Algebra · 45 min\n" in await talk("ada", "/checkin 45m")


async def test_nothing_is_said_of_a_focus_where_there_is_none(talk: Talk) -> None:
    assert "Focus" not in await talk("ada", "/checkin 1h")
    assert "Focus:" not in await talk("ada", "/progress")


async def test_the_timer_counts_for_it_too(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    await talk("ada", "/timer start")
    talk.advance(minutes=90)
    await talk("ada", "/timer stop")
    assert await minutes(talk) == {"Linear algebra": 90}


async def test_its_hours_follow_every_change(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    await talk("ada", "/checkin 2h")
    await talk("ada", "/edit time: 3h")
    assert await minutes(talk) == {"Linear algebra": 180}
    await talk("ada", "/edit area: statistics")
    assert await minutes(talk) == {"Linear algebra": 180}
    await talk("ada", "/undo")
    assert await minutes(talk) == {"Linear algebra": 0}
    await talk.press("ada", "Put back")
    assert await minutes(talk) == {"Linear algebra": 180}


async def test_a_check_in_stays_with_the_focus_that_ran_when_it_was_logged(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    await talk("ada", "/checkin 2h")
    await talk("ada", "/focus start Statistics")
    await talk.press("ada", "Set it aside")
    await talk("ada", "/checkin 1h")
    await talk("ada", "/edit #1 time: 4h")
    assert await minutes(talk) == {"Linear algebra": 240, "Statistics": 60}


async def test_one_at_a_time(talk: Talk, snapshot: SnapshotAssertion) -> None:
    await talk("ada", ALGEBRA)
    await talk("ada", "/checkin 5h")
    heard = await talk("ada", "/focus start Statistics hours: 60 done: I can explain a p-value")
    assert str(heard) == snapshot
    assert await minutes(talk) == {"Linear algebra": 300}


async def test_a_form_that_carries_much_comes_back_as_often_as_it_is_wrong(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    await talk("ada", f"/focus start Statistics hours: 60 done: {'x' * 400}")
    await talk.press("ada", "Finish it")
    for link in ("my notes", "still mine"):
        again = await talk.fill("ada", explanation=WHY, link=link)
        assert again.is_wrong
        assert pack(again.form.command, again.form.carried)
    assert "Next: Statistics." in await talk.fill("ada", link="")
    started = await talk.press("ada", "Start the next one")
    assert "x" * 400 in started
    assert not started.is_in_place


async def test_without_a_title_one_is_asked_about_the_running_one_first(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    heard = await talk("ada", "/focus start")
    assert "Your focus is Linear algebra" in heard
    question = await talk.press("ada", "Set it aside")
    assert question.is_form
    assert await minutes(talk) == {"Linear algebra": 0}
    assert (await talk("ada", "/focus list")).labels == ["Finish it"]
    assert "“Linear algebra” is set aside" in await talk.fill("ada", title="Statistics")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("/focus start title: \u200b", "Your title is empty."),
        (f"/focus start {'x' * 81}", "Your title has 81 characters; 80 fit."),
        (f"/focus start {'x' * 10_000}", "Your title has 10,000 characters; 80 fit."),
        ("/focus start Algebra hours: many", "can't read “many” as a number of hours"),
        ("/focus start Algebra hours: 0", "an estimate is 1 to 10,000 hours"),
        (f"/focus start Algebra done: {'x' * 501}", "501 characters; 500 fit"),
    ],
)
async def test_wrong_input_starts_nothing(talk: Talk, words: str, expected: str) -> None:
    heard = await talk("ada", words)
    assert heard.is_wrong
    assert expected in heard
    assert await minutes(talk) == {}


async def test_without_a_title_there_is_a_form_and_it_says_so(talk: Talk) -> None:
    assert (await talk("ada", "/focus start hours: 80")).is_form
    again = await talk.fill("ada", title="")
    assert again.is_wrong
    assert {field.name: field.value for field in again.form.fields}["hours"] == "80"
    assert await minutes(talk) == {}


async def test_hostile_words_stay_words(talk: Talk) -> None:
    await talk("ada", "/focus start <@everyone> **x** '; DROP TABLE focuses; --")
    await talk("ada", "/checkin 1h")
    heard = await talk("ada", "/focus list")
    assert "<@everyone> **x** '; DROP TABLE focuses; -- · now" in heard


async def test_the_same_again_is_no_second_one(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    heard = await talk("ada", ALGEBRA)
    assert heard.is_wrong
    assert "“Linear algebra” is your focus already." in heard
