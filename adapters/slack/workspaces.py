"""Which token speaks for which workspace: the one of the configuration, or one that an installation brought."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import limits
from adapters.slack.failures import NOT_INSTALLED, code_of, post_error
from bot.chat.delivery import PostRefused
from bot.errors import Misconfigured

if TYPE_CHECKING:  # cryptography is only needed where workspaces install the app
    from adapters.slack.oauth import Installations

log = logging.getLogger(__name__)

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[None]]
WRONG_TOKEN = frozenset(
    """account_inactive invalid_auth not_authed token_expired token_revoked
    missing_scope no_permission not_allowed_token_type""".split()
)
"""No wait makes such a token better: it is none, or one of another kind, or may not do what is asked of it."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """One installation. `scopes` is empty where Slack has not said."""

    team: str
    token: str
    bot_user: str
    bot: str
    scopes: frozenset[str] = frozenset()


class Workspaces:
    """All workspaces that are served. Tokens are looked up by workspace, so that none can speak in another's place."""

    def __init__(
        self, token: str, installations: "Installations | None", client: Callable[[str], AsyncWebClient]
    ) -> None:
        self._token = token
        self._installations = installations
        self._client = client
        self._own: Workspace | None = None
        self._installed: dict[str, Workspace] = {}

    async def login(self, sleep: Sleep) -> None:
        """Learn whose the configured token is, however long Slack is out of reach; `Misconfigured` if it is no good."""
        if self._token and self._own is None:
            self._own = await patiently(self.ask, "bot_token", sleep)

    async def ask(self) -> Workspace:
        """What Slack says of the configured token."""
        answer = await self._client(self._token).auth_test()
        scopes = str(answer.headers.get("x-oauth-scopes") or answer.headers.get("X-OAuth-Scopes") or "")
        return Workspace(
            str(answer.get("team_id") or ""),
            self._token,
            str(answer.get("user_id") or ""),
            str(answer.get("bot_id") or ""),
            frozenset(scope.strip() for scope in scopes.split(",") if scope.strip()),
        )

    async def find(self, team: str) -> Workspace | None:
        """The workspace's own installation."""
        if self._own is not None and team in (self._own.team, ""):
            return self._own
        if team in self._installed:
            return self._installed[team]
        if self._installations is None or not team:
            return None
        bot = await self._installations.async_find_bot(enterprise_id=None, team_id=team)
        if bot is None or not bot.bot_token:
            return None
        scopes = frozenset(str(scope) for scope in bot.bot_scopes or [])
        found = Workspace(team, bot.bot_token, str(bot.bot_user_id or ""), str(bot.bot_id or ""), scopes)
        self._installed[team] = found
        return found

    async def client(self, team: str) -> AsyncWebClient:
        """A client that speaks for a workspace; `PostRefused` where the app is not installed there."""
        workspace = await self.find(team)
        if workspace is None:
            raise PostRefused(NOT_INSTALLED, is_gone=True)
        return self._client(workspace.token)

    async def left(self, team: str) -> None:
        """The app was removed from a workspace: its token goes at once."""
        self._installed.pop(team, None)
        if self._installations is not None:
            await self._installations.async_delete_bot(enterprise_id=None, team_id=team)

    def renewed(self, team: str) -> None:
        """The app was installed again: the token that is remembered counts."""
        self._installed.pop(team, None)


class Authorize(AsyncAuthorize):
    """Tells Bolt which workspaces are ours, without asking Slack on every request."""

    def __init__(self, workspaces: Workspaces) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._workspaces = workspaces

    async def __call__(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None, **_more: object
    ) -> AuthorizeResult | None:
        """The installation of the workspace that a request comes from."""
        workspace = await self._workspaces.find(team_id or "")
        if workspace is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=workspace.team,
            bot_user_id=workspace.bot_user,
            bot_id=workspace.bot,
            bot_token=workspace.token,
            user_id=user_id,
        )


async def called(call: Awaitable[Any]) -> Any:
    """The answer of a call to Slack; what it raises, as a `PostError`."""
    try:
        async with asyncio.timeout(limits.CALL_WITHIN):
            return await call
    except (SlackApiError, aiohttp.ClientError, TimeoutError, ConnectionError) as error:
        raise post_error(error) from error


async def patiently(call: Callable[[], Awaitable[T]], setting: str, sleep: Sleep) -> T:
    """What a call answers once Slack can be reached; `Misconfigured` where it says that the token is no good."""
    waits = iter(limits.LOGIN_WAITS)
    while True:
        try:
            return await call()
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            if isinstance(error, SlackApiError) and code_of(error) in WRONG_TOKEN:
                raise Misconfigured(f"[slack] {setting} = …: Slack answers {code_of(error)}.") from error
            wait = next(waits, limits.LOGIN_WAITS[-1])
            log.warning("Slack does not answer yet", extra={"error": repr(error), "again_in": wait})
            await sleep(wait)
