"""What the local Discord knows: one bot, its servers, channels and people, messages, and who can see them."""

import itertools
import re
import time
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

EPOCH_MS = 1_420_070_400_000
EPHEMERAL = 1 << 6
COMPONENTS_V2 = 1 << 15
LOADING = 1 << 7
EVERYTHING = str((1 << 53) - 1)
APPLICATION = 900_000_000_000_000_001
TOKEN = "made-up.token.of-tests"

_counter = itertools.count()
_SHOWN_NICKNAME = re.compile(r"<@!(\d+)>")
_LONG_TIMESTAMP = re.compile(r"<t:(\d+):f>")


def snowflake(at: float | None = None) -> int:
    """Return a fresh id, as of now or of an instant in seconds."""
    ms = int((time.time() if at is None else at) * 1000) - EPOCH_MS
    return (ms << 22) | (next(_counter) & 0x3FFFFF)


def normalised(content: str) -> str:
    """Return a text as Discord stores it: trimmed, with mentions, timestamps and emoji in its own writing."""
    lines = [line.rstrip() for line in content.strip().replace("\ufe0f", "").split("\n")]
    return _LONG_TIMESTAMP.sub(r"<t:\1>", _SHOWN_NICKNAME.sub(r"<@\1>", "\n".join(lines)))


@dataclass
class Person:
    """Someone who talks to the bot. `permissions` are those in any channel of a server."""

    id: int
    name: str
    permissions: str = "0"
    takes_messages: bool = True
    nick: str | None = None

    def user(self) -> Json:
        return {
            "id": str(self.id),
            "username": self.name.casefold(),
            "global_name": self.name,
            "discriminator": "0",
            "avatar": None,
            "bot": False,
            "public_flags": 0,
        }

    def member(self) -> Json:
        return {
            "user": self.user(),
            "nick": self.nick,
            "avatar": None,
            "roles": [],
            "joined_at": "2024-01-01T00:00:00+00:00",
            "deaf": False,
            "mute": False,
            "flags": 0,
            "pending": False,
            "permissions": self.permissions,
        }


@dataclass
class Place:
    """A channel; `guild` and `person` say whose (a direct message has a person and no server)."""

    id: int
    type: int = field(default=0, kw_only=True)
    name: str = ""
    guild: int | None = None
    person: Person | None = None
    position: int = 0
    overwrites: list[Json] = field(default_factory=list)

    def data(self) -> Json:
        if self.guild is None:
            people = [self.person.user()] if self.person else []
            return {"id": str(self.id), "type": 1, "recipients": people, "last_message_id": None, "flags": 0}
        return {
            "id": str(self.id),
            "type": self.type,
            "name": self.name,
            "guild_id": str(self.guild),
            "position": self.position,
            "permission_overwrites": self.overwrites,
        }


@dataclass
class Server:
    """A guild. `everyone` are the permissions of its @everyone role, which the bot has too."""

    id: int
    name: str
    channels: list[Place] = field(default_factory=list)
    system: int | None = None
    owner: int = 1
    everyone: str = EVERYTHING
    joined_at: str = "2024-01-01T00:00:00+00:00"
    is_unavailable: bool = False
    left: set[int] = field(default_factory=set)

    def data(self, bot: Person, *, new: bool = False) -> Json:
        data = {
            "id": str(self.id),
            "name": self.name,
            "icon": None,
            "owner_id": str(self.owner),
            "afk_timeout": 0,
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "roles": [
                {
                    "id": str(self.id),
                    "name": "@everyone",
                    "permissions": self.everyone,
                    "position": 0,
                    "color": 0,
                    "hoist": False,
                    "managed": False,
                    "mentionable": False,
                }
            ],
            "emojis": [],
            "stickers": [],
            "features": [],
            "mfa_level": 0,
            "system_channel_id": str(self.system) if self.system else None,
            "system_channel_flags": 0,
            "preferred_locale": "en-US",
            "nsfw_level": 0,
            "joined_at": self.joined_at,
            "member_count": 2,
            "members": [{**bot.member(), "joined_at": self.joined_at}],
            "channels": [place.data() for place in self.channels],
            "threads": [],
        }
        return data if new else {**data, "unavailable": False}


@dataclass
class Message:
    """A message; `to` is the only person who sees it (ephemeral), None for all of the channel.

    `nonce` is the one that it was made with: no edit changes it, and only the tests can still ask for it.
    """

    id: int
    place: Place
    data: Json
    to: Person | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    nonce: str = ""


@dataclass
class World:
    """Everything there is, with the newest message last."""

    bot: Person = field(default_factory=lambda: Person(APPLICATION, "Ten Hours", EVERYTHING))
    people: dict[int, Person] = field(default_factory=dict)
    servers: dict[int, Server] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    nonces: dict[tuple[int, str], int] = field(default_factory=dict)

    def add_person(self, name: str, *, permissions: str = "0") -> Person:
        person = Person(snowflake(), name, permissions)
        self.people[person.id] = person
        return person

    def add_channel(self, server: Server, name: str, *, deny: int = 0) -> Place:
        """Add a channel, in which everyone, the bot too, lacks the permissions of `deny`."""
        denied = [{"id": str(server.id), "type": 0, "allow": "0", "deny": str(deny)}]
        place = Place(snowflake(), name, server.id, position=len(server.channels), overwrites=denied)
        self.places[place.id] = place
        server.channels.append(place)
        return place

    def add_server(self, name: str = "Study hall", *channels: str, everyone: str = EVERYTHING) -> Server:
        server = Server(snowflake(), name, everyone=everyone)
        self.servers[server.id] = server
        for at, channel in enumerate(channels or ("general",)):
            place = Place(snowflake(), channel, server.id, position=at)
            self.places[place.id] = place
            server.channels.append(place)
        server.system = server.channels[0].id
        return server

    def direct(self, person: Person) -> Place:
        for place in self.places.values():
            if place.person is person:
                return place
        place = Place(snowflake(), person=person)
        self.places[place.id] = place
        return place

    def say(
        self,
        place: Place,
        payload: Json,
        *,
        to: Person | None = None,
        files: dict[str, bytes] | None = None,
        at: float | None = None,
        is_answer: bool = False,
    ) -> Message:
        """Add a message of the bot's, as Discord would store it."""
        message = Message(snowflake(at), place, {}, to, files or {})
        message.data = {
            "id": str(message.id),
            "channel_id": str(place.id),
            "author": {**self.bot.user(), "bot": True},
            "content": "",
            "timestamp": "2026-01-05T09:00:00+00:00",
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "components": [],
            "pinned": False,
            "type": 0,
            "flags": 0,
        }
        if is_answer:
            message.data |= {"webhook_id": str(APPLICATION), "interaction_metadata": {"type": 2}}
        self.messages[message.id] = message
        self.change(message, payload, files)
        message.data["flags"] = payload.get("flags", 0)
        return message

    def change(self, message: Message, payload: Json, files: dict[str, bytes] | None = None) -> None:
        """Replace what an edit names; all else stays. What a message is made of, it stays made of."""
        for key in ("content", "embeds", "components"):
            if key in payload:
                message.data[key] = payload[key] if payload[key] is not None else type(message.data[key])()
        message.data["content"] = normalised(message.data["content"])
        message.data["flags"] |= payload.get("flags", 0) & COMPONENTS_V2
        if "attachments" in payload:
            message.files = files or {}
            attachments = payload["attachments"] or []
            message.data["attachments"] = [self._attachment(message, attachment) for attachment in attachments]
        mentions = payload.get("allowed_mentions") or {}
        message.data["mentions"] = [
            person.user()
            for person in self.people.values()
            if f"<@{person.id}>" in message.data["content"]
            and ("users" in mentions.get("parse", []) or str(person.id) in [str(u) for u in mentions.get("users", [])])
        ]
        message.data["mention_everyone"] = "@everyone" in message.data["content"] and "everyone" in mentions.get(
            "parse", []
        )

    def of(self, place: Place) -> list[Message]:
        """Return the messages of a channel that all can see, oldest first."""
        return [message for message in self.messages.values() if message.place is place and message.to is None]

    def only_for(self, person: Person) -> list[Message]:
        """Return the messages that only this person sees, oldest first."""
        mine = self.direct(person)
        return [message for message in self.messages.values() if message.to is person or message.place is mine]

    def _attachment(self, message: Message, attachment: Json) -> Json:
        name = attachment.get("filename", "")
        return {
            "id": str(attachment.get("id", 0)),
            "filename": name,
            "description": attachment.get("description"),
            "size": len(message.files.get(name, b"")),
            "url": f"https://cdn.example/{name}",
            "proxy_url": f"https://cdn.example/{name}",
        }
