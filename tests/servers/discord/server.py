"""The local Discord itself: starts on a free port, serves REST and gateway, and lets people use the bot."""

import asyncio
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from tests.servers.discord.rest import Rest
from tests.servers.discord.use import (
    AUTOCOMPLETE,
    CHANNEL_OPTION,
    COMMAND,
    COMPONENT,
    MODAL,
    MODAL_SENT,
    Use,
    buttons_of,
    command_data,
    filled,
    interaction,
    leaves,
    press_data,
)
from tests.servers.discord.world import EVERYTHING, Json, Message, Person, Place, snowflake
from tests.servers.ending import end

MESSAGE_MENU = 3


class DiscordServer(Rest):
    """A local Discord with people in it."""

    def __init__(self) -> None:
        super().__init__()
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        application = web.Application(middlewares=[self.middleware], client_max_size=64 * 1024 * 1024)
        application.add_routes([web.get("/gateway", self.gateway.serve), *self.routes()])
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.base = f"http://{host}:{port}/api/v10"
        self.cdn.base = f"http://{host}:{port}"
        self.gateway.address = f"ws://{host}:{port}/gateway"

    async def close(self) -> None:
        self.faults.closing.set()
        await self.gateway.close()
        if self._runner is not None:
            await end(self._runner)

    async def command(
        self,
        person: Person,
        place: Place,
        name: str,
        options: Mapping[str, Any] | None = None,
        *,
        files: Mapping[str, tuple[str, bytes]] | None = None,
        **more: Any,
    ) -> Use:
        """Use a slash command, with the option types that were registered; `files` are handed over as options."""
        taken = {option: self.cdn.take(*file) for option, file in (files or {}).items()}
        ids = {option: file["id"] for option, file in taken.items()}
        data = command_data(self.commands, name, {**(options or {}), **ids})
        if taken:
            data["resolved"] = {"attachments": {file["id"]: file for file in taken.values()}}
        picked = [leaf["value"] for leaf in leaves(data["options"]) if leaf["type"] == CHANNEL_OPTION]
        if picked:
            data["resolved"] = {"channels": {key: {"id": key, "permissions": person.permissions} for key in picked}}
        return await self.use(person, place, COMMAND, data, **more)

    async def log_this(self, person: Person, message: Message, **more: Any) -> Use:
        """Choose “Log this” in the menu of a message, which comes along whole."""
        [registered] = [command for command in self.commands if command["type"] == MESSAGE_MENU]
        resolved = {"messages": {str(message.id): message.data}}
        data = {"id": "1", "name": registered["name"], "type": MESSAGE_MENU}
        data |= {"target_id": str(message.id), "resolved": resolved}
        return await self.use(person, message.place, COMMAND, data, **more)

    async def type_option(
        self, person: Person, place: Place, name: str, option: str, typed: str, **options: str
    ) -> list[Json]:
        """Type into an option; the completions."""
        data = command_data(self.commands, name, {**options, option: typed})
        for leaf in leaves(data["options"]):
            if leaf["name"] == option:
                leaf["focused"] = True
        use = await self.use(person, place, AUTOCOMPLETE, data)
        choices: list[Json] = use.data["choices"]
        return choices

    async def press(self, person: Person, message: Message, label: str, **more: Any) -> Use:
        """Press the button of that label, or pick that choice of a menu."""
        button = next(button for button in buttons_of(message.data) if button["label"] == label)
        return await self.use(person, message.place, COMPONENT, press_data(button), pressed=message, **more)

    async def fill(
        self,
        use: Use,
        values: Mapping[str, str],
        *,
        files: Mapping[str, tuple[str, bytes]] | None = None,
        **more: Any,
    ) -> Use:
        """Send the modal that answered `use`; fields that are not named are sent as they stand."""
        assert use.kind == MODAL, use.answer
        taken = {field: self.cdn.take(*file) for field, file in (files or {}).items()}
        ids = {field: file["id"] for field, file in taken.items()}
        data: Json = {
            "custom_id": use.data["custom_id"],
            "components": [filled(file, {**values, **ids}) for file in use.data["components"]],
        }
        if taken:
            data["resolved"] = {"attachments": {file["id"]: file for file in taken.values()}}
        return await self.use(use.person, use.place, MODAL_SENT, data, pressed=use.pressed, **more)

    async def use(
        self,
        person: Person,
        place: Place,
        kind: int,
        data: Json,
        *,
        pressed: Message | None = None,
        waits: bool = True,
        made_at: float | None = None,
        is_expired: bool = False,
        app_permissions: str = EVERYTHING,
    ) -> Use:
        """Any interaction; returns when it was answered (with `waits`)."""
        use = Use(snowflake(made_at), f"token-{snowflake()}", person, place, {}, pressed, is_expired=is_expired)
        use.sent = interaction(use, kind, data, app_permissions)
        self.uses[use.id] = use
        await self.gateway.dispatch("INTERACTION_CREATE", use.sent, self._shard_of(place))
        if waits:
            async with asyncio.timeout(60):
                await use.settled.wait()
        return use

    async def send_again(self, use: Use) -> None:
        """Deliver the same interaction once more, as a resume does."""
        await self.gateway.dispatch("INTERACTION_CREATE", use.sent, self._shard_of(use.place))

    def _shard_of(self, place: Place) -> int:
        return (place.guild >> 22) % self.shards if place.guild else 0
