"""One use of the bot: a command, a press, a form or a completion, from what was sent to how it was answered."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.servers.discord.world import APPLICATION, Json, Message, Person, Place

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SENT = 2, 3, 4, 5
FORM_CHANNEL, FORM_FILE = 8, 19
CHANNEL_OPTION = 7
MESSAGE, DEFERRED_MESSAGE, DEFERRED_EDIT, EDIT, CHOICES, MODAL = 4, 5, 6, 7, 8, 9


@dataclass
class Use:
    """One interaction: what was sent, and how it was answered. `answer` is the first callback."""

    id: int
    token: str
    person: Person
    place: Place
    sent: Json
    pressed: Message | None = None
    answer: Json | None = None
    message: Message | None = None
    followed: list[Message] = field(default_factory=list)
    is_expired: bool = False
    made: float = field(default_factory=time.monotonic)
    received: float = 0.0
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


def interaction(use: Use, kind: int, data: Json, app_permissions: str) -> Json:
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
    if use.pressed is not None:
        sent["message"] = use.pressed.data
    return sent


def command_data(registered_commands: list[Json], name: str, options: Mapping[str, Any]) -> Json:
    first, *rest = name.split()
    registered: Json = next((option for option in registered_commands if option["name"] == first), {"options": []})
    known = {option["name"]: option for option in registered["options"]}
    leaf = known.get(rest[0], {"options": []}) if rest else registered
    types = {option["name"]: option["type"] for option in leaf.get("options", [])}
    values = [{"name": option, "type": types.get(option, 3), "value": value} for option, value in options.items()]
    if rest:
        values = [{"name": rest[0], "type": 1, "options": values}]
    return {"id": "1", "name": first, "type": 1, "options": values}


def buttons_of(message: Json) -> list[Json]:
    """Return the buttons of a message and the choices of its menus, which have a value, from top to bottom."""
    parts = [part for row in message["components"] if row["type"] == 1 for part in row["components"]]
    return [button for part in parts for button in (_choices_of(part) if "options" in part else [part])]


def press_data(button: Json) -> Json:
    """Return the data of an interaction that presses a button, or picks a choice of a menu."""
    if "value" in button:
        return {"custom_id": button["custom_id"], "component_type": 3, "values": [button["value"]]}
    return {"custom_id": button["custom_id"], "component_type": 2}


def _choices_of(menu: Json) -> list[Json]:
    return [{**option, "custom_id": menu["custom_id"]} for option in menu["options"]]


def leaves(options: list[Json]) -> list[Json]:
    return [leaf for option in options for leaf in (leaves(option["options"]) if "options" in option else [option])]


def filled(label: Json, values: Mapping[str, str]) -> Json:
    component = label["component"]
    name = component["custom_id"]
    if component["type"] == FORM_FILE:
        return {
            "type": 18,
            "component": {"type": FORM_FILE, "custom_id": name, "values": [values[name]] if name in values else []},
        }
    if component["type"] == FORM_CHANNEL:
        default = next((channel["id"] for channel in component.get("default_values") or []), "")
        picked = values.get(name, default)
        return {"type": 18, "component": {"type": 8, "custom_id": name, "values": [picked] if picked else []}}
    if component["type"] == 3:
        default = next((option["value"] for option in component["options"] if option.get("default")), "")
        value = values.get(name, default)
        return {"type": 18, "component": {"type": 3, "custom_id": name, "values": [value] if value else []}}
    value = values.get(name, component.get("value") or "")
    return {"type": 18, "component": {"type": 4, "custom_id": name, "value": value}}
