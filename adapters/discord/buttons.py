"""Buttons: a button's custom id is its packed id, so that it outlives every restart and nothing is stored for it."""

from collections.abc import Iterable, Iterator

from adapters.discord import limits
from adapters.discord.markup import one_line
from bot.adapter.http import Json
from bot.chat.button_id import pack
from bot.chat.card import Button, LinkButton, Style

FORGOTTEN_FORM_PREFIX = "again:"
"""The start of the ids of buttons that opened a form again in versions before core drafts; no command has a colon."""

ROW_TYPE, BUTTON_TYPE = 1, 2
LINK_STYLE = 5
STYLES = {Style.PRIMARY: 1, Style.PLAIN: 2, Style.DANGER: 4}
"""Discord's numbers of its styles: primary, secondary, danger."""


def render_rows(groups: Iterable[tuple[Button | LinkButton, ...]]) -> list[Json]:
    """Return rows of buttons as the card has them; packed closely where that would be more rows than a message has."""
    taken: set[str] = set()
    rendered = [[button for shown in group if (button := _render(shown, taken))] for group in groups]
    rows = [row for group in rendered for row in _split(group)]
    if len(rows) > limits.ROWS:
        rows = list(_split([button for group in rendered for button in group]))
    return [{"type": ROW_TYPE, "components": row} for row in rows[: limits.ROWS]]


def _render(button: Button | LinkButton, taken: set[str]) -> Json | None:
    """Return the component; None for one whose options do not fit an id, which the core never hands out."""
    label = one_line(button.label, limits.LABEL)
    if isinstance(button, LinkButton):
        return {"type": BUTTON_TYPE, "style": LINK_STYLE, "label": label, "url": button.url}
    custom_id = _custom_id(button, taken)
    if custom_id is None:
        return None
    taken.add(custom_id)
    return {"type": BUTTON_TYPE, "style": STYLES[button.style], "label": label, "custom_id": custom_id}


def _custom_id(button: Button, taken: set[str]) -> str | None:
    """Return the packed id. Discord wants the ids of a message to differ, and separators at the end mean nothing."""
    custom_id = pack(button.command, button.options)
    while custom_id is not None and custom_id in taken:
        custom_id += "&" if "?" in custom_id else "?"
    return custom_id if custom_id is None or len(custom_id) <= limits.CUSTOM_ID else None


def _split(group: list[Json]) -> Iterator[list[Json]]:
    return (group[at : at + limits.BUTTONS_IN_ROW] for at in range(0, len(group), limits.BUTTONS_IN_ROW))
