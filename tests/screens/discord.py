"""Messages of Discord as HTML, from what the adapter sends; the look is by eye, near enough to judge a card by."""

import html
import re
from collections.abc import Mapping
from datetime import date, datetime

from bot.adapter.http import Json
from tests.screens.words import embed, show

TEXT, GALLERY, ROW, BUTTON, SELECT = 10, 12, 1, 2, 3
STYLES = {1: "btn p", 2: "btn", 4: "btn d", 5: "btn"}
EPHEMERAL = 1 << 6
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_CODE = re.compile(r"`([^`]+)`")
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_PRIVATE_USE = 0xE000
NAME = "Ten Hours"
DONE, LEFT = "#a9adff", "#555aa0"


def message(body: Json, pictures: Mapping[str, bytes], at: datetime, asked: str = "") -> str:
    """Return one message of the bot's; `asked` is the name of whose check-in it answers."""
    is_private = bool(body.get("flags", 0) & EPHEMERAL)
    head = f'<p class="by">{NAME} <i>APP</i> <time>{at.hour}:{at.minute:02}</time></p>'
    used = f'<p class="used">{_avatar(asked)}<b>{show(asked)}</b> used <b>/checkin</b></p>' if asked else ""
    foot = '<p class="dismiss">Only you can see this · <b>Dismiss message</b></p>' if is_private else ""
    components = body.get("components", [])
    parts = "".join(_part(part, pictures) for part in components if part["type"] != ROW)
    rows = "".join(_row(part) for part in components if part["type"] == ROW)
    is_plain = not parts and not body.get("embeds")
    files = body.get("attachments", []) if is_plain else []
    images = "".join(_image(pictures[file["filename"]], file.get("description") or "") for file in files)
    frames = "".join(_embed(frame, pictures, body) for frame in body.get("embeds", []))
    inside = (markdown(body["content"]) if body.get("content") else "") + frames + images + parts + rows + foot
    style = "msg eph" if is_private else "msg"
    return f'<div class="{style}">{used}<span class="ava">{LOGO}</span><div>{head}{inside}</div></div>'


def day(of: date) -> str:
    """Return the line that begins a day."""
    return f'<p class="day">{of.day} {of:%B %Y}</p>'


def markdown(text: str) -> str:
    """Return Discord's Markdown as HTML, as far as the adapter writes it."""
    quoted: list[str] = []

    def put_away(match: re.Match[str]) -> str:
        quoted.append(match[1])
        return chr(_PRIVATE_USE + len(quoted) - 1)

    shown = "".join(map(_line, _ESCAPED.sub(put_away, text).split("\n")))
    for at, sign in enumerate(quoted):
        shown = shown.replace(chr(_PRIVATE_USE + at), show(sign))
    return shown


def _line(line: str) -> str:
    for start, tag, style in (("### ", "h2", ""), ("-# ", "p", "sub"), ("> ", "blockquote", "")):
        if line.startswith(start):
            return f'<{tag} class="{style}">{_spans(line.removeprefix(start))}</{tag}>'
    return f"<p>{_spans(line)}</p>" if line.strip() else '<p class="gap"></p>'


def _spans(line: str) -> str:
    return _CODE.sub(r"<code>\1</code>", _BOLD.sub(r"<b>\1</b>", show(line)))


def _part(part: Json, pictures: Mapping[str, bytes]) -> str:
    if part["type"] == TEXT:
        return markdown(part["content"])
    assert part["type"] == GALLERY, part
    items = ((item["media"]["url"].removeprefix("attachment://"), item["description"]) for item in part["items"])
    return "".join(_image(pictures[name], alt) for name, alt in items)


def _row(row: Json) -> str:
    return f'<div class="row">{"".join(map(_component, row["components"]))}</div>'


def _component(part: Json) -> str:
    if part["type"] == SELECT:
        return f'<span class="sel">{show(part["placeholder"])} ▾</span>'
    return f'<span class="{STYLES[part["style"]]}">{show(part["label"])}</span>'


def _embed(frame: Json, pictures: Mapping[str, bytes], body: Json) -> str:
    name = frame.get("image", {}).get("url", "").removeprefix("attachment://")
    alt = next((str(file["description"]) for file in body.get("attachments", []) if file["filename"] == name), "")
    image = _image(pictures[name], alt) if name else ""
    return f'<div class="embed" style="--bar:#{frame["color"]:06x}">{markdown(frame["description"])}{image}</div>'


def _image(png: bytes, alt: str) -> str:
    return f'<img class="pic" src="{embed(png)}" alt="{html.escape(alt)}">'


def _avatar(name: str) -> str:
    letter = f'<text x="9" y="13" font-size="11" text-anchor="middle" fill="#fff">{name[:1]}</text>'
    return f'<svg width="18" height="18"><circle cx="9" cy="9" r="9" fill="#c2557a"/>{letter}</svg>'


def _logo() -> str:
    places = [(row, at, DONE if row == 0 or at < 2 else LEFT) for row in range(2) for at in range(5)]
    blocks = "".join(
        f'<rect fill="{colour}" x="{at * 8}" y="{row * 9}" width="6" height="7" rx="2"/>' for row, at, colour in places
    )
    return f'<svg width="26" height="12" viewBox="0 0 38 17">{blocks}</svg>'


LOGO = _logo()
"""Ten blocks, seven of them done: the picture of the bot."""
