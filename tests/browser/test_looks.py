"""Pages as they look: every page in every state, on narrow and wide screens, in both themes, on paper, and enlarged.

They are drawn from sample data and handed to the browser with the site's own headers; nothing is served.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, Route

from adapters.web import headers
from tests.adapters.web import scenes
from tests.adapters.web.test_pages import LIVED, STATELESS

NAMES = [*STATELESS, *LIVED, "me-five-years", "group-sixty"]
ENLARGED = ["me", "group", "settings", "group-settings", "me-refused", "sign-in", "data", "weeks"]
WIDTHS = (320, 390, 1280)
THEMES = ("light", "dark")
STYLE = Path(__file__).parents[2] / "adapters/web/static/style.css"
BASE = "https://pages.example"
PROBE = """() => {
  const faults = [];
  for (const element of document.querySelectorAll("body *")) {
    if (element.closest(".vh, .skip, option, details:not([open]) > :not(summary), .scroll")) continue;
    for (const node of element.childNodes) {
      if (node.nodeType !== 3 || !node.textContent.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (!box.width) continue;
      let size = parseFloat(getComputedStyle(element).fontSize);
      if (element instanceof SVGElement && !element.closest(".heat.half")) size *= element.getScreenCTM().a;
      const words = node.textContent.trim().slice(0, 30);
      if (size < 12.9 && !element.closest(".heat")) faults.push(`${size.toFixed(1)} px: ${words}`);
      const clipped = element.closest(".name, nav a");
      if (!clipped && (box.right > innerWidth + 1 || box.left < -1)) faults.push(`outside: ${words}`);
    }
  }
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) faults.push("scrolls sideways");
  return faults;
}"""


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every page in every state, from the data of years and of many."""
    return asyncio.run(scenes.draw(tmp_path_factory.mktemp("pages"), weeks=60))


@pytest.fixture
async def page(chromium: Browser, pages: dict[str, str]) -> AsyncIterator[Page]:
    """A page of a browser that gets ours; whatever it complains of is a failed test."""
    complaints: list[str] = []

    async def answer(route: Route) -> None:
        path = route.request.url.removeprefix(f"{BASE}/")
        is_style = path.endswith(".css")
        body = STYLE.read_text(encoding="utf-8") if is_style else pages[path.partition("#")[0]]
        kind = {"Content-Type": "text/css" if is_style else "text/html; charset=utf-8"}
        await route.fulfill(body=body, headers={**headers.POLICY, **kind})

    context = await chromium.new_context()
    shown = await context.new_page()
    shown.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    shown.on("pageerror", lambda error: complaints.append(str(error)))
    await context.route("**/*", answer)
    yield shown
    await context.close()
    assert complaints == []


async def looks(page: Page) -> AsyncIterator[tuple[int, str]]:
    """Show what is there at each width, in each theme."""
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 900})
        for theme in THEMES:
            await page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            yield width, theme


def violations(response: dict[str, Any]) -> Iterator[str]:
    for violation in response["violations"]:
        for node in violation["nodes"]:
            yield f"{violation['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"


@pytest.mark.parametrize("name", NAMES)
async def test_every_page_can_be_used_by_everybody(page: Page, name: str) -> None:
    await page.goto(f"{BASE}/{name}")
    for details in await page.query_selector_all("details"):
        await details.evaluate("element => element.open = true")
    async for width, theme in looks(page):
        results = await Axe().run(page)
        assert list(violations(results.response)) == [], (width, theme)


@pytest.mark.parametrize("name", NAMES)
async def test_no_page_scrolls_sideways_or_has_words_too_small(page: Page, name: str) -> None:
    await page.goto(f"{BASE}/{name}")
    async for width, theme in looks(page):
        assert await page.evaluate(PROBE) == [], (width, theme)


@pytest.mark.parametrize(
    "name", ["me", "group", "settings", "group-settings", "me-refused", "sign-in", "data", "weeks"]
)
async def test_letters_twice_as_large_still_fit(page: Page, name: str) -> None:
    await page.goto(f"{BASE}/{name}")
    for width in (640, 1280):
        await page.set_viewport_size({"width": width, "height": 900})
        await page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


async def test_the_two_themes_differ(page: Page) -> None:
    await page.goto(f"{BASE}/me")
    colours = set()
    for theme in THEMES:
        await page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        colours.add(await page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(colours) == 2


@pytest.mark.parametrize(("name", "focused"), [("me-outcome", "outcome"), ("me-refused", "checkin-time")])
async def test_what_came_of_it_has_the_focus(page: Page, name: str, focused: str) -> None:
    await page.goto(f"{BASE}/{name}")
    await page.wait_for_function("document.activeElement !== document.body")
    active = await page.evaluate("document.activeElement.id || document.activeElement.className")
    assert focused in active


async def test_the_first_key_leads_past_the_navigation(page: Page) -> None:
    await page.goto(f"{BASE}/me")
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.textContent") == "Skip to the page"
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "main"


async def test_enter_in_a_field_presses_the_forms_own_button(page: Page) -> None:
    await page.goto(f"{BASE}/me")
    pressed = await page.evaluate(
        """() => new Promise(resolve => {
             document.querySelector("#form-checkin").addEventListener("submit", event => {
               event.preventDefault();
               resolve(event.submitter.name);
             });
             document.querySelector("#checkin-time").value = "45m";
             document.querySelector("#form-checkin").requestSubmit(document.querySelector("#form-checkin button"));
           })"""
    )
    assert pressed == ""


async def test_paper_has_the_numbers_and_no_controls(page: Page) -> None:
    await page.goto(f"{BASE}/me")
    await page.emulate_media(media="print")
    for selector, is_seen in ((".big", True), (".heat.year", True), (".top nav", False), (".checkin", False)):
        assert await page.locator(selector).first.is_visible() is is_seen, selector
    await page.emulate_media(media="print", color_scheme="dark")
    assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
