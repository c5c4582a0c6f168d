"""Charts as files of Slack: drawn by whoever can, uploaded once, and left out where either fails."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.slack import limits
from adapters.slack.client import INVALID_BLOCKS, WebApi
from adapters.slack.markup import EMPTY
from adapters.slack.workspaces import Sleep, Workspaces
from bot.adapter.bounded import BoundedDict
from bot.charts.picture import DrawPicture
from bot.chat.card import Card, Picture
from bot.chat.chart import Chart
from bot.chat.delivery import PostError, PostRefused
from bot.chat.legible import legible
from bot.domain.names import cut

log = logging.getLogger(__name__)

FileIds = Mapping[Chart, str]
"""The ids of the files that charts were uploaded as."""

T = TypeVar("T")
FILE_NAME = "chart.png"
NOT_SHOWN = frozenset(("invalid_arguments", INVALID_BLOCKS))
"""Errors of views and of messages where one of the files cannot be shown (yet)."""


class Pictures:
    """The files that charts were uploaded as, a workspace's own."""

    def __init__(
        self, api: WebApi, workspaces: Workspaces, draw: DrawPicture | None = None, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._api = api
        self._workspaces = workspaces
        self._draw = draw
        self._sleep = sleep
        self._uploaded: BoundedDict[tuple[str, Chart], str] = BoundedDict(limits.PICTURES_REMEMBERED)

    def needs_upload(self, card: Card) -> bool:
        """Return True if showing this card takes an upload, which is too slow for an acknowledgement."""
        return self._draw is not None and any(isinstance(block, Picture) for block in card.blocks)

    async def show(self, team: str, card: Card, show: Callable[[FileIds], Awaitable[T]]) -> T:
        """Show a card with its pictures, once Slack has taken them in; where it never does, by their words.

        `show` is given the files that there are. Raises what it raises, unless that is about the files.
        """
        files = await self._upload_charts(team, card)
        for wait in limits.PICTURE_RETRY_SECONDS if files else ():
            await self._sleep(wait)
            try:
                return await show(files)
            except PostRefused as refused:
                if str(refused) not in NOT_SHOWN:
                    raise
        self._forget(team, files)
        return await show({})

    def _forget(self, team: str, files: FileIds) -> None:
        """Upload files that cannot be shown anew the next time."""
        for chart in files:
            self._uploaded.pop((team, chart), None)

    async def _upload_charts(self, team: str, card: Card) -> dict[Chart, str]:
        """Return the files of a card's charts; those that could not be drawn or uploaded are missing."""
        if self._draw is None:
            return {}
        pictures = [block for block in card.blocks if isinstance(block, Picture)]
        ids = await asyncio.gather(*(self._upload(self._draw, team, picture) for picture in pictures))
        return {picture.chart: file_id for picture, file_id in zip(pictures, ids, strict=True) if file_id}

    async def _upload(self, draw: DrawPicture, team: str, picture: Picture) -> str:
        file_id = self._uploaded.get((team, picture.chart))
        if file_id:
            return file_id
        try:
            async with asyncio.timeout(limits.CALL_TIMEOUT_SECONDS):
                image = await draw(picture.chart)
                client = await self._workspaces.client(team)
                alt = cut(legible(picture.alt), limits.FILE_ALT_LENGTH) or EMPTY
                file_id = await self._api.upload(client, FILE_NAME, image, alt=alt)
        except (SlackApiError, PostError, aiohttp.ClientError, OSError, ValueError) as error:
            log.warning("a picture is left out", extra={"team": team, "error": repr(error)})
            return ""
        self._uploaded[(team, picture.chart)] = file_id
        return file_id
