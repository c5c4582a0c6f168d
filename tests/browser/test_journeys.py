"""Whole ways through the pages, as somebody walks them: on a phone and a desktop, with script and without."""

from datetime import timedelta
from typing import Any

import pytest

from tests.adapters.web.stage import Stage
from tests.browser.conftest import DESKTOP, PHONE, OpenTab
from tests.waiting import eventually

SCREENS = pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
SCRIPTS = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


@SCREENS
@SCRIPTS
async def test_from_the_link_to_signing_out(
    stage: Stage, open_tab: OpenTab, screen: dict[str, Any], script: bool
) -> None:
    tab = await open_tab(java_script_enabled=script, **screen)
    await tab.go(await stage.link("ada"))
    assert "Ada" in await tab.text()
    await tab.press("Open your page")
    assert tab.page.url == f"{stage.base}/me"
    assert "2 h" in await tab.text()

    form = tab.page.locator("#form-checkin")
    await form.locator("#checkin-time").fill("45m")
    await form.locator("#checkin-learned").fill("eigenvectors keep their direction")
    tab.loads.clear()
    await tab.follow(form.get_by_role("button", name="Check in", exact=True))
    assert tab.loads == ["POST /do", "GET /me"]
    assert "2 h 45" in await tab.text()

    stage.talk.clock.advance(timedelta(minutes=5))
    await tab.press("Undo")
    assert "Taken back" in await tab.text()
    assert await stage.talk.rows("SELECT count(*) FROM checkins WHERE undone_at IS NULL AND person_id = 1") == [(1,)]
    await tab.press("Put back")

    await tab.go("/journal?search=eigenvectors")
    assert "eigenvectors keep their direction" in await tab.text()
    assert "chain rule" not in await tab.text()

    await tab.follow(tab.page.get_by_role("link", name="console").first)
    assert "/group/1" in tab.page.url
    group = await tab.text()
    assert "Bo" in group
    assert "secret of Bo" not in group

    await tab.press("Sign out")
    assert tab.page.url == f"{stage.base}/sign-in"
    await tab.page.go_back()
    await tab.page.reload()
    assert "/sign-in" in tab.page.url


async def test_a_link_opens_nothing_the_second_time(stage: Stage, open_tab: OpenTab) -> None:
    link = await stage.link("ada")
    first, second = await open_tab(), await open_tab()
    await first.go(link)
    await first.press("Open your page")
    second.expected = {410}
    await second.go(link)
    assert "used or is too old" in await second.text()
    assert await second.page.get_by_role("button").count() == 0


async def test_a_form_on_somebody_elses_page_changes_nothing(stage: Stage, open_tab: OpenTab) -> None:
    tab = await open_tab("ada")
    token = await tab.page.locator("[name=csrf]").first.get_attribute("value")
    tab.expected = {403}
    await tab.page.route(
        "https://evil.example/",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f"""<form method=post action="{stage.base}/do"><input name=csrf value="{token}"><input name=command
            value=undo><button>Win a prize</button></form>""",
        ),
    )
    await tab.page.goto("https://evil.example/")
    await tab.press("Win a prize")
    assert "came from somewhere else" in await tab.text()
    assert await stage.talk.rows("SELECT count(*) FROM checkins WHERE undone_at IS NOT NULL") == [(0,)]
    tab.faults.clear()  # the visit to the other page itself


async def test_nobody_can_put_a_page_into_a_frame(stage: Stage, open_tab: OpenTab) -> None:
    tab = await open_tab("ada")
    await tab.page.route(
        "https://evil.example/",
        lambda route: route.fulfill(content_type="text/html", body=f'<iframe src="{stage.base}/me"></iframe>'),
    )
    await tab.page.goto("https://evil.example/")
    await eventually(lambda: tab.page.frames[1].url.startswith("chrome-error://"))
    tab.faults.clear()  # the browser says that it refused to show it


async def test_going_back_after_a_check_in_sends_nothing_again(stage: Stage, open_tab: OpenTab) -> None:
    tab = await open_tab("ada")
    await tab.page.locator("#checkin-time").fill("1h")
    await tab.follow(tab.page.locator("#form-checkin").get_by_role("button", name="Check in", exact=True))
    count = await stage.talk.rows("SELECT count(*) FROM checkins")
    await tab.page.reload()
    await tab.go("/weeks")
    await tab.page.go_back()
    await tab.page.go_back()
    await tab.page.go_forward()
    assert await stage.talk.rows("SELECT count(*) FROM checkins") == count


async def test_what_is_wrong_stands_under_its_field_and_nothing_typed_is_lost(stage: Stage, open_tab: OpenTab) -> None:
    tab = await open_tab("ada")
    form = tab.page.locator("#form-checkin")
    await form.locator("#checkin-time").fill("10x")
    await form.locator("#checkin-learned").fill("a long thought")
    await tab.follow(form.get_by_role("button", name="Check in", exact=True))
    time = form.locator("#checkin-time")
    assert await time.input_value() == "10x"
    assert await form.locator("#checkin-learned").input_value() == "a long thought"
    assert await time.get_attribute("aria-invalid") == "true"
    error = form.locator(".error").first
    assert str(await error.get_attribute("id")) in str(await time.get_attribute("aria-describedby"))
    await time.fill("1h")
    await tab.follow(form.get_by_role("button", name="Check in", exact=True))
    assert "3 h" in await tab.text()


async def test_the_calendars_address_is_shown_once(stage: Stage, open_tab: OpenTab) -> None:
    tab = await open_tab("ada")
    await tab.go("/data")
    await tab.press("Make a link")
    address = await tab.page.locator("#feed-url").input_value()
    assert address.startswith(f"{stage.base}/feed/")
    await tab.page.reload()
    assert await tab.page.locator("#feed-url").count() == 0
    calendar = await tab.page.request.get(address)
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert "chain rule" not in await calendar.text()


async def test_everything_can_be_downloaded_and_then_erased(stage: Stage, open_tab: OpenTab) -> None:
    tab = await open_tab("ada")
    await tab.go("/data")
    async with tab.page.expect_download() as download:
        await tab.page.get_by_role("button", name="Download everything", exact=True).click()
    assert (await download.value).suggested_filename.endswith(".zip")
    await tab.press("Erase everything…")
    await tab.press("Erase everything")
    assert "Nobody sees anything about you here any more." in await tab.text()
    await tab.go("/me")
    assert "/sign-in" in tab.page.url


@SCREENS
@SCRIPTS
async def test_invited_answered_and_a_note_recalled(
    stage: Stage, open_tab: OpenTab, screen: dict[str, Any], script: bool
) -> None:
    ada = await open_tab("ada", java_script_enabled=script, **screen)
    await ada.follow(ada.page.get_by_role("link", name="Invite someone", exact=True))
    await ada.page.get_by_label("Whom would you like to study with?").fill("bo")
    await ada.press("Invite")
    assert "Sent. You'll hear only if it's a yes." in await ada.text()

    bo = await open_tab("bo", java_script_enabled=script, **screen)
    assert "Ada would like to be your study partner." in await bo.text()
    bo.loads.clear()
    await bo.press("Yes")
    assert bo.loads == ["POST /do", "GET /me"]
    assert "You and Ada are study partners." in await bo.text()
    await bo.follow(bo.page.get_by_role("link", name="See more", exact=True))
    assert "Share my last note" in await bo.text()

    stage.talk.clock.advance(timedelta(days=7))
    later = await open_tab("ada", java_script_enabled=script, **screen)
    recall = later.page.get_by_role("region", name="Recall")
    assert "You wrote about Statistics a week ago." in await recall.inner_text()
    assert "chain rule" not in await later.text()
    await later.press("Show my note")
    assert "chain rule" in await later.text()
    await later.press("Partly")
    assert "It's due again in a week." in await later.text()
    assert await later.page.get_by_role("region", name="You and Bo").count() == 1
