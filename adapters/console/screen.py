"""A terminal: cards in frames, in its colours or without any, and a sign of life while something takes long."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from typing import Any, TextIO
from zoneinfo import ZoneInfo

from rich.console import Console as Terminal
from rich.rule import Rule
from rich.text import Text

from adapters.console.limits import WIDTH
from adapters.console.outgoing import Kind, Message
from adapters.console.render import form_panel, panel, spans
from adapters.console.times import say_instant
from bot.chat.card import Card, Line, Note, Tone
from bot.chat.form import Form
from bot.chat.legible import legible
from bot.chat.request import Audience

PATIENCE = 1.0
"""Seconds before a sign of life."""


class Screen:
    """Shows messages with Rich. Standard output is looked up each time, so that a prompt can make room for them."""

    is_terminal = True

    def __init__(self, out: TextIO, *, force: bool | None = None) -> None:
        file = None if out is sys.stdout else out
        self._terminal = Terminal(file=file, force_terminal=force, highlight=False, markup=False, emoji=False)

    def show(self, message: Message) -> None:
        """One message: a short one on a line of its own, others in a frame."""
        body, width = message.body, self._terminal.width
        if isinstance(body, Form):
            self._terminal.print(form_panel(body, _below(message), width))
        elif _is_short(body):
            self._terminal.print(_line(message, body))
        else:
            self._terminal.print(panel(body, _below(message), width))

    def say(self, words: str) -> None:
        """Words of the console itself, in italics."""
        self._terminal.print(Text(legible(words), "italic"), width=min(self._terminal.width, WIDTH))

    def echo(self, name: str, line: str) -> None:
        """The line as it would have been typed."""
        self._terminal.print(Text(legible(name), "bold").append("> ", "dim").append(legible(line), "cyan"))

    def moved(self, now: datetime, zone: ZoneInfo) -> None:
        """A rule with the new time."""
        width = min(self._terminal.width, WIDTH)
        self._terminal.print(Rule(Text(say_instant(now, zone), "bold"), style="dim", align="left"), width=width)

    def waiting(self, words: str) -> AbstractAsyncContextManager[Any]:
        """A spinner, once it has lasted a second."""
        return self._spinning(words)

    @asynccontextmanager
    async def _spinning(self, words: str) -> AsyncIterator[None]:
        spinner = asyncio.create_task(self._spin(words))
        try:
            yield
        finally:
            spinner.cancel()
            await asyncio.gather(spinner, return_exceptions=True)

    async def _spin(self, words: str) -> None:
        await asyncio.sleep(PATIENCE)
        with self._terminal.status(Text(f"{words} …")):
            await asyncio.Event().wait()


def _is_short(card: Card) -> bool:
    return not card.title and all(isinstance(block, (Line, Note)) for block in card.blocks)


def _line(message: Message, card: Card) -> Text:
    is_wrong = message.kind is Kind.ERROR or card.tone is Tone.WRONG
    drawn = Text("✗ ", "red") if is_wrong else Text(f"{_place(message)} ", "dim")
    lines = [block for block in card.blocks if isinstance(block, (Line, Note))]
    for line in lines:
        drawn.append_text(spans(line.text, "dim" if isinstance(line, Note) else "")).append(" ")
    return drawn


def _below(message: Message) -> str:
    changed = "changed · " if message.kind is Kind.EDIT else ""
    return f"{changed}{_place(message)} · {message.at:%a %H:%M}"


def _place(message: Message) -> str:
    if message.audience is Audience.PRIVATE:
        return f"for {message.to} alone"
    return f"#{message.to}" if message.kind in (Kind.POST, Kind.EDIT) else f"{message.to} shows all"
