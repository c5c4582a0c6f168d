"""Events that a platform tells without being asked: a union. The second telling of an event changes nothing."""

from msgspec import Struct

from bot.chat.delivery import UserAddress
from bot.chat.request import Channel, Server, User


class BotAdded(Struct, frozen=True):
    """The bot may post on a server (again); `channel` is where it can say hello, if there is such a place.

    `inviter` is whoever added it, where the platform tells that: they can be told directly what to do.
    """

    server: Server
    channel: Channel | None = None
    inviter: UserAddress | None = None


class BotRemoved(Struct, frozen=True):
    """The bot was taken off a server."""

    server: Server


class ChannelGone(Struct, frozen=True):
    """A channel was deleted or archived, or can be seen no longer; `reason` is a clause that says which."""

    channel: Channel
    reason: str = "the channel is gone"


class ChannelBack(Struct, frozen=True):
    """A channel that was gone can be posted to again."""

    channel: Channel


class MemberGone(Struct, frozen=True):
    """Somebody left a channel, a server, or (`where` None) everything that the bot serves on their platform."""

    user: User
    where: Channel | Server | None


class ProfileChanged(Struct, frozen=True):
    """Somebody has another name or zone."""

    user: User


Event = BotAdded | BotRemoved | ChannelGone | ChannelBack | MemberGone | ProfileChanged
