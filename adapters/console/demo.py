"""The story, played: what is typed is shown, what is posted comes at its own time, and quiet days pass quietly."""

from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from adapters.console.outgoing import Message, Output, OutputKind
from adapters.console.session import Session
from adapters.console.story import STORY, Beat, Visible
from bot.domain.week import Week, to_instant


async def play(session: Session, story: tuple[Beat, ...] = STORY) -> None:
    """Play `story` from the next Monday on (or this one) on the session's clock, which stands still."""
    filtered = FilteredOutput(session.output)
    session.output = filtered
    first = Week.first_from(session.now().date())
    shown_day = None
    try:
        for beat in story:
            filtered.visible = beat.visible
            when = instant_of(beat, first, session.zone)
            day = when.astimezone(session.zone).date()
            if beat.visible is not Visible.NOTHING and day != shown_day:
                filtered.moved(when, session.zone)
                shown_day = day
            if beat.words:
                filtered.say(beat.words)
            await session.pass_time(max(when, session.now()))
            if beat.line:
                await _say(session, filtered, beat)
    finally:
        session.output = filtered.inner


def instant_of(beat: Beat, first: Week, zone: ZoneInfo) -> datetime:
    """Return the instant of a beat, in a story whose first week is `first`."""
    day = first.plus(beat.week - 1).monday + timedelta(days=beat.weekday)
    return to_instant(datetime.combine(day, beat.at), zone)


async def _say(session: Session, filtered: "FilteredOutput", beat: Beat) -> None:
    if beat.visible is not Visible.NOTHING:
        filtered.echo(beat.who, beat.line)
    await session.say(f"@{beat.who} {beat.line}")


class FilteredOutput:
    """An output that lets through only what a beat is about."""

    def __init__(self, inner: Output) -> None:
        self.inner = inner
        self.is_terminal = inner.is_terminal
        self.visible = Visible.ALL

    def show(self, message: Message) -> None:
        """Show it, if it is of a kind that is to be seen now; what went wrong always is."""
        is_visible = message.kind is OutputKind.POST and self.visible is Visible.POSTS
        if is_visible or self.visible is Visible.ALL or message.kind is OutputKind.ERROR:
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
