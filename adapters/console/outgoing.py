"""The console's messages, as JSON lines for scripts or as plain words; a terminal has `screen`."""

from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, TextIO
from zoneinfo import ZoneInfo

from msgspec import json, to_builtins

from adapters.console.files import WrittenFile
from adapters.console.times import format_instant
from bot.chat.card import Card
from bot.chat.form import Form
from bot.chat.legible import legible
from bot.chat.plain import plain, plain_form, plain_text
from bot.chat.request import Audience


class OutputKind(StrEnum):
    """The kind of a message."""

    REPLY = "reply"
    FORM = "form"
    POST = "post"
    EDIT = "edit"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Message:
    """One thing shown: to a person or a channel, named as people type it, at an instant in the session's zone.

    `file` is what came with it, and was written.
    """

    kind: OutputKind
    to: str
    audience: Audience
    at: datetime
    body: Card | Form
    file: WrittenFile | None = None

    @property
    def text(self) -> str:
        """Its words, none of which command a terminal."""
        return legible(plain_form(self.body) if isinstance(self.body, Form) else plain(self.body))


class Output(Protocol):
    """A place where messages are shown; a terminal can also ask."""

    is_terminal: bool

    def say(self, words: str) -> None:
        """Show words of the console itself."""
        ...

    def show(self, message: Message) -> None:
        """Show one message, at once."""
        ...

    def echo(self, name: str, line: str) -> None:
        """Show a line that somebody else types."""
        ...

    def moved(self, now: datetime, zone: ZoneInfo) -> None:
        """Show that the clock was moved by hand, and stands at `now`."""
        ...

    def waiting(self, words: str, /) -> AbstractAsyncContextManager[Any]:
        """Say that something takes long, while it lasts."""
        ...


class JsonLines:
    """JSON for scripts: one object a line, and nothing else."""

    is_terminal = False

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def show(self, message: Message) -> None:
        """Write one line."""
        line = {
            "kind": message.kind,
            "to": message.to,
            "audience": message.audience,
            "at": message.at.isoformat(timespec="seconds"),
            "card": _form_as_card(message.body) if isinstance(message.body, Form) else message.body,
            "text": message.text,
            **({"file": message.file} if message.file else {}),
        }
        self._stream.write(json.encode(line).decode() + "\n")
        self._stream.flush()

    def say(self, words: str) -> None:
        """Do nothing: scripts are not talked to."""

    def echo(self, name: str, line: str) -> None:
        """Do nothing: scripts know what they say."""

    def moved(self, now: datetime, zone: ZoneInfo) -> None:
        """Do nothing: scripts know where they moved it."""

    def waiting(self, _words: str, /) -> AbstractAsyncContextManager[Any]:
        """Do nothing: scripts are patient."""
        return nullcontext()


class PlainLines:
    """Words for pipes that people read."""

    is_terminal = False

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def show(self, message: Message) -> None:
        """Write the message: on one line where it is one, else below a line that says to whom."""
        name = f"#{message.to}" if _is_to_channel(message) else f"@{message.to}"
        mark = {OutputKind.ERROR: " ✗", OutputKind.EDIT: " (changed)"}.get(message.kind, "")
        lines = message.text.splitlines() or [""]
        if len(lines) == 1:
            self._write(f"{name}{mark} │ {lines[0]}")
        else:
            self._write("\n".join([f"{name}{mark}", *(f"  {line}".rstrip() for line in lines)]))

    def say(self, words: str) -> None:
        """Write the words."""
        self._write(words)

    def echo(self, name: str, line: str) -> None:
        """Write the line as it would have been typed."""
        self._write(f"{name}> {line}")

    def moved(self, now: datetime, zone: ZoneInfo) -> None:
        """Write the new time."""
        self._write(f"── {format_instant(now, zone)}")

    def waiting(self, _words: str, /) -> AbstractAsyncContextManager[Any]:
        """Do nothing: a file shows no spinner."""
        return nullcontext()

    def _write(self, text: str) -> None:
        self._stream.write(text + "\n")
        self._stream.flush()


def _is_to_channel(message: Message) -> bool:
    return message.kind in (OutputKind.POST, OutputKind.EDIT) and message.audience is Audience.PUBLIC


def _form_as_card(form: Form) -> dict[str, object]:
    """Return a form as scripts read it: `wrong` is its error as plain words."""
    fields = [{**to_builtins(field), "wrong": plain_text(field.error)} for field in form.fields]
    return {"title": form.title, "command": form.command, "fields": fields}
