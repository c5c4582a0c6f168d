"""The shared suite for every way in, held by the pages: two people ask there, each in a browser of their own."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from html.parser import HTMLParser

from msgspec.structs import replace

from adapters.web.adapter import WebAdapter
from bot.adapter.pages import Viewer
from bot.chat.request import Channel, User
from tests.adapters.contract_asking import AskingContract
from tests.adapters.fake_core import FakeCore
from tests.adapters.probe import ADA, BOB, AskingProbe, Shown
from tests.adapters.web.stage import Browser, forms_of, serving_core


class _Words(HTMLParser):
    """What stands on a page between its head and its foot."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._is_in_main = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_in_main |= tag == "main"

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self._is_in_main = False

    def handle_data(self, data: str) -> None:
        self.text += data + " " if self._is_in_main else ""


class WebProbe(AskingProbe):
    """The pages, with two people signed in."""

    def __init__(self, adapter: WebAdapter, browsers: Mapping[str, Browser], stack: AsyncExitStack) -> None:
        self.adapter = adapter
        self._browsers = browsers
        self._stack = stack
        self._pages: dict[str, list[str]] = {ADA: [], BOB: []}

    def id_of(self, name: str) -> str:
        return f"u-{name}"

    def is_place(self, channel: Channel) -> bool:
        return channel.is_direct and channel.platform == "discord"

    async def say(self, name: str, command: str, options: Mapping[str, str]) -> None:
        browser = self._browsers[name]
        await browser.get("/data")
        token = browser.form(action="/out").fields["csrf"]
        fields = {f"o.{option}": value for option, value in options.items()}
        await self._send(name, "/do", {"csrf": token, "command": command, "back": "/data", **fields})

    async def press(self, name: str, label: str) -> None:
        page = self._pages[name][-1]
        [form] = [form for form in forms_of(page) if form.label.strip() == label]
        await self._send(name, form.action, form.fields)

    async def fill(self, name: str, values: Mapping[str, str]) -> None:
        [form] = [form for form in forms_of(self._pages[name][-1]) if form.fields.get("as_form")]
        changed = {f"o.{field}": value for field, value in values.items()}
        await self._send(name, form.action, {**form.fields, **changed})

    async def private(self, name: str) -> list[Shown]:
        shown = []
        for page in self._pages[name]:
            words = _Words()
            words.feed(page)
            shown.append(Shown(words.text, tuple(form.label.strip() for form in forms_of(page))))
        return shown

    async def close(self) -> None:
        await self._stack.aclose()

    async def _send(self, name: str, action: str, fields: Mapping[str, str]) -> None:
        answered = await self._browsers[name].post(action, fields)
        assert answered.status == 303, answered.text
        self._pages[name].append((await self._browsers[name].get(answered.leads_to)).text)


class TestPages(AskingContract):
    async def make(self, core: FakeCore) -> AskingProbe:
        stack = AsyncExitStack()
        stage = await stack.enter_async_context(serving_core(core))
        browsers = {}
        for number, name in enumerate((ADA, BOB), 1):
            user = User("discord", "", f"u-{name}", name.capitalize())
            core.pages.viewers[name] = Viewer(replace(user), number, number)
            browsers[name] = await stack.enter_async_context(stage.browser(Cookie=f"tenhours-session={name}"))
        return WebProbe(stage.adapter, browsers, stack)
