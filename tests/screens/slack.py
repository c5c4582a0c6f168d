"""Messages and the App Home of Slack as HTML, from the blocks that the adapter sends; the look is by eye."""

import html
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.adapter.http import Json
from tests.screens.discord import LOGO, NAME
from tests.screens.words import embed, show

STYLES = {"primary": "btn p", "danger": "btn d"}
_MARKED = re.compile(r"([*`])(.+?)\1")
_TAGS = {"*": "b", "`": "code"}
_STYLED = {"bold": "b", "italic": "em", "code": "code", "strike": "s"}


def message(body: Json, pictures: Mapping[str, bytes], at: datetime) -> str:
    """Return one message of the app's."""
    head = f'<p class="by">{NAME} <i>APP</i> <time>{at.hour}:{at.minute:02}</time></p>'
    inside = "".join(block(part, pictures) for part in body["blocks"])
    return f'<div class="msg"><span class="ava">{LOGO}</span><div class="blocks">{head}{inside}</div></div>'


def home(blocks: list[Json], pictures: Mapping[str, bytes]) -> str:
    """Return the app's Home tab."""
    app = f'<p class="app"><span class="ava">{LOGO}</span>{NAME}</p>'
    tabs = '<p class="tabs"><b>Home</b> <span>Messages</span> <span>About</span></p>'
    return f'{app}{tabs}<div class="home">{"".join(block(part, pictures) for part in blocks)}</div>'


def block(part: Json, pictures: Mapping[str, bytes]) -> str:
    """Return one block. Raises `KeyError` for a kind that no picture has shown so far."""
    return _BLOCKS[part["type"]](part, pictures)


def _header(part: Json, _: Mapping[str, bytes]) -> str:
    return f"<h2>{show(part['text']['text'])}</h2>"


def _section(part: Json, _: Mapping[str, bytes]) -> str:
    texts = [*([part["text"]] if "text" in part else []), *part.get("fields", [])]
    words = "".join(f"<p>{_text(text)}</p>" for text in texts)
    return f'<div class="fields">{words}</div>' if "fields" in part else words


def _context(part: Json, _: Mapping[str, bytes]) -> str:
    return f'<p class="ctx">{" ".join(map(_text, part["elements"]))}</p>'


def _rich_text(part: Json, _: Mapping[str, bytes]) -> str:
    return "".join(map(_rich_part, part["elements"]))


def _image(part: Json, pictures: Mapping[str, bytes]) -> str:
    return f'<img class="pic" src="{embed(pictures[part["slack_file"]["id"]])}" alt="{html.escape(part["alt_text"])}">'


def _actions(part: Json, _: Mapping[str, bytes]) -> str:
    return f'<div class="row">{"".join(map(_element, part["elements"]))}</div>'


def _divider(_: Json, __: Mapping[str, bytes]) -> str:
    return "<hr>"


def _rich_part(part: Json) -> str:
    words = "".join(map(_rich_element, part["elements"]))
    tag = {"rich_text_quote": "blockquote", "rich_text_preformatted": "pre"}.get(part["type"], "p")
    return f"<{tag}>{words}</{tag}>"


def _rich_element(element: Json) -> str:
    words = show(str(element.get("text") or element.get("fallback") or element.get("user_id") or ""))
    for style in element.get("style", {}):
        words = f"<{_STYLED[style]}>{words}</{_STYLED[style]}>"
    return words


def _text(text: Json) -> str:
    if text["type"] == "plain_text":
        return show(text["text"])
    words = show(html.unescape(text["text"]))
    return _MARKED.sub(lambda found: f"<{_TAGS[found[1]]}>{found[2]}</{_TAGS[found[1]]}>", words)


def _element(element: Json) -> str:
    if element["type"] == "button":
        return f'<span class="{STYLES.get(element.get("style", ""), "btn")}">{show(element["text"]["text"])}</span>'
    chosen: Any = element.get("initial_option", {}).get("text") or element["placeholder"]
    return f'<span class="sel">{show(chosen["text"])} ▾</span>'


_BLOCKS = {
    "header": _header,
    "section": _section,
    "context": _context,
    "rich_text": _rich_text,
    "image": _image,
    "actions": _actions,
    "divider": _divider,
}
