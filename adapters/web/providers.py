"""Discord and Slack, asked who signs in: OAuth2 and OpenID Connect. Nothing else is asked of them, and nothing kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from adapters.web import limits
from adapters.web.oauth import Attempt, SignInFailed
from bot.adapter.http import TooLarge, read_limited
from bot.adapter.pages import SignInClient
from bot.chat.request import User

Json = dict[str, Any]
SLACK_USER, SLACK_TEAM = "https://slack.com/user_id", "https://slack.com/team_id"
"""Slack's claims of who somebody is, and in which workspace."""


class Provider(Protocol):
    """A platform at which people can sign in."""

    @property
    def label(self) -> str:
        """Its name as people know it."""
        ...

    @property
    def authorize(self) -> str:
        """The address to which browsers are sent."""
        ...

    @property
    def scope(self) -> str:
        """What is asked for."""
        ...

    async def identify(self, client: SignInClient, code: str, redirect: str, attempt: Attempt) -> User:
        """Return whose code it is. Raises `SignInFailed`."""
        ...


@dataclass(frozen=True, slots=True)
class Discord:
    """Discord's OAuth2: a token that shows one's own profile, looked at once."""

    authorize: str = "https://discord.com/oauth2/authorize"
    token: str = "https://discord.com/api/v10/oauth2/token"  # noqa: S105 - an address
    profile: str = "https://discord.com/api/v10/users/@me"
    label: str = "Discord"
    scope: str = "identify"

    async def identify(self, client: SignInClient, code: str, redirect: str, attempt: Attempt) -> User:
        """Return whose code it is. Raises `SignInFailed`."""
        async with _session() as session:
            granted = await _call(session, "POST", self.token, data=_redeem(client, code, redirect, attempt))
            bearer = {"Authorization": f"Bearer {_text(granted, 'access_token')}"}
            profile = await _call(session, "GET", self.profile, headers=bearer)
        return User(
            "discord", "", _text(profile, "id"), str(profile.get("global_name") or profile.get("username") or "")
        )


@dataclass(frozen=True, slots=True)
class Slack:
    """Slack's OpenID Connect: a signed token says who it is, for this program and this very attempt."""

    authorize: str = "https://slack.com/openid/connect/authorize"
    token: str = "https://slack.com/api/openid.connect.token"  # noqa: S105 - an address
    keys: str = "https://slack.com/openid/connect/keys"
    issuer: str = "https://slack.com"
    label: str = "Slack"
    scope: str = "openid profile"

    async def identify(self, client: SignInClient, code: str, redirect: str, attempt: Attempt) -> User:
        """Return whose code it is. Raises `SignInFailed`."""
        async with _session() as session:
            granted = await _call(session, "POST", self.token, data=_redeem(client, code, redirect, attempt))
            keys = await _call(session, "GET", self.keys)
        claims = self._verify(_text(granted, "id_token"), keys, client, attempt)
        return User("slack", _text(claims, SLACK_TEAM), _text(claims, SLACK_USER), str(claims.get("name") or ""))

    def _verify(self, token: str, keys: Json, client: SignInClient, attempt: Attempt) -> Json:
        """Return what a token says, once it is sure that Slack says it, now, to us, and of this attempt."""
        expected = jwt.JWTClaimsRegistry(
            leeway=limits.TOKEN_LEEWAY_SECONDS,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": client.client_id},
            exp={"essential": True},
            nonce={"essential": True, "value": attempt.nonce},
        )
        try:
            decoded = jwt.decode(token, KeySet.import_key_set({"keys": keys["keys"]}), algorithms=["RS256"])
            expected.validate(decoded.claims)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise SignInFailed(f"a token that cannot be believed: {type(error).__name__}") from None
        return dict(decoded.claims)


PROVIDERS: Mapping[str, Provider] = {"discord": Discord(), "slack": Slack()}
"""The platforms at which people can sign in, by the names of their adapters."""


def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=limits.PROVIDER_SECONDS))


def _redeem(client: SignInClient, code: str, redirect: str, attempt: Attempt) -> dict[str, str]:
    return {
        "grant_type": "authorization_code",
        "client_id": client.client_id,
        "client_secret": client.client_secret,
        "code": code,
        "redirect_uri": redirect,
        "code_verifier": attempt.verifier,
    }


async def _call(session: aiohttp.ClientSession, method: str, url: str, **arguments: Any) -> Json:
    """Return what a provider answers. Raises `SignInFailed` for anything but an object that says all is well."""
    try:
        async with session.request(method, url, allow_redirects=False, **arguments) as response:
            status, body = response.status, await read_limited(response.content.iter_any(), limits.PROVIDER_BYTES)
    except (TimeoutError, aiohttp.ClientError, TooLarge) as error:
        raise SignInFailed(f"no answer: {type(error).__name__}") from None
    try:
        answer = json.loads(body)
    except ValueError:
        raise SignInFailed(f"no JSON, with status {status}") from None
    if status != 200 or not isinstance(answer, dict) or answer.get("ok") is False:
        raise SignInFailed(f"refused with status {status}")
    return answer


def _text(answer: Json, key: str) -> str:
    value = answer.get(key)
    if not isinstance(value, str) or not value:
        raise SignInFailed(f"no {key}")
    return value
