"""The focus as a conversation: one thing at a time, its hours, its end, and an honest list."""

import json

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.chat.button_id import pack
from bot.store import export
from tests.talk import Talk

ALGEBRA = "/focus start Linear algebra hours: 80 done: I can derive the SVD"
WHY = "A matrix is what a linear map looks like in a basis."


async def minutes(talk: Talk) -> dict[object, object]:
    return dict(await talk.rows("SELECT title, minutes FROM focuses ORDER BY number"))  # type: ignore[arg-type]


async def test_the_list_begins_with_an_invitation(talk: Talk) -> None:
    heard = await talk("ada", "/focus list")
    assert "You have no focus yet. Pick one thing" in heard
    asked = await talk.press("ada", "Start a focus")
    assert [field.name for field in asked.form.fields] == ["title", "hours", "done"]
    assert "belong to Linear algebra" in await talk.fill("ada", title="Linear algebra")


async def test_it_starts_with_what_done_will_mean(talk: Talk, snapshot: SnapshotAssertion) -> None:
    heard = await talk("ada", ALGEBRA)
    assert str(heard) == snapshot
    assert not heard.is_public


async def test_check_ins_belong_to_it(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", ALGEBRA)
    heard = await talk("ada", "/checkin 2h30")
    assert "Focus: Linear algebra · week 1, 2 h 30 of about 80 h" in heard
    talk.advance(weeks=6)
    for day in range(6):
        await talk("ada", f"/checkin 7h30 day: {day} days ago")
    assert "Focus: Linear algebra · week 7, 47 h of about 80 h" in await talk("ada", "/progress")
    assert await minutes(talk) == {"Linear algebra": 47 * 60 + 30}


async def test_without_an_estimate_it_is_hours_alone(talk: Talk) -> None:
    await talk("ada", "/focus start Algebra")
    assert "Focus: Algebra · week 1, 45 min\n" in await talk("ada", "/checkin 45m")


async def test_nothing_is_said_of_a_focus_where_there_is_none(talk: Talk) -> None:
    assert "Focus" not in await talk("ada", "/checkin 1h")
    assert "Focus" not in await talk("ada", "/progress")


async def test_the_timer_counts_for_it_too(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    await talk("ada", "/timer start")
    talk.advance(minutes=90)
    assert "week 1, 1 h 30 of about 80 h" in await talk("ada", "/timer stop")


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


async def test_set_aside_it_shows_so_in_the_list(talk: Talk, snapshot: SnapshotAssertion) -> None:
    await talk("ada", ALGEBRA)
    await talk("ada", "/checkin 5h")
    talk.advance(weeks=3)
    await talk("ada", "/focus start Statistics hours: 60 done: I can explain a p-value")
    heard = await talk.press("ada", "Set it aside")
    assert heard.is_in_place
    assert "“Linear algebra” is set aside with 5 h" in heard
    assert "Done means: I can explain a p-value" in heard
    assert str(await talk("ada", "/focus list")) == snapshot


async def test_finished_first_the_next_one_is_at_hand(talk: Talk, snapshot: SnapshotAssertion) -> None:
    await talk("ada", ALGEBRA)
    await talk("ada", "/checkin 5h")
    await talk("ada", "/focus start Statistics hours: 60 done: I can explain a p-value")
    asked = await talk.press("ada", "Finish it")
    assert [field.name for field in asked.form.fields] == ["explanation", "link"]
    heard = await talk.fill("ada", explanation=WHY, link="example.org/svd")
    assert str(heard) == snapshot
    started = await talk.press("ada", "Start the next one")
    assert "belong to Statistics" in started
    assert "About 60 h" in started
    assert "Done means: I can explain a p-value" in started


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
    asked = await talk.press("ada", "Set it aside")
    assert asked.is_form
    assert await minutes(talk) == {"Linear algebra": 0}
    assert (await talk("ada", "/focus list")).labels == ["Finish it", "Show everyone"]
    assert "“Linear algebra” is set aside" in await talk.fill("ada", title="Statistics")


async def test_finishing_asks_for_an_explanation_without_notes(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    asked = await talk("ada", "/focus finish")
    assert "without notes" in asked
    again = await talk.fill("ada", explanation=" ", link="https://example.org")
    assert again.is_form
    assert again.is_wrong
    heard = await talk.fill("ada", explanation=WHY, link="")
    assert f"> {WHY}" in heard
    assert await talk.rows("SELECT outcome, explanation, link FROM focuses") == [("finished", WHY, None)]
    assert "belong to Optics" in await _start_next(talk)


async def _start_next(talk: Talk) -> str:
    assert (await talk.press("ada", "Start the next one")).is_form
    return await talk.fill("ada", title="Optics")


async def test_a_wrong_link_comes_back_with_everything_in_the_form(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    await talk("ada", "/focus finish")
    again = await talk.fill("ada", explanation=WHY, link="my notes")
    found = {field.name: (field.value, field.wrong) for field in again.form.fields}
    assert found["explanation"] == (WHY, "")
    assert "can't read “my notes” as a web address" in found["link"][1]
    assert "Finished" in await talk.fill("ada", link="")


async def test_nothing_to_finish(talk: Talk) -> None:
    for words in ("/focus finish", f"/focus finish {WHY}"):
        heard = await talk("ada", words)
        assert heard.is_wrong
        assert "You have no focus to finish" in heard


async def test_it_is_finished_once(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    await talk("ada", "/focus finish")
    await talk.fill("ada", explanation=WHY, request_id="first")
    assert "Finished" in await talk.fill("ada", explanation=WHY, request_id="first")
    again = await talk.fill("ada", explanation="Another")
    assert again.is_wrong
    assert "“Linear algebra” is finished already." in again
    assert await talk.rows("SELECT explanation FROM focuses") == [(WHY,)]


async def test_a_late_button_leaves_the_new_focus_alone(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    old = await talk("ada", "/focus start Statistics")
    await talk.press("ada", "Set it aside")
    for label in ("Finish it", "Set it aside"):
        pressed = old.button(label)
        heard = await talk.command("ada", pressed.command, **pressed.options)
        assert heard.is_wrong
        assert "already" in heard
    pressed = (await talk("ada", "/focus start Optics")).button("Set it aside")
    await talk("ada", f"/focus finish {WHY}")
    assert "belong to Optics" in await talk.command("ada", pressed.command, **pressed.options)
    assert await talk.rows("SELECT title, outcome FROM focuses") == [
        ("Linear algebra", "set aside"),
        ("Statistics", "finished"),
        ("Optics", None),
    ]


async def test_a_button_for_one_that_has_ended_asks_about_the_one_that_runs(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    old = (await talk("ada", "/focus start Statistics")).button("Set it aside")
    await talk("ada", f"/focus finish {WHY}")
    await talk("ada", "/focus start Optics")
    heard = await talk.command("ada", old.command, **old.options)
    assert "Your focus is Optics" in heard
    assert len(await minutes(talk)) == 2


async def test_nobody_touches_anothers(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    shown = await talk("ada", "/focus start Statistics")
    await talk("bo", "/checkin 1h")
    for label in ("Finish it", "Set it aside"):
        pressed = shown.button(label)
        options = {**pressed.options, "explanation": WHY} if label == "Finish it" else pressed.options
        assert "You have no such focus." in await talk.command("bo", pressed.command, **options)
    for number in ("9" * 40, "x", "-1", "²"):
        heard = await talk.command("ada", "focus finish", explanation=WHY, focus=number)
        assert "You have no such focus." in heard
    assert await talk.rows("SELECT outcome FROM focuses") == [(None,)]


async def test_the_group_is_told_when_that_is_pressed(talk: Talk, snapshot: SnapshotAssertion) -> None:
    await talk("ada", ALGEBRA)
    await talk("ada", "/checkin 5h")
    talk.advance(weeks=1)
    await talk("ada", f"/focus finish {WHY} link: https://example.org/svd")
    assert len(await talk.posts()) == 1
    assert "console hears of it." in await talk.press("ada", "Tell the group")
    assert "console has heard of it already." in await talk.press("ada", "Tell the group")
    posts = await talk.posts()
    assert len(posts) == 2
    assert str(posts[1]) == snapshot


async def test_in_a_direct_message_the_only_group_is_told_and_of_several_it_asks(talk: Talk) -> None:
    await talk.join("ada")
    await talk("ada", ALGEBRA, channel=None)
    await talk("ada", f"/focus finish {WHY}", channel=None)
    assert "console hears of it." in await talk.press("ada", "Tell the group", channel=None)
    await talk.start_group("other", members=["ada"])
    assert "Which group do you mean?" in await talk.press("ada", "Tell the group", channel=None)
    assert "other hears of it." in await talk.press("ada", "other", channel=None)
    assert len(await talk.posts("other")) == 1


async def test_nothing_of_a_hidden_member_is_told(talk: Talk) -> None:
    await talk.join("ada")
    await talk("ada", ALGEBRA)
    shown = (await talk("ada", f"/focus finish {WHY}")).button("Tell the group")
    await talk("ada", "/group hide")
    heard = await talk.command("ada", shown.command, **shown.options)
    assert heard.is_wrong
    assert "You are hidden in console" in heard
    assert await talk.posts() == []
    await talk("ada", "/focus start Statistics")
    heard = await talk("ada", f"/focus finish {WHY}")
    assert heard.labels == ["Start the next one"]
    await talk("ada", "/focus list")
    assert "Show everyone" not in (await talk("ada", "/focus list")).labels


async def test_only_a_member_tells_and_only_what_is_finished(talk: Talk) -> None:
    await talk("ada", ALGEBRA, channel=None)
    heard = await talk("ada", f"/focus finish {WHY}", channel=None)
    assert heard.labels == ["Start the next one"]
    assert "You are not in console yet." in await talk.command("ada", "tell", focus="1")
    await talk("ada", "/focus start Statistics")
    await talk.join("ada")
    for options in ({"focus": "2"}, {}):
        heard = await talk.command("ada", "tell", **options)
        assert "Only a finished focus can be told to the group." in heard
    assert await talk.posts() == []


async def test_a_group_that_sleeps_is_told_nothing(talk: Talk) -> None:
    await talk.join("ada")
    await talk("ada", ALGEBRA)
    await talk.store.write(lambda tx: tx.run("UPDATE groups SET asleep = 'gone'"))
    assert (await talk("ada", f"/focus finish {WHY}")).labels == ["Start the next one"]
    assert "Nothing can be posted to console" in await talk.command("ada", "tell", focus="1")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("/focus start title: \u200b", "Your title is empty."),
        (f"/focus start {'x' * 81}", "Your title has 81 characters; 80 fit."),
        (f"/focus start {'x' * 10_000}", "Your title has 10,000 characters; 80 fit."),
        ("/focus start Algebra hours: many", "can't read “many” as a number of hours"),
        ("/focus start Algebra hours: 0", "an estimate is 1 to 10,000 hours"),
        (f"/focus start Algebra done: {'x' * 501}", "501 characters; 500 fit"),
    ],
)
async def test_wrong_input_starts_nothing(talk: Talk, words: str, said: str) -> None:
    heard = await talk("ada", words)
    assert heard.is_wrong
    assert said in heard
    assert await minutes(talk) == {}


async def test_without_a_title_there_is_a_form_and_it_says_so(talk: Talk) -> None:
    assert (await talk("ada", "/focus start hours: 80")).is_form
    again = await talk.fill("ada", title="")
    assert again.is_wrong
    assert {field.name: field.value for field in again.form.fields}["hours"] == "80"
    assert await minutes(talk) == {}


async def test_an_explanation_of_ten_thousand_characters_is_not_lost(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    await talk("ada", "/focus finish")
    again = await talk.fill("ada", explanation="x" * 10_000)
    [explanation, _] = again.form.fields
    assert "10,000 characters; 3,000 fit" in explanation.wrong
    assert explanation.value == "x" * 10_000
    assert await talk.rows("SELECT outcome FROM focuses") == [(None,)]
    assert "Finished" in await talk.fill("ada", explanation="x" * 3000)


async def test_the_same_again_is_no_second_one(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    heard = await talk("ada", ALGEBRA)
    assert heard.is_wrong
    assert "“Linear algebra” is your focus already." in heard


async def test_hostile_words_stay_words(talk: Talk) -> None:
    await talk("ada", "/focus start <@everyone> **x** '; DROP TABLE focuses; --")
    await talk("ada", "/checkin 1h")
    heard = await talk("ada", "/focus list")
    assert "<@everyone> **x** '; DROP TABLE focuses; -- · now" in heard


async def test_shown_to_everyone_it_says_whose_and_keeps_what_done_means(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    await talk("ada", "/focus list")
    heard = await talk.press("ada", "Show everyone")
    assert heard.is_public
    assert heard.card.title == "Ada's focus"
    assert "SVD" not in heard
    assert heard.labels == []


async def test_a_long_list_has_pages(talk: Talk) -> None:
    for number in range(1, 23):
        await talk("ada", f"/focus start Thing {number}")
        await talk("ada", f"/focus finish {WHY}")
    first = await talk("ada", "/focus list")
    assert "Thing 22 · finished" in first
    assert "Thing 12 " not in first
    assert "22 finished." in first
    assert first.labels == ["Older", "Start a focus", "Show everyone"]
    second = await talk.press("ada", "Older")
    assert second.is_in_place
    assert "Thing 12 · finished" in second
    assert "Newer" in second.labels
    last = await talk.command("ada", "focus list", page="99999")
    assert "Thing 1 · finished" in last
    assert "Older" not in last.labels


async def test_the_export_has_them_all(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    await talk("ada", "/checkin 2h")
    await talk("ada", f"/focus finish {WHY} link: https://example.org/svd")
    await talk("ada", "/focus start Statistics")
    person = await talk.person("ada")
    found = await talk.store.read(lambda tx: export.export(tx, person, talk.clock.now()))
    first, second = json.loads(json.dumps(found["focuses"]))
    assert first == {
        "id": 1,
        "title": "Linear algebra",
        "estimate": 4800,
        "done": "I can derive the SVD",
        "minutes": 120,
        "started_at": "2026-01-05T09:00:00+00:00",
        "ended_at": "2026-01-05T09:00:00+00:00",
        "outcome": "finished",
        "explanation": WHY,
        "link": "https://example.org/svd",
    }
    assert (second["title"], second["outcome"]) == ("Statistics", None)
    assert found["checkins"][0]["focus"] == "Linear algebra"
