"""Charts as files of Slack: drawn by whoever can, uploaded once, and left out where either fails."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.slack import limits
from adapters.slack.client import WebApi
from adapters.slack.fitting import EMPTY
from adapters.slack.markup import legible
from adapters.slack.render import charts_of
from adapters.slack.workspaces import Workspaces
from bot.chat.card import Card, Picture
from bot.chat.chart import Chart
from bot.chat.delivery import PostError, PostRefused
from bot.domain.names import cut

log = logging.getLogger(__name__)

Draw = Callable[[Chart], Awaitable[bytes]]
"""A chart as PNG."""
Sleep = Callable[[float], Awaitable[None]]
T = TypeVar("T")
KEPT = 500
NAME = "chart.png"
NOT_SHOWN = frozenset(("invalid_arguments", "invalid_blocks"))
"""What Slack says, of views and of messages, where one of the files cannot be shown (yet)."""


class Pictures:
    """Uploads the charts of a card and remembers the file of each, a workspace's own."""

    def __init__(
        self, web: WebApi, workspaces: Workspaces, draw: Draw | None = None, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._web = web
        self._workspaces = workspaces
        self._draw = draw
        self._sleep = sleep
        self._files: OrderedDict[tuple[str, Chart], str] = OrderedDict()

    def wanted(self, card: Card) -> bool:
        """Whether showing this card takes an upload."""
        return self._draw is not None and bool(charts_of(card))

    async def shown(self, team: str, card: Card, show: Callable[[Mapping[Chart, str]], Awaitable[T]]) -> T:
        """Show a card with its pictures, once Slack has taken them in; where it never does, by their words."""
        files = await self.files(team, card)
        for wait in limits.PICTURE_WAITS if files else ():
            await self._sleep(wait)
            try:
                return await show(files)
            except PostRefused as refused:
                if str(refused) not in NOT_SHOWN:
                    raise
        self._forget(team, files)
        return await show({})

    def _forget(self, team: str, files: Mapping[Chart, str]) -> None:
        """Files that cannot be shown are uploaded anew the next time."""
        for chart in files:
            self._files.pop((team, chart), None)

    async def files(self, team: str, card: Card) -> dict[Chart, str]:
        """The files of a card's charts; those that could not be drawn or uploaded are missing."""
        if self._draw is None:
            return {}
        pictures = [block for block in card.blocks if isinstance(block, Picture)]
        found = await asyncio.gather(*(self._file(self._draw, team, picture) for picture in pictures))
        return {picture.chart: file for picture, file in zip(pictures, found, strict=True) if file}

    async def _file(self, draw: Draw, team: str, picture: Picture) -> str:
        known = self._files.get((team, picture.chart))
        if known:
            return known
        try:
            async with asyncio.timeout(limits.CALL_WITHIN):
                image = await draw(picture.chart)
                client = await self._workspaces.client(team)
                alt = cut(legible(picture.alt), limits.ALT_OF_FILE) or EMPTY
                file = await self._web.upload(client, NAME, image, alt=alt)
        except (SlackApiError, PostError, aiohttp.ClientError, OSError, ValueError) as error:
            log.warning("a picture is left out", extra={"team": team, "error": repr(error)})
            return ""
        self._files[(team, picture.chart)] = file
        while len(self._files) > KEPT:
            self._files.popitem(last=False)
        return file
