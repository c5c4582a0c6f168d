"""A form as a modal, and its fields as they were sent back.

A modal can only be the first answer to a press or a command. A form with wrong values, or one that comes late, is
offered by a button instead.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from adapters.discord import limits
from adapters.discord.commands import CHANNEL_TYPES
from adapters.discord.markup import one_line
from bot.adapter import Memory
from bot.adapter.http import Json
from bot.chat.button_id import pack
from bot.chat.card import Actions, Block, Button, Card, Line, Style, Tone
from bot.chat.form import Field, FieldKind, Form
from bot.chat.legible import legible
from bot.chat.plain import plain_text
from bot.domain.names import cut

FORGOTTEN_SLOTS = 256
FORGOTTEN_KEY = "discord/form/{}"
ROW_TYPE, SELECT_TYPE, TEXT_TYPE, CHANNEL_TYPE, LABEL_TYPE, FILE_TYPE = 1, 3, 4, 8, 18, 19
SHORT_STYLE, PARAGRAPH_STYLE = 1, 2
_REFERENCE = re.compile(r"<#([0-9]+)>")


def render_modal(form: Form) -> Json | None:
    """Return the form as a modal; None where its id does not fit, or it has no field."""
    custom_id = pack(form.command, form.carried)
    if custom_id is None or not form.fields:
        return None
    inputs = [_labelled(field) for field in form.fields[: limits.INPUTS]]
    return {"title": one_line(form.title, limits.FORM_TITLE), "custom_id": custom_id, "components": inputs}


def read_fields(components: list[Mapping[str, Any]]) -> dict[str, str | list[str]]:
    """Return the fields as they were filled in, empty ones too; of files the ids that Discord gave them."""
    return dict(_read_fields(components))


def values_of(form: Form) -> dict[str, str]:
    """Return all that a form holds, as options; a file has to be chosen anew."""
    fields = {field.name: field.value for field in form.fields if field.kind is not FieldKind.FILE}
    return {**form.carried, **fields}


def offer_card(form: Form, command: str) -> Card:
    """Return a card with a button of `command`, which opens the form, and with what was wrong in it."""
    wrong: list[Block] = [Line(error) for error in form.errors]
    blocks = wrong or [Line(("There's a form to fill in.",))]
    button = Button("Try again" if wrong else "Open the form", command, style=Style.PRIMARY, opens_form=True)
    tone = Tone.WRONG if wrong else Tone.WARN
    return Card("" if wrong else form.title, (*blocks, Actions((button,))), tone)


async def forget_old_forms(memory: Memory) -> None:
    """Delete the forms that earlier versions stored in the adapter's memory: nothing else would."""
    for slot in range(FORGOTTEN_SLOTS):
        key = FORGOTTEN_KEY.format(slot)
        if await memory.recall(key) is not None:
            await memory.forget(key)


def _labelled(field: Field) -> Json:
    description = plain_text(field.error) or field.description
    label: Json = {
        "type": LABEL_TYPE,
        "label": one_line(field.label, limits.INPUT_LABEL),
        "component": _input(field),
    }
    if description:
        label["description"] = one_line(description, limits.INPUT_DESCRIPTION)
    return label


def _input(field: Field) -> Json:
    common: Json = {"custom_id": field.name, "required": field.is_required}
    if field.kind is FieldKind.FILE:
        return {"type": FILE_TYPE, **common, "min_values": int(field.is_required), "max_values": 1}
    if field.kind is FieldKind.CHANNEL:
        return {"type": CHANNEL_TYPE, **common, **_channel(field)}
    if _is_select(field):
        return {"type": SELECT_TYPE, **common, **_select(field)}
    return {"type": TEXT_TYPE, **common, **_text(field)}


def _text(field: Field) -> Json:
    longest = max(1, min(field.longest, limits.INPUT))
    style = PARAGRAPH_STYLE if field.kind is FieldKind.LONG else SHORT_STYLE
    text: Json = {"style": style, "max_length": longest}
    if field.value:
        text["value"] = field.value[:longest]
    if hint := cut(legible(field.hint), limits.PLACEHOLDER):
        text["placeholder"] = hint
    return text


def _is_select(field: Field) -> bool:
    """Return True for a list to pick from, unless it is too long or the field's value is none of it."""
    values = {choice.value for choice in field.choices}
    fits = all(0 < len(value) <= limits.PICK for value in values) and len(values) == len(field.choices)
    return 0 < len(field.choices) <= limits.PICKS and fits and (not field.value or field.value in values)


def _select(field: Field) -> Json:
    options = [
        {
            "label": one_line(choice.label, limits.PICK),
            "value": choice.value,
            "default": choice.value == field.value,
        }
        for choice in field.choices
    ]
    return {"options": options, "min_values": int(field.is_required), "max_values": 1}


def _channel(field: Field) -> Json:
    """Return the rest of a list of the server's channels; one that was picked before stands in it."""
    picked = _REFERENCE.fullmatch(field.value)
    default: Json = {"default_values": [{"id": picked[1], "type": "channel"}]} if picked else {}
    counts = {"min_values": int(field.is_required), "max_values": 1}
    return {"channel_types": list(CHANNEL_TYPES), **counts, **default}


def _read_fields(components: list[Mapping[str, Any]]) -> Iterator[tuple[str, str | list[str]]]:
    for component in components:
        if component.get("type") == ROW_TYPE:
            yield from _read_fields(component.get("components") or [])
        elif component.get("type") == LABEL_TYPE:
            yield from _read_fields([component["component"]] if component.get("component") else [])
        elif component.get("type") == FILE_TYPE:
            yield str(component.get("custom_id")), [str(key) for key in component.get("values") or []]
        elif component.get("type") == CHANNEL_TYPE:
            picked = next(iter(component.get("values") or []), "")
            yield str(component.get("custom_id")), f"<#{picked}>" if picked else ""
        elif component.get("custom_id"):
            picked = component.get("values")
            value = component.get("value") if picked is None else next(iter(picked), "")
            yield str(component["custom_id"]), str(value or "")
