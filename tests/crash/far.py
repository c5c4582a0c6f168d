"""A platform of its own in the test's process: it survives the program, and remembers what was posted and answered.

The two speak lines of JSON over a local socket. Requests go to the process that came last; they are delivered again,
under the same id, to each new one until one has answered, and to another where one leaves, as Slack does it. What was
posted stands, whether or not the program lived to hear of it.
"""

import asyncio
import json
from collections import Counter
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
    """The platform's side.

    `posts` are key, place and text of each message, in order; `deliveries` how often a request went to a process.
    """

    path: str
    posts: list[tuple[str, str, str]] = field(default_factory=list)
    edits: int = 0
    unanswered: dict[str, Json] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    deliveries: Counter[str] = field(default_factory=Counter)
    connections: int = 0
    drops_answers: int = 0
    holds_posts: bool = False

    def __post_init__(self) -> None:
        self._writers: list[asyncio.StreamWriter] = []
        self.changed = asyncio.Event()
        self.released = asyncio.Event()

    async def start(self) -> None:
        self._server = await asyncio.start_unix_server(self._serve, self.path, limit=LINE_LIMIT)

    async def stop(self) -> None:
        self._server.close()

    async def ask(self, request_id: str, who: str, words: str) -> None:
        """Say a line; it is delivered until it is answered."""
        self.unanswered[request_id] = {"id": request_id, "who": who, "words": words}
        self._deliver(self.unanswered[request_id])

    @property
    def done(self) -> int:
        """How many answers, posts and edits have come."""
        return len(self.answers) + len(self.posts) + self.edits

    def times(self, key: str) -> int:
        """How often something stands there under a key."""
        return sum(posted == key for posted, _, _ in self.posts)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.append(writer)
        self.connections += 1
        self._deliver_all()
        try:
            while line := await reader.readline():
                await self._hear(json.loads(line), writer)
        except ConnectionError:
            pass
        finally:
            self._writers.remove(writer)
            writer.close()
            self.changed.set()
            self._deliver_all()

    async def _hear(self, message: Json, writer: asyncio.StreamWriter) -> None:
        match message:
            case {"answered": str(request_id), "text": str(text)}:
                self.unanswered.pop(request_id, None)
                self.answers.setdefault(request_id, text)
            case {"call": int(number), "post": {"key": key, "place": place, "text": text}}:
                self.posts.append((key, place, text))
                self.changed.set()
                if self.holds_posts:
                    await self.released.wait()
                if self.drops_answers:
                    self.drops_answers -= 1
                else:
                    send(writer, {"result": number, "id": str(len(self.posts) - 1)})
            case {"call": int(number), "edit": _}:
                self.edits += 1
                send(writer, {"result": number, "id": ""})
            case {"call": int(number), "find": str(key)}:
                found = next((str(at) for at, post in enumerate(self.posts) if post[0] == key), None)
                send(writer, {"result": number, "id": found})
            case _:
                raise ValueError(f"not understood: {message}")
        self.changed.set()

    def _deliver_all(self) -> None:
        for request in list(self.unanswered.values()):
            self._deliver(request)

    def _deliver(self, request: Json) -> None:
        if self._writers:
            self.deliveries[request["id"]] += 1
            send(self._writers[-1], {"ask": request})


def send(writer: asyncio.StreamWriter, message: Json) -> None:
    """Send a line to a process that may be gone, or stopped: nobody waits until it reads."""
    if not writer.is_closing():
        writer.write(json.dumps(message).encode() + b"\n")


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

    async def run(self) -> None:
        reader, writer = await asyncio.open_unix_connection(self._path, limit=LINE_LIMIT)
        self._writer, tasks = writer, set[asyncio.Task[None]]()
        try:
            while line := await reader.readline():
                message = json.loads(line)
                if "ask" in message:
                    task = asyncio.create_task(self._answer(message["ask"], writer))
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)
                elif not (future := self._waiting[message["result"]]).done():
                    future.set_result(message["id"])
        finally:
            if tasks:
                await asyncio.wait(tasks)
            writer.close()
            if self._writer is writer:
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
        send(self._writer, {"call": number, **what})
        try:
            async with asyncio.timeout(self._within):
                found: str | None = await future
                return found
        except TimeoutError:
            raise PostUnsure("no answer") from None

    async def _answer(self, asked: Json, writer: asyncio.StreamWriter) -> None:
        who = asked["who"]
        request = TextRequest(
            asked["id"],
            User(NAME, "", who, who.capitalize(), "UTC"),
            Channel(NAME, "", "room", "room"),
            asked["words"],
        )
        answer = await self._core.handle(request)
        text = plain(answer.card) if isinstance(answer, Reply) else "form"
        send(writer, {"answered": asked["id"], "text": text})


def place_of(to: Address) -> str:
    return to.channel if isinstance(to, ChannelAddress) else f"@{to.user}"
