"""A small Slack on the local machine: Web API, Socket Mode, response URLs and uploads."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from tests.servers.ending import end
from tests.servers.slack.api import Api
from tests.servers.slack.world import Json, Message, World

PATIENCE = 60.0
"""Seconds until a test gives up. Slack itself waits for three; what the adapter does about that is its own clock's
business, so that a busy machine fails no test."""


@dataclass
class Hook:
    """A response_url: for whom and where it speaks, and how often it was used."""

    team: str
    channel: str
    user: str
    message: Message | None = None
    uses: int = 0
    is_dead: bool = False
    loses: str = ""
    """The end of its uses once they were carried out: "500", or "reset" (the connection breaks)."""


@dataclass
class Slack:
    """The server, with all that stands on it and all that was acknowledged."""

    world: World = field(default_factory=World)
    hooks: dict[str, Hook] = field(default_factory=dict)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    acks: dict[str, asyncio.Future[Json]] = field(default_factory=dict)
    all_acks: list[Json] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self.api = Api(self.world)
        self.connected = asyncio.Event()
        self.root = ""

    async def start(self) -> None:
        server = web.Application(client_max_size=16 * 1024 * 1024)
        server.router.add_route("*", "/api/{method}", self.api.handle)
        server.router.add_get("/socket", self._socket)
        server.router.add_post("/respond/{hook}", self._respond)
        server.router.add_post("/upload/{file}", self._upload)
        server.router.add_get("/files/{file}", self._download)
        self._runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.root = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.api.url = f"{self.root}/api/"

    async def stop(self) -> None:
        for socket in list(self.sockets):
            await socket.close()
        await end(self._runner)

    # Socket Mode

    async def deliver(self, kind: str, payload: Json, envelope: str = "", at: int = -1) -> Json | None:
        """Push an envelope to a connection; return the payload of its acknowledgement, None where none came in time."""
        envelope = envelope or f"env-{self.world.number()}"
        ack = self.acks[envelope] = asyncio.get_running_loop().create_future()
        await self.push(kind, payload, envelope, at=at)
        try:
            return await asyncio.wait_for(ack, PATIENCE)
        except TimeoutError:
            return None

    async def push(self, kind: str, payload: Json, envelope: str, retry: int | None = None, at: int = -1) -> None:
        """Send an envelope without waiting; the same one again is a redelivery."""
        await asyncio.wait_for(self.connected.wait(), PATIENCE)
        body: Json = {"type": kind, "envelope_id": envelope, "payload": payload, "accepts_response_payload": True}
        if retry is not None:
            body |= {"retry_attempt": retry, "retry_reason": "timeout"}
        await self.sockets[at].send_str(json.dumps(body))

    async def refresh(self) -> None:
        """Ask the client to connect anew, as Slack does every few hours."""
        self.connected.clear()
        await self.sockets[-1].send_str(json.dumps({"type": "disconnect", "reason": "refresh_requested"}))
        await asyncio.wait_for(self.connected.wait(), PATIENCE)

    async def drop(self) -> None:
        """Cut the connection without a word."""
        self.connected.clear()
        self.cut(self.sockets[-1])
        await asyncio.wait_for(self.connected.wait(), PATIENCE)

    def cut(self, socket: web.WebSocketResponse) -> None:
        transport = socket._req.transport if socket._req is not None else None
        assert transport is not None
        transport.abort()

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        self.sockets.append(socket)
        self.connections += 1
        await socket.send_str(json.dumps({"type": "hello", "num_connections": len(self.sockets)}))
        self.connected.set()
        async for message in socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                self._acknowledged(json.loads(message.data))
        self.sockets.remove(socket)
        return socket

    def _acknowledged(self, body: Json) -> None:
        self.all_acks.append(body)
        ack = self.acks.get(body["envelope_id"])
        if ack is not None and not ack.done():
            ack.set_result(body.get("payload") or {})

    # Response URLs and uploads

    def hook(self, team: str, channel: str, user: str, message: Message | None = None) -> str:
        name = f"h{self.world.number()}"
        self.hooks[name] = Hook(team, channel, user, message)
        return f"{self.root}/respond/{name}"

    def show(self, hook: Hook, body: Json) -> str:
        """Put an answer where it belongs; return a word for what is wrong with it."""
        self.api.check_answer(body)
        if body.get("replace_original"):
            if hook.message is None or hook.message not in self.world.messages:
                return "no original to replace"
            hook.message.text, hook.message.blocks = body["text"], body.get("blocks") or []
            return ""
        to = None if body.get("response_type") == "in_channel" else hook.user
        self.world.add_message(self.world.workspaces[hook.team], hook.channel, body, to)
        return ""

    async def _respond(self, request: web.Request) -> web.Response:
        hook = self.hooks.get(request.match_info["hook"])
        if hook is None or hook.is_dead or hook.uses >= 5:
            return web.Response(status=404, text="expired_url")
        hook.uses += 1
        try:
            wrong = self.show(hook, await request.json())
        except Exception as refused:  # noqa: BLE001
            wrong = str(refused)
        if hook.loses == "reset":
            assert request.transport is not None
            request.transport.abort()
        return web.Response(
            status=int(hook.loses) if hook.loses.isdigit() else 400 if wrong else 200, text=wrong or "ok"
        )

    async def _upload(self, request: web.Request) -> web.Response:
        self.world.files[request.match_info["file"]] = await request.read()
        return web.Response(text="OK - 123")

    async def _download(self, request: web.Request) -> web.Response:
        """Hand out a file, but only for a token that may read files; without one Slack sends people to its login."""
        workspace = self.world.of_token(request.headers.get("Authorization", "").removeprefix("Bearer "))
        if workspace is None or "files:read" not in workspace.scopes.split(","):
            return web.Response(status=302, headers={"Location": f"{self.root}/login"})
        content = self.world.files.get(request.match_info["file"])
        return web.Response(status=404) if content is None else web.Response(body=content)


def block_values(view: Json, values: dict[str, Any]) -> Json:
    """Return the state of a view in which these fields were changed and the others left as they stood."""
    state: Json = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element, name = block["element"], block["block_id"]
        value = values.get(name, _initial(element))
        state[name] = {element["action_id"]: {"type": element["type"], **_filled(element, value)}}
    return state


def _initial(element: Json) -> str | None:
    if element["type"] == "file_input":
        return None
    if "initial_option" in element:
        return str(element["initial_option"]["value"])
    initial = element.get("initial_value", element.get("initial_date", element.get("initial_user")))
    initial = element.get("initial_conversation", initial)
    return None if initial is None else str(initial)


def _filled(element: Json, value: Any) -> Json:
    if element["type"] == "file_input":
        return {"files": [value] if value else []}
    if element["type"] == "static_select":
        option = next(
            (option for option in element["options"] if value in (option["value"], option["text"]["text"])), None
        )
        assert value in (None, "") or option, f"no option {value}"
        return {"selected_option": option}
    if element["type"] == "external_select":
        return {"selected_option": {"text": {"type": "plain_text", "text": value}, "value": value} if value else None}
    if element["type"] == "users_select":
        return {"selected_user": value or None}
    if element["type"] == "conversations_select":
        return {"selected_conversation": value or None}
    if element["type"] == "datepicker":
        return {"selected_date": value or None}
    return {"value": value or None}
