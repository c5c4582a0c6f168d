"""Installations in many workspaces: the OAuth flow, and the tokens it brings, encrypted before they are remembered."""

import json
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from secrets import token_bytes
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import limits
from adapters.slack.manifest import INSTALL, OPTIONAL_SCOPES, REDIRECT, SCOPES
from adapters.slack.settings import SlackSettings
from bot.adapter import Memory
from bot.errors import Misconfigured

log = logging.getLogger(__name__)
STATE = b"state "
"""What every state begins with once it is opened: nothing else that was encrypted with the key is one."""


def make_cipher(encryption_key: str) -> MultiFernet:
    """Return what encrypts tokens; of several keys, separated by commas, the first encrypts and all decrypt.

    Raises `Misconfigured` where one is not a Fernet key.
    """
    try:
        return MultiFernet([Fernet(key.strip()) for key in encryption_key.split(",")])
    except ValueError:
        raise Misconfigured("[slack] encryption_key = …: expected a Fernet key; docs/slack.md says how.") from None


class Installations(AsyncInstallationStore):
    """One bot token a workspace, in the core's memory, unreadable without the key of the configuration."""

    def __init__(self, memory: Memory, key: str, installed: Callable[[str], Awaitable[None]] | None = None) -> None:
        self._memory = memory
        self._cipher = make_cipher(key)
        self._installed = installed

    @property
    def logger(self) -> logging.Logger:
        """The logger that Slack's library asks for."""
        return log

    async def async_save(self, installation: Installation) -> None:
        """Keep what an installation brought; user tokens are neither asked for nor kept."""
        await self.async_save_bot(installation.to_bot())

    async def async_save_bot(self, bot: Bot) -> None:
        """Keep a bot token."""
        team = bot.team_id or ""
        if not team:
            raise ValueError("an installation for a whole organisation is not supported")
        text = json.dumps(bot.to_dict(), default=str)
        await self._memory.remember(_key(team), self._cipher.encrypt(text.encode()).decode())
        log.info("installed", extra={"team": team})
        if self._installed is not None:
            await self._installed(team)

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The bot token of a workspace; None where it is not kept, or the key is not the one it was kept with."""
        del enterprise_id, is_enterprise_install  # one token a workspace
        kept = await self._memory.recall(_key(team_id or ""))
        if kept is None:
            return None
        try:
            return Bot(**json.loads(self._cipher.decrypt(kept.encode())))
        except InvalidToken:
            log.error("an installation cannot be read with this encryption_key", extra={"team": team_id})
            return None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget a workspace's token."""
        del enterprise_id
        await self._memory.forget(_key(team_id or ""))
        log.info("uninstalled", extra={"team": team_id})


class States(AsyncOAuthStateStore):
    """States that were handed out: each is good for one installation, within ten minutes.

    A state is its own proof, so that whoever asks for many leaves nothing behind. Which were used is remembered by
    this process alone: the code that comes with one is good once for Slack too.
    """

    def __init__(self, key: str, now: Callable[[], datetime]) -> None:
        self._cipher = make_cipher(key)
        self._now = now
        self._used: dict[bytes, int] = {}

    @property
    def logger(self) -> logging.Logger:
        """The logger that Slack's library asks for."""
        return log

    async def async_issue(self, *_args: Any, **_kwargs: Any) -> str:
        """A new state."""
        return self._cipher.encrypt_at_time(STATE + token_bytes(16), self._seconds()).decode().rstrip("=")

    async def async_consume(self, state: str) -> bool:
        """Whether it was handed out and is still good; it is not any more."""
        now = self._seconds()
        self._used = {known: used_at for known, used_at in self._used.items() if used_at > now - limits.STATE_KEPT}
        try:
            padded = state + "=" * (-len(state) % 4)
            opened = self._cipher.decrypt_at_time(padded.encode(), limits.STATE_KEPT - 1, now)
        except (InvalidToken, ValueError):
            return False
        if not opened.startswith(STATE) or opened in self._used:
            return False
        self._used[opened] = now
        return True

    def _seconds(self) -> int:
        return int(self._now().timestamp())


def flow(
    settings: SlackSettings, client: AsyncWebClient, installations: Installations, states: States
) -> AsyncOAuthFlow:
    """The OAuth flow, which checks state and browser, and saves what it is given."""
    redirect = settings.public_url.rstrip("/") + REDIRECT if settings.public_url else None
    return AsyncOAuthFlow(
        client=client,
        logger=log,
        settings=AsyncOAuthSettings(
            client_id=settings.client_id,
            client_secret=settings.client_secret,
            scopes=[*SCOPES, *OPTIONAL_SCOPES],
            user_scopes=[],
            redirect_uri=redirect,
            install_path=INSTALL,
            redirect_uri_path=REDIRECT,
            installation_store=installations,
            installation_store_bot_only=True,
            state_store=states,
            state_expiration_seconds=limits.STATE_KEPT,
            logger=log,
        ),
    )


def _key(team: str) -> str:
    return f"slack.installation.{team}"
