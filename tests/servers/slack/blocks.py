"""Slack's own rules for blocks and views, as its documentation has them: what would be refused, in words."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

MESSAGE, VIEW = "message", "view"
RICH = {"rich_text_section", "rich_text_quote", "rich_text_preformatted", "rich_text_list"}
RICH_ELEMENTS = {"text", "link", "user", "date", "emoji"}


def faults_of(blocks: list[Json], surface: str) -> list[str]:
    """All that Slack would refuse."""
    return [*_of_all(blocks, surface), *(fault for block in blocks for fault in _of_block(block, surface))]


def faults_of_view(view: Json) -> list[str]:
    found = faults_of(view["blocks"], VIEW)
    if view["type"] == "modal":
        found += _text(view.get("title"), 24, "title")
        has_inputs = any(block["type"] == "input" for block in view["blocks"])
        if has_inputs and "submit" not in view:
            found.append("a modal with inputs needs submit")
        for name in ("submit", "close"):
            found += _text(view[name], 24, name) if name in view else []
    if len(view.get("private_metadata", "")) > 3000:
        found.append("private_metadata over 3,000")
    if len(view.get("callback_id", "")) > 255:
        found.append("callback_id over 255")
    return found


def _of_all(blocks: list[Json], surface: str) -> Iterator[str]:
    most = 50 if surface == MESSAGE else 100
    if not 0 < len(blocks) <= most:
        yield f"{len(blocks)} blocks"
    if sum(block["type"] == "table" for block in blocks) > (1 if surface == MESSAGE else 0):
        yield "too many tables"
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        yield "block_id twice"
    actions = [
        element["action_id"] for block in blocks for element in block.get("elements", []) if "action_id" in element
    ]
    if len(actions) != len(set(actions)):
        yield "action_id twice"


def _of_block(block: Json, surface: str) -> Iterator[str]:
    kind = block["type"]
    if kind not in RULES or (kind == "input" and surface == MESSAGE):
        yield f"no {kind} on a {surface}"
    else:
        yield from RULES[kind](block)


def _header(block: Json) -> Iterator[str]:
    yield from _text(block["text"], 150, "header")


def _context(block: Json) -> Iterator[str]:
    if not 0 < len(block["elements"]) <= 10:
        yield "context elements"
    for element in block["elements"]:
        yield from _text(element, 2000, "context", may_mark=True)


def _image(block: Json) -> Iterator[str]:
    if not 0 < len(block["alt_text"]) <= 2000 or not block["slack_file"]["id"]:
        yield "image"


def _section(block: Json) -> Iterator[str]:
    if "text" in block:
        yield from _text(block["text"], 3000, "section", may_mark=True)
    if "text" not in block and not 0 < len(block["fields"]) <= 10:
        yield "section fields"
    for field in block.get("fields", []):
        yield from _text(field, 2000, "field", may_mark=True)


def _actions(block: Json) -> Iterator[str]:
    if not 0 < len(block["elements"]) <= 25:
        yield "actions elements"
    for element in block["elements"]:
        yield from _text(element["text"], 75, "button")
        if len(element["action_id"]) > 255 or len(element.get("value", "")) > 2000:
            yield "action_id or value too long"
        if element.get("style", "primary") not in ("primary", "danger"):
            yield "button style"


def _rich(block: Json) -> Iterator[str]:
    if not block["elements"]:
        yield "empty rich text"
    for element in block["elements"]:
        if element["type"] not in RICH:
            yield f"no {element['type']} in rich text"
        if not element["elements"]:
            yield "empty rich text section"
        for part in element["elements"]:
            if part["type"] not in RICH_ELEMENTS:
                yield f"no {part['type']} in a section"
            if part["type"] == "text" and not part["text"]:
                yield "empty text in rich text"


def _table(block: Json) -> Iterator[str]:
    if not 0 < len(block["rows"]) <= 100 or any(not 0 < len(row) <= 20 for row in block["rows"]):
        yield "table size"
    for row in block["rows"]:
        for cell in row:
            if cell["type"] == "raw_text" and not cell["text"]:
                yield "empty cell"
            if cell["type"] == "rich_text":
                yield from _rich(cell)


def _input(block: Json) -> Iterator[str]:
    yield from _text(block["label"], 2000, "label")
    element = block["element"]
    if "placeholder" in element:
        yield from _text(element["placeholder"], 150, "placeholder")
    if element["type"] == "static_select":
        yield from _select(element)
    if element["type"] == "plain_text_input":
        longest = element.get("max_length", 3000)
        if not 1 <= longest <= 3000 or len(element.get("initial_value", "")) > longest:
            yield "input length"
    if element["type"] == "number_input" and "is_decimal_allowed" not in element:
        yield "number_input"
    if element["type"] == "datepicker" and len(element.get("initial_date", "2026-01-01")) != 10:
        yield "datepicker"


def _select(element: Json) -> Iterator[str]:
    options = element["options"]
    if not 0 < len(options) <= 100:
        yield "select options"
    for option in options:
        yield from _text(option["text"], 75, "option")
        if not 0 < len(option["value"]) <= 150:
            yield "option value"
    if "initial_option" in element and element["initial_option"] not in options:
        yield "initial_option is no option"


def _text(text: Json | None, longest: int, what: str, *, may_mark: bool = False) -> Iterator[str]:
    if text is None or not 0 < len(text["text"]) <= longest or not text["text"].strip():
        yield f"{what}: text missing, empty or over {longest}"
    elif text["type"] not in (("plain_text", "mrkdwn") if may_mark else ("plain_text",)):
        yield f"{what}: {text['type']}"


RULES = {
    "header": _header,
    "section": _section,
    "context": _context,
    "actions": _actions,
    "rich_text": _rich,
    "image": _image,
    "table": _table,
    "input": _input,
}
