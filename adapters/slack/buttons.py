"""Buttons: the packed id is the button's value; its place on the card makes the action id unique."""

import re
from collections.abc import Mapping
from typing import Any

from adapters.slack import limits
from adapters.slack.markup import Json, plain_object
from bot.chat.button_id import Pressed, pack, unpack
from bot.chat.card import Button, LinkButton, Style

PRESS = re.compile(r"^press:\d+$")
_STYLES = {Style.PRIMARY: "primary", Style.DANGER: "danger"}


def button(shown: Button | LinkButton, place: int) -> Json | None:
    """Return a button element; None for one whose options do not fit an id, which the core never hands out."""
    if isinstance(shown, LinkButton):
        label = plain_object(shown.label, limits.LABEL)
        return {"type": "button", "text": label, "action_id": f"press:{place}", "url": shown.url}
    packed = pack(shown.command, shown.options)
    if packed is None:
        return None
    label = plain_object(shown.label, limits.LABEL)
    drawn: Json = {"type": "button", "text": label, "action_id": f"press:{place}", "value": packed}
    if shown.style in _STYLES:
        drawn["style"] = _STYLES[shown.style]
    return drawn


def is_link(action: Mapping[str, Any]) -> bool:
    """Return True if a link was opened: Slack reports that as a press, but of a button without a value."""
    return not action.get("value")


def pressed(action: Mapping[str, Any]) -> Pressed:
    """Command and options of a pressed button."""
    return unpack(str(action.get("value") or ""))
