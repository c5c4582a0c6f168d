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
from adapters.slack.markup import plain_object
from adapters.slack.wording import plain_words
from bot.adapter.http import Json
from bot.chat.command import OptionKind
from bot.chat.form import Choice, Field, FieldKind
from bot.chat.legible import legible
from bot.domain.zones import zone_names

ACTION = "value"
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|[^>]*)?>")


class SlackFile(Struct, frozen=True):
    """A file that somebody put into a form: Slack has it at `url`; `size` is in bytes."""

    id: str
    name: str
    size: int
    url: str


def read_file(state: Mapping[str, Any]) -> SlackFile | None:
    """Return the file in an input; None where there is none."""
    file = next(iter(state.get("files") or ()), None)
    if file is None:
        return None
    url = str(file.get("url_private_download") or file.get("url_private") or "")
    return SlackFile(str(file.get("id") or ""), str(file.get("name") or "file"), int(file.get("size") or 0), url)


def read_value(state: Mapping[str, Any]) -> str:
    """Return what was typed, picked or put into an input; "" where nothing was."""
    file, option, user = read_file(state), state.get("selected_option"), state.get("selected_user")
    if file:
        return file.name
    if option:
        return str(option.get("value") or "")
    if user:
        return f"<@{user}>"
    if conversation := state.get("selected_conversation"):
        return f"<#{conversation}>"
    return str(state.get("value") or state.get("selected_date") or "")


def render_options(choices: list[Choice]) -> list[Json]:
    """Return what an input that searches is offered."""
    return [_option(choice) for choice in choices[: limits.CHOICE_COUNT] if _is_option(choice)]


def render_field(field: Field, kind: OptionKind | None) -> list[Json]:
    """Return the input of one field, and below it what was wrong; `kind` is that of the option that it fills."""
    block: Json = {
        "type": "input",
        "block_id": field.name,
        "optional": not field.is_required,
        "label": plain_object(field.label, limits.INPUT_LABEL_LENGTH),
        "element": {**_element(field, kind), "action_id": ACTION},
    }
    if legible(field.description).strip():
        block["hint"] = plain_object(field.description, limits.INPUT_HINT_LENGTH)
    if not field.error:
        return [block]
    error = plain_object(f"⚠️ {plain_words(field.error)}", limits.CONTEXT_LENGTH)
    return [block, {"type": "context", "elements": [error]}]


def _element(field: Field, kind: OptionKind | None) -> Json:
    match field.kind:
        case FieldKind.CHOICE:
            element = _select(field)
        case FieldKind.DAY:
            element = _date(field)
        case FieldKind.NUMBER:
            element = _number(field)
        case FieldKind.FILE:
            element = {"type": "file_input", "max_files": 1}
        case FieldKind.CHANNEL:
            element = _channel(field)
        case _:
            element = _search(field, kind)
    return element or _text(field)


def _text(field: Field) -> Json:
    limit = min(max(field.longest, 1), limits.INPUT_LENGTH)
    value = legible(field.value)[:limit]
    return {
        "type": "plain_text_input",
        "multiline": field.kind is FieldKind.LONG,
        "max_length": limit,
        **_placeholder(field),
        **({"initial_value": value} if value else {}),
    }


def _number(field: Field) -> Json | None:
    if field.value and not _NUMBER.fullmatch(field.value):
        return None
    initial = {"initial_value": field.value} if field.value else {}
    return {"type": "number_input", "is_decimal_allowed": True, **_placeholder(field), **initial}


def _search(field: Field, kind: OptionKind | None) -> Json | None:
    """Zones are searched for and people picked, unless something stands there that can only be shown as text."""
    if kind is OptionKind.ZONE and (not field.value or field.value in zone_names()):
        initial = {"initial_option": _option(Choice(field.value, field.value))} if field.value else {}
        return {"type": "external_select", "min_query_length": 1, **_placeholder(field), **initial}
    mention = _MENTION.fullmatch(field.value)
    if kind is OptionKind.MEMBER and (not field.value or mention):
        return {"type": "users_select", **({"initial_user": mention[1]} if mention else {})}
    return None


def _channel(field: Field) -> Json:
    """Return a list of the channels that the reader can see; none is ever typed, for a reference could be made up."""
    picked = _CHANNEL.fullmatch(field.value)
    shown = {"include": ["public", "private"], "exclude_bot_users": True}
    initial = {"initial_conversation": picked[1]} if picked else {}
    return {"type": "conversations_select", "filter": shown, **initial}


def _select(field: Field) -> Json | None:
    choices = field.choices
    if not 0 < len(choices) <= limits.CHOICE_COUNT or not all(map(_is_option, choices)):
        return None
    options = [_option(choice) for choice in choices]
    select: Json = {"type": "static_select", "options": options}
    if not field.value:
        return select
    index = _find_choice(choices, field.value)
    return None if index is None else {**select, "initial_option": options[index]}


def _find_choice(choices: tuple[Choice, ...], value: str) -> int | None:
    wanted = value.casefold().strip()
    names = ((choice.value.casefold(), choice.label.casefold()) for choice in choices)
    return next((index for index, pair in enumerate(names) if wanted in pair), None)


def _date(field: Field) -> Json | None:
    picker = {"type": "datepicker"}
    if not field.value:
        return picker
    try:
        day = date.fromisoformat(field.value.strip())
    except ValueError:
        return None
    return {**picker, "initial_date": day.isoformat()}


def _is_option(choice: Choice) -> bool:
    return 0 < len(choice.value) <= limits.CHOICE_LENGTH


def _option(choice: Choice) -> Json:
    return {"text": plain_object(choice.label, limits.CHOICE_LENGTH), "value": choice.value}


def _placeholder(field: Field) -> Json:
    hint = field.hint
    return {"placeholder": plain_object(hint, limits.PLACEHOLDER_LENGTH)} if legible(hint).strip() else {}
