"""What stands on the Slack of these tests: workspaces, people, channels, messages, open modals and homes."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from typing import Any

Json = dict[str, Any]
EPOCH = 1_790_000_000
SCOPES = (
    "commands,chat:write,im:write,users:read,channels:read,groups:read,files:write,files:read,channels:history,"
    "groups:history,im:history"
)


@dataclass
class Message:
    """One message; `to` is the only one who sees it (None: everybody in the channel)."""

    team: str
    channel: str
    ts: str
    text: str
    blocks: list[Json]
    to: str | None = None
    metadata: Json | None = None
    files: dict[str, bytes] = field(default_factory=dict)

    def body(self) -> Json:
        return {
            "type": "message",
            "ts": self.ts,
            "text": self.text,
            "blocks": self.blocks,
            **({"metadata": self.metadata} if self.metadata else {}),
        }


@dataclass
class Workspace:
    """One workspace; its token is `xoxb-` and its id."""

    id: str
    bot: str
    users: dict[str, Json] = field(default_factory=dict)
    channels: dict[str, set[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    archived: set[str] = field(default_factory=set)
    private: set[str] = field(default_factory=set)
    read_only: set[str] = field(default_factory=set)
    group_messages: set[str] = field(default_factory=set)
    scopes: str = SCOPES

    @property
    def token(self) -> str:
        return f"xoxb-{self.id}"

    def add_user(self, user: str, name: str, **more: Any) -> Json:
        profile = {"display_name": name, "real_name": f"{name} Real"}
        known = {"id": user, "team_id": self.id, "name": name.lower(), "tz": "Europe/Berlin", "tz_offset": 3600}
        self.users[user] = {**known, "profile": profile, **more}
        return self.users[user]

    def add_channel(self, channel: str, *members: str, bot: bool = True, name: str = "") -> None:
        self.names[channel] = name or channel.lower()
        self.channels[channel] = {*members, *([self.bot] if bot else [])}


class World:
    """All that stands there, and what was sent that Slack would have refused."""

    def __init__(self) -> None:
        self.workspaces: dict[str, Workspace] = {}
        self.messages: list[Message] = []
        self.views: dict[str, list[Json]] = defaultdict(list)
        self.homes: dict[str, Json] = {}
        self.files: dict[str, bytes] = {}
        self.shown_files: dict[str, int] = {}
        self.slow_files = 0
        self.broken: list[str] = []
        self._numbers = count(1)

    def number(self) -> int:
        return next(self._numbers)

    def add_workspace(self, team: str) -> Workspace:
        workspace = self.workspaces[team] = Workspace(team, f"UBOT{team}")
        return workspace

    def of_token(self, token: str) -> Workspace | None:
        return self.workspaces.get(token.removeprefix("xoxb-")) if token.startswith("xoxb-") else None

    def ts(self) -> str:
        return f"{EPOCH + self.number()}.{self.number():06}"

    def direct(self, user: str) -> str:
        return f"D{user}"

    def add_message(self, workspace: Workspace, channel: str, body: Json, to: str | None = None) -> Message:
        message = Message(
            workspace.id,
            channel,
            self.ts(),
            body.get("text", ""),
            body.get("blocks") or [],
            to,
            body.get("metadata"),
        )
        self.messages.append(message)
        return message

    def can_show(self, file: str) -> bool:
        """Return True if Slack has taken a file in: after it is said to be there it refuses it `slow_files` times."""
        if file not in self.files or file not in self.shown_files:
            return False
        self.shown_files[file] -= 1
        return self.shown_files[file] < 0

    def find(self, channel: str, ts: str) -> Message | None:
        return next((message for message in self.messages if (message.channel, message.ts) == (channel, ts)), None)

    def seen_by(self, user: str) -> list[Message]:
        """Return the messages that only this person sees."""
        own = self.direct(user)
        return [
            message
            for message in self.messages
            if message.to == user or (message.to is None and message.channel == own)
        ]

    def public(self, channel: str) -> list[Message]:
        return [message for message in self.messages if message.channel == channel and message.to is None]
