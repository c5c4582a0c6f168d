"""Posts that nobody asked for: where they go, what they carry, and the ways in which one can fail."""

from datetime import datetime

from msgspec import Struct

from bot.chat.card import Card


class ChannelAddress(Struct, frozen=True):
    """A channel of a server or workspace; `name` is that of the channel or of the group in it."""

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
    """A message that stands on a platform: as much as is needed to edit it."""

    channel: str
    id: str


class Delivery(Struct, frozen=True):
    """One message to one place; `key` says what it is (`results/7/2026-W34`) and is never posted twice."""

    key: str
    to: Address
    card: Card
    due_at: datetime
    expires_at: datetime


class PostError(Exception):
    """The reason why a post did not (surely) happen.

    PostError
    ├── RetryLater    not posted; may be tried again after so many seconds
    │   └── NoRightNow    not posted, for another process may be doing it
    ├── PostRefused   the platform itself said that it does not take it: the reason is for the operator
    └── PostUnsure    the connection broke, or the answer can't be read: it may stand there; look with `find` first
    """


class RetryLater(PostError):
    """The platform asks to wait for `after` seconds (None: as long as the sender thinks best).

    For so long the place is left alone, with `is_everywhere` the whole platform.
    """

    def __init__(self, reason: str, after: float | None = None, *, is_everywhere: bool = False) -> None:
        super().__init__(reason)
        self.after = after
        self.is_everywhere = is_everywhere


class NoRightNow(RetryLater):
    """Another process may be serving the platform by now: this one was stopped, or could not renew its lease."""

    def __init__(self) -> None:
        super().__init__("another process may be serving the platform by now", 1.0)


class PostRefused(PostError):
    """The platform does not take it, in words of its own.

    With `is_gone` the place itself no longer exists for the bot; with `is_closed` the person takes no direct messages
    from it; with `may_pass` a permission is missing, or an invitation, that may be given while the post is of use.
    """

    def __init__(self, reason: str, *, is_gone: bool = False, is_closed: bool = False, may_pass: bool = False) -> None:
        super().__init__(reason)
        self.is_gone = is_gone
        self.is_closed = is_closed
        self.may_pass = may_pass


class PostUnsure(PostError):
    """Nobody knows whether the post stands there: a time-out, a reset, an answer that is not the platform's.

    Where the platform asked to wait all the same, `after` and `is_everywhere` say so, as for `RetryLater`.
    """

    def __init__(self, reason: str, after: float | None = None, *, is_everywhere: bool = False) -> None:
        super().__init__(reason)
        self.after = after
        self.is_everywhere = is_everywhere
