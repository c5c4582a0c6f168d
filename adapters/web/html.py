"""The one place that turns words into HTML: whatever is a plain `str` is escaped, and only what is made here is not."""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape

from bot.chat.legible import legible

NO_BREAK_SPACE = "\u00a0"
_UNIT = re.compile(r"(?<=\d) (?=(?:%|(?:h|min|hours?|minutes?|weeks?)\b))|(?<=\d h) (?=\d\d\b)")
_SPECIAL = re.compile("[&<>\"']")
_FEW_VALUES = frozenset({"cls", "type", "method", "role", "rel", "rows", "inputmode", "autocomplete", "dir"})
"""Attributes with values of the program's own alone: none holds what anybody wrote, or a secret."""

_VOID = frozenset({"br", "hr", "input", "link", "meta", "img"})
_NAME = re.compile(r"[a-z][a-z0-9-]*")


class Html(str):
    """Markup that is safe as it stands; made by this module and by the charts alone."""

    __slots__ = ()


EMPTY = Html("")


def words(text: str) -> Html:
    """Return words as markup: escaped, without marks that do harm, and with no line's end between number and unit."""
    clean = legible(text)
    return Html(_escape(_UNIT.sub(NO_BREAK_SPACE, clean) if " " in clean else clean))


def attribute(text: str) -> str:
    """Return an attribute's value, escaped; values that are sent back must stay as they are."""
    return _escape(legible(text))


def _escape(text: str) -> str:
    """Return a text escaped; most have nothing to escape, and a page has thousands."""
    return escape(text, quote=True) if _SPECIAL.search(text) else text


def tag(name: str, /, *content: str, **attributes: str | bool | int | None) -> Html:
    """Return an element. Content that is no `Html` is escaped.

    `cls` is the class, a trailing or inner underscore stands for what Python's names cannot have: `for_`,
    `aria_label`. Attributes that are None, False or an empty class are left out; True stands alone.
    """
    opening = f"<{name}{_attributes(attributes) if attributes else ''}>"
    if name in _VOID:
        return Html(opening)
    inner = "".join([part if type(part) is Html else words(part) for part in content])
    return Html(f"{opening}{inner}</{name}>")


def join(parts: Iterable[str], between: str = EMPTY) -> Html:
    """Return parts one after the other; those that are no `Html` are escaped, and so is what stands `between`."""
    return Html(_safe(between).join([part if part.__class__ is Html else words(part) for part in parts]))


def lines(text: str) -> Html:
    """Return words of several lines, each on its own."""
    return join((words(line) for line in text.splitlines()), Html("<br>"))


def _safe(part: str) -> str:
    return part if isinstance(part, Html) else words(part)


def _attributes(attributes: dict[str, str | bool | int | None]) -> str:
    parts = []
    for name, value in attributes.items():
        if value is None or value is False or (value == "" and name == "cls"):
            continue
        if value is True:
            parts.append(f" {_name(name)}")
        elif name in _FEW_VALUES:
            parts.append(_of_few(name, str(value)))
        else:
            parts.append(f' {_name(name)}="{attribute(str(value))}"')
    return "".join(parts)


@lru_cache(maxsize=1024)
def _of_few(name: str, value: str) -> str:
    """Return an attribute whose values are the program's own, so that it need not be escaped again and again."""
    return f' {_name(name)}="{attribute(value)}"'


@lru_cache(maxsize=256)
def _name(name: str) -> str:
    """Return an attribute's name as HTML has it."""
    in_html = "class" if name == "cls" else name.rstrip("_").replace("_", "-")
    assert _NAME.fullmatch(in_html), name
    return in_html
