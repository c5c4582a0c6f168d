"""Plays the story: what is typed is shown, what is posted comes at its own time, and quiet days pass quietly."""

from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from adapters.console.outgoing import Kind, Message, Output
from adapters.console.session import Session
from adapters.console.story import STORY, Beat, Shows
from bot.domain.week import Week, to_instant


async def play(session: Session, story: tuple[Beat, ...] = STORY) -> None:
    """Play `story` from the next Monday on (or this one) on the session's clock, which stands still."""
    muffled = Muffled(session.output)
    session.output = muffled
    first = Week.first_from(session.now().date())
    shown_day = None
    try:
        for beat in story:
            muffled.shows = beat.shows
            when = instant_of(beat, first, session.zone)
            day = when.astimezone(session.zone).date()
            if beat.shows is not Shows.NOTHING and day != shown_day:
                muffled.moved(when, session.zone)
                shown_day = day
            if beat.words:
                muffled.say(beat.words)
            await session.pass_time(max(when, session.now()))
            if beat.line:
                await _say(session, muffled, beat)
    finally:
        session.output = muffled.inner


def instant_of(beat: Beat, first: Week, zone: ZoneInfo) -> datetime:
    """When a beat happens, in a story whose first week is `first`."""
    day = first.plus(beat.week - 1).monday + timedelta(days=beat.weekday)
    return to_instant(datetime.combine(day, beat.at), zone)


async def _say(session: Session, muffled: "Muffled", beat: Beat) -> None:
    if beat.shows is not Shows.NOTHING:
        muffled.echo(beat.who, beat.line)
    await session.say(f"@{beat.who} {beat.line}")


class Muffled:
    """An output of which only that comes through which a beat is about."""

    def __init__(self, inner: Output) -> None:
        self.inner = inner
        self.is_terminal = inner.is_terminal
        self.shows = Shows.ALL

    def show(self, message: Message) -> None:
        """Show it, if it is of a kind that is to be seen now; what went wrong always is."""
        is_post = message.kind is Kind.POST
        if self.shows is Shows.ALL or (self.shows is Shows.POSTS and is_post) or message.kind is Kind.ERROR:
            self.inner.show(message)

    def say(self, words: str) -> None:
        """Say it."""
        self.inner.say(words)

    def echo(self, name: str, line: str) -> None:
        """Echo it."""
        self.inner.echo(name, line)

    def moved(self, now: datetime, zone: ZoneInfo) -> None:
        """Say when it is."""
        self.inner.moved(now, zone)

    def waiting(self, words: str) -> AbstractAsyncContextManager[Any]:
        """Wait as the terminal does."""
        return self.inner.waiting(words)
