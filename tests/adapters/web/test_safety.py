"""What protects a page, route by route and attack by attack (product rules, the pages: safe)."""

import asyncio
import json
import re
from urllib.parse import urlsplit

import pytest
from aiohttp import web

from adapters.web import limits
from adapters.web.adapter import WebAdapter
from adapters.web.assets import Assets
from adapters.web.providers import PROVIDERS
from adapters.web.server import add_routes
from adapters.web.settings import WebSettings
from adapters.web.site import Site
from adapters.web.visitors import Visitors
from tests.adapters.fake_core import FakeCore
from tests.adapters.web.stage import Stage, serving, sign_in
from tests.talk import Talk

POLICY = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
    "Server": "tenhours",
}
READ = {
    "/": 303,
    "/me": 200,
    "/journal": 200,
    "/weeks": 200,
    "/settings": 200,
    "/data": 200,
    "/group/1": 200,
    "/group/1/settings": 404,
    "/see?command=progress": 200,
    "/form?command=checkin": 200,
    "/sign-in": 303,
    "/sign-in/unknown": 410,
    "/sign-in/with/discord": 404,
    "/sign-in/with/discord/back": 404,
    "/feed/unknown.ics": 404,
    "/static/unknown.css": 404,
    "/nowhere": 404,
    "/do": 405,
}
"""Every address that is looked at, and with what status somebody who is signed in gets it."""

SENT = ["/do", "/export", "/out", "/out-everywhere", "/sessions/end", "/feed/new", "/feed/off", "/sign-in/unknown"]
"""Every address that a form is sent to."""


def canonical(path: str) -> str:
    return urlsplit(path).path


def test_the_tables_name_every_route() -> None:
    settings = WebSettings(listen="127.0.0.1:8090")
    application = web.Application()
    add_routes(Site(settings, FakeCore(), PROVIDERS, Visitors(()), Assets()), application.router)
    for route in application.router.routes():
        paths = SENT if route.method == "POST" else READ
        assert route.resource is not None
        shape = route.resource.get_info()
        pattern = shape.get("pattern") or re.compile(re.escape(shape["path"]))
        assert any(pattern.fullmatch(canonical(path)) for path in paths), route.resource.canonical


@pytest.mark.parametrize(("path", "status"), READ.items())
async def test_every_page_has_the_whole_policy(stage: Stage, path: str, status: int) -> None:
    async with stage.signed_in("ada") as browser, stage.browser() as stranger:
        answered = await browser.get(path)
        assert answered.status == status
        for seen in (answered, await stranger.get(path), await browser.ask("HEAD", path)):
            assert {name: seen.headers.get(name) for name in POLICY} == POLICY
            assert "Strict-Transport-Security" not in seen.headers


@pytest.mark.parametrize("path", SENT)
async def test_every_form_is_taken_from_a_page_of_ours_alone(stage: Stage, path: str) -> None:
    async with stage.signed_in("ada") as browser, stage.browser() as stranger:
        await browser.get("/data")
        fields = {"csrf": browser.form(action="/out-everywhere").fields["csrf"], "command": "undo"}
        before = await stage.talk.rows("SELECT * FROM sessions"), await stage.talk.rows("SELECT * FROM checkins")
        elsewhere: list[dict[str, str]] = [
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": stage.base + ".evil.example"},
            {"Origin": ""},
            {"Origin": stage.base, "Content-Type": "text/plain"},
            {"Origin": stage.base, "Content-Type": "application/json"},
        ]
        for headers in elsewhere:
            refused = await browser.post(path, fields, headers)
            assert refused.status in (400, 403), headers
            assert {name: refused.headers.get(name) for name in POLICY} == POLICY
        for blank in ({}, {"csrf": ""}, {"csrf": "."}, {"csrf": "x.y"}, {"csrf": fields["csrf"][:-1]}):
            assert (await browser.post(path, {**fields, **blank} if blank else {})).status == 403
        assert (await stranger.post(path, fields)).status == 403
        after = await stage.talk.rows("SELECT * FROM sessions"), await stage.talk.rows("SELECT * FROM checkins")
        assert after == before


async def test_a_browser_that_names_no_origin_has_to_say_that_it_is_the_same(stage: Stage) -> None:
    async with stage.signed_in("ada") as browser:
        for site, status in (("cross-site", 403), ("same-site", 403), ("none", 403), ("", 403), ("same-origin", 303)):
            await browser.get("/data")
            fields = browser.form(action="/feed/off").fields if "/feed/off" in browser.shown else {}
            fields = fields or browser.form(action="/feed/new").fields
            body = "&".join(f"{name}={value}" for name, value in fields.items()).encode()
            headers = {"Content-Type": "application/x-www-form-urlencoded"} | ({"Sec-Fetch-Site": site} if site else {})
            assert (await browser.ask("POST", "/feed/new", data=body, headers=headers)).status == status


async def test_behind_https_cookies_and_headers_say_so(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    async with serving(talk, public_url="https://study.example.org/") as stage, stage.browser() as browser:
        browser.origin = "https://study.example.org"
        link = await stage.link("ada")
        page = await browser.get(link)
        assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
        visit = page.headers["Set-Cookie"]
        assert visit.startswith("__Host-tenhours-visit=")
        assert "Secure" in visit
        name = visit.partition(";")[0]
        form = browser.form()
        answered = await browser.post(form.action, form.fields, {"Cookie": name})
        cookie = next(value for value in answered.headers.getall("Set-Cookie") if "session" in value)
        assert cookie.startswith("__Host-tenhours-session=")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} == {part.strip() for part in cookie.split(";")[1:]}


async def test_a_body_that_is_too_large_is_not_read(stage: Stage) -> None:
    async with stage.signed_in("ada") as browser:
        await browser.get("/me")
        fields = browser.form(action="/out").fields
        assert (await browser.post("/do", {**fields, "o.learned": "x" * limits.BODY_BYTES})).status == 413
        many = {f"o.{number}": "x" for number in range(limits.MOST_FIELDS)}
        assert (await browser.post("/do", {**fields, **many})).status == 400
        assert (await browser.post("/do", {**fields, "command": "progress"})).status == 303


async def test_a_body_that_does_not_come_is_not_waited_for(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BODY_SECONDS", 0.05)
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(stage.base).port)
    writer.write(
        f"POST /do HTTP/1.1\r\nHost: x\r\nOrigin: {stage.base}\r\nContent-Length: 50\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\ncsrf=".encode()
    )
    answer = await asyncio.wait_for(reader.read(), 10)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"frame-ancestors 'none'" in answer
    writer.close()


async def test_a_head_that_does_not_come_is_not_waited_for(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "HEAD_SECONDS", 0.05)
    async with serving(talk) as stage:
        reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(stage.base).port)
        writer.write(b"GET /me HTTP/1.1\r\nHost:")
        assert await asyncio.wait_for(reader.read(), 10) == b""
        writer.close()


async def test_there_is_no_end_of_connections(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_CONNECTIONS", 3)
    async with serving(talk) as stage:
        port = urlsplit(stage.base).port
        pairs = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await asyncio.wait_for(reader.readexactly(1), 10)
        for _, other in (*pairs, (reader, writer)):
            other.close()


async def test_an_address_that_asks_too_much_waits(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REQUESTS_OF_ADDRESS", limits.REQUESTS_OF_ADDRESS._replace(burst=3, per_second=0.01))
    async with serving(talk) as stage, stage.browser() as browser:
        statuses = [(await browser.get("/sign-in")).status for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
        refused = await browser.get("/sign-in")
        assert int(refused.headers["Retry-After"]) > 1
        assert {name: refused.headers.get(name) for name in POLICY} == POLICY


async def test_an_address_that_guesses_links_waits(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SIGN_INS_OF_ADDRESS", limits.SIGN_INS_OF_ADDRESS._replace(burst=3, per_second=0.01))
    link = await stage.link("ada")
    async with stage.browser() as browser:
        guesses = [(await browser.get(f"/sign-in/guess{number}")).status for number in range(4)]
        assert guesses == [410, 410, 410, 429]
        assert (await browser.get(link)).status == 429


async def test_header_injection_finds_no_header(stage: Stage) -> None:
    async with stage.signed_in("ada") as browser:
        await browser.get("/me")
        fields = browser.form(action="/out").fields
        for back in ("/me\r\nSet-Cookie: x=y", "/me\nX: y", "/\x00", "/me%0d%0aX: y", "/mé"):
            answered = await browser.post("/do", {**fields, "command": "progress", "back": back})
            assert answered.status == 303
            assert answered.leads_to in ("/me", "/me%0d%0aX: y")
            assert "x=y" not in str(answered.headers)
        assert (await browser.get("/sign-in?next=/me%0d%0aX:%20y")).leads_to == "/me"


async def test_what_is_asked_never_stands_on_a_page_as_markup(stage: Stage) -> None:
    hostile = '"><script>alert(1)</script><!--'
    async with stage.signed_in("ada") as browser:
        for path in ("/journal", "/see", "/form", "/weeks", "/nowhere", "/group/1"):
            given = {"command": hostile, "search": hostile, "page": hostile, "weeks": hostile, "back": hostile}
            text = (await browser.ask("GET", path, params=given)).text
            assert "<script" not in text
        await browser.get("/form?command=checkin")
        form = browser.form(command="checkin")
        await browser.send(form, time=hostile, learned=hostile)
        assert "<script" not in browser.shown
        assert "&lt;script" in browser.shown


async def test_a_form_has_a_new_token_on_each_page(stage: Stage) -> None:
    async with stage.signed_in("ada") as browser:
        tokens = set()
        for _ in range(3):
            await browser.get("/me")
            tokens.add(browser.form(action="/out").fields["csrf"])
        assert len(tokens) == 3


async def test_requests_have_random_ids(stage: Stage) -> None:
    core, seen = stage.talk.core, []
    handle = core.handle

    async def listen(request):  # type: ignore[no-untyped-def]
        seen.append(request.id)
        return await handle(request)

    core.handle = listen  # type: ignore[method-assign]
    async with stage.signed_in("ada") as browser:
        for _ in range(3):
            await browser.get("/form?command=checkin")
            await browser.send(browser.form(command="checkin"), time="25m")
    assert len(set(seen)) == 3
    assert all(request_id.startswith("web/") and len(request_id) > 20 for request_id in seen)


async def test_an_error_is_a_page_and_a_line_in_the_log(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("at once")

    monkeypatch.setattr(stage.talk.core.pages, "find_viewer", broken)
    async with stage.signed_in("ada") as browser:
        token = browser.cookie("session")
        answered = await browser.get("/me")
        assert answered.status == 500
        assert {name: answered.headers.get(name) for name in POLICY} == POLICY
        assert "at once" not in answered.text
    assert token not in caplog.text
    assert "a request failed" in caplog.text


async def test_garbage_gets_an_answer_and_no_more(stage: Stage) -> None:
    for garbage in (b"\x00\x01\x02\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET /%ff%fe HTTP/1.1\r\nHost: x\r\n\r\n"):
        reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(stage.base).port)
        writer.write(garbage + b"")
        answer = await asyncio.wait_for(reader.readuntil(b"\r\n"), 10)
        assert answer.split()[1] in (b"400", b"404", b"405")
        writer.close()


async def test_the_adapter_says_how_it_is(stage: Stage) -> None:
    assert stage.adapter.health().is_ready
    assert json.dumps([finding.words for finding in await stage.adapter.check()])
    assert not WebAdapter(WebSettings(listen="127.0.0.1:1"), FakeCore()).health().is_ready


async def test_two_who_share_a_browser_never_see_each_other(stage: Stage) -> None:
    async with stage.signed_in("ada") as browser:
        assert "secret of Bo" not in (await browser.get("/journal")).text
        await sign_in(browser, await stage.link("bo"))
        page = (await browser.get("/journal")).text
        assert "secret of Bo" in page
        assert "chain rule" not in page
