"""Buttons: the packed id is the custom id, so that a button outlives every restart.

Nothing is kept for a button that was sent: a press is read from its id alone. Only a form that is offered again
(`again:…`) is kept, for fifteen minutes, by `forms.FormDrafts`.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from adapters.discord import limits
from adapters.discord.markup import legible
from bot.chat.button_id import pack
from bot.chat.card import Button, LinkButton, Style
from bot.domain.names import cut

AGAIN = "again:"
"""What the id of a button begins with that opens a kept form; no command's name holds a colon."""

ROW, BUTTON = 1, 2
LINK = 5
STYLES = {Style.PRIMARY: 1, Style.PLAIN: 2, Style.DANGER: 4}
"""As Discord numbers them: primary, secondary, danger."""

Json = dict[str, Any]


def rows(groups: Iterable[tuple[Button | LinkButton, ...]]) -> list[Json]:
    """Rows of buttons as the card has them; packed closely where that would be more rows than a message has."""
    taken: set[str] = set()
    drawn = [[made for each in group if (made := _button(each, taken))] for group in groups]
    split = [chunk for group in drawn for chunk in _chunks(group)]
    if len(split) > limits.ROWS:
        split = list(_chunks([button for group in drawn for button in group]))
    return [{"type": ROW, "components": row} for row in split[: limits.ROWS]]


def _button(shown: Button | LinkButton, taken: set[str]) -> Json | None:
    """None for one whose options do not fit an id, which the core never hands out."""
    label = cut(" ".join(legible(shown.label).split()), limits.LABEL) or "…"
    if isinstance(shown, LinkButton):
        return {"type": BUTTON, "style": LINK, "label": label, "url": shown.url}
    custom_id = _id(shown, taken)
    if custom_id is None:
        return None
    taken.add(custom_id)
    return {"type": BUTTON, "style": STYLES[shown.style], "label": label, "custom_id": custom_id}


def _id(shown: Button, taken: set[str]) -> str | None:
    """The packed id. Discord wants each of a message's ids to be another; separators at the end say nothing."""
    packed = shown.command if shown.command.startswith(AGAIN) else pack(shown.command, shown.options)
    if packed is None:
        return None
    custom_id = packed
    while custom_id in taken:
        custom_id += "&" if "?" in custom_id else "?"
    return custom_id if len(custom_id) <= limits.CUSTOM_ID else None


def _chunks(group: list[Json]) -> Iterator[list[Json]]:
    return (group[at : at + limits.BUTTONS_IN_ROW] for at in range(0, len(group), limits.BUTTONS_IN_ROW))
