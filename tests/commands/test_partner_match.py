"""Matching on Monday, and the question that partners explain to each other."""

from functools import partial

import pytest

from bot.questions.bank import QuestionBank
from bot.store.tx import Tx
from tests.partners import make_pair, pass_time
from tests.talk import Talk

WAITING = "You're on the list in console. I match on Mon 12 Jan 09:00; your next card after that tells you."
MATCHED = "is your study partner now. You see each other's hours, goal and streak."
NOBODY = "No match this Monday; you're first in line next week."
QUESTION = "have a question on"


@pytest.fixture
async def group(talk: Talk) -> Talk:
    """Begin with five members, on Monday after the moment of matching."""
    for name in ("ada", "bo", "cy", "di", "eve"):
        await talk.join(name)
    for name in ("ada", "bo", "cy"):
        await talk(name, "/checkin 15m")
    talk.advance(minutes=5)
    return talk


async def wait(talk: Talk, *names: str, choice: str = "Find me a partner") -> None:
    for name in names:
        await talk(name, "/partner match")
        await talk.press(name, choice)


async def partners_of(talk: Talk) -> list[tuple[object, ...]]:
    return await talk.rows("SELECT first_id, second_id FROM partner_pairs WHERE ended_at IS NULL ORDER BY 1, 2")


async def test_what_a_partner_sees_is_said_before(group: Talk) -> None:
    asked = await group("ada", "/partner match")
    assert "You'd see each other's hours, goal and streak." in asked
    assert "Mon 12 Jan 09:00" in asked
    assert await group.press("ada", "Find me a partner") == f"{WAITING}\n[Stop looking] [Invite someone]"
    assert WAITING in await group("ada", "/partner show")


async def test_two_who_wait_are_told_on_their_next_card(group: Talk) -> None:
    await wait(group, "ada", "bo")
    await pass_time(group, days=7)
    assert f"Bo {MATCHED}" in await group("ada", "/checkin 1h")
    assert f"Ada {MATCHED}" in await group("bo", "/progress")
    assert await group.posts(None, user="ada") == []
    assert WAITING not in await group("ada", "/partner show")


async def test_one_alone_is_first_in_line(group: Talk) -> None:
    await wait(group, "ada")
    await pass_time(group, days=7)
    assert NOBODY in await group("ada", "/checkin 1h")
    assert NOBODY not in await group("ada", "/progress")
    await wait(group, "bo", "cy")
    await pass_time(group, days=7)
    assert len(await partners_of(group)) == 3, "an odd one makes three"
    heard = await group("ada", "/partner show")
    assert "You, Bo and Cy" in heard
    assert "With you" in heard


async def test_nobody_is_matched_who_stopped_looking_hid_or_left(group: Talk) -> None:
    await wait(group, "ada", "bo", "cy", "di")
    await group("ada", "/partner match")
    await group("bo", "/partner show")
    await group.press("bo", "Stop looking")
    await group("cy", "/group hide")
    await group("di", "/group leave")
    await pass_time(group, days=7)
    assert await partners_of(group) == []


async def test_days_can_be_chosen_before_anybody_sees_hours(group: Talk) -> None:
    await wait(group, "ada", choice="Show days, not hours")
    await wait(group, "bo")
    await group("ada", "/checkin 3h")
    await pass_time(group, days=7)
    assert "Ada is your study partner now. You see each other's days of study" in await group("bo", "/progress")
    await group("ada", "/checkin 1h")
    assert "Ada: 1 day this week" in await group("bo", "/partner show")


async def test_a_three_parts_when_one_leaves(group: Talk) -> None:
    await wait(group, "ada", "bo", "cy")
    await pass_time(group, days=7)
    heard = await group("cy", "/partner leave")
    [leave, _] = heard.labels
    await group.press("cy", leave)
    assert len(await partners_of(group)) == 1
    assert "You and Cy are no longer study partners." in await group("ada", "/progress")
    assert "You and Bo" in await group("ada", "/partner show")


async def test_matching_is_on_monday_of_the_groups_zone(talk: Talk) -> None:
    await talk.start_group("tokyo", zone="Asia/Tokyo", members=["ada", "bo"])
    for name in ("ada", "bo"):
        await talk(name, "/partner match", channel="tokyo")
        await talk.press(name, "Find me a partner", channel="tokyo")
    rows = await talk.rows("SELECT due_at FROM schedules WHERE kind = 'partners'")
    assert rows == [(1768176000000,)], "Monday 12 January 9:00 in Tokyo is midnight UTC"


async def test_a_second_partner_is_offered_while_one_is_long_away(group: Talk) -> None:
    await make_pair(group)
    await group("bo", "/pause 8 feb from: 12 jan")
    for _ in range(4):
        await group("ada", "/checkin 1h")
        await pass_time(group, days=7)
    assert "already study" not in await group("ada", "/partner match")
    heard = await group("ada", "/checkin 2h")
    assert "Bo is away for a while. Would you like a second partner meanwhile?" in heard
    await wait(group, "ada", "cy")
    await pass_time(group, days=7)
    assert len(await partners_of(group)) == 2


async def test_three_silent_weeks_let_a_pair_rest_but_away_ones_do_not(group: Talk) -> None:
    await make_pair(group)
    await make_pair(group, "cy", "di")
    await group("di", "/pause 8 feb from: 12 jan")
    for _ in range(4):
        await group("ada", "/checkin 1h")
        await group("cy", "/checkin 1h")
        await pass_time(group, days=7)
    assert len(await partners_of(group)) == 1, "Bo was silent, Di was away"
    heard = await group("ada", "/checkin 2h")
    assert "You and Bo are taking a rest as partners. Would you like another partner?" in heard


async def test_the_question_is_told_once_a_week_and_asked_when_they_like(group: Talk) -> None:
    await make_pair(group)
    await pass_time(group, days=7)
    first = await group("ada", "/checkin 1h")
    assert QUESTION in first
    assert QUESTION not in await group("ada", "/checkin 2h")
    asked = await group.press("ada", "See the question")
    assert "Explain it to Bo, then swap." in asked
    covers = await group.press("ada", "What it covers")
    assert covers.labels == ["Clear", "Partly", "Let's repeat it", "Mark Bo's"]
    assert "To go further" in await group.press("ada", "Clear")


async def test_a_question_that_was_seen_is_told_no_more(group: Talk) -> None:
    await make_pair(group)
    await pass_time(group, days=7)
    await group("bo", "/partner show")
    await group.press("bo", "This week's question")
    assert QUESTION not in await group("bo", "/checkin 1h")
    assert QUESTION in await group("ada", "/checkin 1h"), "who hasn't seen it is still told"


async def test_a_partners_mark_is_advice_and_ones_own_decides(group: Talk) -> None:
    await make_pair(group)
    await pass_time(group, days=7)
    await group("ada", "/checkin 1h")
    await group.press("ada", "See the question")
    await group.press("ada", "What it covers")
    await group.press("ada", "Mark Bo's")
    assert await group.press("ada", "Let's repeat it") == "Bo will see it beside the question."
    assert "A partner found yours worth repeating." in await group.command("bo", "partner question")
    rows = await group.rows("SELECT mark, advice FROM partner_questions ORDER BY person_id")
    assert rows == [(None, None), (None, "repeat")]


async def test_what_one_wants_to_repeat_comes_back_after_four_weeks(group: Talk) -> None:
    await make_pair(group)
    await pass_time(group, days=7)
    await group.command("ada", "partner question", step="mark", mark="repeat")
    for _ in range(4):
        await group("ada", "/checkin 1h")
        await group("bo", "/checkin 1h")
        await pass_time(group, days=7)
    rows = await group.rows("SELECT week, question FROM partner_questions WHERE person_id = 1 ORDER BY week")
    asked = [question for _, question in rows]
    assert len(asked) == 5
    assert asked[0] == asked[4]
    assert len(set(asked)) == 4
    ada = await group.command("ada", "partner question")
    assert "again" not in ada


async def test_before_the_first_monday_there_is_none(group: Talk) -> None:
    await make_pair(group)
    heard = await group.command("ada", "partner question")
    assert heard == "Your next question comes on Monday.\n[Your partner]"
    assert (await group.command("ada", "partner question", step="nonsense", mark="nonsense")) == heard


async def test_a_renamed_area_has_the_questions_of_its_first_name(group: Talk) -> None:
    group.managers.add("ada")
    await group("ada", "/group areas rename: Statistics to: Chance")
    for name in ("ada", "bo"):
        await group(name, "/checkin 1h chance")
    await make_pair(group)
    await pass_time(group, days=7)
    [(question,)] = await group.rows("SELECT DISTINCT question FROM partner_questions")
    chosen = QuestionBank().find(str(question))
    assert chosen is not None
    assert chosen.area == "Statistics"


async def test_a_group_with_other_areas_takes_its_own_notes(group: Talk) -> None:
    group.managers.add("ada")
    for area in ("Mathematics", "Statistics", "Machine Learning", "Software Engineering", "DevOps"):
        await group("ada", f"/group areas remove: {area}")
    await group("ada", "/group areas add: Painting")
    await group("ada", "/group areas remove: Cloud Systems")
    await group("ada", "/checkin 1h learned: how ultramarine was made")
    await make_pair(group)
    await pass_time(group, days=7)
    assert "Can you still explain it?" in await group("ada", "/checkin 1h"), "recall comes first"
    assert "You and Bo each have a note of your own to explain this week." in await group("ada", "/checkin 2h")
    asked = await group.press("ada", "See the question")
    assert "> how ultramarine was made" in asked
    assert asked.labels == ["Clear", "Partly", "Let's repeat it", "Mark Bo's"]
    assert await group.press("ada", "Clear") == "Noted."
    assert "Take something you learned lately" in await group.command("bo", "partner question")


def ask(question: str, tx: Tx) -> None:
    tx.run("UPDATE partner_questions SET question = :id", id=question)


async def test_every_question_fits_the_cards(group: Talk) -> None:
    await make_pair(group)
    await pass_time(group, days=7)
    for question in QuestionBank().questions:
        await group.store.write(partial(ask, question.id))
        for step in ("", "covers", "mark"):
            await group.command("ada", "partner question", step=step, mark="clear" if step == "mark" else "")
