"""Inviting a study partner as a conversation: what the two see, and what nobody ever learns."""

import pytest

from tests.partners import make_pair, pass_time
from tests.talk import Talk

SENT = "Sent. You'll hear only if it's a yes."
INVITED = "Ada would like to be your study partner. You'd see each other's hours, goal and streak."
ANSWERS = ["Yes", "Not now", "No invitations", "More"]


@pytest.fixture
async def three(talk: Talk) -> Talk:
    """Begin with Ada, Bo and Cy in one group, who have all checked in."""
    await talk.join("ada", "bo", "cy")
    for name in ("ada", "bo", "cy"):
        await talk(name, "/checkin 1h")
    talk.advance(hours=1)
    return talk


async def test_an_invitation_stands_on_the_next_card_and_is_no_message(three: Talk) -> None:
    assert await three("ada", "/partner invite bo") == SENT
    assert await three.posts(None, user="bo") == []
    heard = await three("bo", "/checkin 45m")
    assert INVITED in heard
    assert heard.labels == ["Undo", "Edit", "Answer"]
    assert (await three.press("bo", "Answer")).labels == ANSWERS
    assert INVITED not in await three("cy", "/progress")


async def test_it_stands_on_progress_and_on_the_partners_own_card_too(three: Talk) -> None:
    await three("ada", "/partner invite @bo")
    heard = await three("bo", "/progress")
    assert INVITED in heard
    assert "Answer" in heard.labels
    assert (await three("bo", "/partner show")).labels == ANSWERS


async def test_days_are_named_where_either_wishes_no_hours(three: Talk) -> None:
    await three("bo", "/partner match")
    await three.press("bo", "Show days, not hours")
    await three("ada", "/partner invite bo")
    seen = "You'd see each other's days of study, goal and streak."
    assert seen in await three("bo", "/progress")
    assert seen in await three("bo", "/partner show")


async def test_it_stands_on_the_home_page_too(three: Talk) -> None:
    await three("ada", "/partner invite bo")
    home = await three.command("bo", "home", channel=None)
    assert INVITED in home
    assert "Answer" in home.labels


async def test_a_yes_is_told_once_to_the_sender(three: Talk) -> None:
    await three("ada", "/partner invite bo")
    await three("bo", "/partner show")
    assert "You and Ada are study partners." in await three.press("bo", "Yes")
    assert "Bo is your study partner now." in await three("ada", "/progress")
    assert "Bo is your study partner now." not in await three("ada", "/progress")
    assert "Bo: 1 h of 10 h this week" in await three("ada", "/partner show")


async def test_of_a_no_nobody_is_told_and_it_is_not_asked_again_for_three_months(three: Talk) -> None:
    await three("ada", "/partner invite bo")
    await three("bo", "/partner show")
    assert await three.press("bo", "Not now") == "All right. Nobody is told."
    assert (await three("ada", "/partner invite cy")).is_wrong, "as if it were open still"
    three.advance(days=8)
    assert await three("ada", "/partner invite bo") == SENT
    assert INVITED not in await three("bo", "/partner show")
    three.advance(days=100)
    assert await three("ada", "/partner invite bo") == SENT
    assert INVITED in await three("bo", "/partner show")


async def test_an_invitation_ends_after_a_week(three: Talk) -> None:
    await three("ada", "/partner invite bo")
    shown = await three("bo", "/partner show")
    three.advance(days=7)
    assert INVITED not in await three("bo", "/progress")
    assert await three.press("bo", "Yes") == "This invitation isn't open any more."
    assert shown.labels == ANSWERS


async def test_one_at_a_time_and_three_a_month(three: Talk) -> None:
    assert await three("ada", "/partner invite bo") == SENT
    assert "One invitation at a time: yours is open until Mon 12 Jan, 10:00." in await three(
        "ada", "/partner invite cy"
    )
    three.advance(days=7)
    assert await three("ada", "/partner invite cy") == SENT
    three.advance(days=7)
    assert await three("ada", "/partner invite bo") == SENT
    three.advance(days=7)
    heard = await three("ada", "/partner invite cy")
    assert (
        "That would be the fourth invitation within 30 days. You can send the next one from Wed 4 Feb, 10:00" in heard
    )


async def test_whom_one_cannot_invite_is_said_in_a_sentence_each(three: Talk) -> None:
    await three.join("di")
    await make_pair(three, "cy", "di")
    assert "That's you." in await three("ada", "/partner invite ada")
    assert "Cy already has a study partner." in await three("ada", "/partner invite cy")
    assert "You already study with Di." in await three("cy", "/partner invite bo")
    unknown = await three("ada", "/partner invite <@bot>")
    assert "I don't see a member of that name here" in unknown
    assert all(heard.is_wrong for heard in (unknown, await three("ada", "/partner invite nobody")))


async def test_hidden_members_and_those_of_other_groups_answer_as_unknown_names_do(three: Talk) -> None:
    await three.start_group("other", members=["eve"])
    await three("bo", "/group hide")
    unknown = await three("ada", "/partner invite zzz")
    for name in ("bo", "eve"):
        assert await three("ada", f"/partner invite {name}") == unknown.replace("zzz", name)
    for name in ("bo", "eve"):
        mentioned = await three("ada", f"/partner invite <@{name}>")
        assert mentioned == await three("ada", "/partner invite <@zzz>")


async def test_who_is_hidden_invites_nobody(three: Talk) -> None:
    await three("ada", "/group hide")
    assert "You're hidden in console" in await three("ada", "/partner invite bo")
    assert "You're hidden in console" in await three("ada", "/partner match")


async def test_hiding_takes_back_what_waits(three: Talk) -> None:
    await three("ada", "/partner invite bo")
    await three("ada", "/group hide")
    assert INVITED not in await three("bo", "/partner show")


async def test_no_invitations_is_a_switch_that_the_sender_never_sees(three: Talk) -> None:
    await three("bo", "/partner invites off")
    assert await three("ada", "/partner invite bo") == SENT
    assert INVITED not in await three("bo", "/partner show")
    assert "Take invitations" in (await three("bo", "/partner invites")).labels
    await three.press("bo", "Take invitations")
    assert INVITED not in await three("bo", "/partner show"), "what was sent meanwhile stays unseen"


async def test_no_invitations_answers_this_one_too(three: Talk) -> None:
    await three("ada", "/partner invite bo")
    await three("bo", "/partner show")
    assert "You get no invitations." in await three.press("bo", "No invitations")
    assert INVITED not in await three("bo", "/partner show")


async def test_a_block_is_unseen_and_can_be_lifted(three: Talk) -> None:
    await three("ada", "/partner invite bo")
    await three("bo", "/partner show")
    await three.press("bo", "More")
    assert "Ada is blocked, and told nothing." in await three.press("bo", "Block this person")
    three.advance(days=120)
    assert await three("ada", "/partner invite bo") == SENT
    assert INVITED not in await three("bo", "/partner show")
    assert "You've blocked Ada." in await three("bo", "/partner invite ada")
    assert "Ada" in (await three("bo", "/partner invites")).labels
    assert await three.press("bo", "Ada") == "The block of Ada is lifted."
    three.advance(days=120)
    assert await three("ada", "/partner invite bo") == SENT
    assert INVITED in await three("bo", "/partner show")


async def test_a_block_outlives_the_erase_of_the_other(three: Talk) -> None:
    await three("ada", "/partner invite bo")
    await three("bo", "/partner show")
    await three.press("bo", "More")
    await three.press("bo", "Block this person")
    await three("ada", "/mydata erase")
    await three.press("ada", "Erase everything")
    assert "console account ada" in (await three("bo", "/partner invites")).labels
    three.advance(days=1)
    await three("ada", "/checkin 1h")
    assert await three("ada", "/partner invite bo") == SENT
    assert INVITED not in await three("bo", "/partner show")
    for name in ("ada", "bo"):
        await three(name, "/partner match")
        await three.press(name, "Find me a partner")
    await pass_time(three, days=7)
    assert "No match this Monday" in await three("bo", "/progress")


async def test_who_invites_each_other_need_not_wait(three: Talk) -> None:
    await three("ada", "/partner invite bo")
    heard = await three("bo", "/partner invite ada")
    assert INVITED in heard
    assert heard.labels == ANSWERS


async def test_a_yes_comes_too_late_for_who_has_found_somebody(three: Talk) -> None:
    await three("ada", "/partner invite bo")
    await three("bo", "/partner show")
    await three("cy", "/partner invite ada")
    await three("ada", "/partner show")
    await three.press("ada", "Yes")
    assert await three.press("bo", "Yes") == "This invitation isn't open any more."


async def test_a_button_of_somebody_else_answers_nothing(three: Talk) -> None:
    await three("ada", "/partner invite bo")
    await three("bo", "/partner show")
    number = (await three.rows("SELECT max(id) FROM partner_invitations"))[0][0]
    heard = await three.command("cy", "partner answer", invitation=str(number), choice="yes")
    assert heard == "This invitation isn't open any more."
    assert await three.rows("SELECT * FROM partner_pairs") == []


async def test_leaving_the_group_takes_back_what_was_sent(three: Talk) -> None:
    await three("ada", "/partner invite bo")
    await three("ada", "/group leave")
    assert INVITED not in await three("bo", "/progress")
