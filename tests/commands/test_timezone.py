"""`timezone` as a conversation: days follow at once, closing from the next week, reminders again from now."""

import pytest

from bot.chat.form import Choice
from tests.talk import Talk


async def test_days_follow_at_once(talk: Talk) -> None:
    talk.at("2026-01-05T23:30")
    heard = await talk("ada", "/timezone tokyo")
    assert "Your days now follow Asia/Tokyo, where it's Tue 08:30." in heard
    assert not heard.is_public
    await talk("ada", "/checkin 1h")
    assert await talk.rows("SELECT day FROM checkins") == [("2026-01-06",)]


async def test_an_open_week_closes_no_earlier_and_the_answer_says_when(talk: Talk) -> None:
    talk.at("2026-01-05T18:00")
    await talk("ada", "/checkin 1h")
    heard = await talk("ada", "/timezone honolulu")
    assert heard.endswith("Log this week's hours by the end of Tue 13 Jan.")
    assert await talk.rows("SELECT zone, closing_from FROM zones ORDER BY id") == [
        ("UTC", None),
        ("Pacific/Honolulu", "2026-01-12"),
    ]
    talk.at("2026-01-14T09:59")
    assert "9 h more by tonight keeps it" in await talk("ada", "/progress")
    heard = await talk("ada", "/timezone auckland")
    assert heard.endswith("Last week: 1 h; 9 h more by 23:00 today keeps it.")
    talk.at("2026-01-14T10:00")
    assert "Last week" not in await talk("ada", "/progress")
    for last, first in (("2026-01-21T09:59", "2026-01-21T10:00"), ("2026-01-27T10:59", "2026-01-27T11:00")):
        talk.at(last)
        assert "Last week" in await talk("ada", "/progress")
        talk.at(first)
        assert "Last week" not in await talk("ada", "/progress")


async def test_moved_west_out_of_the_first_week_it_says_when_weeks_begin(talk: Talk) -> None:
    await talk("ada", "/timezone Pacific/Auckland")
    talk.at("2026-01-11T19:00")
    await talk("ada", "/checkin 1h")
    assert "Your weeks begin with 12–18 Jan." in await talk("ada", "/timezone Honolulu")


async def test_before_the_first_check_in_it_is_as_if_from_ever(talk: Talk) -> None:
    await talk("ada", "/timezone berlin")
    assert await talk.rows("SELECT zone, closing_from FROM zones") == [("Europe/Berlin", None)]


async def test_the_same_zone_can_be_confirmed(talk: Talk) -> None:
    talk.zones["ada"] = None
    await talk("ada", "/checkin 1h")
    assert "Your days follow UTC" in await talk("ada", "/timezone utc")
    assert "Change" not in (await talk("ada", "/checkin 2h")).labels


async def test_the_form_shows_the_zone_that_holds(talk: Talk) -> None:
    talk.zones["ada"] = "Europe/Berlin"
    heard = await talk("ada", "/timezone")
    assert [(field.name, field.value) for field in heard.form.fields] == [("clock", "Europe/Berlin"), ("zone", "")]
    assert "America/New_York" in await talk.fill("ada", zone="new york")


async def test_a_zone_is_picked_by_its_time_of_day(talk: Talk) -> None:
    clock, _city = (await talk("ada", "/timezone")).form.fields
    assert Choice("18:00  Tokyo, Seoul", "Asia/Tokyo") in clock.choices
    assert len(clock.choices) <= 25
    assert "Asia/Tokyo" in await talk.fill("ada", clock="Asia/Tokyo")


async def test_a_zone_that_is_in_no_list_stands_as_a_city_until_a_time_is_picked(talk: Talk) -> None:
    talk.zones["ada"] = "Asia/Kathmandu"
    await talk("ada", "/timezone")
    assert "Asia/Kathmandu" in await talk.fill("ada")
    await talk("ada", "/timezone")
    assert "Asia/Tokyo" in await talk.fill("ada", clock="Asia/Tokyo")
    await talk("ada", "/timezone")
    assert "Asia/Kathmandu" in await talk.fill("ada", zone="kathmandu")


async def test_a_form_without_any_answer_says_what_to_do(talk: Talk) -> None:
    await talk("ada", "/timezone")
    heard = await talk.fill("ada", clock="", zone="")
    assert heard.is_form
    assert "Pick your time of day, or name a large city near you." in heard


@pytest.mark.parametrize("typed", ["GMT+2", "CET", "../../etc/passwd", "x" * 65])
async def test_wrong_input_changes_nothing(talk: Talk, typed: str) -> None:
    heard = await talk("ada", f"/timezone {typed}")
    assert heard.is_wrong
    assert "For example: " in heard
    assert await talk.rows("SELECT zone FROM zones WHERE zone <> 'UTC'") == []


async def test_a_zone_that_is_nearly_right_is_offered(talk: Talk) -> None:
    heard = await talk("ada", "/timezone Berln")
    assert heard == "I don't know a time zone “Berln”. Did you mean Europe/Berlin?\n[Berlin]"
    assert "Europe/Berlin" in await talk.press("ada", "Berlin")


async def test_what_one_said_stays_whatever_the_platform_says(talk: Talk) -> None:
    await talk("ada", "/timezone berlin")
    talk.zones["ada"] = "Asia/Tokyo"
    await talk("ada", "/checkin 1h")
    assert (await talk.person("ada")).zone_name == "Europe/Berlin"
