"""The calendar: kept weeks and a group's posts by a secret address, and nothing that anybody wrote."""

from datetime import date, timedelta

from icalendar import Calendar

from adapters.web.calendar import write_calendar
from bot.adapter.pages import Feed, FeedPost
from tests.adapters.fake_core import NOW
from tests.adapters.web.stage import Browser, Stage
from tests.talk import Talk


async def feed_of(browser: Browser) -> str:
    await browser.get("/data")
    await browser.send(browser.form(action="/feed/new"))
    return "/feed/" + browser.shown.partition("/feed/")[2].partition('"')[0]


async def keep_a_week(talk: Talk) -> None:
    for _ in range(3):
        await talk("ada", "/checkin 4h mathematics learned: my own words")
        talk.advance(days=1)
    await talk("ada", "/checkin 3h")


async def test_it_shows_kept_weeks_and_coming_posts(stage: Stage) -> None:
    await stage.talk.store.write(
        lambda tx: (
            tx.run(
                """INSERT INTO schedules (kind, group_id, moment, is_on, due_at)
               VALUES ('results', 1, 'mon 09:00', TRUE, 0), ('groupcall', 1, 'sun 15:00', FALSE, NULL)"""
            )
            if not tx.all("SELECT 1 FROM schedules WHERE group_id = 1 AND moment IS NOT NULL")
            else None
        )
    )
    await keep_a_week(stage.talk)
    await stage.talk("ada", "/pause next week reason: a secret trip")
    async with stage.signed_in("ada") as browser, stage.browser() as reader:
        address = await feed_of(browser)
        answered = await reader.get(address)
        assert answered.status == 200
        assert answered.headers["Content-Type"] == "text/calendar; charset=utf-8"
        events = Calendar.from_ical(answered.text).walk("VEVENT")
        kept = [event for event in events if str(event["SUMMARY"]) == "Week kept ✓"]
        assert [(event.decoded("DTSTART"), event.decoded("DTEND")) for event in kept] == [
            (date(2026, 1, 5), date(2026, 1, 12))
        ]
        posts = [event for event in events if event not in kept]
        assert posts
        assert all(event.decoded("DTSTART") > stage.talk.clock.now() for event in posts)
        assert {str(event["SUMMARY"]) for event in posts} <= {"console: results", "console: last call"}
        assert not [word for word in ("my own words", "secret", "Ada", "mathematics") if word in answered.text]


async def test_a_new_address_ends_the_old_one_and_it_can_be_ended(stage: Stage) -> None:
    async with stage.signed_in("ada") as browser, stage.browser() as reader:
        first = await feed_of(browser)
        second = await feed_of(browser)
        assert (await reader.get(first)).status == 404
        assert (await reader.get(second)).status == 200
        assert "/feed/" + second.removeprefix("/feed/") not in (await browser.get("/data")).text
        await browser.send(browser.form(action="/feed/off"))
        assert (await reader.get(second)).status == 404


async def test_it_is_gone_with_the_person(stage: Stage) -> None:
    async with stage.signed_in("ada") as browser, stage.browser() as reader:
        address = await feed_of(browser)
        await stage.talk("ada", "/mydata erase")
        await stage.talk.press("ada", "Erase everything")
        assert (await reader.get(address)).status == 404


def test_names_cannot_add_lines_of_their_own() -> None:
    post = FeedPost("results-1-2026-01-12", "A\r\nBEGIN:VALARM\nX;Y,Z: results", NOW + timedelta(days=1))
    calendar = Calendar.from_ical(write_calendar(Feed([], [post]), "h.example", NOW).decode())
    [event] = calendar.walk("VEVENT")
    assert not calendar.walk("VALARM")
    assert str(event["UID"]) == "results-1-2026-01-12@h.example"
    assert "BEGIN:VALARM" in str(event["SUMMARY"])
