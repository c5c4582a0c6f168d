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

from adapters.console.limits import WIDTH_COLUMNS
from adapters.console.outgoing import Message, OutputKind
from adapters.console.render import card_panel, form_panel, render_text
from adapters.console.times import format_instant
from bot.chat.card import Card, Line, Note, Tone
from bot.chat.form import Form
from bot.chat.legible import legible
from bot.chat.request import Audience

SPINNER_AFTER_SECONDS = 1.0


class Screen:
    """Messages shown by Rich. Standard output is looked up each time, so that a prompt can make room for them."""

    is_terminal = True

    def __init__(self, out: TextIO, *, force: bool | None = None) -> None:
        file = None if out is sys.stdout else out
        self._terminal = Terminal(file=file, force_terminal=force, highlight=False, markup=False, emoji=False)

    def show(self, message: Message) -> None:
        """Show a message: a short one on a line of its own, others in a frame."""
        body, width = message.body, self._terminal.width
        if isinstance(body, Form):
            self._terminal.print(form_panel(body, _below(message), width))
        elif _is_short(body):
            self._terminal.print(_line(message, body))
        else:
            self._terminal.print(card_panel(body, _below(message), width))

    def say(self, words: str) -> None:
        """Show words of the console itself, in italics."""
        self._terminal.print(Text(legible(words), "italic"), width=min(self._terminal.width, WIDTH_COLUMNS))

    def echo(self, name: str, line: str) -> None:
        """Show a line as it would have been typed."""
        self._terminal.print(Text(legible(name), "bold").append("> ", "dim").append(legible(line), "cyan"))

    def moved(self, now: datetime, zone: ZoneInfo) -> None:
        """Show a rule with the new time."""
        width = min(self._terminal.width, WIDTH_COLUMNS)
        self._terminal.print(Rule(Text(format_instant(now, zone), "bold"), style="dim", align="left"), width=width)

    def waiting(self, words: str) -> AbstractAsyncContextManager[Any]:
        """Show a spinner, once it has lasted a second."""
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
        await asyncio.sleep(SPINNER_AFTER_SECONDS)
        with self._terminal.status(Text(f"{words} …")):
            await asyncio.Event().wait()


def _is_short(card: Card) -> bool:
    return not card.title and all(isinstance(block, (Line, Note)) for block in card.blocks)


def _line(message: Message, card: Card) -> Text:
    is_wrong = message.kind is OutputKind.ERROR or card.tone is Tone.WRONG
    line = Text("✗ ", "red") if is_wrong else Text(f"{_place(message)} ", "dim")
    for block in card.blocks:
        if isinstance(block, (Line, Note)):
            line.append_text(render_text(block.text, "dim" if isinstance(block, Note) else "")).append(" ")
    return line


def _below(message: Message) -> str:
    changed = "changed · " if message.kind is OutputKind.EDIT else ""
    return f"{changed}{_place(message)} · {message.at:%a %H:%M}"


def _place(message: Message) -> str:
    if message.audience is Audience.PRIVATE:
        return f"for {message.to} alone"
    return f"#{message.to}" if message.kind in (OutputKind.POST, OutputKind.EDIT) else f"{message.to} shows all"
