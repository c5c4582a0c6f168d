"""The inputs of a form: each field as Slack's nearest native element, and what comes back from it as raw words.

A field that Slack's own input could not show as it stands is a line of text: a choice by its initials, a day in words
(`yesterday` is another day for each zone, and which one counts the core knows).
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from adapters.slack import limits
from adapters.slack.markup import Json, legible, plain_object
from adapters.slack.wording import words
from bot.chat.command import OptionKind
from bot.chat.form import Choice, Field, FieldKind
from bot.domain.zones import zone_names

ACTION = "value"
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_HAS_NO_PLACEHOLDER = (FieldKind.DAY, FieldKind.FILE)


class Handed(Struct, frozen=True):
    """A file that somebody put into a form: where Slack keeps it."""

    id: str
    name: str
    size: int
    url: str


def handed(given: Mapping[str, Any]) -> Handed | None:
    """The file in a field; None where there is none."""
    found = next(iter(given.get("files") or ()), None)
    if found is None:
        return None
    url = str(found.get("url_private_download") or found.get("url_private") or "")
    return Handed(str(found.get("id") or ""), str(found.get("name") or "file"), int(found.get("size") or 0), url)


def value(given: Mapping[str, Any]) -> str:
    """What was typed, picked or put into a field; "" where nothing was."""
    file, option, user = handed(given), given.get("selected_option"), given.get("selected_user")
    if file:
        return file.name
    if option:
        return str(option.get("value") or "")
    if user:
        return f"<@{user}>"
    return str(given.get("value") or given.get("selected_date") or "")


def options(choices: list[Choice]) -> list[Json]:
    """What an input that searches is offered."""
    return [option(each) for each in choices[: limits.CHOICES] if 0 < len(each.value) <= limits.CHOICE]


def option(choice: Choice) -> Json:
    """One choice."""
    return {"text": plain_object(choice.label, limits.CHOICE), "value": choice.value}


def drawn(field: Field, kind: OptionKind | None) -> list[Json]:
    """The input of one field, and below it what was wrong; `kind` is that of the option that it fills."""
    block: Json = {
        "type": "input",
        "block_id": field.name,
        "optional": not field.is_required,
        "label": plain_object(field.label, limits.INPUT_LABEL),
        "element": {**_element(field, kind), "action_id": ACTION},
    }
    if field.kind in _HAS_NO_PLACEHOLDER and field.hint:
        block["hint"] = plain_object(field.hint, limits.INPUT_HINT)
    if not field.error:
        return [block]
    return [block, {"type": "context", "elements": [plain_object(f"⚠️ {words(field.error)}", limits.CONTEXT)]}]


def _element(field: Field, kind: OptionKind | None) -> Json:
    match field.kind:
        case FieldKind.CHOICE:
            found = _select(field)
        case FieldKind.DAY:
            found = _date(field)
        case FieldKind.NUMBER:
            found = _number(field)
        case FieldKind.FILE:
            found = {"type": "file_input", "max_files": 1}
        case _:
            found = _search(field, kind)
    return found or _text(field)


def _text(field: Field) -> Json:
    longest = min(max(field.longest, 1), limits.INPUT)
    shown = legible(field.value)[:longest]
    return {
        "type": "plain_text_input",
        "multiline": field.kind is FieldKind.LONG,
        "max_length": longest,
        **_placeholder(field),
        **({"initial_value": shown} if shown else {}),
    }


def _number(field: Field) -> Json | None:
    if field.value and not _NUMBER.fullmatch(field.value):
        return None
    initial = {"initial_value": field.value} if field.value else {}
    return {"type": "number_input", "is_decimal_allowed": True, **_placeholder(field), **initial}


def _search(field: Field, kind: OptionKind | None) -> Json | None:
    """Zones are searched for and people picked, unless something stands there that can only be shown as text."""
    if kind is OptionKind.ZONE and (not field.value or field.value in zone_names()):
        initial = {"initial_option": option(Choice(field.value, field.value))} if field.value else {}
        return {"type": "external_select", "min_query_length": 1, **_placeholder(field), **initial}
    if kind is OptionKind.MEMBER and (not field.value or _MENTION.fullmatch(field.value)):
        found = _MENTION.fullmatch(field.value)
        return {"type": "users_select", **_placeholder(field), **({"initial_user": found[1]} if found else {})}
    return None


def _select(field: Field) -> Json | None:
    choices = field.choices
    if not 0 < len(choices) <= limits.CHOICES or any(not 0 < len(each.value) <= limits.CHOICE for each in choices):
        return None
    offered = options(list(choices))
    select: Json = {"type": "static_select", "options": offered, **_placeholder(field)}
    if not field.value:
        return select
    chosen = _chosen(choices, field.value)
    return None if chosen is None else {**select, "initial_option": offered[chosen]}


def _chosen(choices: tuple[Choice, ...], given: str) -> int | None:
    wanted = given.casefold().strip()
    shown = ((each.value.casefold(), each.label.casefold()) for each in choices)
    return next((at for at, names in enumerate(shown) if wanted in names), None)


def _date(field: Field) -> Json | None:
    picker = {"type": "datepicker"}
    if not field.value:
        return picker
    try:
        day = date.fromisoformat(field.value.strip())
    except ValueError:
        return None
    return {**picker, "initial_date": day.isoformat()}


def _placeholder(field: Field) -> Json:
    return {"placeholder": plain_object(field.hint, limits.PLACEHOLDER)} if legible(field.hint).strip() else {}
