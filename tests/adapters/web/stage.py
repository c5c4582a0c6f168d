"""Pages on a real socket, and browsers without a window, which keep cookies and send what forms hold."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp
from multidict import CIMultiDictProxy

from adapters.web.adapter import WebAdapter
from adapters.web.providers import PROVIDERS, Provider
from adapters.web.settings import WebSettings
from bot.adapter import Core
from bot.adapter.pages import SignInClient
from bot.context import Defaults
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.workbench import Workbench
from tests.talk import Talk, do_here
from tests.waiting import stopped

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@dataclass(frozen=True)
class Answered:
    """What a browser got."""

    status: int
    headers: CIMultiDictProxy[str]
    text: str
    content: bytes

    @property
    def leads_to(self) -> str:
        return self.headers.get("Location", "")


@dataclass
class PageForm:
    """A form of a page: where it is sent, and what stands in it."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    label: str = ""


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._is_in_button = False
        self._textarea = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(PageForm(values.get("action", "")))
        elif tag == "input" and self.forms and "name" in values and values.get("type") != "checkbox":
            self.forms[-1].fields[values["name"]] = values.get("value", "")
        elif tag == "textarea" and self.forms:
            self._textarea = values["name"]
            self.forms[-1].fields[self._textarea] = ""
        elif tag == "select" and self.forms:
            self._select = values["name"]
            self.forms[-1].fields.setdefault(self._select, "")
        elif tag == "option" and "selected" in values and self._select:
            self.forms[-1].fields[self._select] = values.get("value", "")
        elif tag == "button":
            self._is_in_button = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "button":
            self._is_in_button = False
        elif tag == "textarea":
            self._textarea = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.forms[-1].fields[self._textarea] += data.removeprefix("\n")
        elif self._is_in_button and self.forms:
            self.forms[-1].label += data


def forms_of(text: str) -> list[PageForm]:
    """Return the forms of a page."""
    parser = _Forms()
    parser.feed(text)
    return parser.forms


class Browser:
    """A browser of its own, with its cookies."""

    def __init__(self, base: str, session: aiohttp.ClientSession, origin: str = "") -> None:
        self.base = base
        self.origin = origin or base
        self.session = session
        self.shown = ""

    async def ask(self, method: str, path: str, **arguments: Any) -> Answered:
        url = path if "://" in path else self.base + path
        async with self.session.request(method, url, allow_redirects=False, **arguments) as response:
            content = await response.read()
            is_text = response.content_type.startswith("text/")
            text = content.decode() if is_text else ""
            if response.content_type == "text/html":
                self.shown = text
            return Answered(response.status, response.headers, text, content)

    async def get(self, path: str, **headers: str) -> Answered:
        return await self.ask("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    async def post(self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Answered:
        """Send a form as a browser does, with the origin of the page that it stands on."""
        given = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.origin} | dict(headers or {})
        return await self.ask("POST", path, data=urlencode(fields).encode(), headers=given)

    def form(self, *, action: str = "", label: str = "", command: str = "", has: str = "") -> PageForm:
        """Return the first form of the page that is shown which fits."""
        for form in forms_of(self.shown):
            is_action = not action or urlsplit(form.action).path == action
            is_command = not command or form.fields.get("command") == command
            is_named = not label or form.label.strip().startswith(label)
            if is_action and is_command and is_named and (not has or has in form.fields):
                return form
        raise AssertionError(f"no form {action or label or command} in {self.shown}")

    async def send(self, form: PageForm, follow: bool = True, **fields: str) -> Answered:
        """Send a form of the page, some options changed; then look at the page that it leads to."""
        changed = {f"o.{name}": value for name, value in fields.items()}
        answered = await self.post(form.action, {**form.fields, **changed})
        return await self.get(answered.leads_to) if follow and answered.status == 303 else answered

    def cookie(self, name: str) -> str:
        """Return the value of a cookie that is kept; "" for none."""
        return next((cookie.value for cookie in self.session.cookie_jar if cookie.key.endswith(name)), "")


@dataclass
class Served:
    """Pages on a socket."""

    adapter: WebAdapter
    base: str

    @asynccontextmanager
    async def browser(self, **headers: str) -> AsyncIterator[Browser]:
        """Yield a browser that nobody has signed in with."""
        jar = aiohttp.CookieJar(unsafe=True)
        agent = {"User-Agent": FIREFOX} | headers
        async with aiohttp.ClientSession(cookie_jar=jar, headers=agent) as session:
            yield Browser(self.base, session)


@dataclass
class Stage(Served):
    """Pages of a conversation's database."""

    talk: Talk

    async def link(self, who: str) -> str:
        """Return the path of a new link to somebody's page."""
        url = await self.talk.core.pages.make_link(self.talk.user(who))
        assert url is not None
        return urlsplit(url).path

    @asynccontextmanager
    async def signed_in(self, who: str, *, stay: bool = False) -> AsyncIterator[Browser]:
        """Yield a browser in which somebody is signed in."""
        async with self.browser() as browser:
            await sign_in(browser, await self.link(who), stay=stay)
            yield browser


async def sign_in(browser: Browser, link: str, *, stay: bool = False) -> Answered:
    """Open a link and press its button."""
    assert (await browser.get(link)).status == 200
    form = browser.form()
    answered = await browser.post(form.action, {**form.fields, **({"stay": "1"} if stay else {})})
    assert answered.status == 303, answered.text
    return answered


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@asynccontextmanager
async def serving(
    talk: Talk,
    clients: Mapping[str, SignInClient] | None = None,
    providers: Mapping[str, Provider] = PROVIDERS,
    **settings: str,
) -> AsyncIterator[Stage]:
    """Serve the pages of a conversation."""
    section = WebSettings(**{"listen": f"127.0.0.1:{free_port()}", **settings})
    defaults = Defaults(600, "UTC", pages_url=section.pages_url, sign_in_clients=dict(clients or {}))
    talk.core = Dispatcher(talk.store, talk.clock, defaults, workbench=Workbench(do_here))
    async with _running(WebAdapter(section, talk.core, providers=providers)) as served:
        yield Stage(served.adapter, served.base, talk)


@asynccontextmanager
async def serving_core(core: Core) -> AsyncIterator[Served]:
    """Serve the pages of a core."""
    async with _running(WebAdapter(WebSettings(listen=f"127.0.0.1:{free_port()}"), core)) as served:
        yield served


@asynccontextmanager
async def _running(adapter: WebAdapter) -> AsyncIterator[Served]:
    task = asyncio.create_task(adapter.run())
    try:
        await adapter.wait_until_listening()
        yield Served(adapter, f"http://127.0.0.1:{adapter.port}")
    finally:
        await stopped(task)
