"""Slack's own rules for blocks and views, as its documentation has them: what would be refused, in words."""

import re
from collections.abc import Iterator
from typing import Any

from tests.servers.slack.elements import ID, of_button, of_input, of_keys, of_length, of_menu, of_rich, of_text

Json = dict[str, Any]

MESSAGE, VIEW = "message", "view"
TEXT = 13_000
"""Characters of all blocks of a message, a little beyond which Slack says `msg_blocks_too_long`."""
TABLE = 10_000
FILE = re.compile(r"F[A-Z0-9]{8,}")


def faults_of(blocks: list[Json], surface: str) -> list[str]:
    """Return all that Slack would refuse."""
    return [*_of_all(blocks, surface), *(fault for block in blocks for fault in _of_block(block, surface))]


def faults_of_view(view: Json) -> list[str]:
    """Return all that Slack would refuse of a modal or a home."""
    faults = faults_of(view.get("blocks", []), VIEW)
    if view.get("type") == "home":
        return [*faults, *of_keys(view, "home", "type blocks", "private_metadata callback_id external_id")]
    if view.get("type") != "modal":
        return [*faults, f"no {view.get('type')} is a view"]
    optional = "submit close private_metadata callback_id clear_on_close notify_on_close external_id submit_disabled"
    faults += [*of_keys(view, "modal", "type title blocks", optional), *of_text(view.get("title"), 24, "title")]
    if any(block["type"] == "input" for block in view["blocks"]) and "submit" not in view:
        faults.append("a modal with inputs needs submit")
    for name in ("submit", "close"):
        faults += of_text(view[name], 24, name) if name in view else []
    if len(view.get("private_metadata", "")) > 3000:
        faults.append("private_metadata over 3,000")
    return [*faults, *of_length(view.get("callback_id", "x"), ID, "callback_id")]


def _of_all(blocks: list[Json], surface: str) -> Iterator[str]:
    most = 50 if surface == MESSAGE else 100
    if not 0 < len(blocks) <= most:
        yield f"{len(blocks)} blocks"
    tables = [block for block in blocks if block["type"] == "table"]
    if len(tables) > (1 if surface == MESSAGE else 0):
        yield "too many tables"
    if surface == MESSAGE and length_of(blocks) > TEXT:
        yield f"msg_blocks_too_long: {length_of(blocks)} characters"
    if length_of(tables) > TABLE:
        yield f"tables of {length_of(tables)} characters"
    yield from _once([block["block_id"] for block in blocks if "block_id" in block], "block_id")
    elements = [element for block in blocks for element in block.get("elements", [])]
    yield from _once([element["action_id"] for element in elements if "action_id" in element], "action_id")


def length_of(thing: Any) -> int:
    """Return the characters of all texts in a block."""
    if isinstance(thing, list):
        return sum(map(length_of, thing))
    if not isinstance(thing, dict):
        return 0
    own = len(thing["text"]) if isinstance(thing.get("text"), str) else 0
    return own + sum(map(length_of, thing.values()))


def _once(names: list[str], what: str) -> Iterator[str]:
    if len(names) != len(set(names)):
        yield f"{what} twice"


def _of_block(block: Json, surface: str) -> Iterator[str]:
    kind = block.get("type")
    if kind not in RULES or (kind == "input" and surface == MESSAGE):
        yield f"no {kind} on a {surface}"
        return
    yield from of_length(block.get("block_id", "x"), ID, "block_id")
    yield from RULES[kind](block)


def _header(block: Json) -> Iterator[str]:
    yield from of_keys(block, "header", "type text", "block_id")
    yield from of_text(block.get("text"), 150, "header")


def _context(block: Json) -> Iterator[str]:
    yield from of_keys(block, "context", "type elements", "block_id")
    if not 0 < len(block["elements"]) <= 10:
        yield "context elements"
    for element in block["elements"]:
        yield from of_text(element, 2000, "context", may_mark=True)


def _image(block: Json) -> Iterator[str]:
    yield from of_keys(block, "image", "type slack_file alt_text", "title block_id")
    yield from of_length(block.get("alt_text"), 2000, "alt_text")
    if block["slack_file"].keys() != {"id"} or not FILE.fullmatch(block["slack_file"]["id"]):
        yield f"image: slack_file {block['slack_file']}"


def _section(block: Json) -> Iterator[str]:
    yield from of_keys(block, "section", "type", "text fields accessory expand block_id")
    if "text" in block:
        yield from of_text(block["text"], 3000, "section", may_mark=True)
    if ("text" not in block or "fields" in block) and not 0 < len(block.get("fields", [])) <= 10:
        yield "section fields"
    for field in block.get("fields", []):
        yield from of_text(field, 2000, "field", may_mark=True)


def _actions(block: Json) -> Iterator[str]:
    yield from of_keys(block, "actions", "type elements", "block_id")
    if not 0 < len(block["elements"]) <= 25:
        yield "actions elements"
    for element in block["elements"]:
        yield from of_menu(element) if element.get("type") == "static_select" else of_button(element)


def _table(block: Json) -> Iterator[str]:
    yield from of_keys(block, "table", "type rows", "column_settings block_id")
    rows, settings = block["rows"], block.get("column_settings", [{}])
    if not 0 < len(rows) <= 100 or any(not 0 < len(row) <= 20 for row in rows):
        yield "table size"
    if len({len(row) for row in rows}) > 1 or not 0 < len(settings) <= len(rows[0]):
        yield "table: rows and settings of different lengths"
    for setting in settings:
        yield from of_keys(setting, "column_settings", "", "align is_wrapped")
        if setting.get("align", "left") not in ("left", "center", "right"):
            yield f"column_settings: align {setting['align']}"
    for cell in (cell for row in rows for cell in row):
        if cell["type"] == "rich_text":
            yield from of_rich(cell)
        elif cell["type"] == "raw_text":
            yield from of_keys(cell, "raw_text", "type text")
            yield from of_length(cell.get("text"), TABLE, "cell")
        else:
            yield f"no {cell['type']} in a table"


def _input(block: Json) -> Iterator[str]:
    yield from of_keys(block, "input", "type label element", "block_id hint optional dispatch_action")
    yield from of_text(block.get("label"), 2000, "label")
    if "hint" in block:
        yield from of_text(block["hint"], 2000, "hint")
    yield from of_input(block["element"])


RULES = {
    "header": _header,
    "section": _section,
    "context": _context,
    "actions": _actions,
    "rich_text": of_rich,
    "image": _image,
    "table": _table,
    "input": _input,
}
