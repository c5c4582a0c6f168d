"""Posts: each with its key as metadata, and every failure told as what it means.

The sender keeps posts to one place apart, as `SlackAdapter.send_limits` says.
"""

import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import limits
from adapters.slack.markup import Json
from adapters.slack.pictures import Pictures
from adapters.slack.render import message
from adapters.slack.workspaces import Workspaces, called
from bot.chat.card import Card
from bot.chat.chart import Chart
from bot.chat.delivery import Address, ChannelAddress, Delivery, MessageRef, PostRefused, RetryLater, UserAddress

log = logging.getLogger(__name__)

EVENT_TYPE = "tenhours_post"
QUIET: Json = {"unfurl_links": False, "unfurl_media": False, "mrkdwn": False}
PLACES = 10_000


class Posting:
    """Posts, edits and finds, and sorts what Slack says into what surely happened, surely did not, and may have."""

    def __init__(
        self, workspaces: Workspaces, pictures: Pictures, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._workspaces = workspaces
        self._pictures = pictures
        self._monotonic = monotonic
        self._limited_until: dict[str, float] = {}
        self._direct: OrderedDict[tuple[str, str], str] = OrderedDict()

    async def post(self, delivery: Delivery) -> MessageRef:
        """Post once, or raise a `PostError`."""
        team = delivery.to.team
        client = await self._client(team)
        channel = await self._place(client, delivery.to)
        self._check_limit(team)
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"key": delivery.key}}
        to = {"channel": channel, "metadata": metadata, **QUIET}
        answer = await self._show(team, delivery.card, client.chat_postMessage, to)
        return MessageRef(str(answer["channel"]), str(answer["ts"]))

    async def edit(self, to: Address, ref: MessageRef, card: Card) -> None:
        """Replace a posted card; a `PostError` says why it could not be."""
        client = await self._client(to.team)
        self._check_limit(to.team)
        await self._show(to.team, card, client.chat_update, {"channel": ref.channel, "ts": ref.id})

    async def find(self, to: Address, key: str, since: datetime) -> MessageRef | None:
        """The own message with that key; None where Slack does not let us look."""
        client = await self._client(to.team)
        channel = await self._place(client, to)
        cursor = ""
        for _ in range(limits.HISTORY_PAGES):
            call = client.conversations_history(
                channel=channel,
                oldest=f"{since.timestamp():.6f}",
                include_all_metadata=True,
                limit=limits.HISTORY_PAGE,
                cursor=cursor or None,
            )
            try:
                page = await called(call)
            except PostRefused as refused:
                log.info("posts cannot be read back", extra={"team": to.team, "reason": str(refused)})
                return None
            found = next((each for each in page.get("messages") or [] if _key_of(each) == key), None)
            if found is not None:
                return MessageRef(channel, str(found["ts"]))
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return None
        return None

    async def direct(self, team: str, user: str) -> str:
        """The channel of direct messages with a person."""
        return await self._place(await self._client(team), UserAddress("slack", team, user))

    async def _client(self, team: str) -> AsyncWebClient:
        return await self._workspaces.client(team)

    async def _place(self, client: AsyncWebClient, to: Address) -> str:
        if isinstance(to, ChannelAddress):
            if not to.channel:
                raise PostRefused("a post without an address")
            return to.channel
        known = self._direct.get((to.team, to.user))
        if known is None:
            answer = await called(client.conversations_open(users=to.user))
            known = self._direct[(to.team, to.user)] = str(answer["channel"]["id"])
            while len(self._direct) > PLACES:
                self._direct.popitem(last=False)
        return known

    async def _show(self, team: str, card: Card, call: Callable[..., Awaitable[Any]], to: Json) -> Any:
        """Show a card by `call`, with its pictures if Slack takes them."""

        async def show(files: Mapping[Chart, str]) -> Any:
            return await self._call(team, call(**to, **message(card, files)))

        return await self._pictures.shown(team, card, show)

    def _check_limit(self, team: str) -> None:
        """Raise `RetryLater` while Slack wants to be left alone by a workspace.

        Such a limit holds for all places of the workspace and no other one. The sender knows only a place and the
        whole platform: it rests each place that is answered so, without another call to Slack.
        """
        seconds = self._limited_until.get(team, 0.0) - self._monotonic()
        if seconds > 0:
            raise RetryLater("ratelimited", seconds)

    async def _call(self, team: str, call: Awaitable[Any]) -> Any:
        try:
            return await called(call)
        except RetryLater as later:
            if later.after is not None:
                self._limited_until[team] = self._monotonic() + later.after
            raise


def _key_of(found: Json) -> str:
    metadata = found.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return ""
    return str((metadata.get("event_payload") or {}).get("key") or "")
