"""A form as a modal, and what was sent back in it as raw options.

A field that Slack's own input could not show as it stands is a line of text: a choice by its initials, a day in words
(`yesterday` is another day for each zone, and which one counts the core knows).
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct, json

from adapters.slack import limits
from adapters.slack.markup import Json, legible, plain_object
from bot.chat.form import Choice, Field, FieldKind, Form
from bot.domain.names import cut

CALLBACK = "form"
CARD = "card"
ACTION = "value"
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class Origin(Struct, frozen=True, omit_defaults=True):
    """What a form must remember while it is open: its command, and where the answer is to be shown.

    `nonce` names this opening of it, so that the same values sent twice from one opening are one request.
    """

    command: str
    carried: dict[str, str] = {}
    nonce: str = ""
    channel: str = ""
    channel_name: str = ""
    response_url: str = ""
    surface: str = ""
    is_shared: bool = False


class Handed(Struct, frozen=True):
    """A file that somebody put into a form: where Slack keeps it."""

    id: str
    name: str
    size: int
    url: str


_origins = json.Decoder(Origin)


def view(form: Form, origin: Origin) -> Json:
    """The modal."""
    blocks = [block for field in form.fields[: limits.VIEW_BLOCKS // 2] for block in _input(field)]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain_object(form.title, limits.VIEW_TITLE),
        "submit": plain_object(form.submit, limits.VIEW_TITLE),
        "close": plain_object("Cancel", limits.VIEW_TITLE),
        "private_metadata": _metadata(origin),
        "blocks": blocks or [{"type": "section", "text": plain_object(form.title, limits.SECTION)}],
    }


def card_view(title: str, blocks: list[Json]) -> Json:
    """A modal that shows an answer where there is no message to show it in."""
    return {
        "type": "modal",
        "callback_id": CARD,
        "title": plain_object(title or "Ten Hours", limits.VIEW_TITLE),
        "close": plain_object("Close", limits.VIEW_TITLE),
        "blocks": blocks,
    }


def origin_of(sent: Mapping[str, Any]) -> Origin:
    """What the form remembered; nothing where it cannot be read."""
    try:
        return _origins.decode(str(sent.get("private_metadata") or ""))
    except msgspec.DecodeError:
        return Origin("")


def values_of(sent: Mapping[str, Any]) -> dict[str, str]:
    """The fields as they were filled in, empty ones too."""
    values = sent.get("state", {}).get("values", {})
    return {name: _value(inputs.get(ACTION) or {}) for name, inputs in values.items()}


def files_of(sent: Mapping[str, Any]) -> dict[str, Handed]:
    """The files that were put into it, by field."""
    values = sent.get("state", {}).get("values", {})
    found = {name: _handed(inputs.get(ACTION) or {}) for name, inputs in values.items()}
    return {name: file for name, file in found.items() if file is not None}


def errors_of(form: Form, names: Mapping[str, str]) -> dict[str, str] | None:
    """The sentences that belong under fields which are on the screen; None where one belongs nowhere there."""
    wrong = {field.name: cut(legible(field.wrong), limits.ERROR) for field in form.fields if field.wrong}
    return wrong if wrong and wrong.keys() <= names.keys() else None


def _metadata(origin: Origin) -> str:
    text = json.encode(origin).decode()
    if len(text) > limits.METADATA:
        text = json.encode(msgspec.structs.replace(origin, response_url="")).decode()
    return text


def _handed(given: Mapping[str, Any]) -> Handed | None:
    found = next(iter(given.get("files") or ()), None)
    if found is None:
        return None
    url = str(found.get("url_private_download") or found.get("url_private") or "")
    return Handed(str(found.get("id") or ""), str(found.get("name") or "file"), int(found.get("size") or 0), url)


def _value(given: Mapping[str, Any]) -> str:
    file, option = _handed(given), given.get("selected_option")
    if file:
        return file.name
    if option:
        return str(option.get("value") or "")
    return str(given.get("value") or given.get("selected_date") or "")


def _input(field: Field) -> list[Json]:
    drawn: Json = {
        "type": "input",
        "block_id": field.name,
        "optional": not field.is_required,
        "label": plain_object(field.label, limits.INPUT_LABEL),
        "element": {**_element(field), "action_id": ACTION},
    }
    if field.kind in (FieldKind.DAY, FieldKind.FILE) and field.hint:
        drawn["hint"] = plain_object(field.hint, limits.INPUT_HINT)
    if not field.wrong:
        return [drawn]
    return [drawn, {"type": "context", "elements": [plain_object(f"⚠️ {field.wrong}", limits.CONTEXT)]}]


def _element(field: Field) -> Json:
    match field.kind:
        case FieldKind.CHOICE:
            return _select(field) or _text(field)
        case FieldKind.DAY:
            return _date(field) or _text(field)
        case FieldKind.FILE:
            return {"type": "file_input", "max_files": 1}
        case FieldKind.NUMBER if not field.value or _NUMBER.fullmatch(field.value):
            initial = {"initial_value": field.value} if field.value else {}
            return {"type": "number_input", "is_decimal_allowed": True, **_placeholder(field), **initial}
        case _:
            return _text(field)


def _text(field: Field) -> Json:
    longest = min(max(field.longest, 1), limits.INPUT)
    value = legible(field.value)[:longest]
    return {
        "type": "plain_text_input",
        "multiline": field.kind is FieldKind.LONG,
        "max_length": longest,
        **_placeholder(field),
        **({"initial_value": value} if value else {}),
    }


def _select(field: Field) -> Json | None:
    choices = field.choices
    if not 0 < len(choices) <= limits.CHOICES or any(not 0 < len(each.value) <= limits.CHOICE for each in choices):
        return None
    options = [_option(each) for each in choices]
    drawn: Json = {"type": "static_select", "options": options, **_placeholder(field)}
    if not field.value:
        return drawn
    chosen = _chosen(choices, field.value)
    return None if chosen is None else {**drawn, "initial_option": options[chosen]}


def _chosen(choices: tuple[Choice, ...], value: str) -> int | None:
    wanted = value.casefold().strip()
    shown = ((each.value.casefold(), each.label.casefold()) for each in choices)
    return next((at for at, names in enumerate(shown) if wanted in names), None)


def _option(choice: Choice) -> Json:
    return {"text": plain_object(choice.label, limits.CHOICE), "value": choice.value}


def _date(field: Field) -> Json | None:
    drawn = {"type": "datepicker"}
    if not field.value:
        return drawn
    try:
        day = date.fromisoformat(field.value.strip())
    except ValueError:
        return None
    return {**drawn, "initial_date": day.isoformat()}


def _placeholder(field: Field) -> Json:
    return {"placeholder": plain_object(field.hint, limits.PLACEHOLDER)} if legible(field.hint).strip() else {}
