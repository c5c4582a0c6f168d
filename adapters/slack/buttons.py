"""Buttons and menus: the packed id is the value; its place on the card makes the action id unique."""

import re
from collections.abc import Mapping
from typing import Any

from adapters.slack import limits
from adapters.slack.markup import plain_object
from bot.adapter.http import Json
from bot.chat.button_id import Pressed, pack, unpack
from bot.chat.card import Button, LinkButton, Menu, Style

PRESS = re.compile(r"^press:\d+$")
STYLES = {Style.PRIMARY: "primary", Style.DANGER: "danger"}
"""As Slack names them; a plain button has none."""


def render_button(button: Button | LinkButton, number: int) -> Json | None:
    """Return a button element; None for one whose options do not fit an id, which the core never hands out."""
    element: Json = {
        "type": "button",
        "text": plain_object(button.label, limits.LABEL_LENGTH),
        "action_id": f"press:{number}",
    }
    if isinstance(button, LinkButton):
        return {**element, "url": button.url}
    packed = pack(button.command, button.options)
    if packed is None:
        return None
    style = {"style": STYLES[button.style]} if button.style in STYLES else {}
    return {**element, "value": packed, **style}


def render_menu(menu: Menu, number: int) -> Json | None:
    """Return a list to pick from, whose values are packed ids; None for one without choices."""
    options: dict[str, Json] = {}
    chosen: Json | None = None
    for at, button in enumerate(menu.buttons):
        packed = pack(button.command, button.options)
        if packed is not None and packed not in options and len(options) < limits.MENU_COUNT:
            options[packed] = {"text": plain_object(button.label, limits.CHOICE_LENGTH), "value": packed}
            chosen = options[packed] if at == menu.chosen else chosen
    if not options:
        return None
    return {
        "type": "static_select",
        "action_id": f"press:{number}",
        "placeholder": plain_object(menu.label, limits.PLACEHOLDER_LENGTH),
        "options": list(options.values()),
        **({"initial_option": chosen} if chosen else {}),
    }


def value_of(action: Mapping[str, Any]) -> str:
    """Return the packed id of what was pressed or picked; "" of a link, which Slack reports as a press too."""
    picked = action.get("selected_option") or {}
    return str(action.get("value") or picked.get("value") or "")


def read_button(action: Mapping[str, Any]) -> Pressed:
    """Return command and options of what was pressed or picked."""
    return unpack(value_of(action))
