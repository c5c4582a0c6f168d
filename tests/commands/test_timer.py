"""`timer start` and `timer stop` as a conversation: long stretches are asked about before they count."""

import pytest

from bot.clock import StillClock
from bot.store.database import Store
from tests.talk import Talk


async def logged(talk: Talk) -> list[tuple[object, ...]]:
    return await talk.rows("SELECT day, minutes, area, source FROM checkins ORDER BY id")


async def running(talk: Talk) -> int:
    return len(await talk.rows("SELECT 1 FROM timers"))


async def test_started_and_stopped(talk: Talk) -> None:
    assert "The timer is running for Statistics." in await talk("ada", "/timer start statistics")
    talk.advance(minutes=50)
    heard = await talk.press("ada", "Stop")
    assert "50 min · Statistics" in heard
    assert heard.labels == ["Undo", "Edit", "Set me up"]
    assert await logged(talk) == [("2026-01-05", 50, "Statistics", "timer")]
    assert await running(talk) == 0


async def test_the_area_may_come_at_the_end(talk: Talk) -> None:
    await talk("ada", "/timer start statistics")
    talk.advance(minutes=50)
    assert "50 min · DevOps" in await talk("ada", "/timer stop devops")


async def test_it_survives_a_restart(talk: Talk) -> None:
    await talk("ada", "/timer start")
    again = Talk(await Store.open(talk.store.location), StillClock(talk.clock.now()))
    again.advance(hours=1)
    heard = await again("ada", "/timer stop")
    await again.store.close()
    assert "1 h of 10 h" in heard


async def test_starting_twice_says_since_when(talk: Talk) -> None:
    await talk("ada", "/timer start")
    talk.advance(minutes=25)
    heard = await talk("ada", "/timer start devops")
    assert "Your timer has been running since Mon 5 Jan 09:00: 25 min so far." in heard
    assert not heard.is_wrong
    assert await running(talk) == 1


@pytest.mark.parametrize(("seconds", "minutes"), [(60, 1), (89, 1), (90, 2), (150, 3), (14_400, 240)])
async def test_minutes_are_rounded_half_up(talk: Talk, seconds: int, minutes: int) -> None:
    await talk("ada", "/timer start")
    talk.advance(seconds=seconds)
    await talk("ada", "/timer stop")
    assert await logged(talk) == [("2026-01-05", minutes, None, "timer")]


async def test_less_than_a_minute_is_discarded(talk: Talk) -> None:
    await talk("ada", "/timer start")
    talk.advance(seconds=59)
    assert "less than a minute" in await talk("ada", "/timer stop")
    assert await logged(talk) == []
    assert await running(talk) == 0


async def test_it_counts_for_the_day_on_which_it_was_started(talk: Talk) -> None:
    talk.zones["ada"] = "America/New_York"
    talk.at("2026-01-06T04:30")
    await talk("ada", "/timer start")
    talk.advance(hours=2)
    await talk("ada", "/timer stop")
    assert await logged(talk) == [("2026-01-05", 120, None, "timer")]


async def test_over_four_hours_it_asks_first(talk: Talk) -> None:
    await talk("ada", "/timer start")
    talk.advance(hours=4, minutes=1)
    heard = await talk("ada", "/timer stop")
    assert "The timer has run for 4 h 01, since Mon 5 Jan 09:00. Was all of it study?" in heard
    assert heard.labels == ["Count all of it", "Another time", "Discard"]
    assert await logged(talk) == []
    assert await running(talk) == 1
    talk.advance(minutes=9)
    assert "4 h 01 of 10 h" in await talk.press("ada", "Count all of it")
    assert await running(talk) == 0


async def test_discarded(talk: Talk) -> None:
    await talk("ada", "/timer start")
    talk.advance(hours=5)
    await talk("ada", "/timer stop")
    assert "The timer is off, and nothing is logged." in await talk.press("ada", "Discard")
    assert await logged(talk) == []
    assert await running(talk) == 0


async def test_another_time(talk: Talk) -> None:
    await talk("ada", "/timer start statistics")
    talk.advance(hours=5)
    await talk("ada", "/timer stop")
    heard = await talk.press("ada", "Another time")
    assert {field.name: field.value for field in heard.form.fields} == {
        "time": "",
        "area": "Statistics",
        "day": "2026-01-05",
    }
    wrong = await talk.fill("ada", time="6h")
    assert "The timer ran for 5 h, which is less than 6 h." in wrong
    assert "3 h · Statistics" in await talk.fill("ada", time="3h")
    assert await logged(talk) == [("2026-01-05", 180, "Statistics", "timer")]
    assert await running(talk) == 0


async def test_over_a_day_only_another_time_can_count(talk: Talk) -> None:
    await talk("ada", "/timer start")
    talk.advance(hours=24, minutes=1)
    heard = await talk("ada", "/timer stop")
    assert "That's more than a day has. How much of it was study?" in heard
    assert heard.labels == ["Another time", "Discard"]


async def test_a_day_that_is_full_is_asked_about(talk: Talk) -> None:
    await talk("ada", "/checkin 23h")
    await talk.press("ada", "Yes, count 23 h")
    await talk("ada", "/timer start")
    talk.advance(hours=2)
    heard = await talk("ada", "/timer stop")
    assert "Together with what you logged that day, it's over 24 hours." in heard
    await talk.press("ada", "Another time")
    assert "pass 24 hours" in await talk.fill("ada", time="2h")
    assert "1 h · 24 h this week ✓" in await talk.fill("ada", time="1h")


async def test_one_that_was_forgotten_for_weeks_can_be_logged_on_a_later_day(talk: Talk) -> None:
    await talk("ada", "/timer start")
    talk.advance(weeks=3)
    await talk("ada", "/timer stop")
    await talk.press("ada", "Another time")
    assert "more than 14 days back" in await talk.fill("ada", time="2h")
    assert "2 h for yesterday" in await talk.fill("ada", time="2h", day="yesterday")


async def test_buttons_are_about_one_timer(talk: Talk) -> None:
    await talk("ada", "/timer start")
    talk.advance(hours=5)
    question = await talk("ada", "/timer stop")
    await talk.press("ada", "Discard")
    count = question.button("Count all of it")
    assert "No timer is running." in await talk.command("ada", count.command, **count.options)
    await talk("ada", "/timer start")
    talk.advance(hours=6)
    assert "That timer is off already" in await talk.command("ada", count.command, **count.options)
    assert "That timer is off already" in await talk.command("ada", "timed", time="1h", since=count.options["since"])
    assert await logged(talk) == []


async def test_a_forged_count_is_never_more_than_was_measured(talk: Talk) -> None:
    await talk("ada", "/timer start")
    talk.advance(hours=5)
    await talk.command("ada", "timer stop", count="999999")
    assert await logged(talk) == [("2026-01-05", 300, None, "timer")]


async def test_nothing_runs(talk: Talk) -> None:
    heard = await talk("ada", "/timer stop")
    assert heard.is_wrong
    assert "No timer is running." in heard
    assert (await talk.command("ada", "timed")).is_wrong


async def test_everyone_has_their_own(talk: Talk) -> None:
    await talk("ada", "/timer start")
    assert "No timer is running." in await talk("bo", "/timer stop")
    assert await running(talk) == 1


async def test_a_wrong_area_starts_nothing(talk: Talk) -> None:
    assert "no area “cooking”" in await talk("ada", "/timer start cooking")
    assert await running(talk) == 0


async def test_alone_it_says_which_words_follow(talk: Talk) -> None:
    heard = await talk("ada", "/timer")
    assert heard.is_wrong
    assert "start, stop" in heard


async def test_a_redelivered_stop_logs_once(talk: Talk) -> None:
    await talk("ada", "/timer start")
    talk.advance(hours=1)
    first = await talk("ada", "/timer stop", request_id="s")
    assert await talk("ada", "/timer stop", request_id="s") == first
    assert len(await logged(talk)) == 1
