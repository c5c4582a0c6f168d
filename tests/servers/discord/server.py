"""The local Discord itself: starts on a free port, serves REST and gateway, and lets people use the bot."""

import asyncio
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.servers.discord import strict
from tests.servers.discord.faults import Faults, answered, refused
from tests.servers.discord.gateway import Gateway
from tests.servers.discord.world import (
    APPLICATION,
    EPHEMERAL,
    EVERYTHING,
    LOADING,
    TOKEN,
    Json,
    Person,
    Place,
    Said,
    World,
    snowflake,
)

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SENT = 2, 3, 4, 5
MESSAGE, LATER_MESSAGE, LATER_EDIT, EDIT, SUGGESTED, MODAL = 4, 5, 6, 7, 8, 9
ANSWER_WITHIN = 3.0


@dataclass
class Use:
    """One interaction: what was sent, and how it was answered. `answer` is the first callback."""

    id: int
    token: str
    person: Person
    place: Place
    sent: Json
    message: Said | None = None
    answer: Json | None = None
    said: Said | None = None
    followed: list[Said] = field(default_factory=list)
    is_expired: bool = False
    made: float = field(default_factory=time.monotonic)
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    settled: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def kind(self) -> int:
        """The type of the callback."""
        assert self.answer is not None, "not answered"
        return int(self.answer["type"])

    @property
    def data(self) -> Json:
        """The data of the callback."""
        assert self.answer is not None, "not answered"
        data: Json = self.answer.get("data") or {}
        return data


class DiscordServer:
    """See the package. `broken` lists everything that the real Discord would have refused."""

    def __init__(self) -> None:
        self.world = World()
        self.gateway = Gateway(self.world)
        self.faults = Faults()
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
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        application = web.Application(middlewares=[self._middleware], client_max_size=64 * 1024 * 1024)
        application.add_routes([web.get("/gateway", self.gateway.serve), *self._routes()])
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.base = f"http://{host}:{port}/api/v10"
        self.gateway.address = f"ws://{host}:{port}/gateway"

    async def close(self) -> None:
        self.faults.closing.set()
        await self.gateway.close()
        if self._runner is not None:
            await self._runner.cleanup()

    # What people do

    async def command(
        self, person: Person, place: Place, name: str, options: Mapping[str, Any] | None = None, **more: Any
    ) -> Use:
        """Use a slash command, with the option types that were registered."""
        return await self.use(person, place, COMMAND, self._command_data(name, options or {}), **more)

    async def type_option(
        self, person: Person, place: Place, name: str, option: str, typed: str, **options: str
    ) -> list[Json]:
        """Type into an option; the completions."""
        data = self._command_data(name, {**options, option: typed})
        for each in _leaves(data["options"]):
            if each["name"] == option:
                each["focused"] = True
        use = await self.use(person, place, AUTOCOMPLETE, data)
        choices: list[Json] = use.data["choices"]
        return choices

    async def press(self, person: Person, said: Said, label: str, **more: Any) -> Use:
        """Press the button of that label."""
        button = next(each for each in buttons_of(said.data) if each["label"] == label)
        data = {"custom_id": button["custom_id"], "component_type": 2}
        return await self.use(person, said.place, COMPONENT, data, message=said, **more)

    async def fill(self, use: Use, values: Mapping[str, str], **more: Any) -> Use:
        """Send the modal that answered `use`; fields that are not named are sent as they stand."""
        assert use.kind == MODAL, use.answer
        data = {
            "custom_id": use.data["custom_id"],
            "components": [_filled(each, values) for each in use.data["components"]],
        }
        return await self.use(use.person, use.place, MODAL_SENT, data, message=use.message, **more)

    async def use(
        self,
        person: Person,
        place: Place,
        kind: int,
        data: Json,
        *,
        message: Said | None = None,
        waits: bool = True,
        made_at: float | None = None,
        is_expired: bool = False,
        app_permissions: str = EVERYTHING,
    ) -> Use:
        """Any interaction; returns when it was answered (with `waits`)."""
        use = Use(snowflake(made_at), f"token-{snowflake()}", person, place, {}, message, is_expired=is_expired)
        use.sent = self._interaction(use, kind, data, app_permissions)
        self.uses[use.id] = use
        await self.gateway.dispatch("INTERACTION_CREATE", use.sent, self._shard_of(place))
        if waits:
            async with asyncio.timeout(10):
                await use.settled.wait()
        return use

    async def send_again(self, use: Use) -> None:
        """Deliver the same interaction once more, as a resume does."""
        await self.gateway.dispatch("INTERACTION_CREATE", use.sent, self._shard_of(use.place))

    # What the bot calls

    def _routes(self) -> Iterable[web.RouteDef]:
        api = "/api/v10"
        yield web.get(f"{api}/users/@me", self._me)
        yield web.get(f"{api}/users/@me/guilds", self._servers)
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
    async def _middleware(self, request: web.Request, handler: Callable[[web.Request], Any]) -> web.StreamResponse:
        path = request.path.removeprefix("/api/v10")
        if path == "/gateway":
            response: web.StreamResponse = await handler(request)
            return response
        self.calls.append(f"{request.method} {path}")
        needs_token = not path.startswith(("/interactions/", "/webhooks/"))
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
                "icon": None,
                "description": "",
                "bot_public": True,
                "bot_require_code_grant": False,
                "verify_key": "",
                "flags": 0,
                "interactions_endpoint_url": self.endpoint_url,
                "owner": self.world.bot.user(),
                "team": None,
            }
        )

    async def _gateway(self, _request: web.Request) -> web.Response:
        left = {"total": 1000, "remaining": self.sessions_left, "reset_after": 100, "max_concurrency": 1}
        return answered({"url": self.gateway.address, "shards": self.shards, "session_start_limit": left})

    async def _servers(self, _request: web.Request) -> web.Response:
        found = [
            {"id": str(each.id), "name": each.name, "icon": None, "owner": False, "permissions": each.everyone}
            for each in self.world.servers.values()
        ]
        return answered(found)

    async def _sync(self, request: web.Request) -> web.Response:
        tree = await request.json()
        faults = list(strict.tree_faults(tree))
        if faults:
            return self._bad(faults)
        self.syncs += 1
        self.commands = tree
        return answered(
            [{**each, "id": str(snowflake()), "application_id": str(APPLICATION), "version": "1"} for each in tree]
        )

    async def _open_direct(self, request: web.Request) -> web.Response:
        person = self.world.people.get(int((await request.json())["recipient_id"]))
        return answered(self.world.direct(person).data()) if person else refused(400, 50033)

    async def _post(self, request: web.Request) -> web.Response:
        place = self.world.places.get(int(request.match_info["place"]))
        if place is None:
            return refused(404, 10003)
        if place.person is not None and not place.person.takes_messages:
            return refused(403, 50007)
        payload, files = await _body(request)
        faults = list(strict.message_faults({"nonce": "", **payload}))
        if faults:
            return self._bad(faults)
        nonce = str(payload.get("nonce") or "")
        known = self.world.nonces.get((place.id, nonce)) if self.keeps_nonces and payload.get("enforce_nonce") else None
        said = self.world.messages[known] if known else self.world.say(place, payload, files=files)
        self.world.nonces[(place.id, nonce)] = said.id
        return answered({**said.data, "nonce": nonce})

    async def _edit(self, request: web.Request) -> web.Response:
        said = self.world.messages.get(int(request.match_info["message"]))
        if said is None:
            return refused(404, 10008)
        payload, files = await _body(request)
        return (
            self._bad(faults)
            if (faults := list(strict.message_faults(payload)))
            else self._changed(said, payload, files)
        )

    async def _history(self, request: web.Request) -> web.Response:
        place = self.world.places.get(int(request.match_info["place"]))
        if place is None:
            return refused(404, 10003)
        before = int(request.query.get("before", 1 << 63))
        found = [said for said in self.world.of(place) if said.id < before]
        return answered([said.data for said in reversed(found[-int(request.query.get("limit", 50)) :])])

    async def _callback(self, request: web.Request) -> web.Response:
        use = self.uses.get(int(request.match_info["id"]))
        if use is None or use.is_expired or time.monotonic() - use.made > ANSWER_WITHIN:
            if use is not None:
                use.settled.set()
            return refused(404, 10062)
        payload, files = await _body(request)
        if use.answer is not None:
            return refused(400, 40060)
        data = payload.get("data") or {}
        faults = list(self._callback_faults(use, payload["type"], data))
        if faults:
            return self._bad(faults)
        use.answer = payload
        self._carry_out(use, payload["type"], data, files)
        use.answered.set()
        if payload["type"] not in (LATER_MESSAGE, LATER_EDIT):
            use.settled.set()
        resource = {"type": payload["type"], **({"message": use.said.data} if use.said else {})}
        interaction = {"id": str(use.id), "type": use.sent["type"]}
        if use.said is not None:
            interaction["response_message_id"] = str(use.said.id)
        return answered({"interaction": interaction, "resource": resource})

    def _callback_faults(self, use: Use, kind: int, data: Json) -> Iterable[str]:
        if kind == MODAL:
            if use.sent["type"] == MODAL_SENT:
                yield "a modal for a modal"
            yield from strict.modal_faults(data)
        elif kind in (MESSAGE, EDIT):
            yield from strict.message_faults({"nonce": "", **data} if kind == MESSAGE else data)
        if kind in (EDIT, LATER_EDIT) and use.message is None:
            yield "an edit of no message"
        if (kind == SUGGESTED) != (use.sent["type"] == AUTOCOMPLETE):
            yield f"answer {kind} to interaction {use.sent['type']}"

    def _carry_out(self, use: Use, kind: int, data: Json, files: dict[str, bytes]) -> None:
        if kind in (MESSAGE, LATER_MESSAGE):
            flags = int(data.get("flags") or 0) | (LOADING if kind == LATER_MESSAGE else 0)
            to = use.person if flags & EPHEMERAL else None
            use.said = self.world.say(use.place, {**data, "flags": flags}, to=to, files=files)
        elif kind in (EDIT, LATER_EDIT):
            use.said = use.message
            if kind == EDIT and use.message is not None:
                self.world.change(use.message, data, files)

    async def _follow_up(self, request: web.Request) -> web.Response:
        use = self._use_of(request)
        payload, files = await _body(request)
        if use is None or use.answer is None:
            return refused(404, 10015)
        faults = list(strict.message_faults({"nonce": "", **payload}))
        if faults:
            return self._bad(faults)
        if use.said is not None and use.said.data["flags"] & LOADING:
            return self._finished(use, payload, files)
        flags = int(payload.get("flags") or 0)
        said = self.world.say(use.place, payload, to=use.person if flags & EPHEMERAL else None, files=files)
        use.followed.append(said)
        use.settled.set()
        return answered(said.data)

    async def _edit_answer(self, request: web.Request) -> web.Response:
        use = self._use_of(request)
        payload, files = await _body(request)
        if use is None or use.said is None:
            return refused(404, 10015)
        faults = list(strict.message_faults(payload))
        return self._bad(faults) if faults else self._finished(use, payload, files)

    def _finished(self, use: Use, payload: Json, files: dict[str, bytes]) -> web.Response:
        assert use.said is not None
        use.said.data["flags"] &= ~LOADING
        response = self._changed(use.said, {k: v for k, v in payload.items() if k != "flags"}, files)
        use.settled.set()
        return response

    def _changed(self, said: Said, payload: Json, files: dict[str, bytes]) -> web.Response:
        self.world.change(said, payload, files)
        return answered(said.data)

    def _use_of(self, request: web.Request) -> Use | None:
        return next((use for use in self.uses.values() if use.token == request.match_info["token"]), None)

    def _bad(self, faults: list[str]) -> web.Response:
        self.broken += faults
        return refused(400, 50035)

    def _shard_of(self, place: Place) -> int:
        return (place.guild >> 22) % self.shards if place.guild else 0

    def _interaction(self, use: Use, kind: int, data: Json, app_permissions: str) -> Json:
        place, person = use.place, use.person
        sent: Json = {
            "version": 1,
            "type": kind,
            "id": str(use.id),
            "token": use.token,
            "application_id": str(APPLICATION),
            "channel_id": str(place.id),
            "channel": place.data(),
            "locale": "en-GB",
            "app_permissions": app_permissions,
            "entitlements": [],
            "authorizing_integration_owners": {"0": str(place.guild or 0)},
            "context": 0 if place.guild else 1,
            "attachment_size_limit": 10 * 1024 * 1024,
            "data": data,
        }
        if place.guild:
            sent["guild_id"] = str(place.guild)
            sent["guild"] = {"id": str(place.guild), "locale": "en-US", "features": []}
            sent["guild_locale"] = "en-US"
            sent["member"] = person.member()
        else:
            sent["user"] = person.user()
        if use.message is not None:
            sent["message"] = use.message.data
        return sent

    def _command_data(self, name: str, options: Mapping[str, Any]) -> Json:
        first, *rest = name.split()
        registered = next((each for each in self.commands if each["name"] == first), {"options": []})
        known = {each["name"]: each for each in registered["options"]}
        leaf = known.get(rest[0], {"options": []}) if rest else registered
        types = {each["name"]: each["type"] for each in leaf.get("options", [])}
        values = [{"name": each, "type": types.get(each, 3), "value": value} for each, value in options.items()]
        if rest:
            values = [{"name": rest[0], "type": 1, "options": values}]
        return {"id": "1", "name": first, "type": 1, "options": values}


def buttons_of(message: Json) -> list[Json]:
    """A message's buttons, from top to bottom."""
    return [button for row in message["components"] for button in row["components"]]


def _leaves(options: list[Json]) -> list[Json]:
    return [leaf for each in options for leaf in (_leaves(each["options"]) if "options" in each else [each])]


def _filled(label: Json, values: Mapping[str, str]) -> Json:
    component = label["component"]
    name = component["custom_id"]
    if component["type"] == 3:
        default = next((each["value"] for each in component["options"] if each.get("default")), "")
        value = values.get(name, default)
        return {"type": 18, "component": {"type": 3, "custom_id": name, "values": [value] if value else []}}
    value = values.get(name, component.get("value") or "")
    return {"type": 18, "component": {"type": 4, "custom_id": name, "value": value}}


async def _body(request: web.Request) -> tuple[Json, dict[str, bytes]]:
    """The payload, and files by name where it came in parts."""
    if not request.content_type.startswith("multipart/"):
        payload: Json = await request.json()
        return payload, {}
    found: Json = {}
    files: dict[str, bytes] = {}
    form = await request.post()
    for name, value in form.items():
        if name == "payload_json":
            found = json.loads(str(value))
        elif isinstance(value, web.FileField):
            files[value.filename] = value.file.read()
    return found, files
