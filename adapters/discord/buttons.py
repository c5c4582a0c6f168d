"""Buttons and menus: what they send is the packed command, which outlives every restart; nothing is stored for it."""

from collections.abc import Iterable, Iterator, Sequence

from adapters.discord import limits
from adapters.discord.markup import one_line
from bot.adapter.http import Json
from bot.chat.button_id import pack
from bot.chat.card import Button, Controls, LinkButton, Links, Menu, Style

FORGOTTEN_FORM_PREFIX = "again:"
"""The start of the ids of buttons that opened a form again in versions before core drafts; no command has a colon."""

MARK_SIGN = "#"
"""Stands between a packed id and the mark of a post. No packed id has it: values are percent-escaped."""

ROW_TYPE, BUTTON_TYPE, SELECT_TYPE = 1, 2, 3
LINK_STYLE = 5
STYLES = {Style.PRIMARY: 1, Style.PLAIN: 2, Style.DANGER: 4}
"""Discord's numbers of its styles: primary, secondary, danger."""


def render_rows(controls: Iterable[Controls]) -> list[Json]:
    """Return rows as the card has them; buttons closely packed where that would be more rows than a message has."""
    taken: set[str] = set()
    groups = [_render_group(block, taken) for block in controls]
    rows = [row for group in groups for row in _split(group)]
    if len(rows) > limits.ROWS:
        menus = [group for group in groups if _is_menu(group)]
        buttons = [button for group in groups if not _is_menu(group) for button in group]
        rows = [*menus, *_split(buttons)]
    return [{"type": ROW_TYPE, "components": row} for row in rows[: limits.ROWS]]


def mark_rows(rows: Sequence[Json], mark: str) -> list[Json]:
    """Return the rows with a mark in the id of the first button that has room for it; as they are where none has."""
    marked = [{**row, "components": list(row["components"])} for row in rows]
    for row in marked:
        for at, part in enumerate(row["components"]):
            custom_id = f"{part.get('custom_id', '')}{MARK_SIGN}{mark}"
            if part["type"] == BUTTON_TYPE and "custom_id" in part and len(custom_id) <= limits.CUSTOM_ID:
                row["components"][at] = {**part, "custom_id": custom_id}
                return marked
    return marked


def marks_of(rows: Iterable[Json]) -> set[str]:
    """Return the marks in the ids of a message's buttons."""
    ids = [str(part.get("custom_id") or "") for row in rows for part in row.get("components") or []]
    return {custom_id.partition(MARK_SIGN)[2] for custom_id in ids} - {""}


def without_mark(custom_id: str) -> str:
    """Return an id as it was packed."""
    return custom_id.partition(MARK_SIGN)[0]


def _render_group(block: Controls, taken: set[str]) -> list[Json]:
    """Return the components of a block, each of which has a custom id of its own in the message."""
    if isinstance(block, Menu):
        menu = _render_menu(block, f"menu:{len(taken)}")
        taken |= {str(menu["custom_id"])} if menu else set()
        return [menu] if menu else []
    buttons = block.links if isinstance(block, Links) else block.buttons
    return [component for button in buttons if (component := _render(button, taken))]


def _render_menu(menu: Menu, custom_id: str) -> Json | None:
    """Return a list to pick from: what is picked comes back as its value, which is the packed id of a button."""
    options: dict[str, Json] = {}
    for at, button in enumerate(menu.buttons):
        packed = pack(button.command, button.options)
        if packed is not None and packed not in options and len(options) < limits.PICKS:
            label = one_line(button.label, limits.PICK)
            options[packed] = {"label": label, "value": packed, "default": at == menu.chosen}
    if not options:
        return None
    return {
        "type": SELECT_TYPE,
        "custom_id": custom_id,
        "options": list(options.values()),
        "placeholder": one_line(menu.label, limits.PICK_PLACEHOLDER),
    }


def _is_menu(group: list[Json]) -> bool:
    return any(component["type"] == SELECT_TYPE for component in group)


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
