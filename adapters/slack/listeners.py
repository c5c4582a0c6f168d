"""The listeners of Bolt, each of which hands on what it is for."""

import re
from collections.abc import Collection

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from adapters.slack import incoming
from adapters.slack.buttons import PRESS
from adapters.slack.events import PlatformEvents
from adapters.slack.forms import FORM_CALLBACK
from adapters.slack.handler import InteractionHandler
from adapters.slack.incoming import CHECK_IN, LOG_THIS
from adapters.slack.manifest import EVENTS
from bot.adapter.http import Json

ANYTHING = re.compile(".*")
SHORTCUTS = re.compile(f"^({CHECK_IN}|{LOG_THIS})$")


class Listeners:
    """Listeners to all that Slack sends to the app; what is unknown is acknowledged too."""

    def __init__(self, handler: InteractionHandler, events: PlatformEvents, names: Collection[str]) -> None:
        self._handler = handler
        self._events = events
        self._names = names

    def attach(self, app: AsyncApp) -> None:
        """Tell Bolt who takes what; the first that matches does."""
        app.command(ANYTHING)(self._on_slash)
        app.action(PRESS)(self._on_press)
        app.action(ANYTHING)(self._on_nothing)
        app.options(ANYTHING)(self._on_search)
        app.view(FORM_CALLBACK)(self._on_form)
        app.view(ANYTHING)(self._on_nothing)
        app.shortcut(SHORTCUTS)(self._on_shortcut)
        for kind in sorted({name.partition(".")[0] for name in EVENTS}):
            app.event(kind)(self._on_event)

    async def _on_slash(self, ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
        slash = incoming.read_slash(body, _team(context), _envelope(context), self._names)
        await self._handler.handle(slash, ack)

    async def _on_press(self, ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
        if incoming.is_link(body):
            await ack()
            return
        await self._handler.handle(incoming.read_press(body, _team(context), _envelope(context)), ack)

    async def _on_form(self, ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
        await self._handler.handle(incoming.read_form(body, _team(context), _envelope(context)), ack)

    async def _on_shortcut(self, ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
        await self._handler.handle(incoming.read_shortcut(body, _team(context), _envelope(context)), ack)

    async def _on_search(self, ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
        search = incoming.read_search(body, _team(context), _envelope(context))
        await ack(options=await self._handler.suggest(search))

    async def _on_nothing(self, ack: AsyncAck) -> None:
        await ack()

    async def _on_event(self, body: Json, context: AsyncBoltContext) -> None:
        await self._events.handle(body.get("event") or {}, _team(context))


def _team(context: AsyncBoltContext) -> str:
    return str(context.team_id or "")


def _envelope(context: AsyncBoltContext) -> str:
    return str(context.get("envelope_id") or "")
