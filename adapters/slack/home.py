"""The App Home: a person's own page, published when they open it, and fresh after each check-in."""

import logging
from uuid import uuid4

from adapters.slack import limits
from adapters.slack.channels import PublicChannels
from adapters.slack.incoming import PLATFORM
from adapters.slack.pictures import FileIds, Pictures
from adapters.slack.profiles import Profiles
from adapters.slack.render import render_view_blocks
from adapters.slack.tasks import BackgroundTasks
from adapters.slack.workspaces import Workspaces, call
from bot.adapter import Core
from bot.adapter.bounded import BoundedDict
from bot.chat.card import Card, Line
from bot.chat.delivery import PostError
from bot.chat.request import Ask, Channel, CommandRequest

log = logging.getLogger(__name__)

HOME_COMMAND = "home"
EMPTY_HOME = Card("Ten Hours", (Line(("Log what you study, and your week appears here.",)),))


class Home:
    """The homes of those who have opened them since the start; opening one publishes it anew anyway."""

    def __init__(
        self,
        core: Core,
        workspaces: Workspaces,
        profiles: Profiles,
        channels: PublicChannels,
        pictures: Pictures,
        tasks: BackgroundTasks,
    ) -> None:
        self._core = core
        self._workspaces = workspaces
        self._profiles = profiles
        self._channels = channels
        self._pictures = pictures
        self._tasks = tasks
        self._opened: BoundedDict[tuple[str, str], None] = BoundedDict(limits.HOMES_REMEMBERED)
        self._publishing: dict[tuple[str, str], bool] = {}
        """Homes that are being published, and whether something has changed since that began."""

    def open(self, team: str, user: str) -> None:
        """Publish the home of somebody who looks at it, and keep it fresh from now on."""
        self._opened[(team, user)] = None
        self.refresh(team, user)

    def refresh(self, team: str, user: str) -> None:
        """Publish the home anew if it was ever opened. Changes that come together are published once."""
        key = (team, user)
        if key not in self._opened:
            return
        if key in self._publishing:
            self._publishing[key] = True
            return
        self._publishing[key] = False
        self._tasks.spawn(self._publish(team, user), f"home {user}")

    async def _publish(self, team: str, user: str) -> None:
        key = (team, user)
        try:
            while True:
                self._publishing[key] = False
                await self._show(team, user, await self._make_card(team, user))
                if not self._publishing[key]:
                    return
        except PostError as error:
            log.warning("a home could not be published", extra={"user": user, "reason": str(error)})
        finally:
            self._publishing.pop(key, None)

    async def _show(self, team: str, user: str, card: Card) -> None:
        client = await self._workspaces.client(team)

        async def show(files: FileIds) -> None:
            view = {"type": "home", "blocks": render_view_blocks(card, files)}
            await call(client.views_publish(user_id=user, view=view))

        await self._pictures.show(team, card, show)

    async def _make_card(self, team: str, user: str) -> Card:
        """Return the person's own page, as nobody else sees it."""
        profile = await self._profiles.get(team, user)
        channel = Channel(PLATFORM, team, None)
        named = await self._channels.list_named(team)
        request = CommandRequest(f"slack:home:{uuid4().hex}", profile, channel, HOME_COMMAND, channels=named)
        answer = await self._core.handle(request)
        return EMPTY_HOME if isinstance(answer, Ask) or answer.is_wrong else answer.card
