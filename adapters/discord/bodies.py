"""What is sent of a rendered message: as a post, as an answer, or in the place of a message that stands."""

from adapters.discord.files import describe_files
from adapters.discord.interaction import COMPONENTS_V2, EPHEMERAL, SUPPRESS_NOTIFICATIONS
from adapters.discord.layouts import Layout, Rendered
from bot.adapter.http import Json

NOBODY: Json = {"parse": []}
"""Mentions are shown, and nobody is notified."""


def post_body(rendered: Rendered) -> Json:
    """Return a post, which notifies exactly the people whom the card mentions."""
    mentions: Json = {"parse": [], "users": [str(user) for user in rendered.pings]} if rendered.pings else NOBODY
    return _new(rendered, SUPPRESS_NOTIFICATIONS if rendered.is_quiet else 0, mentions)


def answer_body(rendered: Rendered, *, is_private: bool) -> Json:
    """Return an answer, which notifies nobody."""
    return _new(rendered, EPHEMERAL if is_private else 0, NOBODY)


def edit_body(rendered: Rendered) -> Json:
    """Return what replaces everything in a message; nobody is notified by that."""
    body: Json = {
        "components": [*rendered.parts, *rendered.rows],
        "attachments": describe_files(rendered.files),
        "allowed_mentions": NOBODY,
    }
    if rendered.layout is Layout.PARTS:
        return {**body, "flags": COMPONENTS_V2}
    return {**body, "content": rendered.content, "embeds": list(rendered.embeds)}


def _new(rendered: Rendered, flags: int, mentions: Json) -> Json:
    """Return a new message; what it has not is left out."""
    if rendered.layout is Layout.PARTS:
        flags |= COMPONENTS_V2
    optional: Json = {
        "content": rendered.content,
        "embeds": list(rendered.embeds),
        "components": [*rendered.parts, *rendered.rows],
        "attachments": describe_files(rendered.files),
        "flags": flags,
    }
    return {"allowed_mentions": mentions, **{name: value for name, value in optional.items() if value}}
