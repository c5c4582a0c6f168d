"""One's own page: every section in the state that it is in, and nothing that is somebody else's."""

import pytest

from bot.chat.card import Bar, Card
from bot.chat.chart import Heatmap
from bot.chat.form import Form
from bot.chat.page import Section
from bot.chat.plain import plain
from bot.chat.request import Reply
from tests.talk import Talk


async def page(talk: Talk, who: str = "ada") -> dict[str, Section]:
    heard = await talk.command(who, "page me", channel=None)
    assert isinstance(heard.answer, Reply)
    return {section.key: section for section in heard.answer.sections}


async def words(talk: Talk, key: str) -> str:
    return plain((await page(talk))[key].card)


@pytest.fixture
async def talk(talk: Talk) -> Talk:
    await talk.join("ada")
    return talk


async def test_the_first_minute_says_how_it_begins(talk: Talk) -> None:
    sections = await page(talk)
    assert list(sections) == ["week", "checkin", "steps", "streak", "focus", "partner", "later"]
    assert plain(sections["week"].card).splitlines()[:3] == [
        "Your practice week · 5–11 January",
        "Nothing yet",
        "Reach 10 h by Sunday and your streak begins. If not, nothing is lost.",
    ]
    later = plain(sections["later"].card)
    assert [line.partition(":")[0] for line in later.splitlines()[1:]] == ["The year", "The road", "Areas", "Journal"]


async def test_a_check_in_fills_what_it_is_about(talk: Talk) -> None:
    await talk("ada", "/checkin 2h30 statistics learned: chain rule")
    sections = await page(talk)
    assert list(sections) == [
        *("week", "checkin", "steps", "streak", "focus", "partner", "year", "road", "areas", "journal")
    ]
    assert sections["week"].card.blocks[0] == Bar(150, 600, "2 h 30 of 10 h")
    assert "chain rule" in plain(sections["journal"].card)
    assert sections["year"].card.title == "Your days · 2 h 30 on 1 day"


async def test_what_is_set_up_is_offered_no_more(talk: Talk) -> None:
    assert plain((await page(talk))["steps"].card).splitlines()[1:3] == [
        "Remind me?: Off until you turn it on",
        "Why are you doing this?: Only you see it",
    ]
    await talk.command("ada", "set up", channel=None, remind="off", why="to build models")
    assert "steps" not in await page(talk)


async def test_the_form_has_the_days_and_areas_to_pick_from(talk: Talk) -> None:
    form = (await page(talk))["checkin"].form
    assert isinstance(form, Form)
    fields = {field.name: field for field in form.fields}
    assert list(fields) == ["time", "day", "area", "learned"]
    days = fields["day"]
    assert [choice.label for choice in days.choices[:3]] == ["Today, Mon", "Yesterday, Sun", "Sat 3 Jan"]
    assert len(days.choices) == 15
    assert days.value == days.choices[0].value == "2026-01-05"
    assert "Statistics" in [choice.value for choice in fields["area"].choices]


async def test_quick_times_are_those_of_the_command(talk: Talk) -> None:
    for button in list((await page(talk))["checkin"].card.buttons())[:4]:
        heard = await talk.command("ada", button.command, channel=None, **button.options)
        assert not heard.is_wrong, button.label


async def test_the_streak_with_its_last_weeks(talk: Talk) -> None:
    for _ in range(3):
        await talk("ada", "/checkin 10h")
        talk.advance(weeks=1)
    await talk("ada", "/checkin 1h")
    sections = await page(talk)
    said = plain(sections["streak"].card).splitlines()
    assert said[0] == "Streak"
    assert said[1] == "2 weeks in a row" or said[1] == "3 weeks in a row"
    [picture] = [block for block in sections["streak"].card.blocks if hasattr(block, "chart")]
    assert isinstance(picture.chart, Heatmap)
    assert [week.sign for week in picture.chart.weeks] == ["kept", "kept", "kept", "open"]
    assert len(picture.chart.minutes) == 28
    assert "Keep this week and your streak is 4, which also earns you a freeze. You hold one freeze" in said[4]


async def test_a_streak_that_hangs_on_last_week_says_so(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.advance(weeks=1)
    await talk("ada", "/checkin 9h")
    talk.advance(days=5)
    talk.at("2026-01-19T09:00")
    assert "Last week: 9 h; 1 h more by the end of" in await words(talk, "week")


async def test_a_week_that_is_kept_and_one_away(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    assert "Kept, and it's only your first week ✓ Your streak has begun." in await words(talk, "week")
    talk.advance(weeks=1)
    await talk("ada", "/checkin 10h")
    assert "This week is kept ✓" in await words(talk, "streak")
    talk.advance(weeks=1)
    await talk("ada", "/pause until: sunday")
    assert "This week is away, so nothing can break." in await words(talk, "streak")


async def test_a_streak_that_has_ended_is_no_verdict(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    talk.advance(weeks=4, days=3)
    said = await words(talk, "streak")
    assert said.startswith("Streak\nThe next week that you keep begins your streak.")
    assert "Keep this week and your streak is 1." in said


async def test_the_focus_with_its_hours(talk: Talk) -> None:
    assert "Pick one thing" in await words(talk, "focus")
    await talk("ada", "/focus start SVD hours: 20 done: I can derive it")
    assert "Done means: I can derive it" in await words(talk, "focus")
    await talk("ada", "/checkin 2h")
    assert "2 h of 20 h" in await words(talk, "focus")
    talk.advance(weeks=1)
    assert "Focus · week 2" in await words(talk, "focus")


async def test_a_focus_without_an_estimate(talk: Talk) -> None:
    await talk("ada", "/focus start SVD")
    await talk("ada", "/checkin 2h")
    assert "2 h so far." in await words(talk, "focus")


async def test_only_imported_hours_fill_the_year_and_the_road(talk: Talk) -> None:
    csv = b"Date,Duration\n2025-12-01,2:00\n2025-12-02,3:00\n"
    await talk.hand_over("ada", "mydata import", "hours.csv", csv)
    await talk.press("ada", "Import it")
    sections = await page(talk)
    assert {"year", "road"} <= set(sections)
    assert sections["week"].card.title.startswith("Your practice week")


async def test_of_two_people_each_sees_their_own(talk: Talk) -> None:
    await talk("ada", "/checkin 2h learned: mine alone")
    await talk("bo", "/checkin 1h learned: of Bo")
    text = "\n".join(plain(section.card) for section in (await page(talk, "bo")).values())
    assert "of Bo" in text
    assert "mine alone" not in text


async def test_a_stranger_is_told_nothing_and_not_stored(talk: Talk) -> None:
    heard = await talk.command("zoe", "page me", channel=None)
    assert isinstance(heard.answer, Reply)
    assert heard.answer.sections == ()
    assert await talk.rows("SELECT 1 FROM people WHERE name = 'Zoe'") == []


async def test_the_short_card_names_the_page(talk: Talk) -> None:
    heard = await talk.command("ada", "page me", channel=None)
    assert isinstance(heard.answer, Reply)
    assert isinstance(heard.answer.card, Card)
    assert heard.answer.card.title == "Your page"
