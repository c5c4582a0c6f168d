"""Texts of cards as HTML: spans make markup, and plain words are data."""

from typing import assert_never
from zoneinfo import ZoneInfo

from adapters.web.controls import outside_link
from adapters.web.html import Html, join, tag, words
from bot.chat.plain import plain_span
from bot.chat.text import Bold, Code, Link, Mention, Span, Text, Timestamp


def text(spans: Text) -> Html:
    """Return a text."""
    return join(map(_span, spans))


def _span(span: Span) -> Html:
    match span:
        case str():
            return words(span)
        case Bold(said):
            return tag("b", said, dir="auto")
        case Code(said):
            return tag("code", said)
        case Link(said, url):
            return outside_link(said, url)
        case Mention(_, name):
            return tag("b", name, dir="auto")
        case Timestamp(at, zone):
            return tag("time", plain_span(span), datetime=at.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes"))
        case _:
            assert_never(span)
