"""Buttons: the packed id is the button's value; its place on the card makes the action id unique."""

import re
from collections.abc import Mapping
from typing import Any

from adapters.slack import limits
from adapters.slack.markup import plain_object
from bot.adapter.http import Json
from bot.chat.button_id import Pressed, pack, unpack
from bot.chat.card import Button, LinkButton, Style

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


def is_link(action: Mapping[str, Any]) -> bool:
    """Return True if a link was opened: Slack reports that as a press, but of a button without a value."""
    return not action.get("value")


def read_button(action: Mapping[str, Any]) -> Pressed:
    """Return command and options of a pressed button."""
    return unpack(str(action.get("value") or ""))
