"""Notes that come back on the pages: the question, the note behind a press, and the answer."""

import pytest

from tests.adapters.web.stage import Browser, Stage

NOTE = "the central limit theorem needs a finite variance"
ASKED = 'You wrote about <b dir="auto">Statistics</b> a week ago. Can you still explain it?'


@pytest.fixture
async def later(stage: Stage) -> Stage:
    """Begin a week after Ada wrote a note about statistics, the longest of its week."""
    await stage.talk("ada", f"/checkin 1h30 statistics learned: {NOTE}")
    stage.talk.advance(days=7)
    return stage


async def press(browser: Browser, label: str) -> str:
    return (await browser.send(browser.form(label=label))).text


async def test_the_page_asks_about_what_is_due_and_shows_it_behind_a_press(later: Stage) -> None:
    async with later.signed_in("ada") as ada:
        own = (await ada.get("/me")).text
        assert ASKED in own
        assert NOTE not in own.partition("<details")[0]
        shown = await press(ada, "Show my note")
        assert "Could you still explain it?" in shown
        assert NOTE in shown.partition("<details")[0]
        assert "Well remembered. It&#x27;s due again in three weeks." in await press(ada, "Yes")
        assert ASKED not in (await ada.get("/me")).text
    assert "explain" not in await later.talk("ada", "/checkin 45m"), "one a day, wherever it is asked"


@pytest.mark.parametrize(("answer", "when"), [("Partly", "in a week"), ("Not any more", "in a week")])
async def test_it_comes_back_as_everywhere(later: Stage, answer: str, when: str) -> None:
    async with later.signed_in("ada") as ada:
        await ada.get("/me")
        await press(ada, "Show my note")
        assert f"due again {when}" in await press(ada, answer)


async def test_a_note_that_was_only_looked_at_was_asked_about(later: Stage) -> None:
    async with later.signed_in("ada") as ada:
        await ada.get("/me")
        await press(ada, "Show my note")
    assert "explain" not in await later.talk("ada", "/checkin 45m")
    assert await later.talk.rows("SELECT number, asked_on FROM recalls") == [(2, "2026-01-12")]


async def test_looking_at_the_page_alone_changes_nothing(later: Stage) -> None:
    async with later.signed_in("ada") as ada:
        await ada.get("/me")
    assert "You wrote about Statistics a week ago." in await later.talk("ada", "/checkin 45m")


async def test_before_anything_is_due_one_can_ask_for_a_note(stage: Stage) -> None:
    stage.talk.advance(days=1)
    async with stage.signed_in("ada") as ada:
        own = (await ada.get("/me")).text
        assert "Explain an older note of yours without looking, then compare." in own
        assert "You wrote “chain rule” yesterday." in await press(ada, "Recall a note")
        assert "Could you still explain it?" in await press(ada, "Show my note")


async def test_a_note_with_neither_area_nor_focus_is_not_quoted_in_the_open(stage: Stage) -> None:
    stage.talk.advance(days=7)
    async with stage.signed_in("ada") as ada:
        own = (await ada.get("/me")).text
        assert "You wrote a note a week ago. Can you still explain it?" in own
        assert "chain rule" not in own.partition("<details")[0]


async def test_switched_off_it_asks_about_nothing_and_still_leads_on(later: Stage) -> None:
    await later.talk("ada", "/reminders recall: off")
    async with later.signed_in("ada") as ada:
        own = (await ada.get("/me")).text
        assert ASKED not in own
        assert ASKED in await press(ada, "Recall a note")


async def test_any_note_is_kept_from_the_journal(later: Stage) -> None:
    async with later.signed_in("ada") as ada:
        await ada.get("/journal")
        assert "Kept. It&#x27;s due from today" in await press(ada, "Mon 5 Jan · chain rule")
        assert "Mon 5 Jan · chain rule" not in (await ada.get("/journal")).text


async def test_without_a_note_there_is_nothing_of_it(stage: Stage) -> None:
    await stage.talk("cy", "/checkin 1h")
    async with stage.signed_in("cy") as cy:
        assert "recall" not in (await cy.get("/me")).text.casefold()
