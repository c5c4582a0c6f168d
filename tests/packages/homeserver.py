"""A small homeserver in the test's process, for the adapter in `tenhours-matrix`: rooms, messages, buttons and forms.

Events are delivered to every new connection until they are answered, as platforms do it.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

Json = dict[str, Any]
TOKEN = "a-token-of-the-homeserver"
ROOM = "#study"
TEXT_CHARACTERS, BUTTONS, LABEL_CHARACTERS = 4_000, 20, 40
"""Limits of a message."""

WITHIN = 60.0


@dataclass
class Message:
    """A message that stands in a room; `to` is the only one who sees it, None where all do."""

    id: str
    room: str
    to: str | None
    key: str
    text: str
    buttons: list[Json] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)
    form: Json | None = None
    file: Json | None = None


class Denied(Exception):
    """A call is refused."""


class Homeserver:
    """`messages` stand in the order in which they came; `broken` says which limits were passed."""

    def __init__(self, folder: Path) -> None:
        self.socket = str(folder / "homeserver.socket")
        self.messages: list[Message] = []
        self.broken: list[str] = []
        self.edits = 0
        self._numbers = count(1)
        self._bots: list[asyncio.StreamWriter] = []
        self._unanswered: dict[str, Json] = {}
        self._changed = asyncio.Condition()

    async def start(self) -> None:
        self._server = await asyncio.start_unix_server(self._serve, self.socket, limit=1 << 20)

    async def stop(self) -> None:
        self._server.close()
        for writer in self._bots:
            writer.close()

    # What members do: each waits until the bot has answered.

    async def say(self, sender: str, words: str) -> None:
        await self._happen(type="said", sender=sender, words=words)

    async def press(self, sender: str, label: str) -> None:
        message, button = next(
            (message, button)
            for message in reversed(self.messages)
            for button in message.buttons
            if message.to in (None, sender) and button["label"] == label
        )
        shown = {"message": message.id, "is_private": message.to is not None, "button": button["id"]}
        await self._happen(type="pressed", sender=sender, **shown)

    async def fill(self, sender: str, **values: str) -> None:
        message = next(message for message in reversed(self.messages) if message.form and message.to == sender)
        assert message.form is not None
        self.messages.remove(message)
        sent = {"command": message.form["command"], "values": {**message.form["values"], **values}}
        await self._happen(type="filled", sender=sender, **sent)

    def seen_by(self, viewer: str | None) -> list[Message]:
        """Return the messages that only this member sees, for None those that all do."""
        return [message for message in self.messages if message.to == viewer]

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so here."""
        async with asyncio.timeout(WITHIN), self._changed:
            await self._changed.wait_for(is_so)

    @property
    def is_connected(self) -> bool:
        return bool(self._bots)

    async def _happen(self, *, sender: str, **facts: object) -> None:
        event_id = f"e{next(self._numbers)}"
        event = {"id": event_id, "room": ROOM, "sender": sender, "name": sender.capitalize(), "is_moderator": True}
        self._unanswered[event_id] = {**event, **facts}
        for writer in self._bots:
            _write(writer, {"event": self._unanswered[event_id]})
        await self.until(lambda: event_id not in self._unanswered)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                call = json.loads(line)
                try:
                    result = self._called(writer, call)
                except Denied as denied:
                    _write(writer, {"answer": call["call"], "denied": str(denied)})
                else:
                    _write(writer, {"answer": call["call"], "result": result})
                await self._tell()
        except ConnectionError:
            pass
        finally:
            if writer in self._bots:
                self._bots.remove(writer)
            writer.close()
            await self._tell()

    def _called(self, writer: asyncio.StreamWriter, call: Json) -> Json:
        method = call["method"]
        if method == "login":
            return self._login(writer, call["token"])
        if writer not in self._bots:
            raise Denied("log in first")
        self._unanswered.pop(call.get("answers", ""), None)
        match method:
            case "send":
                return {"id": self._send(call)}
            case "edit":
                self._edit(call)
                return {}
            case "find":
                return {"id": next((message.id for message in self.messages if message.key == call["key"]), None)}
            case _:
                raise Denied(f"no method {method}")

    def _login(self, writer: asyncio.StreamWriter, token: str) -> Json:
        if token != TOKEN:
            raise Denied("no such token")
        self._bots.append(writer)
        for event in self._unanswered.values():
            _write(writer, {"event": event})
        return {"words": f"welcome, bearer of {token}"}

    def _send(self, call: Json) -> str:
        self._measure(call)
        message_id = f"m{next(self._numbers)}"
        shown = {name: call[name] for name in ("buttons", "mentions", "form", "file") if name in call}
        self.messages.append(Message(message_id, call["room"], call["to"], call.get("key", ""), call["text"], **shown))
        return message_id

    def _edit(self, call: Json) -> None:
        message = next((message for message in self.messages if message.id == call["id"]), None)
        if message is None:
            raise Denied("no such message")
        self._measure(call)
        self.edits += 1
        message.text, message.buttons, message.mentions = call["text"], call["buttons"], call["mentions"]

    def _measure(self, call: Json) -> None:
        labels = [button["label"] for button in call.get("buttons", [])]
        if not 0 < len(call["text"]) <= TEXT_CHARACTERS:
            self.broken.append(f"a text of {len(call['text'])} characters")
        if len(labels) > BUTTONS or any(len(label) > LABEL_CHARACTERS for label in labels):
            self.broken.append(f"buttons: {labels}")

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()


def _write(writer: asyncio.StreamWriter, line: Json) -> None:
    writer.write(json.dumps(line).encode() + b"\n")
