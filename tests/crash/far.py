"""A platform of its own in the test's process: it survives the program, and remembers what was posted and answered.

The two speak lines of JSON over a local socket. Requests are delivered again, under the same id, to each new process
until one has answered, as Slack does it. What was posted stands, whether or not the program lived to hear of it.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from bot.adapter import Access, Core, Finding, Health, SendLimits
from bot.chat.card import Card
from bot.chat.delivery import Address, ChannelAddress, Delivery, MessageRef, PostUnsure, RetryLater
from bot.chat.plain import plain
from bot.chat.request import Channel, Reply, TextRequest, User

NAME = "far"
LINE_LIMIT = 1 << 20
Json = dict[str, Any]


@dataclass
class Far:
    """The platform's side. `posts` are key, place and text of each message, in order."""

    path: str
    posts: list[tuple[str, str, str]] = field(default_factory=list)
    edits: int = 0
    unanswered: dict[str, Json] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    connections: int = 0
    drops_answers: int = 0
    holds_posts: bool = False

    def __post_init__(self) -> None:
        self._writer: asyncio.StreamWriter | None = None
        self.changed = asyncio.Event()
        self.released = asyncio.Event()

    async def start(self) -> None:
        self._server = await asyncio.start_unix_server(self._serve, self.path, limit=LINE_LIMIT)

    async def stop(self) -> None:
        self._server.close()

    async def ask(self, request_id: str, who: str, words: str) -> None:
        """Say a line; it is delivered until it is answered."""
        self.unanswered[request_id] = {"id": request_id, "who": who, "words": words}
        await self._send({"ask": self.unanswered[request_id]})

    @property
    def done(self) -> int:
        """How many answers, posts and edits have come."""
        return len(self.answers) + len(self.posts) + self.edits

    def times(self, key: str) -> int:
        """How often something stands there under a key."""
        return sum(posted == key for posted, _, _ in self.posts)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self.connections += 1
        for each in list(self.unanswered.values()):
            await self._send({"ask": each})
        try:
            while line := await reader.readline():
                await self._heard(json.loads(line))
        except ConnectionError:
            pass
        finally:
            if self._writer is writer:
                self._writer = None
            writer.close()
            self.changed.set()

    async def _heard(self, message: Json) -> None:
        match message:
            case {"answered": str(request_id), "text": str(text)}:
                self.unanswered.pop(request_id, None)
                self.answers[request_id] = text
            case {"call": int(number), "post": {"key": key, "place": place, "text": text}}:
                self.posts.append((key, place, text))
                self.changed.set()
                if self.holds_posts:
                    await self.released.wait()
                if self.drops_answers:
                    self.drops_answers -= 1
                else:
                    await self._send({"result": number, "id": str(len(self.posts) - 1)})
            case {"call": int(number), "edit": _}:
                self.edits += 1
                await self._send({"result": number, "id": ""})
            case {"call": int(number), "find": str(key)}:
                found = next((str(at) for at, post in enumerate(self.posts) if post[0] == key), None)
                await self._send({"result": number, "id": found})
            case _:
                raise ValueError(f"not understood: {message}")
        self.changed.set()

    async def _send(self, message: Json) -> None:
        if self._writer is None or self._writer.is_closing():
            return
        try:
            self._writer.write(json.dumps(message).encode() + b"\n")
            await self._writer.drain()
        except ConnectionError:
            self._writer = None


class FarAdapter:
    """The program's side."""

    name = NAME
    send_limits = SendLimits()

    def __init__(self, path: str, core: Core, *, answer_within: float = 2.0) -> None:
        self._path = path
        self._core = core
        self._within = answer_within
        self._writer: asyncio.StreamWriter | None = None
        self._numbers = count()
        self._waiting: dict[int, asyncio.Future[str | None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        reader, self._writer = await asyncio.open_unix_connection(self._path, limit=LINE_LIMIT)
        try:
            while line := await reader.readline():
                message = json.loads(line)
                if "ask" in message:
                    task = asyncio.create_task(self._answer(message["ask"]))
                    self._tasks.add(task)
                    task.add_done_callback(self._tasks.discard)
                elif not (future := self._waiting[message["result"]]).done():
                    future.set_result(message["id"])
        finally:
            if self._tasks:
                await asyncio.wait(self._tasks)
            self._writer.close()
            self._writer = None

    async def post(self, delivery: Delivery) -> MessageRef:
        to = delivery.to
        place = place_of(to)
        found = await self._call(post={"key": delivery.key, "place": place, "text": plain(delivery.card)})
        assert found is not None
        return MessageRef(place, found)

    async def edit(self, to: Address, ref: MessageRef, card: Card) -> None:
        await self._call(edit=ref.id)

    async def find(self, delivery: Delivery, since: datetime) -> list[MessageRef]:
        found = await self._call(find=delivery.key)
        return [] if found is None else [MessageRef(place_of(delivery.to), found)]

    async def find_access(self, places: Sequence[ChannelAddress]) -> dict[ChannelAddress, Access]:
        return {}

    async def check(self) -> list[Finding]:
        return []

    def health(self) -> Health:
        return Health(self._writer is not None, 0.0 if self._writer is not None else None)

    async def _call(self, **what: object) -> str | None:
        if self._writer is None:
            raise RetryLater("not connected")
        number = next(self._numbers)
        future = self._waiting[number] = asyncio.get_running_loop().create_future()
        self._say(call=number, **what)
        try:
            async with asyncio.timeout(self._within):
                found: str | None = await future
                return found
        except TimeoutError:
            raise PostUnsure("no answer") from None

    async def _answer(self, asked: Json) -> None:
        who = asked["who"]
        request = TextRequest(
            asked["id"],
            User(NAME, "", who, who.capitalize(), "UTC"),
            Channel(NAME, "", "room", "room"),
            asked["words"],
        )
        answer = await self._core.handle(request)
        text = plain(answer.card) if isinstance(answer, Reply) else "form"
        self._say(answered=asked["id"], text=text)

    def _say(self, **message: object) -> None:
        if self._writer is not None:
            self._writer.write(json.dumps(message).encode() + b"\n")


def place_of(to: Address) -> str:
    return to.channel if isinstance(to, ChannelAddress) else f"@{to.user}"
