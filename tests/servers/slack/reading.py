"""A message as a member reads it: escapes undone, markup applied, and who is notified by it."""

import html
import re
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
_REFERENCE = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")
_MARKUP = re.compile(r"(?<![\w])([*_~`])(?=\S)(.+?)(?<=\S)\1(?![\w])")


@dataclass
class Reading:
    """The text, buttons and pings of a message, a view or a home."""

    parts: list[str] = field(default_factory=list)
    buttons: list[Json] = field(default_factory=list)
    pings: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        return "\n".join(self.parts)

    def button(self, label: str) -> Json | None:
        return next((button for button in self.buttons if button["text"]["text"] == label), None)

    def mrkdwn(self, text: str) -> str:
        def shown(match: re.Match[str]) -> str:
            kind, target, label = match.groups()
            if kind in ("@", "!") and not target.startswith("date^"):
                self.pings.add(target)
            return label or target

        return html.unescape(_MARKUP.sub(r"\2", _REFERENCE.sub(shown, text)))

    def text_object(self, text: Json) -> str:
        return self.mrkdwn(text["text"]) if text["type"] == "mrkdwn" else str(text["text"])

    def rich(self, block: Json) -> str:
        return "\n".join("".join(self._rich(part) for part in section["elements"]) for section in block["elements"])

    def block(self, block: Json) -> None:
        match block["type"]:
            case "header":
                self.parts.append(block["text"]["text"])
            case "section":
                texts = [*([block["text"]] if "text" in block else []), *block.get("fields", [])]
                self.parts += [self.text_object(text) for text in texts]
            case "context":
                self.parts.append(" ".join(self.text_object(element) for element in block["elements"]))
            case "rich_text":
                self.parts.append(self.rich(block))
            case "image":
                self.parts.append(block["alt_text"])
            case "table":
                self.parts += ["  ".join(self._cell(cell) for cell in row) for row in block["rows"]]
            case "actions":
                buttons = [button for element in block["elements"] for button in _buttons_of(element)]
                self.buttons += buttons
                self.parts.append(" ".join(button["text"]["text"] for button in buttons))
            case "input":
                self.parts.append(block["label"]["text"])
            case _:
                raise AssertionError(f"no {block['type']} is known")

    def _rich(self, part: Json) -> str:
        if part["type"] == "user":
            self.pings.add(part["user_id"])
            return f"@{part['user_id']}"
        return str(part.get("text") or part.get("fallback") or part.get("url") or "")

    def _cell(self, cell: Json) -> str:
        return str(cell["text"]) if cell["type"] == "raw_text" else self.rich(cell)


def _buttons_of(element: Json) -> list[Json]:
    """Return a button, or the choices of a menu, each as Slack reports that it was picked."""
    if "options" not in element:
        return [element]
    menu = {"type": element["type"], "action_id": element["action_id"]}
    return [{**menu, "text": option["text"], "selected_option": option} for option in element["options"]]


def read(blocks: list[Json], text: str = "") -> Reading:
    """Read what blocks say; the fallback text stands in where there are none, and can notify in any case."""
    reading = Reading()
    for block in blocks:
        reading.block(block)
    fallback = Reading()
    words = fallback.mrkdwn(text)
    reading.pings |= fallback.pings
    if not blocks:
        reading.parts.append(words)
    return reading
