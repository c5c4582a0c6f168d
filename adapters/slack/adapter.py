"""The adapter: Bolt's app with its listeners, connected by Socket Mode or HTTP, and stopped in order."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncApp

from adapters.slack import access, limits
from adapters.slack.channels import PublicChannels
from adapters.slack.check import check_all
from adapters.slack.client import WebApi, library_log
from adapters.slack.events import PlatformEvents
from adapters.slack.files import Files
from adapters.slack.handler import InteractionHandler
from adapters.slack.home import Home
from adapters.slack.http import Server
from adapters.slack.incoming import PLATFORM
from adapters.slack.limits import Timing
from adapters.slack.listeners import Listeners
from adapters.slack.outgoing import Outgoing
from adapters.slack.pictures import Pictures
from adapters.slack.posting import Posting
from adapters.slack.profiles import Profiles
from adapters.slack.settings import SlackSettings
from adapters.slack.socket import Socket
from adapters.slack.tasks import BackgroundTasks
from adapters.slack.workspaces import Authorize, Workspaces, retry_until_answered
from bot.adapter import Access, Core, Finding, Health, SendLimits
from bot.adapter.hello import Hellos
from bot.adapter.shared import Parts
from bot.charts.picture import DrawPicture
from bot.chat.card import Card
from bot.chat.delivery import Address, ChannelAddress, Delivery, MessageRef
from bot.errors import Misconfigured, TenHoursError

if TYPE_CHECKING:
    from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow

    from adapters.slack.oauth import Installations

log = logging.getLogger(__name__)


class SlackAdapter:
    """Slack, by Socket Mode or HTTP: one adapter for one workspace, or for all that have installed the app."""

    name = PLATFORM

    def __init__(
        self,
        settings: SlackSettings,
        core: Core,
        *,
        pictures: DrawPicture | None = None,
        timing: Timing | None = None,
        api_url: str = "",
    ) -> None:
        self._settings = settings
        self._core = core
        self._timing = timing = timing or Timing()
        self.send_limits = SendLimits(place_seconds=timing.post_interval, are_direct_by_team=True)
        self._api = api = WebApi(api_url)
        self._tasks = tasks = BackgroundTasks()
        self._installations = self._make_installations()
        self._workspaces = workspaces = Workspaces(
            settings.bot_token, self._installations, api.client, timing.monotonic
        )
        self._profiles = Profiles(
            self._fetch_profile, core.happened, monotonic=timing.monotonic, timeout=timing.profile_timeout
        )
        shown_pictures = Pictures(api, workspaces, pictures, timing.sleep)
        self._posting = Posting(core, workspaces, shown_pictures, timing.monotonic)
        channels = PublicChannels(core, workspaces, timing.monotonic)
        home = Home(core, workspaces, self._profiles, channels, shown_pictures, tasks)
        files = Files(api, workspaces, self._posting)
        outgoing = Outgoing(core, api, workspaces, self._posting, shown_pictures, files, tasks)
        handler = InteractionHandler(core, self._profiles, outgoing, home, tasks, timing.answer_timeout)
        hellos = Hellos(timing.monotonic)
        self._events = PlatformEvents(core, workspaces, self._profiles, home, self._posting, hellos)
        self._listeners = Listeners(handler, self._events, {spec.name for spec in core.commands})
        self.app = self._make_app()
        self._socket: Socket | None = None
        self._server: Server | None = None

    async def run(self) -> None:
        """Serve until cancelled; then leave in order. Raises `Misconfigured` where token or address is no good."""
        try:
            await self._workspaces.login(self._timing.sleep)
            if not self._settings.is_socket or self._settings.is_installable:
                await self._listen()
            if self._settings.is_socket:
                await self._stay_connected()
            await asyncio.Event().wait()
        finally:
            await asyncio.shield(self._leave())

    @property
    def parts(self) -> Parts:
        """What each of several processes runs: Slack brings each request to one of those that are connected."""
        return Parts(self.run)

    async def post(self, delivery: Delivery) -> MessageRef:
        """Post once. Raises a `PostError` that says how surely it did not happen."""
        return await self._posting.post(delivery)

    async def edit(self, to: Address, ref: MessageRef, card: Card) -> None:
        """Replace a posted card. Raises a `PostError` that says why it could not be."""
        await self._posting.edit(to, ref, card)

    async def find(self, delivery: Delivery, since: datetime) -> list[MessageRef]:
        """Return the message that was posted under a delivery's key, where the scope to look was granted."""
        return await self._posting.find(delivery, since)

    async def find_access(self, places: Sequence[ChannelAddress]) -> dict[ChannelAddress, Access]:
        """Return what keeps the app from posting to each channel, as far as Slack tells."""
        is_running = self._socket is not None or self._server is not None
        try:
            if not is_running and self._settings.bot_token:
                await self._workspaces.login_once()
            return await access.find_access(self._workspaces, places)
        except TenHoursError:
            return {}
        finally:
            if not is_running:
                await self._api.close()

    async def check(self) -> list[Finding]:
        """Say whether tokens, scopes and address are as they should be."""
        is_running = self._socket is not None or self._server is not None
        try:
            return await check_all(self._settings, self._workspaces, self._api)
        finally:
            if not is_running:
                await self._api.close()

    def health(self) -> Health:
        """Say whether Slack reaches this program."""
        if self._settings.is_socket:
            if self._socket is None or not self._socket.is_connected:
                return Health(False, None, "no connection to Slack")
            return Health(True, self._socket.age, "Socket Mode")
        if self._server is None or not self._server.port:
            return Health(False, None, "not listening")
        return Health(True, 0.0, f"listening on port {self._server.port}")

    @property
    def port(self) -> int:
        """The port that is listened on, 0 before."""
        return self._server.port if self._server else 0

    async def settle(self) -> None:
        """Wait until every answer has been brought."""
        await self._tasks.settle()

    async def _stay_connected(self) -> None:
        """Connect, and again as soon as the connection is gone. Raises `Misconfigured` where the token is no good."""
        client, interval = self._api.client(self._settings.bot_token or None), self._timing.ping_interval
        self._socket = socket = Socket(self.app, self._settings.app_token, client, interval)
        while True:
            if not socket.is_connected:
                address = await retry_until_answered(socket.request_address, "app_token", self._timing.sleep)
                await socket.connect(address)
            await asyncio.sleep(limits.RECONNECT_SECONDS)

    async def _listen(self) -> None:
        secret = self._settings.signing_secret
        self._server = Server(self.app, self._make_flow(), self.health, secret, self._timing)
        takes_events = not self._settings.is_socket
        try:
            await self._server.start(self._settings.host, self._settings.port, takes_events=takes_events)
        except OSError as error:
            raise Misconfigured(f"[slack] listen = {self._settings.listen!r}: {error.strerror}.") from error

    async def _leave(self) -> None:
        if self._server is not None:
            await self._server.stop()
        if self._socket is not None:
            await self._socket.close_async()
        await self._tasks.close(self._timing.close_timeout)
        await self._profiles.close()
        await self._api.close()
        self._socket = self._server = None

    def _make_installations(self) -> "Installations | None":
        if not self._settings.is_installable:
            return None
        from adapters.slack.oauth import Installations  # noqa: PLC0415 - cryptography is only loaded where it is used

        return Installations(
            self._core.memory, self._settings.encryption_key, self._installed, self._settings.allowed_teams
        )

    def _make_flow(self) -> "AsyncOAuthFlow | None":
        if self._installations is None:
            return None
        from adapters.slack.oauth import States, make_flow  # noqa: PLC0415 - as above

        states = States(self._settings.encryption_key, self._core.now)
        return make_flow(self._settings, self._api.oauth_client(), self._installations, states)

    def _make_app(self) -> AsyncApp:
        app = AsyncApp(
            name="tenhours",
            logger=library_log,
            client=self._api.unconnected_client(),
            signing_secret=self._settings.signing_secret or "none: what comes by socket is not signed",
            request_verification_enabled=False,  # done by the server that takes them, before anything is read
            authorize=Authorize(self._workspaces),  # type: ignore[arg-type] # its own class is taken too
            process_before_response=True,  # answers go into the acknowledgement without a poll for them
        )
        self._listeners.attach(app)
        return app

    async def _installed(self, team: str, installer: str | None) -> None:
        await self._events.app_installed(team, installer)

    async def _fetch_profile(self, team: str, user: str) -> Mapping[str, Any]:
        client = await self._workspaces.client(team)
        answer = await client.users_info(user=user)
        profile: Mapping[str, Any] = answer["user"]
        return profile
