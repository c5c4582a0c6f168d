"""Signing in with an account of Discord or Slack, against small servers that answer as they do."""

import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from aiohttp import web
from joserfc import jwt
from joserfc.jwk import RSAKey

from adapters.web.oauth import Attempt
from adapters.web.providers import Discord, Provider, Slack
from bot.adapter.pages import SignInClient
from tests.adapters.web.stage import Browser, Stage, serving
from tests.talk import Talk

CLIENTS = {"discord": SignInClient("d-id", "d-secret"), "slack": SignInClient("s-id", "s-secret")}
KEY, OTHER_KEY = RSAKey.generate_key(2048), RSAKey.generate_key(2048)
ISSUER = "https://slack.com"


@dataclass
class Accounts:
    """What Discord and Slack say of whoever signs in, and what they were asked."""

    discord_id: str = "ada"
    slack_claims: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: KEY)
    status: int = 200
    body: str | None = None
    redeemed: list[dict[str, str]] = field(default_factory=list)
    nonce: str = ""
    base: str = ""

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Accounts"]:
        application = web.Application()
        application.router.add_post("/token", self._on_discord_token)
        application.router.add_get("/me", self._on_profile)
        application.router.add_post("/openid.token", self._on_slack_token)
        application.router.add_get("/keys", self._on_keys)
        runner = web.AppRunner(application)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield self
        await runner.cleanup()

    def _answer(self, document: dict[str, Any]) -> web.Response:
        body = json.dumps(document) if self.body is None else self.body
        return web.Response(text=body, status=self.status, content_type="application/json")

    async def _on_discord_token(self, request: web.Request) -> web.Response:
        self.redeemed.append({name: str(value) for name, value in (await request.post()).items()})
        return self._answer({"access_token": "d-token", "token_type": "Bearer"})

    async def _on_profile(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == "Bearer d-token"
        return self._answer({"id": self.discord_id, "username": "ada", "global_name": "Ada"})

    async def _on_slack_token(self, request: web.Request) -> web.Response:
        self.redeemed.append({name: str(value) for name, value in (await request.post()).items()})
        claims = {
            "iss": ISSUER,
            "aud": "s-id",
            "exp": int(time.time()) + 300,
            "nonce": self.nonce,
            "sub": "U1",
            "https://slack.com/user_id": "ada",
            "https://slack.com/team_id": "T1",
            "name": "Ada",
        } | self.slack_claims
        claims = {name: value for name, value in claims.items() if value is not None}
        return self._answer({"ok": True, "id_token": jwt.encode({"alg": "RS256"}, claims, self.key)})

    async def _on_keys(self, _request: web.Request) -> web.Response:
        return self._answer({"keys": [KEY.as_dict(private=False)]})


@pytest.fixture
async def accounts() -> AsyncIterator[Accounts]:
    async with Accounts().serving() as accounts:
        yield accounts


@asynccontextmanager
async def stage_of(talk: Talk, accounts: Accounts, platform: str) -> AsyncIterator[Stage]:
    """Serve the pages of a group on a platform, whose Ada is known."""
    talk.platform, talk.team = platform, "T1" if platform == "slack" else ""
    await talk("ada", "/checkin 2h learned: chain rule", channel=None)
    providers: dict[str, Provider] = {
        "discord": Discord(f"{accounts.base}/authorize", f"{accounts.base}/token", f"{accounts.base}/me"),
        "slack": Slack(f"{accounts.base}/authorize", f"{accounts.base}/openid.token", f"{accounts.base}/keys", ISSUER),
    }
    async with serving(talk, CLIENTS, providers) as stage:
        yield stage


async def begin(browser: Browser, platform: str, next_path: str = "/journal") -> dict[str, str]:
    """Begin to sign in, and return what the browser is told to ask the platform."""
    sent = await browser.ask("GET", f"/sign-in/with/{platform}", params={"next": next_path})
    assert sent.status == 303
    return dict(parse_qsl(urlsplit(sent.leads_to).query))


async def come_back(browser: Browser, platform: str, asked: dict[str, str], **changed: str) -> Any:
    given = {"code": "a-code", "state": asked["state"], **changed}
    return await browser.ask("GET", f"/sign-in/with/{platform}/back", params=given)


@pytest.mark.parametrize("platform", ["discord", "slack"])
async def test_whoever_is_known_gets_to_their_page(talk: Talk, accounts: Accounts, platform: str) -> None:
    async with stage_of(talk, accounts, platform) as stage, stage.browser() as browser:
        assert f"/sign-in/with/{platform}" in (await browser.get("/sign-in?next=/journal")).text
        asked = await begin(browser, platform)
        accounts.nonce = asked["nonce"]
        assert asked["redirect_uri"] == f"{stage.base}/sign-in/with/{platform}/back"
        assert asked["code_challenge_method"] == "S256"
        back = await come_back(browser, platform, asked)
        assert back.status == 303
        assert back.headers["Referrer-Policy"] == "same-origin"
        page = await browser.get(back.leads_to)
        assert "Ada" in page.text
        assert (await browser.get("/me")).status == 303  # nothing is opened before the button is pressed
        form = browser.form()
        opened = await browser.post(form.action, form.fields)
        assert opened.leads_to == "/journal"
        assert "chain rule" in (await browser.get("/journal")).text
    [redeemed] = accounts.redeemed
    attempt = Attempt.of_cookie(f"{platform}.x.%2Fme")
    assert attempt is not None
    assert redeemed["code"] == "a-code"
    assert redeemed["client_secret"] == CLIENTS[platform].client_secret
    assert len(redeemed["code_verifier"]) >= 43
    assert redeemed["code_verifier"] not in str(asked)


@pytest.mark.parametrize("platform", ["discord", "slack"])
async def test_somebody_unknown_is_told_how_to_begin_and_nothing_is_kept(
    talk: Talk, accounts: Accounts, platform: str
) -> None:
    accounts.discord_id = "zoe"
    accounts.slack_claims = {"https://slack.com/user_id": "zoe"}
    async with stage_of(talk, accounts, platform) as stage, stage.browser() as browser:
        asked = await begin(browser, platform)
        accounts.nonce = asked["nonce"]
        back = await come_back(browser, platform, asked)
        assert back.status == 403
        assert f"I don't know that {platform.capitalize()} account yet." in back.text.replace("&#x27;", "'")
        assert "/checkin 1h" in back.text
        assert await talk.rows("SELECT count(*) FROM people") == [(1,)]
        assert await talk.rows("SELECT count(*) FROM sign_in_links") == [(0,)]


async def test_a_member_of_another_workspace_is_somebody_else(talk: Talk, accounts: Accounts) -> None:
    accounts.slack_claims = {"https://slack.com/team_id": "T2"}
    async with stage_of(talk, accounts, "slack") as stage, stage.browser() as browser:
        asked = await begin(browser, "slack")
        accounts.nonce = asked["nonce"]
        assert (await come_back(browser, "slack", asked)).status == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "of another attempt"},
        {"nonce": None},
        {"aud": "another program"},
        {"aud": None},
        {"iss": "https://evil.example"},
        {"exp": 1_000},
        {"exp": None},
        {"https://slack.com/user_id": None},
        {"https://slack.com/user_id": 7},
    ],
    ids=str,
)
async def test_a_token_that_is_not_for_this_attempt_is_not_believed(
    talk: Talk, accounts: Accounts, claims: dict[str, Any]
) -> None:
    async with stage_of(talk, accounts, "slack") as stage, stage.browser() as browser:
        asked = await begin(browser, "slack")
        accounts.nonce = asked["nonce"]
        accounts.slack_claims = claims
        assert (await come_back(browser, "slack", asked)).status == 502
        assert await talk.rows("SELECT count(*) FROM sign_in_links") == [(0,)]


async def test_a_token_of_another_key_is_not_believed(talk: Talk, accounts: Accounts) -> None:
    async with stage_of(talk, accounts, "slack") as stage, stage.browser() as browser:
        asked = await begin(browser, "slack")
        accounts.nonce, accounts.key = asked["nonce"], OTHER_KEY
        assert (await come_back(browser, "slack", asked)).status == 502


@pytest.mark.parametrize("platform", ["discord", "slack"])
@pytest.mark.parametrize(
    ("status", "body"), [(500, "{}"), (200, "<html>"), (200, '{"ok": false}'), (200, "[]"), (302, "{}")]
)
async def test_a_platform_that_says_no_or_nonsense_opens_nothing(
    talk: Talk, accounts: Accounts, platform: str, status: int, body: str
) -> None:
    async with stage_of(talk, accounts, platform) as stage, stage.browser() as browser:
        asked = await begin(browser, platform)
        accounts.status, accounts.body = status, body
        answered = await come_back(browser, platform, asked)
        assert answered.status == 502
        assert body not in answered.text or body in ("{}", "[]")


async def test_an_answer_that_this_browser_never_asked_for_is_refused(talk: Talk, accounts: Accounts) -> None:
    async with (
        stage_of(talk, accounts, "discord") as stage,
        stage.browser() as browser,
        stage.browser() as other,
        stage.browser() as third,
    ):
        asked, of_other = await begin(browser, "discord"), await begin(other, "discord")
        assert (await come_back(third, "discord", asked)).status == 400
        assert (await come_back(browser, "discord", of_other)).status == 400
        assert (await come_back(browser, "discord", asked, state="")).status == 400
        assert (await come_back(browser, "slack", asked)).status == 400
        assert accounts.redeemed == []
        assert (await come_back(browser, "discord", asked)).status == 303
        assert (await come_back(browser, "discord", asked)).status == 400  # an attempt is good once


async def test_whoever_says_no_over_there_may_choose_again(talk: Talk, accounts: Accounts) -> None:
    async with stage_of(talk, accounts, "discord") as stage, stage.browser() as browser:
        asked = await begin(browser, "discord")
        refused = await browser.ask(
            "GET", "/sign-in/with/discord/back", params={"error": "access_denied", "state": asked["state"]}
        )
        assert refused.leads_to == "/sign-in"


async def test_nobody_is_led_elsewhere_by_way_of_a_platform(talk: Talk, accounts: Accounts) -> None:
    async with stage_of(talk, accounts, "discord") as stage, stage.browser() as browser:
        asked = await begin(browser, "discord", "//evil.example")
        back = await come_back(browser, "discord", asked)
        assert parse_qs(urlsplit(back.leads_to).query) == {"next": ["/me"]}
        assert back.leads_to.startswith(stage.base)


async def test_without_a_client_there_is_no_such_way(stage: Stage) -> None:
    async with stage.browser() as browser:
        assert "Sign in with" not in (await browser.get("/sign-in")).text
        assert (await browser.get("/sign-in/with/discord")).status == 404
