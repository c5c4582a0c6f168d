"""People who use the tests' Slack: they type commands, press buttons by label, fill in forms and open the home."""

import time
from dataclasses import dataclass, field
from typing import Any

from tests.servers.slack.elements import of_option
from tests.servers.slack.reading import read
from tests.servers.slack.server import Slack, block_values
from tests.servers.slack.ways import Way
from tests.servers.slack.world import Json, Message


@dataclass
class Member:
    """One person in one channel (or in the direct messages with the app)."""

    slack: Slack
    way: Way
    team: str
    id: str
    channel: str
    sent: list[tuple[str, Json, str]] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    acks: list[Json | None] = field(default_factory=list)

    async def slash(self, line: str, channel: str = "") -> Json | None:
        """Type `/checkin 2h`."""
        channel = channel or self.channel
        command, _, text = line.partition(" ")
        hook = self.slack.hook(self.team, channel, self.id)
        payload = {
            "token": "t",
            "team_id": self.team,
            "team_domain": "team",
            "channel_id": channel,
            "channel_name": self._shown_name(channel),
            "user_id": self.id,
            "user_name": self.id.lower(),
            "command": command,
            "text": text,
            "api_app_id": "A1",
            "is_enterprise_install": "false",
            "response_url": hook,
            "trigger_id": self.trigger(),
        }
        ack = await self._send("slash_commands", payload)
        if ack:
            self.slack.show(self.slack.hooks[hook.rpartition("/")[2]], ack)
        return ack

    async def press(self, label: str) -> Json | None:
        """Press a button on the newest message that one sees, on the open modal, or on the home."""
        for view in [*self.slack.world.views[self.id][::-1], *self._home()]:
            button = read(view["blocks"]).button(label)
            if button is not None:
                return await self._press(button, {"view": view, "container": {"type": "view", "view_id": view["id"]}})
        for message in reversed(self.visible()):
            button = read(message.blocks).button(label)
            if button is not None:
                return await self.press_on(message, button)
        raise AssertionError(f"{self.id} sees no button {label}")

    async def press_on(self, message: Message, button: Json) -> Json | None:
        hook = self.slack.hook(message.team, message.channel, self.id, message)
        container = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": message.to is not None,
        }
        name = self._shown_name(message.channel)
        more: Json = {
            "container": container,
            "channel": {"id": message.channel, "name": name},
            "response_url": hook,
        }
        if message.to is None:
            more["message"] = message.body()
        return await self._press(button, more)

    def file(self, name: str, content: bytes, **more: Any) -> Json:
        """Return a file that one puts into a form."""
        file = f"F{self.slack.world.number():08}"
        self.slack.world.files[file] = content
        url = f"{self.slack.root}/files/{file}"
        known = {"id": file, "name": name, "mimetype": "text/csv", "size": len(content)}
        return {**known, "url_private": url, "url_private_download": url, **more}

    async def fill(self, **values: str | Json) -> Json | None:
        """Send the form that is open, with these fields changed."""
        view = self.slack.world.views[self.id][-1]
        view["state"] = {"values": block_values(view, values)}
        return await self.submit(view)

    async def search(self, name: str, typed: str) -> list[str]:
        """Type into a field that searches; return what it offers."""
        view = self.slack.world.views[self.id][-1]
        element = next(block["element"] for block in view["blocks"] if block.get("block_id") == name)
        assert element["type"] == "external_select"
        search = {"action_id": element["action_id"], "block_id": name, "value": typed, "view": view}
        ack = await self._send("interactive", {**self._who(), "type": "block_suggestion", **search})
        assert ack is not None
        for option in ack["options"]:
            self.slack.world.broken += of_option(option)
        return [option["value"] for option in ack["options"]]

    async def submit(self, view: Json) -> Json | None:
        payload = {**self._who(), "type": "view_submission", "view": view, "response_urls": []}
        ack = await self._send("interactive", payload)
        self.errors = {}
        views = self.slack.world.views[self.id]
        match (ack or {}).get("response_action"):
            case "errors":
                assert ack is not None
                self.errors = ack["errors"]
                known = {block.get("block_id") for block in view["blocks"]}
                if not self.errors or not set(self.errors) <= known:
                    self.slack.world.broken.append("errors under no field")
                self._keep(view)
            case "update":
                assert ack is not None
                views[-1] = self.slack.api.made_view(ack["view"], view["id"])
            case None if ack is not None and views:
                views.pop()
        return ack

    async def shortcut(self, callback: str, text: str = "") -> Json | None:
        payload = {**self._who(), "callback_id": callback, "type": "shortcut"}
        if text:
            hook = self.slack.hook(self.team, self.channel, self.id)
            payload |= {
                "type": "message_action",
                "channel": {"id": self.channel, "name": self.channel.lower()},
                "message": {"type": "message", "text": text, "ts": "1.2"},
                "response_url": hook,
            }
        return await self._send("interactive", payload)

    async def open_home(self) -> None:
        await self.event({"type": "app_home_opened", "user": self.id, "channel": f"D{self.id}", "tab": "home"})

    async def event(self, event: Json, event_id: str = "") -> Json | None:
        payload = {
            "token": "t",
            "team_id": self.team,
            "api_app_id": "A1",
            "event": event,
            "type": "event_callback",
            "event_id": event_id or f"Ev{self.slack.world.number()}",
            "event_time": int(time.time()),
            "authorizations": [{"enterprise_id": None, "team_id": self.team, "user_id": "U", "is_bot": True}],
        }
        return await self._send("events_api", payload)

    async def again(self) -> Json | None:
        """Have Slack deliver the newest thing once more."""
        kind, payload, envelope = self.sent[-1]
        return await self.way.send(kind, payload, envelope)

    def visible(self) -> list[Message]:
        channels = {name for name, members in self._channels().items() if self.id in members} | {f"D{self.id}"}
        return [
            message
            for message in self.slack.world.messages
            if message.channel in channels and message.to in (None, self.id)
        ]

    def texts(self) -> list[str]:
        """Return the texts that only this person sees, oldest first."""
        return [read(message.blocks, message.text).text for message in self.slack.world.seen_by(self.id)]

    @property
    def view(self) -> Json | None:
        views = self.slack.world.views[self.id]
        return views[-1] if views else None

    def trigger(self) -> str:
        return f"{self.slack.world.number()}.{self.id}.{self.team}"

    def _shown_name(self, channel: str) -> str:
        """Return what Slack calls a channel in what it sends: private ones it does not name."""
        workspace = self.slack.world.workspaces[self.team]
        if channel.startswith("D"):
            return "directmessage"
        if channel in workspace.private:
            return "privategroup"
        return workspace.names.get(channel, channel.lower())

    def _channels(self) -> dict[str, set[str]]:
        return self.slack.world.workspaces[self.team].channels

    def _home(self) -> list[Json]:
        home = self.slack.world.homes.get(self.id)
        return [home] if home else []

    def _keep(self, view: Json) -> None:
        """Keep what was typed while errors are shown, as Slack does."""
        for block in view["blocks"]:
            state = view["state"]["values"].get(block.get("block_id"), {}).get("value", {})
            for key, initial in (("value", "initial_value"), ("selected_date", "initial_date")):
                if state.get(key):
                    block["element"][initial] = state[key]
            if state.get("selected_user"):
                block["element"]["initial_user"] = state["selected_user"]
            if state.get("selected_conversation"):
                block["element"]["initial_conversation"] = state["selected_conversation"]
            if state.get("selected_option"):
                block["element"]["initial_option"] = state["selected_option"]

    def _who(self) -> Json:
        return {
            "team": {"id": self.team, "domain": "team"},
            "user": {"id": self.id, "username": self.id.lower(), "name": self.id.lower(), "team_id": self.team},
            "api_app_id": "A1",
            "token": "t",
            "enterprise": None,
            "is_enterprise_install": False,
            "trigger_id": self.trigger(),
        }

    async def _press(self, button: Json, more: Json) -> Json | None:
        known = ("type", "action_id", "text", "value", "selected_option")
        action = {"block_id": "b", "action_ts": str(time.time())}
        action |= {name: button[name] for name in known if name in button}
        payload = {**self._who(), "type": "block_actions", "actions": [action], **more}
        return await self._send("interactive", payload)

    async def _send(self, kind: str, payload: Json) -> Json | None:
        envelope = f"env-{self.slack.world.number()}"
        self.sent.append((kind, payload, envelope))
        ack = await self.way.send(kind, payload, envelope)
        self.acks.append(ack)
        return ack
