import io
import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from adapters.console.adapter import output_for
from adapters.console.outgoing import JsonLines, Message, OutputKind, PlainLines
from adapters.console.screen import Screen
from bot.chat.card import Card, Line, Tone
from bot.chat.request import Audience
from tests.adapters.cards import FORM, every_block

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
SHORT = Card("", (Line(("Ada · 2 h 30",)),))
LONG = Card("Results", (Line(("Ada kept the week.",)),))


def message(kind: OutputKind, body: Card = LONG, audience: Audience = Audience.PUBLIC, to: str = "console") -> Message:
    return Message(kind, to, audience, AT, body)


def test_plain_lines() -> None:
    out = io.StringIO()
    lines = PlainLines(out)
    lines.show(message(OutputKind.POST, SHORT))
    lines.show(message(OutputKind.EDIT))
    lines.show(message(OutputKind.ERROR, Card("", (Line(("No.",)),), Tone.WRONG), Audience.PRIVATE, "ada"))
    lines.show(message(OutputKind.REPLY, Card(""), Audience.PUBLIC, "ada"))
    lines.show(Message(OutputKind.FORM, "ada", Audience.PRIVATE, AT, FORM))
    lines.moved(AT, ZoneInfo("UTC"))
    lines.say("Time passes.")
    lines.echo("ada", "/progress")
    assert out.getvalue() == (
        "#console │ Ada · 2 h 30\n"
        "#console (changed)\n  Results\n  Ada kept the week.\n"
        "@ada ✗ │ No.\n"
        "@ada │ \n"
        "@ada\n  Check in\n  time: …  (2h30, 90 min)\n  area: …  (maths | stats)\n  learned: chain rule\n"
        "── Mon 5 Jan 2026 09:00\n"
        "Time passes.\n"
        "ada> /progress\n"
    )


def test_json_lines_hold_nothing_else() -> None:
    out = io.StringIO()
    lines = JsonLines(out)
    lines.moved(AT, ZoneInfo("UTC"))
    lines.say("Time passes.")
    lines.echo("ada", "/progress")
    assert out.getvalue() == ""
    lines.show(message(OutputKind.POST, every_block(2)))
    [line] = out.getvalue().splitlines()
    assert json.loads(line)["text"].startswith("Every block")


async def test_pipes_do_not_wait_visibly() -> None:
    out = io.StringIO()
    for lines in (PlainLines(out), JsonLines(out)):
        async with lines.waiting("Time passes"):
            pass
    assert out.getvalue() == ""


def test_a_line_is_there_at_once() -> None:
    class Pipe(io.StringIO):
        flushed = ""

        def flush(self) -> None:
            self.flushed = self.getvalue()

    for lines in (JsonLines(pipe := Pipe()), PlainLines(pipe)):
        lines.show(message(OutputKind.POST, SHORT))
        assert pipe.flushed == pipe.getvalue() != ""


@pytest.mark.parametrize("code", ["\x1b[31m", "\x07", "\x9b", "\r", "\u202e", "\u2066", "\x00", "\ud800"])
def test_nothing_commands_the_terminal(code: str) -> None:
    assert message(OutputKind.POST, Card(f"a{code}b")).text[0] == "a"
    assert code[0] not in message(OutputKind.POST, Card(f"a{code}b")).text


def test_a_terminal_gets_colours_and_a_pipe_words() -> None:
    class Tty(io.StringIO):
        def isatty(self) -> bool:
            return True

    assert isinstance(output_for(Tty(), as_json=False), Screen)
    assert isinstance(output_for(Tty(), as_json=True), JsonLines)
    assert isinstance(output_for(io.StringIO(), as_json=False), PlainLines)
