"""What Discord refuses: everything that is sent, held to what is documented, and what a schema cannot say besides."""

from collections.abc import Iterator
from typing import Any

from tests.servers.discord import documented
from tests.servers.discord.schema import Check

Json = dict[str, Any]


MOST_COMMANDS = {1: 100, 2: 5, 3: 5}
"""The global commands of an application by type: typed ones, those of a user's menu, those of a message's."""


def post_faults(payload: Json, files: int = 0) -> Iterator[str]:
    """Yield what is wrong with a message that the bot posts by itself."""
    yield from _message_faults(documented.POST, payload, files)
    yield from _emptiness(payload)


def answer_faults(payload: Json, files: int = 0) -> Iterator[str]:
    """Yield what is wrong with a message that answers."""
    yield from _message_faults(documented.ANSWER, payload, files)
    yield from _emptiness(payload)


def edit_faults(payload: Json, files: int = 0) -> Iterator[str]:
    """Yield what is wrong with an edit of a message."""
    yield from _message_faults(documented.EDIT, payload, files)


def change_faults(stands: Json, payload: Json) -> Iterator[str]:
    """Yield why a message that stands cannot be changed so: what it is made of, it stays made of."""
    is_of_parts = stands["flags"] & documented.V2
    if is_of_parts and (payload.get("content") or payload.get("embeds")):
        yield "text for a message of parts"
    left = [name for name in ("content", "embeds") if (payload.get(name) if name in payload else stands[name])]
    if payload.get("flags", 0) & documented.V2 and left:
        yield f"parts for a message that has {left}"
    if is_of_parts and payload.get("components") and not payload.get("flags", 0) & documented.V2:
        yield "components without the flag for a message of parts"


def callback_faults(payload: Json, files: int = 0) -> Iterator[str]:
    """Yield what is wrong with the first answer to an interaction."""
    yield from documented.CALLBACK(payload, "callback")
    data = payload.get("data") or {}
    if payload.get("type") == 4:
        yield from answer_faults(data, files)
    elif payload.get("type") == 7:
        yield from edit_faults(data, files)
    elif payload.get("type") == 9:
        yield from modal_faults(data)


def modal_faults(payload: Json) -> Iterator[str]:
    """Yield what is wrong with a modal."""
    yield from documented.MODAL(payload, "modal")
    inputs = [label.get("component") or {} for label in payload.get("components") or []]
    yield from _repeated("modal custom ids", [component.get("custom_id") for component in inputs])
    for component in inputs:
        if len(component.get("value") or "") > component.get("max_length", 4000):
            yield f"value longer than max_length {component['max_length']}"
        if component.get("required", True) and component.get("min_values", 1) == 0:
            yield "required with min_values 0"
        options = component.get("options") or []
        yield from _repeated("picks", [option["value"] for option in options])
        if sum(option.get("default", False) for option in options) > component.get("max_values", 1):
            yield "more defaults than can be picked"


def tree_faults(commands: list[Json]) -> Iterator[str]:
    """Yield what is wrong with a bulk overwrite of commands."""
    yield from documented.TREE(commands, "commands")
    for kind, most in MOST_COMMANDS.items():
        names = [command["name"] for command in commands if command["type"] == kind]
        yield from _repeated("command names", names)
        if len(names) > most:
            yield f"{len(names)} commands of type {kind}, {most} fit"
    for command in (command for command in commands if command["type"] == 1):
        yield from _option_faults(command)
        if len(_all_text(command)) > 8000:
            yield f"{command['name']} longer than 8000"


def _option_faults(command: Json) -> Iterator[str]:
    name, options = command["name"], command.get("options") or []
    if name != name.lower():
        yield f"name {name!r}"
    yield from _repeated(f"option names of {name}", [option["name"] for option in options])
    if len({option["type"] == 1 for option in options}) > 1:
        yield f"{name} has subcommands and options"
    is_required = [option.get("required", False) for option in options]
    if is_required != sorted(is_required, reverse=True):
        yield f"{name} has required options after optional ones"
    for option in options:
        yield from _option_faults(option)
        choices = option.get("choices") or []
        yield from _repeated(f"choices of {option['name']}", [choice["name"] for choice in choices])
        if choices and option.get("autocomplete"):
            yield f"choices and autocomplete of {option['name']}"


def _all_text(command: Json) -> str:
    text: str = command.get("name", "") + command.get("description", "")
    for option in command.get("options") or []:
        text += _all_text(option)
    return text + "".join(choice["name"] + str(choice["value"]) for choice in command.get("choices") or [])


def _message_faults(schema: Check, payload: Json, files: int) -> Iterator[str]:
    yield from schema(payload, "message")
    embeds = payload.get("embeds") or []
    if sum(map(_embed_length, embeds)) > 6000:
        yield "embeds longer than 6000 together"
    if not all(set(embed) - {"color", "url"} for embed in embeds):
        yield "empty embed"
    yield from _attachment_faults(payload, files)
    parts = payload.get("components") or []
    yield from _part_faults(payload, parts) if payload.get("flags", 0) & documented.V2 else _row_faults(parts)
    rows = [row.get("components") or [] for row in parts]
    yield from _repeated("custom ids", [part["custom_id"] for row in rows for part in row if "custom_id" in part])
    for row in rows:
        menus = [part for part in row if part.get("type") == 3]
        if menus and len(row) > 1:
            yield "a menu that is not alone in its row"
        for menu in menus:
            yield from _repeated("picks", [option["value"] for option in menu["options"]])
    mentions = payload.get("allowed_mentions") or {}
    if "users" in mentions and "users" in mentions.get("parse", []):
        yield "mentions of users both named and parsed"


def _row_faults(parts: list[Json]) -> Iterator[str]:
    """Yield what is wrong with the components of a message that is not made of parts."""
    if len(parts) > 5:
        yield f"{len(parts)} rows"
    yield from (f"a part of type {part.get('type')} without the flag" for part in parts if part.get("type") != 1)


def _part_faults(payload: Json, parts: list[Json]) -> Iterator[str]:
    """Yield what is wrong with a message that is made of parts: their number, and the size of their texts."""
    yield from (f"{name} in a message of parts" for name in ("content", "embeds") if payload.get(name))
    count = len(parts) + sum(len(part.get("components") or part.get("items") or []) for part in parts)
    if not 0 < count <= 40:
        yield f"{count} parts"
    texts = [part["content"] for part in parts if part.get("type") == 10]
    if sum(map(len, texts)) > 4000:
        yield "parts longer than 4000 together"
    if sum(len(text.encode()) + 12 for text in texts) > 10_170:
        yield "parts of more bytes than Discord takes"
    shown = {item["media"]["url"] for part in parts for item in part.get("items") or []}
    shown |= {part["file"]["url"] for part in parts if "file" in part}
    attached = {f"attachment://{attachment.get('filename')}" for attachment in payload.get("attachments") or []}
    if shown != attached:
        yield f"shown are {sorted(shown)}, attached {sorted(attached)}"


def _attachment_faults(payload: Json, files: int) -> Iterator[str]:
    """Each file is told of, under its number, and an embed shows none that is not there."""
    attachments = payload.get("attachments") or []
    if [attachment.get("id") for attachment in attachments] != [str(at) for at in range(files)]:
        yield f"attachments {attachments} tell of {files} files"
    names = {attachment.get("filename") for attachment in attachments}
    for embed in payload.get("embeds") or []:
        url = (embed.get("image") or {}).get("url", "")
        if url.startswith("attachment://") and url.removeprefix("attachment://") not in names:
            yield f"{url} is not attached"


def _emptiness(payload: Json) -> Iterator[str]:
    is_of_parts = payload.get("flags", 0) & documented.V2
    if not any(
        payload.get(name) for name in (("components",) if is_of_parts else ("content", "embeds", "attachments"))
    ):
        yield "empty message"
    yield from (f"{name} is null" for name, value in payload.items() if value is None)


def _embed_length(embed: Json) -> int:
    fields = sum(len(field["name"]) + len(field["value"]) for field in embed.get("fields") or [])
    texts = (embed.get("title"), embed.get("description"), (embed.get("footer") or {}).get("text"))
    return fields + sum(len(text or "") for text in texts)


def _repeated(what: str, values: list[Any]) -> Iterator[str]:
    if len(set(values)) < len(values):
        yield f"{what} repeat"
