"""Signing in by a link, case by case: what works once, in one browser, and by a button that is pressed."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from bot.domain.browsing import LINK_LIFETIME, LONG_LIFETIME, SHORT_LIFETIME
from tests.adapters.web.stage import Stage, sign_in

USED = 410
EVIL = ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "me", "", "/a\r\nX: y"]


async def test_a_link_opens_the_page_of_who_asked_for_it(stage: Stage) -> None:
    async with stage.browser() as browser:
        answered = await sign_in(browser, await stage.link("ada"))
        assert answered.leads_to == "/me"
        assert "Ada" in (await browser.get("/me")).text


async def test_looking_at_a_link_changes_nothing(stage: Stage) -> None:
    link = await stage.link("ada")
    before = await stage.talk.rows("SELECT * FROM sign_in_links")
    async with stage.browser() as preview:
        for method in ("GET", "HEAD", "GET"):
            assert (await preview.ask(method, link)).status == 200
        assert preview.cookie("session") == ""
    assert await stage.talk.rows("SELECT * FROM sign_in_links") == before
    assert await stage.talk.rows("SELECT count(*) FROM sessions") == [(0,)]
    async with stage.browser() as browser:
        await sign_in(browser, link)


async def test_a_link_works_once(stage: Stage) -> None:
    link = await stage.link("ada")
    async with stage.browser() as browser:
        await browser.get(link)
        form = browser.form()
        assert (await browser.post(form.action, form.fields)).status == 303
        again = await browser.post(form.action, form.fields)
        assert again.status == 403  # the token of the form went with it
        assert (await browser.get(link)).status == USED
    async with stage.browser() as second:
        assert (await second.get(link)).status == USED


async def test_of_two_browsers_with_one_link_only_the_first_gets_in(stage: Stage) -> None:
    link = await stage.link("ada")
    async with stage.browser() as first, stage.browser() as second:
        await first.get(link)
        await second.get(link)
        assert (await first.post(first.form().action, first.form().fields)).status == 303
        assert (await second.post(second.form().action, second.form().fields)).status == USED
        assert (await second.get("/me")).status == 303


async def test_a_form_of_another_browser_opens_nothing(stage: Stage) -> None:
    link = await stage.link("ada")
    async with stage.browser() as first, stage.browser() as second:
        await first.get(link)
        assert (await second.post(link, first.form().fields)).status == 403
        await second.get(link)
        assert (await second.post(link, first.form().fields)).status == 403
        await second.get(link)
        assert (await second.post(link, {**second.form().fields, "csrf": ""})).status == 403
        assert (await second.post(link, {})).status == 403
    assert await stage.talk.rows("SELECT count(*) FROM sign_in_links") == [(1,)]


async def test_a_link_is_over_after_ten_minutes(stage: Stage) -> None:
    link = await stage.link("ada")
    async with stage.browser() as browser:
        assert "10 more minutes" in (await browser.get(link)).text
        stage.talk.clock.advance(LINK_LIFETIME - timedelta(seconds=50))
        assert "one more minute" in (await browser.get(link)).text
        form = browser.form()
        stage.talk.clock.advance(timedelta(seconds=50))
        assert (await browser.get(link)).status == USED
        assert (await browser.post(form.action, form.fields)).status == USED


async def test_the_database_holds_no_secret(stage: Stage) -> None:
    link = await stage.link("ada")
    async with stage.signed_in("bo") as browser:
        token = browser.cookie("session")
        await browser.get("/data")
        await browser.send(browser.form(action="/feed/new"))
        feed = browser.shown
    stored = str(
        [
            await stage.talk.rows(f"SELECT * FROM {table}")
            for table in ("sign_in_links", "sessions", "feeds", "requests")
        ]
    )
    assert "/feed/" in feed
    secrets = [token, urlsplit(link).path.rpartition("/")[2], feed.partition("/feed/")[2].partition(".ics")[0]]
    assert all(len(secret) == 32 and secret not in stored for secret in secrets)


async def test_a_new_session_is_made_at_each_sign_in_and_the_one_before_is_over(stage: Stage) -> None:
    async with stage.signed_in("ada") as browser:
        before = browser.cookie("session")
        await sign_in(browser, await stage.link("bo"))
        assert browser.cookie("session") != before
        assert "Bo" in (await browser.get("/me")).text
        assert await stage.talk.rows("SELECT count(*) FROM sessions") == [(1,)]
    async with stage.browser() as thief:
        assert (await thief.get("/me", Cookie=f"tenhours-session={before}")).status == 303


async def test_a_session_ends_with_the_browser_and_after_twelve_hours(stage: Stage) -> None:
    async with stage.browser() as browser:
        answered = await sign_in(browser, await stage.link("ada"))
        [cookie] = [value for value in answered.headers.getall("Set-Cookie") if "session=" in value]
        assert {part.strip() for part in cookie.split(";")[1:]} == {"HttpOnly", "Path=/", "SameSite=Lax"}
        stage.talk.clock.advance(SHORT_LIFETIME - timedelta(seconds=1))
        assert (await browser.get("/me")).status == 200
        stage.talk.clock.advance(timedelta(seconds=1))
        assert (await browser.get("/me")).status == 303


async def test_a_session_that_was_asked_to_stay_slides_thirty_days_ahead(stage: Stage) -> None:
    async with stage.browser() as browser:
        answered = await sign_in(browser, await stage.link("ada"), stay=True)
        [cookie] = [value for value in answered.headers.getall("Set-Cookie") if "session=" in value]
        assert "Max-Age=2592000" in cookie
        for _ in range(3):
            stage.talk.clock.advance(LONG_LIFETIME - timedelta(seconds=1))
            seen = await browser.get("/me")
            assert seen.status == 200
            assert "Max-Age=2592000" in seen.headers["Set-Cookie"]
        assert "Set-Cookie" not in (await browser.get("/me")).headers
        stage.talk.clock.advance(LONG_LIFETIME)
        assert (await browser.get("/me")).status == 303


async def test_whoever_is_not_signed_in_comes_back_to_the_page_they_wanted(stage: Stage) -> None:
    async with stage.browser() as browser:
        sent = await browser.get("/journal?search=chain")
        assert sent.leads_to == "/sign-in?next=%2Fjournal%3Fsearch%3Dchain"
        link = await stage.link("ada")
        await browser.get(f"{link}?next=%2Fjournal%3Fsearch%3Dchain")
        form = browser.form()
        assert (await browser.post(form.action, form.fields)).leads_to == "/journal?search=chain"


@pytest.mark.parametrize("evil", EVIL)
async def test_nobody_is_led_elsewhere(stage: Stage, evil: str) -> None:
    async with stage.browser() as browser:
        link = await stage.link("ada")
        response = await browser.ask("GET", link, params={"next": evil})
        assert response.status == 200
        form = browser.form()
        assert (await browser.post(form.action, form.fields)).leads_to == "/me"
        signed_in_already = await browser.ask("GET", "/sign-in", params={"next": evil})
        assert signed_in_already.leads_to == "/me"


async def test_signing_out_ends_the_session_for_whoever_has_its_cookie(stage: Stage) -> None:
    async with stage.signed_in("ada") as browser, stage.browser() as thief:
        stolen = {"Cookie": f"tenhours-session={browser.cookie('session')}"}
        assert (await thief.get("/me", **stolen)).status == 200
        await browser.get("/me")
        assert (await browser.send(browser.form(action="/out"), follow=False)).leads_to == "/sign-in"
        assert browser.cookie("session") == ""
        assert (await thief.get("/me", **stolen)).status == 303
        assert (await browser.get("/me")).status == 303


async def test_all_sessions_are_listed_and_can_be_ended(stage: Stage) -> None:
    async with stage.signed_in("ada") as first, stage.signed_in("ada") as second, stage.signed_in("bo") as other:
        page = await first.get("/data")
        assert page.text.count("Firefox on Linux") >= 2
        await first.send(first.form(action="/sessions/end"))
        assert (await second.get("/me")).status == 303
        assert (await first.get("/me")).status == 200
        assert (await other.get("/me")).status == 200


async def test_another_persons_session_cannot_be_ended(stage: Stage) -> None:
    async with stage.signed_in("ada") as browser, stage.signed_in("bo") as other:
        await browser.get("/data")
        token = browser.form(action="/out-everywhere").fields["csrf"]
        for number in range(4):
            await browser.post("/sessions/end", {"csrf": token, "session": str(number)})
        assert (await other.get("/me")).status == 200
        for wrong in ("x", "-1", "9" * 40, "²"):
            await sign_in(browser, await stage.link("ada"))
            await browser.get("/data")
            fields = browser.form(action="/out-everywhere").fields
            assert (await browser.post("/sessions/end", {**fields, "session": wrong})).status == 404


async def test_signing_out_everywhere_ends_links_too(stage: Stage) -> None:
    link = await stage.link("ada")
    async with stage.signed_in("ada") as first, stage.signed_in("ada") as second, stage.signed_in("bo") as other:
        await first.get("/data")
        await first.send(first.form(action="/out-everywhere"))
        assert (await second.get("/me")).status == 303
        assert (await second.get(link)).status == USED
        assert (await other.get("/me")).status == 200


async def test_erasing_shows_what_is_left_to_say_and_ends_it_all(stage: Stage) -> None:
    link = await stage.link("ada")
    async with stage.signed_in("ada") as browser, stage.signed_in("ada") as second:
        await browser.get("/data")
        await browser.send(browser.form(command="mydata erase"))
        assert "Erase everything about you?" in browser.shown
        answered = await browser.send(browser.form(command="mydata erase", has="o.sure"))
        assert answered.status == 200
        assert "Nobody sees anything about you here any more." in answered.text
        assert browser.cookie("session") == ""
        assert (await second.get("/me")).status == 303
        assert (await browser.get(link)).status == USED
    for table in ("sessions", "sign_in_links", "feeds"):
        assert await stage.talk.rows(f"SELECT count(*) FROM {table}") == [(0,)]
