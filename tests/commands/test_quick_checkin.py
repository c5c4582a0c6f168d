"""One press under a reminder logs for its week's last day so far; a second press asks, and a closed week does."""

import pytest

from bot.domain.duration import HOUR
from bot.store.database import Store
from bot.views.personal_posts import one_press_minutes
from tests.delivery.town import Town
from tests.talk import Heard

DAYS = "SELECT day, minutes FROM checkins WHERE undone_at IS NULL ORDER BY number"


@pytest.fixture
async def town(store: Store) -> Town:
    """Ada is short by three hours; it is Sunday, and her last call has come."""
    town = await Town.founded(store)
    await town.say("ada", "/checkin 7h")
    await town.say("ada", "/reminders direct")
    await town.until("2026-01-11T15:00")
    return town


async def press(town: Town, label: str, who: str = "ada") -> Heard:
    heard = await town.talk.press(who, label, channel=None)
    await town.settle()
    return heard


async def test_one_press_logs_for_today(town: Town) -> None:
    heard = await press(town, "Log 1 h")
    assert "8 h of 10 h" in heard
    assert "Undo" in heard.labels
    assert await town.talk.rows(DAYS) == [("2026-01-05", 420), ("2026-01-11", 60)]


async def test_a_second_press_asks(town: Town) -> None:
    await press(town, "Log 1 h")
    town.talk.advance(hours=1)
    heard = await press(town, "Log 1 h")
    assert heard.startswith("You've logged 1 h since I reminded you. Log 1 h more?")
    assert len(await town.talk.rows(DAYS)) == 2
    assert "9 h of 10 h" in await press(town, "Log 1 h more")
    await press(town, "Log 1 h")
    assert "Counted once." in await press(town, "No, once was right")
    assert len(await town.talk.rows(DAYS)) == 3


async def test_what_was_taken_back_may_be_logged_again(town: Town) -> None:
    await press(town, "Log 1 h")
    await press(town, "Undo")
    assert "8 h of 10 h" in await press(town, "Log 1 h")


async def test_what_was_typed_since_is_asked_about_too(town: Town) -> None:
    town.talk.advance(hours=1)
    await town.talk("ada", "/checkin 1h", channel=None)
    town.talk.advance(hours=1)
    assert "Log 1 h more?" in await press(town, "Log 1 h")


async def test_on_monday_it_is_for_the_week_that_was_reminded_of(town: Town) -> None:
    town.talk.at("2026-01-13T20:00")
    assert "Last week: 8 h; 2 h more by tonight keeps it." in await press(town, "Log 1 h")
    assert (await town.talk.rows(DAYS))[-1] == ("2026-01-11", 60)


async def test_once_its_week_has_closed_today_is_offered(town: Town) -> None:
    town.talk.at("2026-01-14T09:00")
    heard = await press(town, "Log 1 h")
    assert heard == "That reminder was for another week. Log 1 h for today instead?\n[Log 1 h for today]"
    await press(town, "Log 1 h for today")
    assert (await town.talk.rows(DAYS))[-1] == ("2026-01-14", 60)


async def test_who_has_moved_to_where_it_has_not_begun_is_offered_today(town: Town) -> None:
    await town.say("ada", "/timezone Honolulu")
    heard = await town.talk.command("ada", "quick checkin", time="1h", week="2026-01-12")
    assert "Log 1 h for today instead?" in heard


async def test_a_long_day_is_asked_about(town: Town) -> None:
    await town.say("ada", "/checkin 14h")
    assert "That makes 15 h today. Is that right?" in await press(town, "Log 1 h")
    assert len(await town.talk.rows(DAYS)) == 2


async def test_the_form_is_for_the_day_of_the_call(town: Town) -> None:
    town.talk.at("2026-01-12T09:00")
    form = (await press(town, "Other…")).form
    assert next(field.value for field in form.fields if field.name == "day") == "2026-01-11"


async def test_in_a_channel_it_is_for_whoever_presses(town: Town) -> None:
    await town.say("ada", "/reminders channel")
    await town.say("bo", "/checkin 9h")
    posted = await town.until("2026-01-18T15:00")
    nudge = next(post for post in posted if post.key.startswith("nudge"))
    assert nudge.text.splitlines()[0] == "@Ada: half an hour today gets your week going."
    await town.talk.press("bo", "Log 30 min")
    [(name,)] = await town.talk.rows(
        "SELECT name FROM people JOIN checkins ON people.id = person_id WHERE minutes = 30"
    )
    assert name == "Bo"


@pytest.mark.parametrize("since", ["", "x", "1", "99999999999999999"])
async def test_what_a_forged_button_says_does_no_harm(town: Town, since: str) -> None:
    heard = await town.talk.command("ada", "quick checkin", time="45m", week="never", since=since)
    assert "7 h 45 of 10 h" in heard


@pytest.mark.parametrize("missing", [*range(1, 241), None])
def test_no_button_has_exactly_what_is_missing(missing: int | None) -> None:
    assert one_press_minutes(missing) != missing
    assert one_press_minutes(missing) in (HOUR, HOUR // 2, HOUR // 4)


async def test_more_leads_to_the_rest(town: Town) -> None:
    heard = await press(town, "More")
    assert heard.labels == ["I'm away", "Change times…", "Stop reminders"]
    assert "Reminders are off." in await press(town, "Stop reminders")
    assert (await town.talk.command("ada", "reminder more")).labels == ["I'm away", "Change times…", "Stop reminders"]
