"""A platform's far side, as two of its members see it and use it: what the shared suite looks through."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.adapter import Adapter, AskingAdapter
from bot.chat.delivery import Address, ChannelAddress, MessageRef
from bot.chat.request import Channel

ADA, BOB = "ada", "bob"
"""The two members that every probe knows; `Probe.id_of` says what the platform calls them."""


@dataclass(frozen=True)
class Shown:
    """A message as a member reads it: escapes undone, markup applied; `pings` are the ids of those it notifies."""

    text: str
    buttons: tuple[str, ...] = ()
    pings: frozenset[str] = frozenset()


class AskingProbe(ABC):
    """An adapter, seen and used from the far side by two people who ask.

    `say`, `press` and `fill` return when the adapter has answered. `broken` lists what the platform would have refused
    (a limit passed, a block that does not exist); it stays empty.
    """

    adapter: AskingAdapter
    broken: Sequence[str] = ()

    @abstractmethod
    def is_place(self, channel: Channel) -> bool:
        """Return True if a request comes from where the two are."""

    @abstractmethod
    def id_of(self, name: str) -> str:
        """Return the platform's id of a member."""

    @abstractmethod
    async def say(self, name: str, command: str, options: Mapping[str, str]) -> None:
        """Let a member use a command in the channel."""

    @abstractmethod
    async def press(self, name: str, label: str) -> None:
        """Let a member press the button of that label on the newest message that has it, of those they see."""

    @abstractmethod
    async def fill(self, name: str, values: Mapping[str, str]) -> None:
        """Let a member send the form that is open, these fields changed."""

    @abstractmethod
    async def private(self, name: str) -> list[Shown]:
        """Return what only this member sees now, oldest first: private answers, direct messages, the open form."""

    async def close(self) -> None:
        """Leave nothing running."""
        return


class Probe(AskingProbe):
    """An adapter on a small stand-in for its platform, to which posts go as well."""

    adapter: Adapter

    @property
    @abstractmethod
    def channel(self) -> ChannelAddress:
        """A channel that both members read."""

    @abstractmethod
    def direct(self, name: str) -> Address:
        """Return the address of direct messages to a member."""

    @abstractmethod
    async def public(self) -> list[Shown]:
        """Return the messages that stand in the channel for all, oldest first."""

    @property
    def gone(self) -> MessageRef | None:
        """A message that no longer stands; None where nothing that was posted ever goes away."""
        return None

    def is_place(self, channel: Channel) -> bool:
        """Return True for the channel that both members read."""
        return (channel.platform, channel.id) == (self.adapter.name, self.channel.channel)
