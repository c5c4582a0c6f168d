"""The Web API of the tests' Slack: the methods that an app like this one uses, refusing what Slack refuses."""

import json
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.servers.slack.arguments import ARGUMENTS, faults_of_answer, faults_of_call, faults_of_fallback
from tests.servers.slack.blocks import MESSAGE, faults_of, faults_of_view
from tests.servers.slack.world import Json, Workspace, World

Fault = Callable[[web.Request], Awaitable[web.StreamResponse | None]]
"""A function that answers in the place of the method; None lets the method answer after all."""


@dataclass(frozen=True)
class Call:
    method: str
    team: str
    args: Json


class Refused(Exception):
    """An answer that is not ok."""


class Api:
    """The methods. `faults[method]` are used up one by one; with `is_strict` False nothing is looked at, to measure."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.calls: list[Call] = []
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.used_triggers: set[str] = set()
        self.expired_triggers = False
        self.is_strict = True
        self.url = ""

    def called(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        args = await _args(request)
        token = str(args.pop("token", "")) or request.headers.get("Authorization", "").removeprefix("Bearer ")
        workspace = self.world.of_token(token)
        self.calls.append(Call(method, workspace.id if workspace else "", args))
        if self.faults[method]:
            answer = await self.faults[method].popleft()(request)
            if answer is not None:
                return answer
        try:
            if method not in ARGUMENTS:
                raise Refused("unknown_method")
            if workspace is None and method not in ("oauth.v2.access", "apps.connections.open"):
                raise Refused("invalid_auth")
            if self.is_strict:
                self.refuse(faults_of_call(method, args), "invalid_arguments")
            answered = getattr(self, "do_" + method.replace(".", "_").lower())(workspace, args)
        except Refused as refused:
            return web.json_response({"ok": False, "error": str(refused)})
        scopes = {"X-OAuth-Scopes": workspace.scopes} if workspace else {}
        return web.json_response({"ok": True, **answered}, headers=scopes)

    def do_auth_test(self, workspace: Workspace, args: Json) -> Json:
        return {"team_id": workspace.id, "user_id": workspace.bot, "bot_id": f"B{workspace.id}", "url": "https://x"}

    def do_auth_revoke(self, workspace: Workspace, args: Json) -> Json:
        return {"revoked": True}

    def do_apps_connections_open(self, workspace: Workspace | None, args: Json) -> Json:
        return {"url": self.url.replace("http://", "ws://").replace("/api/", f"/socket?ticket={self.world.number()}")}

    def do_users_info(self, workspace: Workspace, args: Json) -> Json:
        user = workspace.users.get(args["user"])
        if user is None:
            raise Refused("user_not_found")
        return {"user": user}

    def do_conversations_open(self, workspace: Workspace, args: Json) -> Json:
        if args["users"] not in workspace.users:
            raise Refused("user_not_found")
        return {"channel": {"id": self.world.direct(args["users"])}}

    def do_conversations_info(self, workspace: Workspace, args: Json) -> Json:
        members = workspace.channels.get(args["channel"])
        if members is None:
            raise Refused("channel_not_found")
        if args["channel"] in workspace.private and workspace.bot not in members:
            raise Refused("channel_not_found")
        if args["channel"] in workspace.group_messages:
            raise Refused("missing_scope")
        counted = {"num_members": len(members)} if args.get("include_num_members") else {}
        return {"channel": self._described(workspace, args["channel"]) | counted}

    def do_conversations_list(self, workspace: Workspace, args: Json) -> Json:
        start, limit = int(args.get("cursor") or 0), int(args.get("limit", 100))
        public = sorted(key for key in workspace.channels if key.startswith("C") and key not in workspace.archived)
        cursor = str(start + limit) if len(public) > start + limit else ""
        page = [self._described(workspace, key) for key in public[start : start + limit]]
        return {"channels": page, "response_metadata": {"next_cursor": cursor}}

    def do_users_conversations(self, workspace: Workspace, args: Json) -> Json:
        """List the channels that the app itself is in, as `user` is not named."""
        own = sorted(key for key, members in workspace.channels.items() if workspace.bot in members)
        shown = [self._described(workspace, key) for key in own if key not in workspace.archived]
        return {"channels": shown[: int(args.get("limit", 100))], "response_metadata": {"next_cursor": ""}}

    def _described(self, workspace: Workspace, channel: str) -> Json:
        members = workspace.channels[channel]
        return {
            "id": channel,
            "name": workspace.names[channel],
            "is_private": channel.startswith("G") or channel in workspace.private,
            "is_member": workspace.bot in members,
            "is_archived": channel in workspace.archived,
            "is_read_only": channel in workspace.read_only,
        }

    def do_chat_postmessage(self, workspace: Workspace, args: Json) -> Json:
        channel = self._channel(workspace, args["channel"])
        self.check_message(args)
        message = self.world.add_message(workspace, channel, args)
        return {"channel": channel, "ts": message.ts, "message": message.body()}

    def do_chat_postephemeral(self, workspace: Workspace, args: Json) -> Json:
        channel = self._channel(workspace, args["channel"])
        self.check_message(args)
        return {"message_ts": self.world.add_message(workspace, channel, args, args["user"]).ts}

    def do_chat_update(self, workspace: Workspace, args: Json) -> Json:
        message = self.world.find(self._channel(workspace, args["channel"]), args["ts"])
        if message is None or message.to is not None or message.team != workspace.id:
            raise Refused("message_not_found")
        self.check_message(args)
        message.text, message.blocks = args["text"], args["blocks"]
        return {"channel": message.channel, "ts": message.ts}

    def do_conversations_history(self, workspace: Workspace, args: Json) -> Json:
        channel = self._channel(workspace, args["channel"])
        scope = {"D": "im:history", "G": "groups:history"}.get(channel[0], "channels:history")
        if scope not in workspace.scopes.split(","):
            raise Refused("missing_scope")
        oldest, latest = float(args.get("oldest", 0)), float(args.get("latest", "inf"))
        messages = [message for message in self.world.public(channel) if oldest < float(message.ts) <= latest][::-1]
        start, limit = int(args.get("cursor") or 0), int(args.get("limit", 100))
        page, rest = messages[start : start + limit], len(messages) > start + limit
        cursor = {"next_cursor": str(start + limit) if rest else ""}
        return {"messages": [message.body() for message in page], "has_more": rest, "response_metadata": cursor}

    def do_views_open(self, workspace: Workspace, args: Json) -> Json:
        return self._opened(workspace, args, replaces=True)

    def do_views_push(self, workspace: Workspace, args: Json) -> Json:
        return self._opened(workspace, args, replaces=False)

    def do_views_update(self, workspace: Workspace, args: Json) -> Json:
        for views in self.world.views.values():
            for at, view in enumerate(views):
                if view["id"] == args["view_id"]:
                    if args.get("hash", view["hash"]) != view["hash"]:
                        raise Refused("hash_conflict")
                    views[at] = self.made_view(args["view"], view["id"])
                    return {"view": views[at]}
        raise Refused("not_found")

    def do_views_publish(self, workspace: Workspace, args: Json) -> Json:
        self.world.homes[args["user_id"]] = self.made_view(args["view"], f"V{self.world.number()}")
        return {"view": self.world.homes[args["user_id"]]}

    def do_files_getuploadurlexternal(self, workspace: Workspace, args: Json) -> Json:
        if "files:write" not in workspace.scopes.split(","):
            raise Refused("missing_scope")
        file = f"F{self.world.number():08}"
        return {"upload_url": self.url.replace("/api/", f"/upload/{file}"), "file_id": file}

    def do_files_completeuploadexternal(self, workspace: Workspace, args: Json) -> Json:
        for file in args["files"]:
            if file["id"] not in self.world.files:
                raise Refused("file_not_found")
            self.world.shown_files.setdefault(file["id"], self.world.slow_files)
        if "channel_id" in args:
            channel = self._channel(workspace, args["channel_id"])
            names = [str(file.get("title")) for file in args["files"]]
            message = self.world.add_message(workspace, channel, {"text": args.get("initial_comment", "")})
            message.files = dict(zip(names, (self.world.files[file["id"]] for file in args["files"]), strict=True))
        return {"files": [{"id": file["id"], "title": file.get("title")} for file in args["files"]]}

    def do_oauth_v2_access(self, workspace: Workspace | None, args: Json) -> Json:
        workspace = self.world.workspaces.get(str(args.get("code")).removeprefix("code-"))
        if workspace is None:
            raise Refused("invalid_code")
        return {
            "access_token": workspace.token,
            "token_type": "bot",
            "scope": workspace.scopes,
            "bot_user_id": workspace.bot,
            "app_id": "A1",
            "team": {"id": workspace.id, "name": "Team"},
            "authed_user": {"id": next(iter(workspace.users), "U1")},
            "is_enterprise_install": False,
        }

    def _channel(self, workspace: Workspace, channel: str) -> str:
        if channel.startswith("D") and channel[1:] in workspace.users:
            return channel
        is_hidden = channel in workspace.private and workspace.bot not in workspace.channels.get(channel, ())
        if channel not in workspace.channels or is_hidden:
            raise Refused("channel_not_found")
        if channel in workspace.archived:
            raise Refused("is_archived")
        if workspace.bot not in workspace.channels[channel]:
            raise Refused("not_in_channel")
        return channel

    def check_answer(self, body: Json) -> None:
        """Check an acknowledgement with words, or what is sent to a response_url. Raises `Refused`."""
        if self.is_strict:
            self.refuse(faults_of_answer(body), "invalid_arguments")
        self.check_message(body)

    def check_message(self, args: Json) -> None:
        if not self.is_strict:
            return
        blocks = args.get("blocks", [])
        faults = faults_of(blocks, MESSAGE) if "blocks" in args else []
        self.refuse([*faults, *faults_of_fallback(args)], "invalid_blocks")
        self._check_files(blocks, "invalid_blocks")

    def made_view(self, view: Json, number: str) -> Json:
        self.refuse(faults_of_view(view), "invalid_arguments")
        self._check_files(view["blocks"], "invalid_arguments")
        return {**view, "id": number, "hash": f"h{self.world.number()}", "state": {"values": {}}}

    def refuse(self, faults: list[str], code: str) -> None:
        """Remember what is wrong, and answer as Slack would."""
        if faults:
            self.world.broken += faults
            raise Refused(code)

    def _check_files(self, blocks: list[Json], code: str) -> None:
        """Raise `Refused` until Slack has taken a file in, and where one is gone."""
        for file in [block["slack_file"]["id"] for block in blocks if block["type"] == "image"]:
            if not self.world.can_show(file):
                raise Refused(code)

    def _opened(self, workspace: Workspace, args: Json, *, replaces: bool) -> Json:
        trigger = args["trigger_id"]
        if self.expired_triggers:
            raise Refused("expired_trigger_id")
        if trigger in self.used_triggers:
            raise Refused("exchanged_trigger_id")
        view = self.made_view(args["view"], f"V{self.world.number()}")
        self.used_triggers.add(trigger)
        user = trigger.split(".")[1]
        if replaces:
            self.world.views[user].clear()
        self.world.views[user].append(view)
        return {"view": view}


async def _args(request: web.Request) -> Json:
    if request.content_type == "application/json":
        return dict(await request.json())
    args: dict[str, Any] = {**request.query, **await request.post()}
    return {name: _decoded(value) for name, value in args.items()}


def _decoded(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("[", "{"):
        return json.loads(value)
    return value
