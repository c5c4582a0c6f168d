"""The App Home: a person's own page, published when they open it, and fresh after each check-in."""

import logging
from collections import OrderedDict
from collections.abc import Mapping
from uuid import uuid4

from adapters.slack.incoming import PLATFORM
from adapters.slack.pictures import Pictures
from adapters.slack.profiles import Profiles
from adapters.slack.render import view_blocks
from adapters.slack.tasks import BackgroundTasks
from adapters.slack.workspaces import Workspaces, called
from bot.adapter import Core
from bot.chat.card import Card, Line
from bot.chat.chart import Chart
from bot.chat.delivery import PostError
from bot.chat.request import Ask, Channel, CommandRequest

log = logging.getLogger(__name__)

OPENED = 10_000
PAGE = "home"


class Home:
    """Publishes the home of whoever has opened it since the start; opening it publishes it anew anyway."""

    def __init__(
        self, core: Core, workspaces: Workspaces, profiles: Profiles, pictures: Pictures, tasks: BackgroundTasks
    ) -> None:
        self._core = core
        self._workspaces = workspaces
        self._profiles = profiles
        self._pictures = pictures
        self._tasks = tasks
        self._opened: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._publishing: dict[tuple[str, str], bool] = {}

    def opened(self, team: str, user: str) -> None:
        """Somebody looks at it."""
        self._opened[(team, user)] = None
        self._opened.move_to_end((team, user))
        while len(self._opened) > OPENED:
            self._opened.popitem(last=False)
        self.touched(team, user)

    def touched(self, team: str, user: str) -> None:
        """What it shows may have changed. Changes that come together are published once."""
        key = (team, user)
        if key not in self._opened:
            return
        if key in self._publishing:
            self._publishing[key] = True
            return
        self._publishing[key] = False
        self._tasks.leave(self._publish(team, user), f"home {user}")

    async def _publish(self, team: str, user: str) -> None:
        key = (team, user)
        try:
            while True:
                self._publishing[key] = False
                await self._show(team, user, await self._card(team, user))
                if not self._publishing[key]:
                    return
        except PostError as error:
            log.warning("a home could not be published", extra={"user": user, "reason": str(error)})
        finally:
            self._publishing.pop(key, None)

    async def _show(self, team: str, user: str, card: Card) -> None:
        client = await self._workspaces.client(team)

        async def show(files: Mapping[Chart, str]) -> None:
            view = {"type": "home", "blocks": view_blocks(card, files)}
            await called(client.views_publish(user_id=user, view=view))

        await self._pictures.shown(team, card, show)

    async def _card(self, team: str, user: str) -> Card:
        """The person's own page, as nobody else sees it."""
        who = await self._profiles.of(team, user)
        request = CommandRequest(f"slack:home:{uuid4().hex}", who, Channel(PLATFORM, team, None), PAGE)
        answer = await self._core.handle(request)
        if isinstance(answer, Ask) or answer.is_wrong:
            return Card("Ten Hours", (Line(("Log what you study, and your week appears here.",)),))
        return answer.card
