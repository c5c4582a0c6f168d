import asyncio
import io
import os
from pathlib import Path
from typing import TextIO

import pytest

from adapters.console.pipe import read_pipe
from adapters.console.session import Session
from bot.chat.card import Card
from bot.chat.request import Answer, Reply, Request, TextRequest
from tests.adapters.console.stage import fake_stage
from tests.adapters.fake_core import FakeCore


async def said(source: TextIO) -> list[str]:
    core = FakeCore()
    stage, _ = fake_stage(core)
    await stage.console.serve(stage.session, source)
    return [request.words for request in core.requests if request.words]


async def test_text() -> None:
    assert await said(io.StringIO("/progress\n\n/leaderboard")) == ["progress", "leaderboard"]


async def test_a_file(tmp_path: Path) -> None:
    file = tmp_path / "lines"
    file.write_bytes("\ufeff/progress\r\n/checkin 2h learned: ü\u2028x\n".encode() + b"/checkin 1h learned: \xff\n")
    with file.open() as source:
        assert await said(source) == ["progress", "checkin 2h learned: ü\u2028x", "checkin 1h learned: \ufffd"]


async def test_a_long_file_in_pieces(tmp_path: Path) -> None:
    file = tmp_path / "lines"
    lines = [f"checkin 2h learned: {'ü' * 500} {number}" for number in range(300)]
    file.write_text("\n".join(f"/{line}" for line in lines), encoding="utf-8")
    with file.open() as source:
        assert await said(source) == lines


class ListeningCore(FakeCore):
    """Says how many lines have come."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: asyncio.Queue[str] = asyncio.Queue()

    async def handle(self, request: Request) -> Answer:
        if isinstance(request, TextRequest):
            self.heard.put_nowait(request.words)
        return await super().handle(request)


async def test_lines_are_heard_as_they_come() -> None:
    reading, writing = os.pipe()
    core = ListeningCore()
    stage, _ = fake_stage(core)
    with os.fdopen(reading) as source, os.fdopen(writing, "wb", 0) as pen:
        hearing = asyncio.create_task(read_pipe(stage.session, source))
        pen.write(b"/prog")
        pen.write(b"ress\n/lead")
        assert await core.heard.get() == "progress"
        pen.write(b"erboard\n")
        assert await core.heard.get() == "leaderboard"
        pen.write(b"/undo")
        pen.close()
        await hearing
    assert core.heard.get_nowait() == "undo"


async def test_the_end_is_where_somebody_says_so() -> None:
    assert await said(io.StringIO("/progress\n:quit\n/leaderboard\n")) == ["progress"]


async def test_an_empty_source_still_begins_the_group() -> None:
    core = FakeCore()
    stage, _ = fake_stage(core)
    await read_pipe(stage.session, io.StringIO(""))
    assert [request.command for request in core.requests] == ["group start"]


async def test_chat_hears_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    core = FakeCore()
    stage, world = fake_stage(core)
    monkeypatch.setattr("sys.stdin", io.StringIO("/progress\n"))
    await stage.console.chat(world, speaker="bo", zone="UTC", as_json=True)
    shown = capsys.readouterr().out.splitlines()
    assert len(shown) == 1
    assert '"to":"bo"' in shown[0]


@pytest.mark.parametrize(("as_json", "written"), [(True, "Олег".encode()), (False, b"????")])
async def test_an_old_encoding_is_no_error(as_json: bool, written: bytes) -> None:
    core = FakeCore()
    stage, world = fake_stage(core)
    core.otherwise = Reply(Card("Олег"))
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    await stage.console.open(world, "ada", "UTC", out, as_json=as_json).say("/progress")
    assert written in raw.getvalue()


async def test_a_terminal_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    class Tty(io.StringIO):
        def isatty(self) -> bool:
            return True

    asked: list[Session] = []

    async def interact(session: Session) -> None:
        asked.append(session)

    monkeypatch.setattr("adapters.console.prompt.interact", interact)
    stage, world = fake_stage(FakeCore())
    session = stage.console.open(world, "ada", "UTC", Tty())
    await stage.console.serve(session, Tty())
    assert asked == [session]
    await stage.console.serve(session, io.StringIO())
    assert len(asked) == 1


async def test_it_serves_until_it_is_cancelled() -> None:
    stage, _ = fake_stage(FakeCore())
    serving = asyncio.create_task(stage.console.run())
    await asyncio.sleep(0)
    assert not serving.done()
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving
