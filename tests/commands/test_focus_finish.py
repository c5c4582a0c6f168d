"""The end of a focus: an explanation without notes, and the group is told if its button is pressed."""

from syrupy.assertion import SnapshotAssertion

from bot.chat.plain import plain_text
from tests.talk import Talk

ALGEBRA = "/focus start Linear algebra hours: 80 done: I can derive the SVD"
WHY = "A matrix is what a linear map looks like in a basis."


async def test_finished_first_the_next_one_is_at_hand(talk: Talk, snapshot: SnapshotAssertion) -> None:
    await talk("ada", ALGEBRA)
    await talk("ada", "/checkin 5h")
    await talk("ada", "/focus start Statistics hours: 60 done: I can explain a p-value")
    question = await talk.press("ada", "Finish it")
    assert [field.name for field in question.form.fields] == ["explanation", "link"]
    heard = await talk.fill("ada", explanation=WHY, link="example.org/svd")
    assert str(heard) == snapshot
    started = await talk.press("ada", "Start the next one")
    assert "count toward Statistics" in started
    assert "About 60 h" in started
    assert "Done means: I can explain a p-value" in started


async def test_finishing_asks_for_an_explanation_without_notes(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    question = await talk("ada", "/focus finish")
    assert "without notes" in question
    again = await talk.fill("ada", explanation=" ", link="https://example.org")
    assert again.is_form
    assert again.is_wrong
    heard = await talk.fill("ada", explanation=WHY, link="")
    assert f"> {WHY}" in heard
    assert await talk.rows("SELECT outcome, explanation, link FROM focuses") == [("finished", WHY, None)]
    assert "count toward Optics" in await _start_next(talk)


async def _start_next(talk: Talk) -> str:
    assert (await talk.press("ada", "Start the next one")).is_form
    return await talk.fill("ada", title="Optics")


async def test_a_wrong_link_comes_back_with_everything_in_the_form(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    await talk("ada", "/focus finish")
    again = await talk.fill("ada", explanation=WHY, link="my notes")
    fields = {field.name: (field.value, plain_text(field.error)) for field in again.form.fields}
    assert fields["explanation"] == (WHY, "")
    assert "can't read “my notes” as a web address" in fields["link"][1]
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
    assert "count toward Optics" in await talk.command("ada", pressed.command, **pressed.options)
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
    assert len(await talk.rows("SELECT title FROM focuses")) == 2


async def test_nobody_touches_anothers(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    answer = await talk("ada", "/focus start Statistics")
    await talk("bo", "/checkin 1h")
    for label in ("Finish it", "Set it aside"):
        pressed = answer.button(label)
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
    assert "console will read it." in await talk.press("ada", "Tell the group")
    assert "console has read it already." in await talk.press("ada", "Tell the group")
    posts = await talk.posts()
    assert len(posts) == 2
    assert str(posts[1]) == snapshot


async def test_in_a_direct_message_the_only_group_is_told_and_of_several_it_asks(talk: Talk) -> None:
    await talk.join("ada")
    await talk("ada", ALGEBRA, channel=None)
    await talk("ada", f"/focus finish {WHY}", channel=None)
    assert "console will read it." in await talk.press("ada", "Tell the group", channel=None)
    await talk.start_group("other", members=["ada"])
    assert "Which group do you mean?" in await talk.press("ada", "Tell the group", channel=None)
    assert "other will read it." in await talk.press("ada", "other", channel=None)
    assert len(await talk.posts("other")) == 1


async def test_nothing_of_a_hidden_member_is_told(talk: Talk) -> None:
    await talk.join("ada")
    await talk("ada", ALGEBRA)
    answer = (await talk("ada", f"/focus finish {WHY}")).button("Tell the group")
    await talk("ada", "/group hide")
    heard = await talk.command("ada", answer.command, **answer.options)
    assert heard.is_wrong
    assert "You're hidden in console" in heard
    assert await talk.posts() == []
    await talk("ada", "/focus start Statistics")
    heard = await talk("ada", f"/focus finish {WHY}")
    assert heard.labels == ["Start the next one"]
    await talk("ada", "/focus list")
    assert "Post it here" not in (await talk("ada", "/focus list")).labels


async def test_only_a_member_tells_and_only_what_is_finished(talk: Talk) -> None:
    await talk("ada", ALGEBRA, channel=None)
    heard = await talk("ada", f"/focus finish {WHY}", channel=None)
    assert heard.labels == ["Start the next one"]
    assert "You are not in console yet." in await talk.command("ada", "tell", focus="1")
    await talk("ada", "/focus start Statistics")
    await talk.join("ada")
    for options in ({"focus": "2"}, {}):
        heard = await talk.command("ada", "tell", **options)
        assert "Finish the focus first, then tell the group." in heard
    assert await talk.posts() == []


async def test_a_group_that_sleeps_is_told_nothing(talk: Talk) -> None:
    await talk.join("ada")
    await talk("ada", ALGEBRA)
    await talk.store.write(lambda tx: tx.run("UPDATE groups SET asleep = 'gone'"))
    assert (await talk("ada", f"/focus finish {WHY}")).labels == ["Start the next one"]
    assert "I can't post to console" in await talk.command("ada", "tell", focus="1")


async def test_an_explanation_of_ten_thousand_characters_is_not_lost(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    await talk("ada", "/focus finish")
    again = await talk.fill("ada", explanation="x" * 10_000)
    [explanation, _] = again.form.fields
    assert "10,000 characters; 3,000 fit" in plain_text(explanation.error)
    assert explanation.value == "x" * 10_000
    assert await talk.rows("SELECT outcome FROM focuses") == [(None,)]
    assert "Finished" in await talk.fill("ada", explanation="x" * 3000)
