"""The adapter itself: posts are shown in the session that is open."""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from io import TextIOWrapper
from typing import TextIO
from zoneinfo import ZoneInfo

from adapters.console.buttons import ShownCards
from adapters.console.incoming import PLATFORM
from adapters.console.outgoing import JsonLines, Output, OutputKind, PlainLines
from adapters.console.pipe import read_pipe
from adapters.console.session import Session
from bot.adapter import Access, Core, Finding, Health, SendLimits, World
from bot.chat.card import Card
from bot.chat.delivery import Address, ChannelAddress, Delivery, MessageRef, RetryLater, UserAddress
from bot.chat.request import Channel


class ConsoleAdapter:
    """The console as a platform. Channels and people come into being by being named."""

    name = PLATFORM
    send_limits = SendLimits(at_once=128, direct_seconds=0.0)

    def __init__(self, core: Core) -> None:
        self._core = core
        self._cards = ShownCards()
        self._session: Session | None = None

    async def chat(self, world: World, *, speaker: str, zone: str, as_json: bool) -> None:
        """Talk with standard input until it ends. Raises `Refused` for a name that cannot be seen."""
        session = self.open(world, speaker, zone, sys.stdout, as_json=as_json)
        await self.serve(session, sys.stdin)

    async def demo(self, world: World, *, zone: str) -> None:
        """Play the sample group's weeks; in a terminal, go on as one more member."""
        from adapters.console.demo import play  # noqa: PLC0415 - a conversation needs no story
        from adapters.console.story import AS_PAGES, FIRST, GO_ON, YOU  # noqa: PLC0415 - nor its end

        session = self.open(world, FIRST, zone, sys.stdout)
        await play(session)
        if sys.stdin.isatty() and session.output.is_terminal:
            link = await self._core.pages.make_link(session.speaker) if self._core.pages.url else None
            if link is not None:
                session.output.say(AS_PAGES.format(link=link))
            session.output.say(GO_ON)
            session.speak_as(YOU)
            await self.serve(session, sys.stdin)

    def open(self, world: World, speaker: str, zone: str, out: TextIO, *, as_json: bool = False) -> Session:
        """Begin a session: `speaker` says the lines that name nobody, `zone` (IANA) is everybody's.

        A terminal gets colours, anything else plain words, or JSON lines.
        """
        if isinstance(out, TextIOWrapper):
            out.reconfigure(encoding="utf-8" if as_json else None, errors="replace")
        output = output_for(out, as_json=as_json)
        self._session = Session(self._core, self._cards, world, speaker, ZoneInfo(zone), output)
        return self._session

    async def serve(self, session: Session, source: TextIO) -> None:
        """Take lines until `source` ends: at a prompt where both ends are a terminal, else one by one."""
        if source.isatty() and session.output.is_terminal:
            from adapters.console.prompt import interact  # noqa: PLC0415 - a pipe needs no prompt

            await interact(session)
        else:
            await read_pipe(session, source)

    async def run(self) -> None:
        """Serve until cancelled; lines come by the session."""
        await asyncio.Event().wait()

    async def post(self, delivery: Delivery) -> MessageRef:
        """Show a post. Raises `RetryLater` while no session is open."""
        session = self._require_session()
        match delivery.to:
            case ChannelAddress(channel=room):
                channel, viewer = Channel(PLATFORM, "", room, room), None
            case UserAddress(user=user):
                channel, viewer = Channel(PLATFORM, "", None), user
        shown = self._cards.add(delivery.card, channel, viewer, delivery.key)
        with _retried_when_unread():
            session.announce(OutputKind.POST, delivery.to, delivery.card)
        return MessageRef(_place(delivery.to), session.ref_of(shown))

    async def edit(self, to: Address, ref: MessageRef, card: Card) -> None:
        """Show a post anew, also one of an earlier session, which has scrolled away."""
        session = self._require_session()
        shown = session.card_of(ref.id)
        if shown is not None:
            shown.card = card
        with _retried_when_unread():
            session.announce(OutputKind.EDIT, to, card)

    async def find(self, delivery: Delivery, since: datetime) -> list[MessageRef]:  # noqa: ARG002 - keys are for ever
        """Return the post of this session under the delivery's key."""
        shown = self._cards.with_key(delivery.key)
        if shown is None or self._session is None:
            return []
        return [MessageRef(_place(delivery.to), self._session.ref_of(shown))]

    async def find_access(self, places: Sequence[ChannelAddress]) -> dict[ChannelAddress, Access]:
        """Return that nothing keeps a post from any channel: they exist by being spoken of."""
        return dict.fromkeys(places, Access())

    async def check(self) -> list[Finding]:
        """Say that there is nothing to set up."""
        return [Finding("console", is_well=True, words="needs no setting up")]

    def health(self) -> Health:
        """Return that it is well, as it is while the program runs."""
        return Health(is_ready=True, age=0.0)

    def _require_session(self) -> Session:
        """Return the session. Raises `RetryLater` where none is open."""
        if self._session is None:
            raise RetryLater("no console is open")
        return self._session


@contextmanager
def _retried_when_unread() -> Iterator[None]:
    """Raise `RetryLater` where nobody reads any more, so that a post waits for the next console."""
    try:
        yield
    except BrokenPipeError:
        raise RetryLater("nobody reads the console any more") from None


def output_for(out: TextIO, *, as_json: bool) -> Output:
    """Return what writes to a stream. Rich is only loaded for a terminal, so that a pipe starts at once."""
    if as_json:
        return JsonLines(out)
    if out.isatty():
        from adapters.console.screen import Screen  # noqa: PLC0415

        return Screen(out)
    return PlainLines(out)


def _place(to: Address) -> str:
    return to.channel if isinstance(to, ChannelAddress) else f"@{to.user}"
