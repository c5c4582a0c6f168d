"""Words as HTML: escaped, emoji as the artwork of the charts, the ten blocks as shapes that need no font."""

import base64
import html
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from zipfile import ZipFile

from bot.charts import artwork
from bot.charts.artwork import emoji_at

BLOCKS = {"▰": '<i class="on" data-said="▰"></i>', "▱": '<i class="off" data-said="▱"></i>'}


def show(text: str) -> str:
    """Return plain text as HTML; "\\n" breaks the line."""
    return "".join(_pieces(text))


def embed(png: bytes) -> str:
    """Return a picture as an address of itself."""
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def read(markup: str) -> str:
    """Return all words of a page, a line for each block, with pictures' words in brackets."""
    reader = _Reader()
    reader.feed(markup)
    lines = ("".join(reader.parts)).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def _pieces(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        file, end = emoji_at(text, at)
        if file:
            yield f'<img class="emoji" src="{_emoji(file)}" data-said="{html.escape(text[at:end])}" alt="">'
            at = end
            continue
        yield BLOCKS.get(text[at]) or html.escape(text[at]).replace("\n", "<br>")
        at += 1


@cache
def _emoji(file: str) -> str:
    with ZipFile(Path(artwork.__file__).with_name(artwork.ARCHIVE)) as archive:
        return embed(archive.read(file))


class _Reader(HTMLParser):
    """Gathers what is read on a page."""

    _LINES = re.compile(r"p|h[1-6]|div|li|br|blockquote|figure|section|hr|tr")
    _UNREAD = ("style", "svg", "title")

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if tag in self._UNREAD:
            self._hidden = self._hidden or tag
        if self._LINES.fullmatch(tag):
            self.parts.append("\n")
        if tag == "img" and values.get("alt"):
            self.parts.append(f"\n[{values['alt']}]\n")
        if values.get("class") in ("btn", "btn p", "btn d", "sel"):
            self.parts.append(" · ")
        self.parts.append(values.get("data-said") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._hidden:
            self._hidden = ""
        if self._LINES.fullmatch(tag):
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)
