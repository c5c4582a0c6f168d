"""Text with a little meaning: a plain `str` is data and is always escaped; only these spans make markup."""

from datetime import datetime

from msgspec import Struct


class Bold(Struct, frozen=True, tag="bold"):
    """Words that carry the sentence."""

    text: str


class Code(Struct, frozen=True, tag="code"):
    """Something to type as it stands."""

    text: str


class Link(Struct, frozen=True, tag="link"):
    """A web address with words to show for it."""

    text: str
    url: str


class Mention(Struct, frozen=True, tag="mention"):
    """A person who is to be notified: the platform's own id, and the name where it cannot be shown natively."""

    user: str
    name: str


class Timestamp(Struct, frozen=True, tag="moment"):
    """An instant (UTC), shown in the reader's own zone where the platform can, else in `zone`."""

    at: datetime
    zone: str


Span = str | Bold | Code | Link | Mention | Timestamp
Text = tuple[Span, ...]
