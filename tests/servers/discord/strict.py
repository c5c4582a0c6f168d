"""What Discord refuses: its documented limits, checked on everything that is sent."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def message_faults(payload: Json) -> Iterator[str]:
    """What is wrong with a message."""
    yield from _longer("content", payload.get("content") or "", 2000)
    embeds = payload.get("embeds") or []
    if len(embeds) > 10:
        yield "more than 10 embeds"
    for embed in embeds:
        yield from _embed_faults(embed)
    if sum(map(_embed_length, embeds)) > 6000:
        yield "embeds longer than 6000 together"
    if len(str(payload.get("nonce") or "")) > 25:
        yield "nonce longer than 25"
    yield from _component_faults(payload.get("components") or [])
    is_new = "nonce" in payload or not {"content", "embeds", "components"} & set(payload)
    if is_new and not (payload.get("content") or embeds or payload.get("attachments")):
        yield "empty message"


def modal_faults(payload: Json) -> Iterator[str]:
    """What is wrong with a modal."""
    yield from _between("modal title", payload.get("title", ""), 1, 45)
    yield from _between("modal custom_id", payload.get("custom_id", ""), 1, 100)
    labels = payload.get("components") or []
    if not 1 <= len(labels) <= 5:
        yield f"{len(labels)} modal components"
    ids = [label.get("component", {}).get("custom_id") for label in labels]
    if len(set(ids)) < len(ids):
        yield "modal custom ids repeat"
    for label in labels:
        if label.get("type") != 18:
            yield f"component {label.get('type')} in a modal"
            continue
        yield from _between("label", label.get("label", ""), 1, 45)
        yield from _longer("label description", label.get("description") or "", 100)
        yield from _input_faults(label["component"])


def tree_faults(commands: list[Json]) -> Iterator[str]:
    """What is wrong with a bulk overwrite of commands."""
    if len(commands) > 100:
        yield "more than 100 commands"
    if len({command["name"] for command in commands}) < len(commands):
        yield "command names repeat"
    for command in commands:
        yield from _command_faults(command)
        if len(_all_text(command)) > 8000:
            yield f"{command['name']} longer than 8000"


def _command_faults(command: Json) -> Iterator[str]:
    name = command.get("name", "")
    yield from _between("name", name, 1, 32)
    if name != name.lower() or " " in name:
        yield f"name {name!r}"
    yield from _between(f"description of {name}", command.get("description", ""), 1, 100)
    options = command.get("options") or []
    if len(options) > 25:
        yield f"more than 25 options of {name}"
    if len({option["name"] for option in options}) < len(options):
        yield f"option names of {name} repeat"
    kinds = {option["type"] in (1, 2) for option in options}
    if len(kinds) > 1:
        yield f"{name} has subcommands and options"
    for option in options:
        yield from _command_faults(option)
        choices = option.get("choices") or []
        if len(choices) > 25:
            yield f"more than 25 choices of {option['name']}"
        if choices and option.get("autocomplete"):
            yield f"choices and autocomplete of {option['name']}"
        for choice in choices:
            yield from _between("choice name", choice["name"], 1, 100)
            yield from _between("choice value", str(choice["value"]), 1, 100)


def _all_text(command: Json) -> str:
    text: str = command.get("name", "") + command.get("description", "")
    for option in command.get("options") or []:
        text += _all_text(option)
    return text + "".join(choice["name"] + str(choice["value"]) for choice in command.get("choices") or [])


def _embed_faults(embed: Json) -> Iterator[str]:
    yield from _longer("embed title", embed.get("title") or "", 256)
    yield from _longer("embed description", embed.get("description") or "", 4096)
    yield from _longer("footer", (embed.get("footer") or {}).get("text", ""), 2048)
    fields = embed.get("fields") or []
    if len(fields) > 25:
        yield "more than 25 fields"
    for field in fields:
        yield from _between("field name", field.get("name", ""), 1, 256)
        yield from _between("field value", field.get("value", ""), 1, 1024)
    if not any(embed.get(key) for key in ("title", "description", "fields", "image", "footer")):
        yield "empty embed"


def _embed_length(embed: Json) -> int:
    fields = sum(len(field["name"]) + len(field["value"]) for field in embed.get("fields") or [])
    texts = (embed.get("title"), embed.get("description"), (embed.get("footer") or {}).get("text"))
    return fields + sum(len(text or "") for text in texts)


def _component_faults(rows: list[Json]) -> Iterator[str]:
    if len(rows) > 5:
        yield "more than 5 rows"
    buttons = [button for row in rows for button in row.get("components", [])]
    ids = [button.get("custom_id") for button in buttons]
    if len(set(ids)) < len(ids):
        yield "custom ids repeat"
    for row in rows:
        if row.get("type") != 1 or not 1 <= len(row.get("components", [])) <= 5:
            yield f"row {row}"
    for button in buttons:
        yield from _between("button label", button.get("label") or "", 1, 80)
        yield from _between("custom_id", button.get("custom_id") or "", 1, 100)


def _input_faults(component: Json) -> Iterator[str]:
    yield from _between("input custom_id", component.get("custom_id", ""), 1, 100)
    if component["type"] == 4:
        longest = component.get("max_length", 4000)
        if not 1 <= longest <= 4000:
            yield f"max_length {longest}"
        yield from _longer("placeholder", component.get("placeholder") or "", 100)
        yield from _longer("value", component.get("value") or "", longest)
    elif component["type"] == 3:
        options = component.get("options") or []
        if not 1 <= len(options) <= 25:
            yield f"{len(options)} picks"
        yield from _longer("placeholder", component.get("placeholder") or "", 150)
        if component.get("required", True) and component.get("min_values", 1) == 0:
            yield "required pick with min_values 0"
        for option in options:
            yield from _between("pick", option["label"], 1, 100)
            yield from _between("pick value", option["value"], 1, 100)


def _longer(what: str, text: str, limit: int) -> Iterator[str]:
    if len(text) > limit:
        yield f"{what} has {len(text)} characters, {limit} fit"


def _between(what: str, text: str, least: int, most: int) -> Iterator[str]:
    if not least <= len(text) <= most:
        yield f"{what} has {len(text)} characters, {least} to {most} fit"
