"""A group's page: what its members see together, nothing of who hides, and nothing for anybody else."""

import pytest

from bot.chat.card import Bar, Picture
from bot.chat.chart import BoardBars
from bot.chat.page import Section
from bot.chat.plain import plain
from bot.chat.request import Reply
from tests.talk import Heard, Talk


async def ask(talk: Talk, who: str = "ada", group: str = "1") -> Heard:
    return await talk.command(who, "page group", channel=None, group=group)


async def page(talk: Talk, who: str = "ada") -> dict[str, Section]:
    heard = await ask(talk, who)
    assert isinstance(heard.answer, Reply)
    return {section.key: section for section in heard.answer.sections}


def everything(sections: dict[str, Section]) -> str:
    return "\n".join(plain(section.card) for section in sections.values())


@pytest.fixture
async def talk(talk: Talk) -> Talk:
    await talk.join("ada", "bo")
    return talk


async def test_an_empty_week_says_how_it_begins(talk: Talk) -> None:
    sections = await page(talk)
    assert plain(sections["together"].card).splitlines()[:3] == [
        "This week, together · 5–11 January",
        "Nothing yet",
        "The first check-in opens the week.",
    ]


async def test_the_week_together_and_who_studied(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("bo", "/checkin 1h")
    talk.advance(weeks=1)
    await talk("ada", "/checkin 10h")
    await talk("bo", "/checkin 9h")
    sections = await page(talk)
    [bar] = [block for block in sections["together"].card.blocks if isinstance(block, Bar)]
    assert (bar.done, bar.goal, bar.text) == (1140, 1200, "19 h of 20 h")
    assert "1 has kept the week, 1 more is within 2 hours. 2 have studied." in everything(sections)
    [picture] = [block for block in sections["studied"].card.blocks if isinstance(block, Picture)]
    assert isinstance(picture.chart, BoardBars)
    assert [row.name for row in picture.chart.rows] == ["Ada", "Bo"]
    assert picture.chart.me == 0


async def test_nobody_has_kept_it_yet(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("bo", "/checkin 1h")
    talk.advance(weeks=1)
    await talk("ada", "/checkin 1h")
    assert "1 has studied." in everything(await page(talk))
    await talk("ada", "/checkin 8h")
    assert "1 is within 2 hours of their goal. 1 has studied." in everything(await page(talk))


async def test_hours_of_practice_weeks_stand_alone(talk: Talk) -> None:
    await talk("ada", "/checkin 3h")
    assert "3 h together" in plain((await page(talk))["together"].card)


async def test_last_weeks_results_and_what_was_offered(talk: Talk) -> None:
    await talk("ada", "/checkin 10h statistics learned: an interval answers")
    await talk.press("ada", "Offer for the results")
    await talk("bo", "/checkin 2h learned: kept to myself")
    talk.advance(weeks=1)
    sections = await page(talk, "bo")
    assert sections["results"].card.title == "Results of last week · 5–11 January"
    assert "Together 12 of 10 hours; 1 of 1 kept the week" in everything(sections)
    learned = plain(sections["learned"].card)
    assert "an interval answers" in learned
    assert "Ada · Statistics" in learned
    assert "kept to myself" not in everything(sections)


async def test_what_is_taken_back_is_shown_no_more(talk: Talk) -> None:
    await talk("ada", "/checkin 10h learned: an interval answers")
    await talk.press("ada", "Offer for the results")
    assert "learned" in await page(talk)
    await talk.press("ada", "Take back")
    assert "learned" not in await page(talk)


@pytest.mark.parametrize("gone", ["/group hide", "/group leave"])
async def test_who_hides_or_leaves_is_gone_at_once(talk: Talk, gone: str) -> None:
    await talk("bo", "/checkin 10h learned: hidden words")
    await talk.press("bo", "Offer for the results")
    await talk("ada", "/checkin 1h")
    await talk("bo", gone)
    text = everything(await page(talk))
    assert "Bo" not in text
    assert "hidden words" not in text
    assert "11 h" not in text


async def test_a_hidden_member_sees_the_page_and_that_they_hide(talk: Talk) -> None:
    await talk("bo", "/checkin 1h")
    await talk("bo", "/group hide")
    await talk("ada", "/checkin 1h")
    assert "You're hidden" in everything(await page(talk, "bo"))
    assert "You're hidden" not in everything(await page(talk))


async def test_nobody_sees_a_group_that_is_none_of_theirs(talk: Talk) -> None:
    await talk.start_group("den", name="Den", members=["cy"])
    for who, group in (("cy", "1"), ("ada", "2"), ("ada", "99"), ("ada", "x")):
        heard = await ask(talk, who, group)
        assert heard.is_wrong
        assert isinstance(heard.answer, Reply)
        assert heard.answer.sections == ()
        assert "Den" not in heard
    await talk("bo", "/group leave")
    assert (await ask(talk, "bo")).is_wrong


async def test_organisers_see_what_is_set(talk: Talk) -> None:
    assert "organisers" not in await page(talk)
    person = await talk.person("ada")
    await talk.store.write(
        lambda tx: tx.run("INSERT INTO organisers (group_id, person_id) VALUES (1, :id)", id=person.id)
    )
    said = plain((await page(talk))["organisers"].card)
    assert "Members: 2" in said
    assert "Organisers: Ada" in said


async def test_what_is_posted_next_is_told_in_the_groups_time(talk: Talk) -> None:
    talk.starters = {"cy"}
    await talk("cy", "/group start Owls", channel="owls")
    heard = await ask(talk, "cy", "2")
    assert isinstance(heard.answer, Reply)
    coming = {section.key: section for section in heard.answer.sections}["next"].card
    said = plain(coming).splitlines()
    assert said[1:] == [
        "Last call: Sunday 11 Jan, 15:00",
        "Results: Monday 12 Jan, 9:00",
        "Times are the group's: UTC.",
    ]


async def test_the_short_card_says_the_week_in_a_sentence(talk: Talk) -> None:
    await talk("ada", "/checkin 3h")
    assert await ask(talk) == "console\nTogether 3 hours."


async def test_what_is_posted_next_lies_ahead_also_where_nothing_was_posted_lately(talk: Talk) -> None:
    talk.starters = {"cy"}
    await talk("cy", "/group start Owls", channel="owls")
    talk.advance(weeks=3)
    heard = await ask(talk, "cy", "2")
    assert isinstance(heard.answer, Reply)
    coming = {section.key: section for section in heard.answer.sections}["next"].card
    assert plain(coming).splitlines()[1] == "Last call: Sunday 1 Feb, 15:00"
