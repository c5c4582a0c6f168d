r"""Text as Discord's Markdown: data stays data, only typed spans make markup, and a cut never breaks either.

Discord reads a backslash before any sign as "this sign itself", in messages, embed texts, titles and field values.
"""

import re
from collections.abc import Callable
from typing import assert_never

from bot.chat.plain import plain_span
from bot.chat.text import Bold, Code, Link, Mention, Span, Text, Timestamp
from bot.domain.names import cut

MORE = "…"
LIKE_BACKTICK = "\u02cb"
_BREAK = "\u200b"
_HARMFUL = dict.fromkeys(
    [
        *(code for code in range(32) if code not in (9, 10)),
        *range(0x7F, 0xA0),
        0xAD,
        0x61C,
        *range(0x200B, 0x200C),
        *range(0x200E, 0x2010),
        *range(0x2028, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
    ]
)
_SIGNS = re.compile(r"[\\*_~|`\[\]<>]|:(?=//)")
_LINE_START = re.compile(r"^(\s*)([-+#]|\d{1,9}(?=[.)]))", re.MULTILINE)
_EVERYONE = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_READ_SPECIALLY = re.compile(r"[\\*_~|`\[\]<>@]|//|^\s*(?:[-+#]|\d{1,9}[.)])")
_USER = re.compile(r"[0-9]{1,20}")
_WEB = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)
_IN_ADDRESS = str.maketrans({"(": "%28", ")": "%29", '"': "%22", "\\": "%5C", "|": "%7C", "`": "%60"})


def legible(text: str) -> str:
    """Without control characters and what turns the direction of writing."""
    return text if text.isprintable() else text.translate(_HARMFUL)


def escape(text: str) -> str:
    """Plain words that stay plain: no markup, no mention, no link."""
    if text.isprintable() and not _READ_SPECIALLY.search(text):
        return text
    text = _SIGNS.sub(r"\\\g<0>", legible(text))
    return unpinged(_LINE_START.sub(_escape_start, text))


def unpinged(text: str) -> str:
    """Without a call to everyone; all other mentions need markup."""
    return _EVERYONE.sub(f"@{_BREAK}", text)


def mark(span: Span) -> str:
    """One span."""
    match span:
        case str():
            return escape(span)
        case Bold(text):
            return _around(text, "**")
        case Code(text):
            return code(text)
        case Link(text, url):
            return _link(text, url)
        case Mention(user, _):
            return f"<@{user}>" if _USER.fullmatch(user) else escape(plain_span(span))
        case Timestamp(at, _):
            return f"<t:{int(at.timestamp())}:f>"
        case _:
            assert_never(span)


def mark_text(text: Text, room: int) -> str:
    """Spans one after the other, cut with "…" where they are longer than `room`."""
    marked: list[str] = []
    for span in text:
        piece = mark(span)
        if len(piece) > room:
            return "".join([*marked, _cut_span(span, room)])
        marked.append(piece)
        room -= len(piece)
    return "".join(marked)


def code(text: str) -> str:
    """Inline code; nothing in it is read as markup, so its own signs only have to be kept apart."""
    text = " ".join(legible(text).replace("`", LIKE_BACKTICK).split())
    return f"`{text}`" if text else ""


def fit(text: str, room: int, draw: Callable[[str], str]) -> str:
    """What `draw` makes of as much of `text` as fits into `room` characters; "" where not even a beginning does."""
    whole = draw(text)
    if len(whole) <= room:
        return whole
    low, high = 0, min(len(text), max(room, 0))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if len(draw(cut(text, middle))) <= room else (low, middle - 1)
    shown = draw(cut(text, low)) if low else ""
    return shown or MORE[: max(room, 0)]


def mentioned(text: Text) -> set[int]:
    """The users whom a text notifies."""
    return {int(span.user) for span in text if isinstance(span, Mention) and _USER.fullmatch(span.user)}


def _escape_start(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}\\" if match[2].isdigit() else f"{match[1]}\\{match[2]}"


def _around(text: str, sign: str) -> str:
    """Markup around words; Discord wants no space at its edges."""
    inner = escape(text.strip())
    if not inner.strip(_BREAK):
        return escape(text)
    lead, trail = " " * (text[:1].isspace()), " " * (text[-1:].isspace())
    return f"{lead}{sign}{inner}{sign}{trail}"


def _link(text: str, url: str) -> str:
    words = escape(text.replace("\n", " "))
    if not _WEB.fullmatch(url) or not words.strip():
        return escape(f"{text} ({url})")
    return f"[{words}]({legible(url).translate(_IN_ADDRESS)})"


def _cut_span(span: Span, room: int) -> str:
    match span:
        case str():
            return fit(span, room, escape)
        case Bold(text):
            return fit(text, room, lambda part: mark(Bold(part)))
        case Code(text):
            return fit(text, room, code)
        case Link(text, url):
            return fit(text, room, lambda part: mark(Link(part, url)))
        case Mention() | Timestamp():
            return MORE[:room]
        case _:
            assert_never(span)
