"""How a post is known again when nobody heard whether it arrived.

Discord drops a second message of the same nonce for a few minutes, and forgets the nonce then. So a post is marked as
well: the hash of its key stands in the id of a button, where it is shown nowhere. A post without a button, such as a
line, is known by its text: it may be any message of ours that says the same and is no answer. The core knows which of
these are other posts, so that as many equal posts need as many messages. Earlier versions marked the address of an
embed.
"""

import hashlib

from msgspec.structs import replace

from adapters.discord import limits
from adapters.discord.buttons import mark_rows, marks_of
from adapters.discord.layouts import Layout, Rendered, render
from adapters.discord.markup import comparable
from bot.adapter.http import Json
from bot.chat.delivery import Delivery

MARK_CHARACTERS = 16
"""Of the hash that a button's id carries: it has to tell apart the posts of one place and month."""


def nonce(key: str) -> str:
    """Return the hash of a key, in as many characters as a nonce has."""
    return hashlib.sha256(key.encode()).hexdigest()[: limits.NONCE]


def marked(rendered: Rendered, key: str) -> Rendered:
    """Return a post with the mark of its key, where one of its buttons has room for it."""
    return replace(rendered, rows=tuple(mark_rows(rendered.rows, _mark(key))))


class Recognition:
    """Tells of a message of ours whether it is a delivery, or may be."""

    def __init__(self, delivery: Delivery) -> None:
        self._nonce = nonce(delivery.key)
        self._mark = _mark(delivery.key)
        drawn, undrawn = (render(delivery.card, Layout.TEXT, with_pictures=is_drawn) for is_drawn in (True, False))
        self._texts = {_text_of(post.content, list(post.embeds)) for post in (drawn, undrawn)}
        self._has_rows = bool(drawn.rows)
        self._has_mark = marked(drawn, delivery.key) != drawn

    def is_surely(self, message: Json) -> bool:
        """Return True for the message that has the key's mark."""
        embeds = message.get("embeds") or []
        return (
            message.get("nonce") == self._nonce
            or self._mark in marks_of(message.get("components") or [])
            or any(str(embed.get("url") or "").endswith(f"?post={self._nonce}") for embed in embeds)
        )

    def is_alike(self, message: Json) -> bool:
        """Return True for a message that says the same, where the delivery has no mark; answers come by a webhook."""
        if self._has_mark or message.get("webhook_id") or bool(message.get("components")) != self._has_rows:
            return False
        return _text_of(str(message.get("content") or ""), message.get("embeds") or []) in self._texts


def _text_of(content: str, embeds: list[Json]) -> tuple[str, ...]:
    return (comparable(content), *(comparable(str(embed.get("description") or "")) for embed in embeds))


def _mark(key: str) -> str:
    return nonce(key)[:MARK_CHARACTERS]
