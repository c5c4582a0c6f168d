r"""Text as Discord's Markdown: data stays data, only typed spans make markup, and a cut never breaks either.

Discord reads a backslash before any sign as "this sign itself", in messages, embed texts, titles and field values.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import assert_never

from bot.chat.legible import legible
from bot.chat.plain import plain_span
from bot.chat.text import Bold, Code, Link, Mention, Span, Text, Timestamp
from bot.domain.names import cut

MORE = "…"
MODIFIER_GRAVE = "\u02cb"
"""A letter that looks like a backtick, and ends no code."""

VARIATION_SELECTORS = "\ufe0e\ufe0f"
_ZERO_WIDTH_SPACE = "\u200b"
_SIGNS = re.compile(r"[\\*_~|`\[\]<>]|:(?=//)")
_LINE_START = re.compile(r"^(\s*)([-+#]|\d{1,9}(?=[.)]))", re.MULTILINE)
_EVERYONE = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_READ_SPECIALLY = re.compile(r"[\\*_~|`\[\]<>@]|/|^\s*(?:[-+#]|\d{1,9}[.)])")
_USER = re.compile(r"[0-9]{1,20}")
_WEB = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)
_INVITATION = re.compile(r"(?i)\bdiscord(?:app)?\.(?:com/invite|gg|gift|new)(?=/)")
_SHOWN_NICKNAME = re.compile(r"<@!(?=\d)")
_SHOWN_TIMESTAMP = re.compile(r"<t:(-?\d+)(?::[a-zA-Z])?>")
_SHOWN_EMOJI = re.compile(r"<a?:(\w+):\d+>")
_IN_ADDRESS = str.maketrans({"(": "%28", ")": "%29", '"': "%22", "\\": "%5C", "|": "%7C", "`": "%60"})


def one_line(text: str, limit: int) -> str:
    """Return `text` on one line of at most `limit` characters; "…" where nothing legible is in it.

    It is for texts in which Discord reads no markup: labels, titles and descriptions.
    """
    return cut(" ".join(legible(text).split()), limit) or MORE


def escape(text: str) -> str:
    """Return `text` so that Discord shows it as it is: no markup, no mention, no link."""
    if text.isprintable() and not _READ_SPECIALLY.search(text):
        return text
    text = _INVITATION.sub(r"\g<0>\\", _SIGNS.sub(r"\\\g<0>", legible(text)))
    return defuse_everyone(_LINE_START.sub(_escape_start, text))


def defuse_everyone(text: str) -> str:
    """Return `text` without a call to everyone; all other mentions need markup."""
    return _EVERYONE.sub(f"@{_ZERO_WIDTH_SPACE}", text)


def mark(span: Span) -> str:
    """Return one span as markup."""
    match span:
        case str():
            return escape(span)
        case Bold(text):
            return _mark_around(text, "**")
        case Code(text):
            return mark_code(text)
        case Link(text, url):
            return _mark_link(text, url)
        case Mention(user, _):
            return f"<@{user}>" if _USER.fullmatch(user) else escape(plain_span(span))
        case Timestamp(at, _):
            return f"<t:{int(at.timestamp())}:f>"
        case _:
            assert_never(span)


def mark_text(text: Text, room: int) -> str:
    """Return all spans as markup of at most `room` characters, cut with "…" where they are longer."""
    pieces: list[str] = []
    for span in text:
        piece = mark(span)
        if len(piece) > room:
            return "".join([*pieces, _cut_span(span, room)])
        pieces.append(piece)
        room -= len(piece)
    return "".join(pieces)


def mark_code(text: str) -> str:
    """Return inline code; Discord reads no markup in it, so only backticks have to be replaced."""
    text = " ".join(legible(text).replace("`", MODIFIER_GRAVE).split())
    return f"`{text}`" if text else ""


def fit(text: str, room: int, render: Callable[[str], str]) -> str:
    """Return what `render` makes of the longest beginning of `text` whose result has at most `room` characters.

    Where not even one character fits, "…" stands for all of it, and "" where that is too long too.
    """
    whole = render(text)
    if len(whole) <= room:
        return whole
    low, high = 0, min(len(text), max(room, 0))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if len(render(cut(text, middle))) <= room else (low, middle - 1)
    beginning = render(cut(text, low)) if low else ""
    return beginning or MORE[: max(room, 0)]


def comparable(text: str) -> str:
    """Return Discord's own text so that what it has normalised in between compares equal.

    It trims white space, drops what is not seen, and writes mentions, timestamps and custom emoji in its own way.
    """
    text = _SHOWN_TIMESTAMP.sub(r"<t:\1>", _SHOWN_NICKNAME.sub("<@", text))
    text = _SHOWN_EMOJI.sub(r":\1:", unicodedata.normalize("NFC", text))
    seen = (letter for letter in text if unicodedata.category(letter) != "Cf" and letter not in VARIATION_SELECTORS)
    return " ".join("".join(seen).split())


def mentioned_users(text: Text) -> set[int]:
    """Return the ids of the users whom `text` notifies."""
    return {int(span.user) for span in text if isinstance(span, Mention) and _USER.fullmatch(span.user)}


def _escape_start(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}\\" if match[2].isdigit() else f"{match[1]}\\{match[2]}"


def _mark_around(text: str, sign: str) -> str:
    """Return `text` between two signs; Discord wants no space inside of them."""
    inner = escape(text.strip())
    if not inner.strip(_ZERO_WIDTH_SPACE):
        return escape(text)
    lead, trail = " " * (text[:1].isspace()), " " * (text[-1:].isspace())
    return f"{lead}{sign}{inner}{sign}{trail}"


def _mark_link(text: str, url: str) -> str:
    words = escape(text.replace("\n", " "))
    if not _WEB.fullmatch(url) or not words.strip():
        return escape(f"{text} ({url})")
    return f"[{words}](<{legible(url).translate(_IN_ADDRESS)}>)"


def _cut_span(span: Span, room: int) -> str:
    match span:
        case str():
            return fit(span, room, escape)
        case Bold(text):
            return fit(text, room, lambda part: mark(Bold(part)))
        case Code(text):
            return fit(text, room, mark_code)
        case Link(text, url):
            return fit(text, room, lambda part: mark(Link(part, url)))
        case Mention() | Timestamp():
            return MORE[:room]
        case _:
            assert_never(span)
