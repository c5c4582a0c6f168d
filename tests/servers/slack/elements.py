"""Slack's own rules for what stands in a block: text objects, rich text, buttons and inputs."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

Json = dict[str, Any]

ID = 255
RICH = {"rich_text_section", "rich_text_quote", "rich_text_preformatted", "rich_text_list"}
STYLES = {"bold", "italic", "strike", "code"}
REFERENCE = r"<(?:@[UW][A-Z0-9]+|#[CG][A-Z0-9]+|!date\^\d+\^[^<>^]+|(?:https?://|mailto:)[^<>|]+)(?:\|[^<>]*)?>"
ESCAPED = re.compile(rf"(?:[^&<>]|&(?:amp|lt|gt);|{REFERENCE})*")


def of_keys(thing: Mapping[str, Any], where: str, required: str, optional: str = "") -> Iterator[str]:
    """Yield what is missing, and what Slack does not know there."""
    needed, known = set(required.split()), set(f"{required} {optional}".split())
    for name in sorted(needed - thing.keys()):
        yield f"{where}: {name} is missing"
    for name in sorted(thing.keys() - known):
        yield f"{where}: no {name} is known"


def of_text(text: Any, limit: int, where: str, *, may_mark: bool = False) -> Iterator[str]:
    """Yield the faults of a text object of at most so many characters."""
    if not isinstance(text, dict) or text.get("type") not in ({"plain_text", "mrkdwn"} if may_mark else {"plain_text"}):
        yield f"{where}: no text object {text!r}"
        return
    yield from of_keys(text, where, "type text", "emoji" if text["type"] == "plain_text" else "verbatim")
    yield from of_length(text.get("text"), limit, where)
    if text["type"] == "mrkdwn" and not ESCAPED.fullmatch(str(text.get("text"))):
        yield f"{where}: not escaped: {text['text']!r}"


def of_length(text: Any, limit: int, where: str) -> Iterator[str]:
    """Yield the faults of text, not empty, of at most so many characters."""
    if not isinstance(text, str) or not 0 < len(text) <= limit:
        yield f"{where}: a text of 1 to {limit} characters, not {str(text)[:50]!r}"


def of_rich(block: Json) -> Iterator[str]:
    """Yield the faults of a rich_text block, or of a table's cell of that type."""
    yield from of_keys(block, "rich_text", "type elements", "block_id")
    if not block.get("elements"):
        yield "rich_text: empty"
    for element in block.get("elements", []):
        kind = element.get("type")
        if kind not in RICH:
            yield f"rich_text: no {kind} is known"
            continue
        yield from of_keys(element, kind, "type elements", "border" if kind != "rich_text_section" else "")
        if not element["elements"]:
            yield f"{kind}: empty"
        for part in element["elements"]:
            yield from _of_part(part)


def _of_part(part: Json) -> Iterator[str]:
    match part.get("type"):
        case "text":
            yield from of_keys(part, "text", "type text", "style")
            yield from of_length(part.get("text"), 3000, "rich text")
        case "link":
            yield from of_keys(part, "link", "type url", "text style unsafe")
            if not re.match(r"(https?://|mailto:)\S+$", part["url"]):
                yield f"link: {part['url']!r}"
        case "user":
            yield from of_keys(part, "user", "type user_id", "style")
        case "date":
            yield from of_keys(part, "date", "type timestamp format", "url fallback")
            if not isinstance(part["timestamp"], int):
                yield "date: its timestamp is a whole number"
        case kind:
            yield f"rich text: no {kind} is known"
    style = part.get("style", {"bold": True})
    if not style or not style.keys() <= STYLES or not all(value is True for value in style.values()):
        yield f"rich text: style {style}"


def of_button(button: Json) -> Iterator[str]:
    """Yield the faults of a button of an actions block."""
    yield from of_keys(button, "button", "type text action_id", "value style url confirm accessibility_label")
    yield from of_text(button.get("text"), 75, "button")
    yield from of_length(button.get("action_id"), ID, "action_id")
    yield from of_length(button.get("value", "x"), 2000, "button value")
    if button.get("style", "primary") not in ("primary", "danger"):
        yield f"button: style {button['style']}"


def of_menu(menu: Json) -> Iterator[str]:
    """Yield the faults of a static_select of an actions block."""
    yield from of_keys(menu, "static_select", "type options action_id", "initial_option placeholder confirm")
    yield from of_length(menu.get("action_id"), ID, "action_id")
    if "placeholder" in menu:
        yield from of_text(menu["placeholder"], 150, "placeholder")
    yield from _of_select(menu)


def of_input(element: Json) -> Iterator[str]:
    """Yield the faults of the element of an input block."""
    kind = element.get("type")
    if kind not in INPUTS:
        yield f"input: no {kind} is known"
        return
    required, optional = INPUTS[kind]
    yield from of_keys(element, kind, f"type {required}", f"action_id focus_on_load {optional}")
    yield from of_length(element.get("action_id", "x"), ID, "action_id")
    if "placeholder" in element:
        yield from of_text(element["placeholder"], 150, "placeholder")
    yield from RULES[kind](element)


def _of_line(element: Json) -> Iterator[str]:
    longest = element.get("max_length", 3000)
    if not 1 <= longest <= 3000 or not 0 <= element.get("min_length", 0) <= longest:
        yield "plain_text_input: lengths"
    if "initial_value" in element and not 0 < len(element["initial_value"]) <= longest:
        yield "plain_text_input: initial_value"


def _of_number(element: Json) -> Iterator[str]:
    try:
        float(element.get("initial_value", "0"))
    except (TypeError, ValueError):
        yield f"number_input: initial_value {element['initial_value']!r}"


def _of_date(element: Json) -> Iterator[str]:
    day = element.get("initial_date", "2026-01-01")
    if date.fromisoformat(day).isoformat() != day:
        yield f"datepicker: initial_date {day!r}"


def _of_select(element: Json) -> Iterator[str]:
    options = element["options"]
    if not 0 < len(options) <= 100:
        yield f"static_select: {len(options)} options"
    for option in options:
        yield from of_option(option)
    values = [option["value"] for option in options]
    if len(values) != len(set(values)):
        yield "static_select: a value twice"
    if "initial_option" in element and element["initial_option"] not in options:
        yield "static_select: initial_option is none of the options"


def _of_search(element: Json) -> Iterator[str]:
    if "initial_option" in element:
        yield from of_option(element["initial_option"])
    if not 0 <= element.get("min_query_length", 3) <= 30:
        yield "external_select: min_query_length"


def of_option(option: Json) -> Iterator[str]:
    """Yield the faults of one option of a select."""
    yield from of_keys(option, "option", "text value", "description")
    yield from of_text(option.get("text"), 75, "option")
    yield from of_length(option.get("value"), 150, "option value")


def _of_file(element: Json) -> Iterator[str]:
    if not 1 <= element.get("max_files", 10) <= 10:
        yield "file_input: max_files"


def _of_filter(element: Json) -> Iterator[str]:
    shown = element.get("filter", {"include": ["public"]})
    yield from of_keys(shown, "filter", "", "include exclude_external_shared_channels exclude_bot_users")
    if not set(shown.get("include", [])) <= {"im", "mpim", "private", "public"} or not shown:
        yield "conversations_select: filter"


INPUTS = {
    "plain_text_input": ("", "initial_value multiline min_length max_length placeholder dispatch_action_config"),
    "number_input": ("is_decimal_allowed", "initial_value min_value max_value placeholder dispatch_action_config"),
    "datepicker": ("", "initial_date placeholder confirm"),
    "static_select": ("options", "initial_option placeholder confirm"),
    "external_select": ("", "initial_option min_query_length placeholder confirm"),
    "users_select": ("", "initial_user placeholder confirm"),
    "conversations_select": ("", "initial_conversation filter default_to_current_conversation placeholder confirm"),
    "file_input": ("", "filetypes max_files"),
}
"""The keys that each must have, and those that it may have beside what all may."""

RULES = {
    "plain_text_input": _of_line,
    "number_input": _of_number,
    "datepicker": _of_date,
    "static_select": _of_select,
    "external_select": _of_search,
    "users_select": lambda _element: iter(()),
    "conversations_select": _of_filter,
    "file_input": _of_file,
}
