import asyncio
import io
import os
from pathlib import Path
from typing import TextIO

import pytest

from adapters.console.pipe import read_pipe
from bot.chat.request import Answer, Request
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
        if request.words:
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
