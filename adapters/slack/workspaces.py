"""The token that speaks for each workspace: that of the configuration, or one that an installation brought."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import limits
from adapters.slack.failures import NOT_INSTALLED, error_code, post_error
from bot.chat.delivery import PostRefused
from bot.errors import Misconfigured, TenHoursError

if TYPE_CHECKING:  # cryptography is only needed where workspaces install the app
    from adapters.slack.oauth import Installations

log = logging.getLogger(__name__)

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[None]]
WRONG_TOKEN = frozenset(
    """account_inactive invalid_auth not_authed token_expired token_revoked
    missing_scope no_permission not_allowed_token_type""".split()
)
"""Errors of a token that no wait makes better: it is none, of another kind, or may not do what is asked of it."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """One installation: the team, its token, the app's user and bot ids. `scopes` is empty where Slack has not said."""

    team: str
    token: str
    bot_user: str
    bot: str
    scopes: frozenset[str] = frozenset()


class Workspaces:
    """All workspaces that are served. Tokens are looked up by workspace, so that none can speak in another's place."""

    def __init__(
        self,
        token: str,
        installations: "Installations | None",
        client: Callable[[str], AsyncWebClient],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._token = token
        self._installations = installations
        self._client = client
        self._configured: Workspace | None = None
        self._monotonic = monotonic
        self._installed: dict[str, tuple[Workspace, float]] = {}
        """By team, with the time at which it was read: another process may have taken in a new token since."""

    async def login(self, sleep: Sleep) -> None:
        """Learn whose the configured token is, however long Slack is out of reach.

        Raises `Misconfigured` if the token is no good.
        """
        if self._token and self._configured is None:
            self._configured = await retry_until_answered(self.identify, "bot_token", sleep)

    async def login_once(self) -> None:
        """Learn whose the configured token is, if Slack answers now; until then nothing can be asked about."""
        try:
            self._configured = self._configured or await self.identify()
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            raise TenHoursError(f"Slack does not answer: {error}") from error

    async def identify(self) -> Workspace:
        """Ask Slack whose the configured token is."""
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
        """Return the workspace's own installation; None where the app is not installed there."""
        if self._configured is not None and team in (self._configured.team, ""):
            return self._configured
        workspace, read_at = self._installed.get(team, (None, 0.0))
        if workspace is not None and self._monotonic() - read_at < limits.TOKEN_REMEMBERED_SECONDS:
            return workspace
        if self._installations is None or not team:
            return None
        bot = await self._installations.async_find_bot(enterprise_id=None, team_id=team)
        if bot is None or not bot.bot_token:
            self._installed.pop(team, None)
            return None
        scopes = frozenset(str(scope) for scope in bot.bot_scopes or [])
        workspace = Workspace(team, bot.bot_token, str(bot.bot_user_id or ""), str(bot.bot_id or ""), scopes)
        self._installed[team] = workspace, self._monotonic()
        return workspace

    async def client(self, team: str) -> AsyncWebClient:
        """Return a client that speaks for a workspace. Raises `PostRefused` where the app is not installed there."""
        workspace = await self.find(team)
        if workspace is None:
            raise PostRefused(NOT_INSTALLED, is_gone=True)
        return self._client(workspace.token)

    async def remove(self, team: str) -> None:
        """Forget a workspace that has removed the app: its token goes at once."""
        self._installed.pop(team, None)
        if self._installations is not None:
            await self._installations.async_delete_bot(enterprise_id=None, team_id=team)

    def reload(self, team: str) -> None:
        """Read a workspace's token anew the next time: the app was installed again."""
        self._installed.pop(team, None)


class Authorize(AsyncAuthorize):
    """Bolt's question which workspaces are ours, answered without asking Slack on every request."""

    def __init__(self, workspaces: Workspaces) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._workspaces = workspaces

    async def __call__(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None, **_more: object
    ) -> AuthorizeResult | None:
        """Return the installation of the workspace that a request comes from."""
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


async def call(request: Awaitable[Any]) -> Any:
    """Return the answer to a request of the Web API. Raises a `PostError` in the place of what it raises."""
    try:
        async with asyncio.timeout(limits.CALL_TIMEOUT_SECONDS):
            return await request
    except (SlackApiError, aiohttp.ClientError, TimeoutError, ConnectionError) as error:
        raise post_error(error) from error


async def retry_until_answered(request: Callable[[], Awaitable[T]], setting: str, sleep: Sleep) -> T:
    """Return the answer to a request once Slack can be reached.

    Raises `Misconfigured` where Slack says that the token, which `setting` names, is no good.
    """
    waits = iter(limits.LOGIN_RETRY_SECONDS)
    while True:
        try:
            return await request()
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            if isinstance(error, SlackApiError) and error_code(error) in WRONG_TOKEN:
                raise Misconfigured(f"[slack] {setting} = …: Slack answers {error_code(error)}.") from error
            wait = next(waits, limits.LOGIN_RETRY_SECONDS[-1])
            log.warning("Slack does not answer yet", extra={"error": repr(error), "again_in": wait})
            await sleep(wait)
