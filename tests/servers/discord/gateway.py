"""The gateway: hello, identify, resume, heartbeats, events that are kept for a resume; and its bad days."""

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from tests.servers.discord.world import APPLICATION, TOKEN, Json, World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11

INVALID_SHARD, SHARDING_REQUIRED = 4010, 4011


@dataclass
class Session:
    """One session: the events that were sent in it, and the connection that it has now."""

    id: str
    shard: tuple[int, int]
    socket: web.WebSocketResponse | None = None
    events: list[Json] = field(default_factory=list)
    is_valid: bool = True


class Gateway:
    """All sessions. `identifies` and `resumes` count what clients have asked for.

    Sessions are begun `identify_seconds` apart in each of `buckets`; `too_early` counts those that were not.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.sessions: list[Session] = []
        self.identifies = 0
        self.resumes = 0
        self.heartbeats = 0
        self.is_silent = False
        self.refuses_connections = False
        self.heartbeat_interval = 41_250
        self.address = ""
        self.identify_seconds = 0.0
        self.least_shards = 1
        self.buckets = 1
        self.too_early = 0
        self._identified_at: dict[int, float] = {}
        self.changed = asyncio.Condition()
        self._sockets: set[web.WebSocketResponse] = set()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection."""
        if self.refuses_connections:
            return web.Response(status=503)
        socket = web.WebSocketResponse(autoping=True)
        await socket.prepare(request)
        self._sockets.add(socket)
        await socket.send_json(
            {"op": HELLO, "d": {"heartbeat_interval": self.heartbeat_interval}, "s": None, "t": None}
        )
        try:
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    await self._heard(socket, json.loads(message.data))
        finally:
            self._sockets.discard(socket)
        return socket

    async def dispatch(self, name: str, data: Json, shard: int = 0) -> None:
        """Send an event to every session of a shard; those without a connection get it when they resume."""
        for session in self.sessions:
            if session.is_valid and session.shard[0] == shard:
                await self._send(session, name, data)

    async def drop(self, code: int = 1006) -> None:
        """Break all connections; the sessions can be resumed."""
        for socket in list(self._sockets):
            if code == 1006:
                transport = socket._req.transport if socket._req else None
                if transport is not None:
                    transport.abort()
            await socket.close(code=code)
        for session in self.sessions:
            session.socket = None

    async def invalidate(self) -> None:
        """Say that the sessions are no longer valid."""
        for session in self.sessions:
            session.is_valid = False
            if session.socket is not None and not session.socket.closed:
                await session.socket.send_json({"op": INVALID, "d": False, "s": None, "t": None})

    async def ask_to_reconnect(self) -> None:
        """Say what Discord says before it restarts a gateway."""
        for session in self.sessions:
            if session.socket is not None and not session.socket.closed:
                await session.socket.send_json({"op": RECONNECT, "d": None, "s": None, "t": None})

    async def until(self, is_so: Any) -> None:
        """Wait until something is so of this gateway."""
        async with self.changed:
            await self.changed.wait_for(is_so)

    async def close(self) -> None:
        await self.drop(1001)

    async def _heard(self, socket: web.WebSocketResponse, message: Json) -> None:
        if self.is_silent:
            return
        if message["op"] == HEARTBEAT:
            self.heartbeats += 1
            await socket.send_json({"op": ACK, "d": None, "s": None, "t": None})
        elif message["op"] == IDENTIFY:
            await self._identified(socket, message["d"])
        elif message["op"] == RESUME:
            await self._resumed(socket, message["d"])
        async with self.changed:
            self.changed.notify_all()

    async def _identified(self, socket: web.WebSocketResponse, data: Json) -> None:
        self.identifies += 1
        if data["token"] != TOKEN:
            await socket.close(code=4004)
            return
        shard = tuple(data.get("shard") or (0, 1))
        if len(shard) != 2 or not 0 <= shard[0] < shard[1]:
            await socket.close(code=INVALID_SHARD)
            return
        if shard[1] < self.least_shards:
            await socket.close(code=SHARDING_REQUIRED)
            return
        if self._is_too_early(shard[0] % self.buckets):
            self.too_early += 1
            await socket.send_json({"op": INVALID, "d": False, "s": None, "t": None})
            return
        session = Session(f"session-{len(self.sessions)}", (shard[0], shard[1]), socket)
        self.sessions.append(session)
        servers = [server for server in self.world.servers.values() if (server.id >> 22) % shard[1] == shard[0]]
        ready = {
            "v": 10,
            "user": {**self.world.bot.user(), "bot": True},
            "guilds": [{"id": str(server.id), "unavailable": True} for server in servers],
            "session_id": session.id,
            "resume_gateway_url": self.address,
            "shard": list(shard),
            "application": {"id": str(APPLICATION), "flags": 0},
            "private_channels": [],
            "intents": data["intents"],
        }
        await self._send(session, "READY", ready)
        for server in servers:
            if not server.is_unavailable:
                await self._send(session, "GUILD_CREATE", server.data(self.world.bot))

    def _is_too_early(self, bucket: int) -> bool:
        before, now = self._identified_at.get(bucket), time.monotonic()
        self._identified_at[bucket] = now
        return before is not None and now - before < self.identify_seconds

    async def _resumed(self, socket: web.WebSocketResponse, data: Json) -> None:
        self.resumes += 1
        session = next((session for session in self.sessions if session.id == data["session_id"]), None)
        if session is None or not session.is_valid:
            await socket.send_json({"op": INVALID, "d": False, "s": None, "t": None})
            return
        session.socket = socket
        for event in session.events:
            if event["s"] > (data["seq"] or 0):
                await socket.send_json(event)
        await self._send(session, "RESUMED", {})

    async def _send(self, session: Session, name: str, data: Json) -> None:
        event = {"op": DISPATCH, "t": name, "s": len(session.events) + 1, "d": data}
        session.events.append(event)
        if session.socket is not None and not session.socket.closed:
            try:
                await session.socket.send_json(event)
            except (ConnectionError, RuntimeError):
                session.socket = None
