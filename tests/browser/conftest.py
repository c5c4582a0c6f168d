"""A real browser on real pages: the system's Chromium, by Playwright, in a window of its own for each test.

Any error in its console, and any request to another host, is a failed test.
"""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Locator, Page, Request, Response, async_playwright

from tests.adapters.web.stage import Stage, serving
from tests.talk import Talk

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
HERE = Path(__file__).parent
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@dataclass
class Tab:
    """A page in a browser, and what went wrong in it: errors in its console, requests elsewhere, broken answers."""

    page: Page
    base: str
    faults: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)
    """Statuses that a test means to see."""

    def watch(self) -> "Tab":
        self.page.on("console", lambda message: self._note(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.page.on("request", self._on_request)
        self.page.on("response", self._on_response)
        return self

    def _note(self, fault: str) -> None:
        is_expected = any(str(status) in fault for status in self.expected)
        if not is_expected:
            self.faults.append(fault)

    def _on_request(self, request: Request) -> None:
        if urlsplit(request.url).scheme in ("http", "https") and not request.url.startswith(self.base):
            self.faults.append(f"a request to {request.url}")
        if request.is_navigation_request():
            self.loads.append(f"{request.method} {urlsplit(request.url).path}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"{response.status} of {response.url}")

    async def go(self, path: str) -> None:
        await self.page.goto(self.base + path)

    async def press(self, label: str, *, exact: bool = True) -> None:
        """Press the first button of that label, and wait for the page that comes."""
        await self.follow(self.page.get_by_role("button", name=label, exact=exact).first)

    async def follow(self, control: Locator) -> None:
        """Press a button or link, and wait for the page that comes: a click alone waits for none."""
        async with self.page.expect_navigation():
            await control.click()

    async def text(self) -> str:
        return await self.page.inner_text("main")


OpenTab = Callable[..., Awaitable[Tab]]


@pytest.fixture
async def stage(talk: Talk) -> AsyncIterator[Stage]:
    """Pages of a group in which Ada and Bo have checked in."""
    await talk("ada", "/checkin 2h statistics learned: chain rule")
    await talk("bo", "/checkin 1h learned: secret of Bo")
    async with serving(talk) as stage:
        yield stage


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.fail("there is no Chromium: .ci/browser says how to get it")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        await browser.close()


@pytest.fixture
async def open_tab(chromium: Browser, stage: Stage) -> AsyncIterator[OpenTab]:
    """Open a window of its own, on a desktop unless told otherwise; signed in where somebody is named."""
    tabs: list[Tab] = []
    async with AsyncExitStack() as stack:

        async def open_one(who: str = "", base: str = "", **options: Any) -> Tab:
            context = await chromium.new_context(**{**DESKTOP, **options})
            stack.push_async_callback(context.close)
            tab = Tab(await context.new_page(), base or stage.base).watch()
            tabs.append(tab)
            if who:
                await tab.go(await stage.link(who))
                await tab.press("Open your page")
            return tab

        yield open_one
    assert [fault for tab in tabs for fault in tab.faults] == []
