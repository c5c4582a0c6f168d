"""The REST half: everything that the bot calls, checked as strictly as Discord checks it."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from aiohttp import web

from tests.servers.discord import documented, strict
from tests.servers.discord.faults import Faults, answered, refused
from tests.servers.discord.files import Cdn, read_body
from tests.servers.discord.gateway import Gateway
from tests.servers.discord.use import (
    AUTOCOMPLETE,
    CHOICES,
    DEFERRED_EDIT,
    DEFERRED_MESSAGE,
    EDIT,
    MESSAGE,
    MODAL,
    MODAL_SENT,
    Use,
)
from tests.servers.discord.world import APPLICATION, EPHEMERAL, LOADING, TOKEN, Json, Message, Place, World, snowflake

ADMINISTRATOR, VIEW_CHANNEL, SEND_MESSAGES = 1 << 3, 1 << 10, 1 << 11


class Rest:
    """The state that calls change. `broken` lists everything that the real Discord would have refused."""

    def __init__(self) -> None:
        self.world = World()
        self.gateway = Gateway(self.world)
        self.faults = Faults()
        self.cdn = Cdn()
        self.broken: list[str] = []
        self.calls: list[str] = []
        self.commands: list[Json] = []
        self.syncs = 0
        self.uses: dict[int, Use] = {}
        self.shards = 1
        self.sessions_left = 1000
        self.keeps_nonces = True
        self.endpoint_url: str | None = None
        self.base = ""
        self.answer_within = 3.0

    def routes(self) -> Iterable[web.RouteDef]:
        api = "/api/v10"
        yield web.get("/attachments/{id}/{name}", self.cdn.serve)
        yield web.get(f"{api}/users/@me", self._me)
        yield web.get(f"{api}/users/@me/guilds", self._servers)
        yield web.get(f"{api}/guilds/{{guild}}", self._server)
        yield web.get(f"{api}/guilds/{{guild}}/channels", self._channels)
        yield web.get(f"{api}/guilds/{{guild}}/members/{{user}}", self._member)
        yield web.get(f"{api}/channels/{{place}}", self._place)
        yield web.post(f"{api}/users/@me/channels", self._open_direct)
        yield web.get(f"{api}/oauth2/applications/@me", self._application)
        yield web.get(f"{api}/gateway/bot", self._gateway)
        yield web.put(f"{api}/applications/{{app}}/commands", self._sync)
        yield web.post(f"{api}/interactions/{{id}}/{{token}}/callback", self._callback)
        yield web.post(f"{api}/webhooks/{{app}}/{{token}}", self._follow_up)
        yield web.patch(f"{api}/webhooks/{{app}}/{{token}}/messages/@original", self._edit_answer)
        yield web.get(f"{api}/channels/{{place}}/messages", self._history)
        yield web.post(f"{api}/channels/{{place}}/messages", self._post)
        yield web.patch(f"{api}/channels/{{place}}/messages/{{message}}", self._edit)

    @web.middleware
    async def middleware(self, request: web.Request, handler: Callable[[web.Request], Any]) -> web.StreamResponse:
        path = request.path.removeprefix("/api/v10")
        if path == "/gateway":
            response: web.StreamResponse = await handler(request)
            return response
        self.calls.append(f"{request.method} {path}")
        needs_token = not path.startswith(("/interactions/", "/webhooks/", "/attachments/"))
        if needs_token and request.headers.get("Authorization") != f"Bot {TOKEN}":
            return refused(401)
        return await self.faults.meet(request, path, handler)

    async def _me(self, _request: web.Request) -> web.Response:
        return answered({**self.world.bot.user(), "bot": True, "mfa_enabled": False, "verified": True, "flags": 0})

    async def _application(self, _request: web.Request) -> web.Response:
        return answered(
            {
                "id": str(APPLICATION),
                "name": "Ten Hours",
                "description": "",
                "bot_public": True,
                "bot_require_code_grant": False,
                "verify_key": "",
                "icon": None,
                "flags": 0,
                "interactions_endpoint_url": self.endpoint_url,
                "owner": self.world.bot.user(),
            }
        )

    async def _gateway(self, _request: web.Request) -> web.Response:
        left = {
            "total": 1000,
            "remaining": self.sessions_left,
            "reset_after": 100,
            "max_concurrency": self.gateway.buckets,
        }
        return answered({"url": self.gateway.address, "shards": self.shards, "session_start_limit": left})

    async def _servers(self, _request: web.Request) -> web.Response:
        servers = [
            {"id": str(server.id), "name": server.name, "icon": None, "owner": False, "permissions": server.everyone}
            for server in self.world.servers.values()
        ]
        return answered(servers)

    async def _server(self, request: web.Request) -> web.Response:
        server = self.world.servers.get(int(request.match_info["guild"]))
        return refused(404, 10004) if server is None else answered(server.data(self.world.bot))

    async def _channels(self, request: web.Request) -> web.Response:
        server = self.world.servers.get(int(request.match_info["guild"]))
        return refused(404, 10004) if server is None else answered([place.data() for place in server.channels])

    async def _member(self, request: web.Request) -> web.Response:
        server = self.world.servers.get(int(request.match_info["guild"]))
        if server is None:
            return refused(404, 10004)
        user_id = int(request.match_info["user"])
        if user_id == self.world.bot.id:
            return answered({**self.world.bot.member(), "joined_at": server.joined_at})
        person = self.world.people.get(user_id)
        return answered(person.member()) if person and user_id not in server.left else refused(404, 10007)

    async def _place(self, request: web.Request) -> web.Response:
        place = self.world.places.get(int(request.match_info["place"]))
        if place is None:
            return refused(404, 10003)
        return answered(place.data()) if self._may(place, VIEW_CHANNEL) else refused(403, 50001)

    def _may(self, place: Place, permission: int) -> bool:
        """Return True if the bot, which has the @everyone role alone, may do something in a place."""
        server = self.world.servers.get(place.guild or 0)
        if server is None:
            return True
        granted = int(server.everyone)
        if granted & ADMINISTRATOR:
            return True
        for overwrite in place.overwrites:
            granted = (granted & ~int(overwrite["deny"])) | int(overwrite["allow"])
        return bool(granted & permission)

    async def _sync(self, request: web.Request) -> web.Response:
        commands = await request.json()
        faults = list(strict.tree_faults(commands))
        if faults:
            return self._bad(faults)
        self.syncs += 1
        self.commands = commands
        known = {"application_id": str(APPLICATION), "version": "1"}
        return answered([{**command, "id": str(snowflake()), **known} for command in commands])

    async def _open_direct(self, request: web.Request) -> web.Response:
        payload = await request.json()
        faults = list(documented.DIRECT(payload, "direct"))
        if faults:
            return self._bad(faults)
        person = self.world.people.get(int(payload["recipient_id"]))
        return answered(self.world.direct(person).data()) if person else refused(400, 50033)

    async def _post(self, request: web.Request) -> web.Response:
        place = self.world.places.get(int(request.match_info["place"]))
        if place is None:
            return refused(404, 10003)
        if place.person is not None and not place.person.takes_messages:
            return refused(403, 50007)
        payload, files = await read_body(request)
        faults = list(strict.post_faults(payload, len(files)))
        if faults:
            return self._bad(faults)
        if not self._may(place, VIEW_CHANNEL):
            return refused(403, 50001)
        if not self._may(place, SEND_MESSAGES):
            return refused(403, 50013)
        nonce = str(payload.get("nonce") or "")
        known = self.world.nonces.get((place.id, nonce)) if self.keeps_nonces and payload.get("enforce_nonce") else None
        message = self.world.messages[known] if known else self.world.say(place, payload, files=files)
        message.nonce = nonce
        self.world.nonces[(place.id, nonce)] = message.id
        return answered({**message.data, "nonce": nonce})

    async def _edit(self, request: web.Request) -> web.Response:
        message = self.world.messages.get(int(request.match_info["message"]))
        if message is None:
            return refused(404, 10008)
        payload, files = await read_body(request)
        return (
            self._bad(faults)
            if (faults := list(strict.edit_faults(payload, len(files))))
            else self._changed(message, payload, files)
        )

    async def _history(self, request: web.Request) -> web.Response:
        place = self.world.places.get(int(request.match_info["place"]))
        if place is None:
            return refused(404, 10003)
        before = int(request.query.get("before", 1 << 63))
        after, limit = int(request.query.get("after", -1)), int(request.query.get("limit", 50))
        messages = [message for message in self.world.of(place) if after < message.id < before]
        page = messages[:limit] if "after" in request.query else messages[-limit:]
        return answered([message.data for message in reversed(page)])

    async def _callback(self, request: web.Request) -> web.Response:
        use = self.uses.get(int(request.match_info["id"]))
        if use is not None:
            use.received = use.received or time.monotonic()
        if use is None or use.is_expired or time.monotonic() - use.made > self.answer_within:
            if use is not None:
                use.settled.set()
            return refused(404, 10062)
        payload, files = await read_body(request)
        if use.answer is not None:
            return refused(400, 40060)
        data = payload.get("data") or {}
        faults = [*strict.callback_faults(payload, len(files)), *self._callback_faults(use, payload["type"])]
        if faults:
            return self._bad(faults)
        use.answer = payload
        self._carry_out(use, payload["type"], data, files)
        use.answered.set()
        if payload["type"] not in (DEFERRED_MESSAGE, DEFERRED_EDIT):
            use.settled.set()
        if request.query.get("with_response") not in ("1", "true"):
            return web.Response(status=204)
        resource = {"type": payload["type"], **({"message": use.message.data} if use.message else {})}
        interaction = {"id": str(use.id), "type": use.sent["type"]}
        if use.message is not None:
            interaction["response_message_id"] = str(use.message.id)
        return answered({"interaction": interaction, "resource": resource})

    def _callback_faults(self, use: Use, kind: int) -> Iterable[str]:
        if kind == MODAL and use.sent["type"] == MODAL_SENT:
            yield "a modal for a modal"
        if kind in (EDIT, DEFERRED_EDIT) and use.pressed is None:
            yield "an edit of no message"
        if (kind == CHOICES) != (use.sent["type"] == AUTOCOMPLETE):
            yield f"answer {kind} to interaction {use.sent['type']}"

    def _carry_out(self, use: Use, kind: int, data: Json, files: dict[str, bytes]) -> None:
        if kind in (MESSAGE, DEFERRED_MESSAGE):
            flags = int(data.get("flags") or 0) | (LOADING if kind == DEFERRED_MESSAGE else 0)
            to = use.person if flags & EPHEMERAL else None
            use.message = self.world.say(use.place, {**data, "flags": flags}, to=to, files=files, is_answer=True)
        elif kind in (EDIT, DEFERRED_EDIT):
            use.message = use.pressed
            if kind == EDIT and use.pressed is not None:
                self.broken += strict.change_faults(use.pressed.data, data)
                self.world.change(use.pressed, data, files)

    async def _follow_up(self, request: web.Request) -> web.Response:
        use = self._use_of(request)
        payload, files = await read_body(request)
        if use is None or use.answer is None:
            return refused(404, 10015)
        faults = list(strict.answer_faults(payload, len(files)))
        if faults:
            return self._bad(faults)
        if use.message is not None and use.message.data["flags"] & LOADING:
            return self._finished(use, payload, files)
        flags = int(payload.get("flags") or 0)
        to = use.person if flags & EPHEMERAL else None
        message = self.world.say(use.place, payload, to=to, files=files, is_answer=True)
        use.followed.append(message)
        use.settled.set()
        return answered(message.data)

    async def _edit_answer(self, request: web.Request) -> web.Response:
        use = self._use_of(request)
        payload, files = await read_body(request)
        if use is None or use.message is None:
            return refused(404, 10015)
        faults = list(strict.edit_faults(payload, len(files)))
        return self._bad(faults) if faults else self._finished(use, payload, files)

    def _finished(self, use: Use, payload: Json, files: dict[str, bytes]) -> web.Response:
        assert use.message is not None
        use.message.data["flags"] &= ~LOADING
        response = self._changed(use.message, payload, files)
        use.settled.set()
        return response

    def _changed(self, message: Message, payload: Json, files: dict[str, bytes]) -> web.Response:
        if faults := list(strict.change_faults(message.data, payload)):
            return self._bad(faults)
        self.world.change(message, payload, files)
        return answered(message.data)

    def _use_of(self, request: web.Request) -> Use | None:
        return next((use for use in self.uses.values() if use.token == request.match_info["token"]), None)

    def _bad(self, faults: list[str]) -> web.Response:
        self.broken += faults
        return refused(400, 50035)
