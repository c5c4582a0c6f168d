"""Text in Slack's three ways: rich text (data stays data), mrkdwn (only where that is exact), plain text.

mrkdwn cannot quote its own signs: `*` in a name makes bold. So it is used only where nothing in the data could be
read as markup; everywhere else rich text or plain text says the same without any reading at all.
"""

import re
from typing import assert_never

from adapters.slack import limits
from bot.adapter.http import Json
from bot.chat.legible import legible
from bot.chat.plain import plain_span, plain_text
from bot.chat.text import Bold, Code, Link, Mention, Span, Text, Timestamp
from bot.domain.names import cut

EMPTY = "…"
"""The text where Slack wants one and there is none, and where something is left out."""

_READ_AS_MARKUP = re.compile(r"[*_~`>|]|:[^\s:]+:")
_UNMARKABLE = "*"
"""The data of a span that mrkdwn cannot show: a sign that keeps its whole text from being written in it."""

_USER = re.compile(r"[UW][A-Z0-9]{2,}")
_WEB = ("https://", "http://", "mailto:")
_DATE = "{date_short_pretty} {time}"


def escape(text: str) -> str:
    """Return text with the three signs escaped that Slack reads wherever text is not plain."""
    return legible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_object(text: str, limit: int) -> Json:
    """Return a plain_text object of at most `limit` characters, which Slack wants not to be empty."""
    shown = cut(legible(text), limit)
    return {"type": "plain_text", "text": shown if shown.strip() else EMPTY, "emoji": False}


def text_object(text: Text, limit: int) -> Json:
    """Return a mrkdwn object where that shows exactly what is meant in `limit` characters, else plain text."""
    marked = mark_text(text)
    if marked is None or len(marked) > limit:
        return plain_object(plain_text(text), limit)
    return {"type": "mrkdwn", "text": marked, "verbatim": True}


def mark_text(text: Text) -> str | None:
    """Return the text as mrkdwn.

    None if it has no markup, or if something in it would be read as markup that is none.
    """
    if all(isinstance(span, str) for span in text):
        return None
    if any(_READ_AS_MARKUP.search(_data(span)) for span in text) or not _stands_free(text):
        return None
    return "".join(_mark_span(span) for span in text)


def rich_section(text: Text, kind: str = "rich_text_section") -> Json:
    """Return a paragraph of rich text; nothing in it is read as markup."""
    elements = [rich_element(span) for span in text if legible(plain_span(span))]
    return {"type": kind, "elements": elements or [{"type": "text", "text": " "}]}


def rich_element(span: Span) -> Json:
    """Return one span of rich text."""
    match span:
        case str():
            return _rich_text(span)
        case Bold(text):
            return {**_rich_text(text), "style": {"bold": True}}
        case Code(text):
            return {**_rich_text(text), "style": {"code": True}}
        case Link(text, url):
            if not url.startswith(_WEB):
                return _rich_text(plain_span(span))
            return {"type": "link", "url": url, "text": cut(legible(text), limits.SECTION_LENGTH) or url}
        case Mention(user, _):
            return {"type": "user", "user_id": user} if _USER.fullmatch(user) else _rich_text(plain_span(span))
        case Timestamp(at, _):
            fallback = plain_span(span)
            return {"type": "date", "timestamp": int(at.timestamp()), "format": _DATE, "fallback": fallback}
        case _:
            assert_never(span)


def _rich_text(text: str) -> Json:
    return {"type": "text", "text": cut(legible(text), limits.SECTION_LENGTH)}


def _data(span: Span) -> str:
    """Return what in a span comes from somebody, and could be read as markup."""
    match span:
        case str():
            return span
        case Bold(text) | Code(text):
            return text
        case Link(text, url):
            return text if url.startswith(_WEB) else _UNMARKABLE
        case Mention(user, name):
            return name if _USER.fullmatch(user) else _UNMARKABLE
        case Timestamp():
            return "moment"
        case _:
            assert_never(span)


def _stands_free(text: Text) -> bool:
    """Return True if every marked word has room around it.

    Slack reads no `*…*` that touches a letter or breaks its line.
    """
    data = [_data(span) for span in text]
    for index, span in enumerate(text):
        if not isinstance(span, Bold | Code):
            continue
        before, after = "".join(data[:index])[-1:], "".join(data[index + 1 :])[:1]
        is_tidy = span.text.strip() == span.text != "" and "\n" not in span.text
        if not is_tidy or before.isalnum() or after.isalnum():
            return False
    return True


def _mark_span(span: Span) -> str:
    match span:
        case str():
            return escape(span)
        case Bold(text):
            return f"*{escape(text)}*"
        case Code(text):
            return f"`{escape(text)}`"
        case Link(text, url):
            return f"<{escape(url)}|{escape(text)}>"
        case Mention(user, _):
            return f"<@{user}>"
        case Timestamp(at, _):
            return f"<!date^{int(at.timestamp())}^{_DATE}|{escape(plain_span(span))}>"
        case _:
            assert_never(span)
