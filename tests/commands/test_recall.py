"""Notes that come back: beside a check-in, by `/recall`, and the ways in which they leave."""

from datetime import timedelta

import pytest

from bot.domain.recall import NEVER
from bot.store import export
from tests.talk import Talk

ASKED = "You wrote about Statistics a week ago. Can you still explain it?"
OF_STATISTICS = "Mon 5 Jan · Statistics · the cent…"
LEARNED = "the central limit theorem needs a finite variance"


@pytest.fixture
async def ada(talk: Talk) -> Talk:
    """Begin a conversation in which Ada wrote a note about statistics a week ago, and has settled in since."""
    await talk("ada", "/timezone Europe/London")
    await talk("ada", f"/checkin 2h statistics learned: {LEARNED}")
    await talk("ada", "/checkin 1h devops")
    talk.advance(days=7)
    return talk


async def exported(talk: Talk, name: str = "ada") -> dict[str, object]:
    person = await talk.person(name)
    recall = (await talk.store.read(lambda tx: export.export(tx, person, talk.clock.now())))["recall"]
    assert isinstance(recall, dict)
    return recall


async def test_a_note_comes_back_after_a_week_beside_a_check_in(ada: Talk) -> None:
    heard = await ada("ada", "/checkin 45m")
    assert ASKED in heard
    assert heard.labels == ["Undo", "Edit", "Show my note", "Not now"]
    shown = await ada.press("ada", "Show my note")
    assert LEARNED in shown
    assert "Could you still explain it?" in shown
    assert shown.labels == ["Yes", "Partly", "Not any more"]
    answered = await ada.press("ada", "Yes")
    assert answered == "Well remembered. It's due again in three weeks."
    assert answered.is_in_place
    ada.advance(days=21)
    assert "You wrote about Statistics four weeks ago. Can you still explain it?" in await ada("ada", "/checkin 45m")


async def test_beside_a_question_there_is_no_room_for_the_focus(ada: Talk) -> None:
    await ada("ada", "/focus start title: Probability, linear algebra and all they are good for hours: 40")
    heard = await ada("ada", "/checkin 45m")
    assert ASKED in heard
    assert "Focus" not in heard
    assert "Focus" in await ada("ada", "/checkin 50m")


async def test_one_question_a_day(ada: Talk) -> None:
    await ada("ada", "/checkin 45m")
    assert "explain" not in await ada("ada", "/checkin 1h10")
    ada.advance(days=1)
    assert "explain" not in await ada("ada", "/checkin 1h10"), "it was shown in its own week"


async def test_a_note_that_finds_no_card_in_its_own_week_moves_on_unsaid(ada: Talk) -> None:
    ada.advance(days=7)
    assert "explain" not in await ada("ada", "/checkin 45m")
    ada.advance(days=14)
    assert "four weeks ago" in await ada("ada", "/checkin 45m")


async def test_partly_asks_the_same_step_again_and_not_any_more_begins_anew(ada: Talk) -> None:
    await ada("ada", "/checkin 45m")
    await ada.press("ada", "Show my note")
    assert "due again in a week" in await ada.press("ada", "Partly")
    ada.advance(days=7)
    assert "two weeks ago" in await ada("ada", "/checkin 45m")
    await ada.press("ada", "Show my note")
    assert "due again in three weeks" in await ada.press("ada", "Yes")
    ada.advance(days=21)
    assert "five weeks ago" in await ada("ada", "/checkin 45m")
    await ada.press("ada", "Show my note")
    assert "due again in a week" in await ada.press("ada", "Not any more")


async def test_two_not_now_in_a_row_keep_it_quiet_for_four_weeks(ada: Talk) -> None:
    await ada("ada", "/checkin 45m learned: a rolling update replaces pods one by one")
    assert await ada.press("ada", "Not now") == "All right, another time.\n[Switch recall off]"
    assert await ada.press("ada", "Not now") == "All right, another time.\n[Switch recall off]", "the same question"
    ada.advance(days=7)
    assert "rolling update" in await ada("ada", "/checkin 45m learned: a pod that fails its probe is started anew")
    assert "for four weeks" in await ada.press("ada", "Not now")
    for _ in range(3):
        ada.advance(days=7)
        assert "explain" not in await ada("ada", "/checkin 45m")
    ada.advance(days=7)
    assert "explain" in await ada("ada", "/checkin 45m"), "both notes are due again after four weeks"


async def test_an_answer_ends_a_run_of_not_now(ada: Talk) -> None:
    await ada("ada", "/checkin 45m learned: a rolling update replaces pods one by one")
    await ada.press("ada", "Not now")
    await ada("ada", "/recall")
    await ada.press("ada", "Show my note")
    await ada.press("ada", "Yes")
    ada.advance(days=7)
    await ada("ada", "/checkin 45m")
    assert "another time" in await ada.press("ada", "Not now")


async def test_it_can_be_switched_off_and_on(ada: Talk) -> None:
    off = await ada("ada", "/reminders recall: off")
    assert off.startswith("Recall is off")
    heard = await ada("ada", f"/checkin 45m learned: {LEARNED}")
    assert "explain" not in heard
    assert "Keep for recall" not in heard.labels
    assert "Recall of old notes is off." in await ada("ada", "/reminders")
    assert (await exported(ada))["on"] is False
    assert "can you still explain" in (await ada("ada", "/recall")).casefold()
    await ada.press("ada", "Show my note")
    assert "Due again in three weeks: /recall shows it then." in await ada.press("ada", "Yes")
    assert "Recall is on" in await ada("ada", "/reminders recall: on")
    ada.advance(days=21)
    assert "four weeks ago" in await ada("ada", "/checkin 45m")


async def test_not_now_after_it_was_switched_off(ada: Talk) -> None:
    await ada("ada", "/checkin 45m")
    await ada("ada", "/reminders recall: off")
    assert "Recall is off" in await ada.press("ada", "Not now")
    assert (await ada.person("ada")).recall_on == NEVER


async def test_recall_opens_what_is_due_and_then_what_comes_next(ada: Talk) -> None:
    await ada("ada", "/checkin 1h devops learned: a rolling update replaces pods one by one")
    ada.advance(days=1)
    assert (await ada("ada", "/recall")).startswith(ASKED)
    await ada.press("ada", "Show my note")
    await ada.press("ada", "Yes")
    assert "about DevOps yesterday" in await ada("ada", "/recall")
    await ada.press("ada", "Show my note")
    assert "due again in six days" in await ada.press("ada", "Yes"), "answered too early to move on"
    assert await ada("ada", "/recall") == "Nothing to recall right now."


async def test_recall_before_there_is_a_note_says_how_they_come(talk: Talk) -> None:
    heard = await talk("bo", "/recall")
    assert heard.startswith("Write what you learn with a check-in.")
    assert heard.labels == ["Check in"]


async def test_keep_for_recall_chooses_another(talk: Talk) -> None:
    await talk("ada", "/timezone UTC")
    await talk("ada", f"/checkin 2h statistics learned: {LEARNED} and much more than that", channel=None)
    heard = await talk("ada", "/checkin 1h statistics learned: Bayes", channel=None)
    assert heard.labels == ["Undo", "Edit", "Keep for recall"]
    assert await talk.press("ada", "Keep for recall") == "Kept. It's due in a week: can you explain it then?"
    assert await talk.press("ada", "Keep for recall") == "This one is coming back already."
    talk.advance(hours=1)
    await talk("ada", "/checkin 30m devops learned: pods", channel=None)
    assert "takes the place of another note" in await talk.press("ada", "Keep for recall")
    talk.advance(days=7)
    assert "You wrote about DevOps a week ago" in await talk("ada", "/checkin 45m", channel=None)


async def test_a_note_that_comes_back_anyway_is_not_offered(talk: Talk) -> None:
    await talk("ada", "/timezone UTC")
    heard = await talk("ada", f"/checkin 2h statistics learned: {LEARNED}", channel=None)
    assert heard.labels == ["Undo", "Edit"]
    heard = await talk("ada", f"/checkin 1h statistics learned: {LEARNED} and is not a law of numbers", channel=None)
    assert heard.labels == ["Undo", "Edit"], "the longer one comes back now"


async def test_beside_undo_and_edit_there_is_one_button(talk: Talk) -> None:
    await talk.join("ada")
    await talk("ada", "/timezone UTC")
    await talk("ada", f"/checkin 2h statistics learned: {LEARNED}")
    heard = await talk("ada", "/checkin 1h statistics learned: Bayes")
    assert heard.labels == ["Undo", "Edit", "Offer for the results"]


async def test_any_own_note_is_kept_from_the_journal(ada: Talk) -> None:
    assert OF_STATISTICS in (await ada("ada", "/journal")).labels
    assert "from today" in await ada.press("ada", OF_STATISTICS), "its week to come back is this one"
    assert OF_STATISTICS not in (await ada("ada", "/journal")).labels
    assert ASKED in await ada("ada", "/recall")


async def test_an_old_note_begins_anew_when_it_is_kept(ada: Talk) -> None:
    ada.advance(days=300)
    await ada("ada", "/journal")
    assert await ada.press("ada", OF_STATISTICS) == "Kept. It's due in a week: can you explain it then?"
    await ada("ada", "/checkin 1h")
    ada.advance(days=7)
    assert "You wrote about Statistics ten months ago. Can you still explain it?" in await ada("ada", "/checkin 45m")
    await ada.press("ada", "Show my note")
    assert "due again in three weeks" in await ada.press("ada", "Yes")


async def test_a_note_that_has_left_can_be_kept_again(ada: Talk) -> None:
    await ada("ada", "/checkin 45m")
    await ada("ada", "/edit #1 learned: a median needs no variance at all")
    ada.advance(days=1)
    await ada("ada", "/journal")
    assert "It's due in a week" in await ada.press("ada", "Mon 5 Jan · Statistics · a median…")
    ada.advance(days=7)
    assert "about Statistics two weeks ago" in await ada("ada", "/checkin 45m")


async def test_explanations_are_kept_from_the_journal_too(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", "/focus start Linear algebra")
    await talk("ada", "/focus finish A matrix is what a linear map looks like in a basis.")
    await talk("ada", "/journal")
    assert "It's due in a week" in await talk.press("ada", "Today · Linear algebra")
    assert "Keep for recall" not in await talk("ada", "/journal")


async def test_imported_notes_cannot_be_kept(ada: Talk) -> None:
    await ada.store.write(lambda tx: tx.run("UPDATE checkins SET source = 'import' WHERE number = 1"))
    assert "Keep for recall" not in await ada("ada", "/journal")
    assert (await ada.command("ada", "keep note", note="c1")).is_wrong


async def test_another_can_be_kept_from_a_list_too(ada: Talk) -> None:
    await ada("ada", "/checkin 1h devops learned: a rolling update replaces pods one by one")
    await ada("ada", "/checkin 30m learned: Bayes with two coins")
    heard = await ada("ada", "/recall")
    assert heard.startswith(ASKED)
    assert heard.labels == ["Show my note", "Today · Bayes with two coins", "Today · DevOps · a rolling update…"]
    assert "It's due in a week" in await ada.press("ada", "Today · Bayes with two coins")
    assert (await exported(ada))["notes"][-1]["checkin"] == 4  # type: ignore[index]


@pytest.mark.parametrize("change", ["/undo #1", "/edit #1 learned: something else altogether"])
async def test_a_note_that_is_edited_or_undone_leaves(ada: Talk, change: str) -> None:
    await ada("ada", "/checkin 45m")
    await ada("ada", change)
    ada.advance(days=21)
    assert "explain" not in await ada("ada", "/checkin 45m")
    assert await ada("ada", "/recall") == "Nothing to recall right now."


async def test_another_time_or_area_lets_a_note_stay(ada: Talk) -> None:
    await ada("ada", "/checkin 45m")
    await ada("ada", "/edit #1 area: mathematics time: 1h30")
    ada.advance(days=21)
    assert "about Mathematics four weeks ago" in await ada("ada", "/checkin 45m")


async def test_the_note_of_an_old_card_is_shown_without_a_question_once_it_has_left(ada: Talk) -> None:
    await ada("ada", "/checkin 45m")
    await ada.press("ada", "Show my note")
    await ada("ada", "/undo #1")
    with pytest.raises(AssertionError):
        assert "Well remembered" in await ada.press("ada", "Yes")
    shown = await ada.press("ada", "Show my note")
    assert LEARNED in shown
    assert shown.labels == []


async def test_explanations_of_finished_focuses_take_part(talk: Talk) -> None:
    await talk("ada", "/timezone UTC")
    await talk("ada", "/checkin 1h")
    await talk("ada", "/focus start Linear algebra")
    await talk("ada", "/focus finish A matrix is what a linear map looks like in a basis.")
    talk.advance(days=7)
    heard = await talk("ada", "/checkin 45m")
    assert "You finished Linear algebra a week ago and explained it. Can you still?" in heard
    assert "in a basis" in await talk.press("ada", "Show my note")


async def test_without_an_area_the_note_is_named_by_its_beginning(talk: Talk) -> None:
    await talk("ada", "/timezone UTC")
    await talk("ada", f"/checkin 1h learned: {LEARNED}")
    talk.advance(days=7)
    assert "You wrote “the central limit theorem needs a…” a week ago." in await talk("ada", "/checkin 45m")


async def test_imported_notes_do_not_come_back(ada: Talk) -> None:
    def make_imported(tx: object) -> None:
        tx.run("UPDATE checkins SET source = 'import' WHERE number = 1")  # type: ignore[attr-defined]

    await ada.store.write(make_imported)
    assert "explain" not in await ada("ada", "/checkin 45m")


async def test_nobody_sees_the_note_of_another(ada: Talk) -> None:
    await ada("bo", "/checkin 45m")
    heard = await ada.command("bo", "recall", note="c1")
    assert LEARNED not in heard
    assert (await ada.command("bo", "recall", note="c99")).is_wrong
    assert (await ada.command("bo", "keep note", note="nonsense")).is_wrong
    assert (await ada.command("bo", "remembered", note="c7")).is_wrong


async def test_other_news_come_first_and_recall_waits_for_the_next_card(ada: Talk) -> None:
    ada.advance(days=-1)
    await ada("ada", "/checkin 6h")
    ada.advance(days=1)
    heard = await ada("ada", "/checkin 45m")
    assert "Log for last week" in heard.labels
    assert ASKED not in heard
    assert ASKED in await ada("ada", "/checkin 1h day: sunday")


async def test_moving_west_brings_no_second_question_that_day(ada: Talk) -> None:
    await ada("ada", "/checkin 45m")
    await ada("ada", "/timezone Pacific/Honolulu")
    assert "explain" not in await ada("ada", "/checkin 1h05")
    ada.advance(days=1)
    assert "explain" not in await ada("ada", "/checkin 1h15")


async def test_it_is_exported_and_erased(ada: Talk) -> None:
    await ada("ada", "/checkin 45m")
    assert (await exported(ada))["notes"] == [
        {
            "week": "2026-01-12",
            "checkin": 1,
            "focus": None,
            "since": "2026-01-05",
            "step": 0,
            "asked_on": "2026-01-12",
            "answered_on": None,
        }
    ]
    await ada("ada", "/mydata erase")
    await ada.press("ada", "Erase everything")
    assert await ada.rows("SELECT * FROM recalls") == []


async def test_a_note_that_nobody_asked_about_for_good_is_left_alone(ada: Talk) -> None:
    await ada("ada", "/checkin 45m")
    ada.advance(days=400)
    assert "explain" not in await ada("ada", "/checkin 45m")


async def test_a_note_of_half_a_year_ago_is_the_last(ada: Talk) -> None:
    for days, ago in ((0, "a week"), (21, "four weeks"), (56, "12 weeks"), (98, "six months")):
        ada.at((ada.clock.now() + timedelta(days=days)).isoformat())
        await ada("ada", "/checkin 45m")
        assert f"about Statistics {ago} ago" in await ada("ada", "/recall")
        await ada.press("ada", "Show my note")
        heard = await ada.press("ada", "Yes")
    assert heard == "Still there after all these weeks. It won't come back."
