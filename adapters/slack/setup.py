"""Slack's part of `tenhours setup`: the app, its tokens, and the first channel that it was invited to."""

import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.slack import access
from adapters.slack.client import WebApi
from adapters.slack.commands import UMBRELLA
from adapters.slack.failures import error_code
from adapters.slack.manifest import HANDLE, INSTALL_PATH, OPTIONAL_SCOPES, SCOPES, make_link, make_manifest
from adapters.slack.settings import SlackSettings
from adapters.slack.workspaces import Workspace, Workspaces
from bot.adapter import Access
from bot.adapter.setup import Invitation, Question, Room, Site, Ways
from bot.chat.command import Spec
from bot.chat.legible import legible
from bot.domain.names import cut
from bot.errors import Misconfigured, Refused, TenHoursError

APPS = "https://api.slack.com/apps"
NAME_CHARACTERS = 60
MOST_ROOMS = 100
TEST = (
    "Test from `tenhours setup`: I can post here. Type `/tenhours group start` in your study group's channel once I'm "
    "running."
)
FOR_BOT = "The bot token begins with xoxb-: it's on the page Install App."
FOR_APP = "The app token begins with xapp-: Basic Information → App-Level Tokens → Generate."
FOR_SIGNING = "The signing secret is on the page Basic Information, under App Credentials: choose Show."
KINDS = (
    (re.compile(r"xoxb-\S+"), "the bot token"),
    (re.compile(r"xapp-\S+"), "the app token"),
    (re.compile(r"xox[pare]\S*-\S+"), "the token of a person or of another kind"),
    (re.compile(r"A[0-9A-Z]{8,12}"), "the app's id"),
    (re.compile(r"\d+\.\d+"), "the client id"),
    (re.compile(r"[0-9a-f]{32}"), "the signing secret or the client secret"),
    (re.compile(r"https?://\S+"), "a link"),
)
"""What stands on the pages of an app, by its shape."""

SOCKET = "Slack needs no way in: the bot connects by itself (Socket Mode)"
HTTP = "Slack calls an https address of mine (HTTP)"


class SlackSetup:
    """Asks for what one workspace needs, by Socket Mode unless HTTP is chosen."""

    start_command = f"/{UMBRELLA} group start"

    def __init__(self, specs: Sequence[Spec], api_url: str = "") -> None:
        self._specs = tuple(specs)
        self._api_url = api_url

    def next_question(self, settings: SlackSettings) -> Question | Ways | None:
        """Return the way, then the address where it is HTTP, the bot token, and what proves either way."""
        if not (settings.bot_token or settings.is_configured or settings.public_url or settings.is_installable):
            ways = (SOCKET, self._bot_token(settings)), (HTTP, self._public_url())
            return Ways("How does Slack reach the bot?", ways)
        if not settings.bot_token and not settings.is_installable:
            return self._bot_token(settings)
        if settings.is_configured:
            return None
        return self._signing_secret() if settings.public_url or settings.is_installable else self._app_token()

    def question_of(self, settings: SlackSettings, key: str) -> Question | None:
        """Return the question for one of the settings that are asked for."""
        questions = (self._bot_token(settings), self._app_token(), self._public_url(), self._signing_secret())
        return next((question for question in questions if question.key == key), None)

    async def identify(self, settings: SlackSettings) -> str:
        """Return which workspace the bot token speaks for, after trying the app token too."""
        words = await self._try_bot_token(settings) if settings.bot_token else "workspaces install the app themselves"
        if settings.app_token:
            await self._try_app_token(settings)
        return words

    async def try_value(self, settings: SlackSettings, key: str) -> str:
        """Try a token by a call; an address and a signing secret show whether they are right once Slack calls."""
        if key == "bot_token":
            return await self._try_bot_token(settings)
        if key == "app_token":
            await self._try_app_token(settings)
            return "Socket Mode can connect"
        return "Slack proves it with its first request, once the bot runs"

    async def find_sites(self, settings: SlackSettings) -> Sequence[Site]:
        """Return the workspace, with the channels that the app was invited to; nothing while it is in none."""
        if not settings.bot_token:
            return []
        async with self._asked(settings, "bot_token") as (workspace, api):
            client = api.client(settings.bot_token)
            kinds = "public_channel,private_channel"
            answer = await client.users_conversations(types=kinds, exclude_archived=True, limit=MOST_ROOMS)
            team = str((await client.auth_test()).get("team") or workspace.team)
        rooms = tuple(_room(channel) for channel in answer["channels"])
        lacks = tuple(scope for scope in SCOPES if workspace.scopes and scope not in workspace.scopes)
        return [Site(_name(team), lacks, rooms)] if rooms else []

    async def invite(self, settings: SlackSettings) -> Invitation:
        """Return how to bring the app into a channel, or into workspaces that install it themselves."""
        if settings.is_installable:
            return Invitation(("Open the link and install the app.",), settings.public_url.rstrip("/") + INSTALL_PATH)
        return Invitation((f"In your study group's channel on Slack, type: /invite @{HANDLE}",))

    async def post_test(self, settings: SlackSettings, room: Room) -> None:
        """Post the test. Raises `TenHoursError` with Slack's reason."""
        api = WebApi(self._api_url)
        try:
            await api.client(settings.bot_token).chat_postMessage(channel=room.id, text=TEST)
        except SlackApiError as error:
            reason = access.say_reason(error_code(error), room.name)
            raise TenHoursError(f"I couldn't post in #{room.name}: {reason}.") from error
        finally:
            await api.close()

    async def _try_bot_token(self, settings: SlackSettings) -> str:
        async with self._asked(settings, "bot_token") as (workspace, api):
            team = str((await api.client(settings.bot_token).auth_test()).get("team") or workspace.team)
        missing = [scope for scope in SCOPES if workspace.scopes and scope not in workspace.scopes]
        if missing:
            raise Misconfigured(
                f"The app lacks the permissions {', '.join(missing)}: paste the newest manifest (`tenhours slack "
                "manifest`) under App Manifest, and install the app again."
            )
        left_out = [scope for scope in OPTIONAL_SCOPES if workspace.scopes and scope not in workspace.scopes]
        without = f", without the optional {', '.join(left_out)}" if left_out else ""
        return f"the bot token speaks for the workspace {_name(team)}{without}"

    async def _try_app_token(self, settings: SlackSettings) -> None:
        api = WebApi(self._api_url)
        try:
            await api.client(None).apps_connections_open(app_token=settings.app_token)
        except SlackApiError as error:
            raise Misconfigured(
                f"Slack doesn't take this app token ({error_code(error)}). It needs the scope connections:write: "
                "Basic Information → App-Level Tokens → Generate."
            ) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise TenHoursError(f"Slack doesn't answer ({type(error).__name__}). Check the network.") from error
        finally:
            await api.close()

    @asynccontextmanager
    async def _asked(self, settings: SlackSettings, key: str) -> AsyncIterator[tuple[Workspace, WebApi]]:
        """Yield whose the bot token is, and the API to ask on. Raises `Misconfigured` or `TenHoursError`."""
        api = WebApi(self._api_url)
        try:
            yield await Workspaces(getattr(settings, key), None, api.client).identify(), api
        except SlackApiError as error:
            raise Misconfigured(
                f"Slack doesn't take this bot token ({error_code(error)}). Copy it again from the page Install App."
            ) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise TenHoursError(f"Slack doesn't answer ({type(error).__name__}). Check the network.") from error
        finally:
            await api.close()

    def _bot_token(self, settings: SlackSettings) -> Question:
        is_http = bool(settings.public_url or settings.signing_secret) and not settings.app_token
        link = make_link(make_manifest(self._specs, is_socket=not is_http, public_url=settings.public_url))
        steps = (
            "Create the app with this link, which fills in everything; choose your workspace:",
            link,
            f"You have the app already? Find it at {APPS}.",
            "On the page Install App, choose Install to Workspace, and copy the Bot User OAuth Token (xoxb-…).",
        )
        return Question("bot_token", "The bot token", steps, _reader(0, FOR_BOT))

    def _app_token(self) -> Question:
        steps = (
            "On the page Basic Information, under App-Level Tokens, choose Generate Token and Scopes.",
            "Give it any name, add the scope connections:write, generate it, and copy the token (xapp-…).",
        )
        return Question("app_token", "The app token", steps, _reader(1, FOR_APP))

    def _public_url(self) -> Question:
        steps = ("Slack needs an https address that leads to this machine, such as https://bot.example.org.",)
        return Question("public_url", "The address", steps, _read_address)

    def _signing_secret(self) -> Question:
        steps = ("On the page Basic Information, under App Credentials, show the Signing Secret and copy it.",)
        return Question("signing_secret", "The signing secret", steps, _reader(5, FOR_SIGNING))


def _reader(kind: int, advice: str) -> Callable[[str], str]:
    """Return the reader of what has the shape of one of `KINDS`: for another, it says which that is."""

    def read(typed: str) -> str:
        value = typed.strip().strip('"')
        for at, (shape, words) in enumerate(KINDS):
            if shape.fullmatch(value):
                if at == kind:
                    return value
                raise Refused(f"That's {words}. {advice}")
        raise Refused(f"That isn't it. {advice}")

    return read


def _read_address(typed: str) -> str:
    address = typed.strip().rstrip("/")
    if not re.fullmatch(r"https://[\w.-]+(:\d+)?(/\S*)?", address):
        raise Refused("Slack calls only addresses that begin with https://, such as https://bot.example.org.")
    return address


def _room(channel: dict[str, Any]) -> Room:
    name = _name(str(channel.get("name") or channel["id"]))
    obstacle = access.say_reason("restricted_action", name) if channel.get("is_read_only") else ""
    return Room(str(channel["id"]), name, Access(obstacle))


def _name(name: str) -> str:
    return cut(legible(name), NAME_CHARACTERS)
