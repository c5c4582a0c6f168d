"""What is posted unasked, and what can become of it."""

from datetime import datetime

from msgspec import Struct

from bot.chat.card import Card


class ChannelAddress(Struct, frozen=True):
    """A channel of a server or workspace; `name` is what it, or the group in it, is called."""

    platform: str
    team: str
    channel: str
    name: str = ""


class UserAddress(Struct, frozen=True):
    """A direct message to one person; `team` is the Slack workspace ("" elsewhere)."""

    platform: str
    team: str
    user: str
    name: str = ""


Address = ChannelAddress | UserAddress


class MessageRef(Struct, frozen=True):
    """A message that stands on a platform, as much of it as is needed to edit it."""

    channel: str
    id: str


class Delivery(Struct, frozen=True):
    """One message owed to one place; `key` says what it is (`results/7/2026-W34`) and is never posted twice."""

    key: str
    to: Address
    card: Card
    due_at: datetime
    expires_at: datetime


class PostError(Exception):
    """Why a post did not (surely) happen.

    PostError
    ├── RetryLater    not posted; may be tried again after so many seconds
    ├── PostRefused   never will be: the reason is for the operator
    └── PostUnsure    the connection broke: it may stand there; look with `find` before trying again
    """


class RetryLater(PostError):
    """The platform asks to wait: `after` seconds (None: as the sender thinks best).

    With `after` the place is left alone for so long, with `is_everywhere` the whole platform.
    """

    def __init__(self, reason: str, after: float | None = None, *, is_everywhere: bool = False) -> None:
        super().__init__(reason)
        self.after = after
        self.is_everywhere = is_everywhere


class PostRefused(PostError):
    """Final. `is_gone` says that the place itself no longer exists for us, so that it should be left alone."""

    def __init__(self, reason: str, *, is_gone: bool = False) -> None:
        super().__init__(reason)
        self.is_gone = is_gone


class PostUnsure(PostError):
    """Nobody knows: time-out or reset after the request was sent."""
