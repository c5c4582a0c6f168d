"""Installations in many workspaces: the OAuth flow, and the tokens it brings, encrypted before they are remembered."""

import json
import logging
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from secrets import token_bytes
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import limits
from adapters.slack.manifest import INSTALL_PATH, OPTIONAL_SCOPES, REDIRECT_PATH, SCOPES
from adapters.slack.oauth_flow import CarefulFlow, library_log
from adapters.slack.settings import SlackSettings
from bot.adapter import Memory
from bot.errors import Misconfigured

log = logging.getLogger(__name__)
STATE_PREFIX = b"state "
"""The beginning of every decrypted state: nothing else that was encrypted with the key is one."""

NONCE_BYTES = 16


def make_cipher(encryption_key: str) -> MultiFernet:
    """Return what encrypts tokens; of several keys, separated by commas, the first encrypts and all decrypt.

    Raises `Misconfigured` where one is not a Fernet key.
    """
    try:
        return MultiFernet([Fernet(key.strip()) for key in encryption_key.split(",")])
    except ValueError:
        raise Misconfigured(
            "[slack] encryption_key = …: expected a Fernet key; `tenhours slack key` makes one."
        ) from None


class Installations(AsyncInstallationStore):
    """One bot token a workspace, in the core's memory, unreadable without the key of the configuration."""

    def __init__(
        self,
        memory: Memory,
        encryption_key: str,
        installed: Callable[[str, str | None], Awaitable[None]] | None = None,
        teams: Collection[str] = (),
    ) -> None:
        self._memory = memory
        self._teams = teams
        self._cipher = make_cipher(encryption_key)
        self._installed = installed

    @property
    def logger(self) -> logging.Logger:
        """The logger that Slack's library asks for."""
        return log

    async def async_save(self, installation: Installation) -> None:
        """Save what an installation brought; user tokens are neither asked for nor saved."""
        await self._save_bot(installation.to_bot(), installation.user_id)

    async def async_save_bot(self, bot: Bot) -> None:
        """Save a bot token. Raises ValueError for one of a whole organisation."""
        await self._save_bot(bot, None)

    async def _save_bot(self, bot: Bot, installer: str | None) -> None:
        team = bot.team_id or ""
        if not team:
            raise ValueError("an installation for a whole organisation is not supported")
        text = json.dumps(bot.to_dict(), default=str)
        await self._memory.remember(_memory_key(team), self._cipher.encrypt(text.encode()).decode())
        log.info("installed", extra={"team": team})
        if self._installed is not None:
            await self._installed(team, installer)

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """Return the bot token of a workspace; None where there is none for it, or it was saved with another key."""
        del enterprise_id, is_enterprise_install  # one token a workspace
        saved = await self._memory.recall(_memory_key(team_id or ""))
        if saved is None or (self._teams and team_id not in self._teams):
            return None
        try:
            bot = Bot(**json.loads(self._cipher.decrypt(saved.encode())))
        except InvalidToken:
            log.error("an installation cannot be read with this encryption_key", extra={"team": team_id})
            return None
        if bot.team_id != team_id:
            log.error("an installation is another workspace's", extra={"team": team_id})
            return None
        return bot

    async def rotate(self) -> int:
        """Encrypt all tokens with the first key, and return how many. Raises `Misconfigured` if one cannot be read."""
        keys = await self._memory.list_keys(_memory_key(""))
        rotated = dict[str, str]()
        for key in keys:
            saved = await self._memory.recall(key)
            try:
                rotated[key] = self._cipher.rotate((saved or "").encode()).decode()
            except InvalidToken:
                team = key.removeprefix(_memory_key(""))
                raise Misconfigured(
                    f"[slack] encryption_key = …: no key reads the token of {team}. Nothing was changed."
                ) from None
        for key, token in rotated.items():
            await self._memory.remember(key, token)
        return len(rotated)

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget a workspace's token."""
        del enterprise_id
        await self._memory.forget(_memory_key(team_id or ""))
        log.info("uninstalled", extra={"team": team_id})


class States(AsyncOAuthStateStore):
    """States that were handed out: each is good for one installation, within ten minutes.

    A state is its own proof, so that whoever asks for many leaves nothing behind. Which were used is remembered by
    this process alone: the code that comes with one is good once for Slack too.
    """

    def __init__(self, encryption_key: str, now: Callable[[], datetime]) -> None:
        self._cipher = make_cipher(encryption_key)
        self._now = now
        self._used_at: dict[bytes, int] = {}

    @property
    def logger(self) -> logging.Logger:
        """The logger that Slack's library asks for."""
        return log

    async def async_issue(self, *_args: Any, **_kwargs: Any) -> str:
        """Return a new state."""
        content = STATE_PREFIX + token_bytes(NONCE_BYTES)
        return self._cipher.encrypt_at_time(content, self._seconds()).decode().rstrip("=")

    async def async_consume(self, state: str) -> bool:
        """Return True if the state was handed out and is still good; it is not any more afterwards."""
        seconds = self._seconds()
        oldest = seconds - limits.STATE_LIFETIME_SECONDS
        self._used_at = {content: used_at for content, used_at in self._used_at.items() if used_at > oldest}
        try:
            padded = state + "=" * (-len(state) % 4)
            content = self._cipher.decrypt_at_time(padded.encode(), limits.STATE_LIFETIME_SECONDS - 1, seconds)
        except (InvalidToken, ValueError):
            return False
        if not content.startswith(STATE_PREFIX) or content in self._used_at:
            return False
        self._used_at[content] = seconds
        return True

    def _seconds(self) -> int:
        return int(self._now().timestamp())


def make_flow(
    settings: SlackSettings, client: AsyncWebClient, installations: Installations, states: States
) -> CarefulFlow:
    """Return the OAuth flow, which checks state and browser, and saves what it is given."""
    redirect = settings.public_url.rstrip("/") + REDIRECT_PATH if settings.public_url else None
    flow = CarefulFlow(
        client=client,
        logger=library_log,
        settings=AsyncOAuthSettings(
            client_id=settings.client_id,
            client_secret=settings.client_secret,
            scopes=[*SCOPES, *OPTIONAL_SCOPES],
            user_scopes=[],
            redirect_uri=redirect,
            install_path=INSTALL_PATH,
            redirect_uri_path=REDIRECT_PATH,
            installation_store=installations,
            installation_store_bot_only=True,
            state_store=states,
            state_expiration_seconds=limits.STATE_LIFETIME_SECONDS,
            logger=library_log,
        ),
    )
    flow.teams = settings.allowed_teams
    return flow


def _memory_key(team: str) -> str:
    return f"slack.installation.{team}"
