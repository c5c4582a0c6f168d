"""A path that is typed in a terminal becomes what is in the file, or a sentence."""

import tempfile
from pathlib import Path

import pytest

from adapters.console import files
from bot.chat.card import Card
from bot.chat.plain import plain
from bot.chat.request import Attachment, Reply
from tests.adapters.console.stage import real_stage

TABLE = "date,hours\n2025-12-01,1\n"


async def test_a_typed_path_is_read(tmp_path: Path) -> None:
    path = tmp_path / "my export.csv"
    path.write_text(TABLE)
    async with real_stage(tmp_path) as stage:
        [shown] = await stage.say(f"/mydata import {path} area: Statistics")
        assert shown["card"]["title"] == "What is in my export.csv"
        shown = (await stage.say(f"/mydata import file: {path}"))[-1]
        assert "To bring in: 1 entry" in shown["text"]
        await stage.say("/mydata import")
        assert "To bring in: 1 entry" in (await stage.say(f":fill file={path}"))[-1]["text"]
        assert "Imported: 1 entry" in (await stage.say(":press Import it"))[-1]["text"]


@pytest.mark.parametrize("name", ["nothing.csv", ".", "a\0b", "x" * 300])
async def test_a_path_that_cannot_be_read_is_an_error(tmp_path: Path, name: str) -> None:
    async with real_stage(tmp_path) as stage:
        [shown] = await stage.say(f"/mydata import file: {tmp_path / name}")
        assert shown["kind"] == "error"
        assert "There's no file" in shown["text"]


async def test_a_device_that_never_ends_is_no_file(tmp_path: Path) -> None:
    async with real_stage(tmp_path) as stage:
        [shown] = await stage.say("/mydata import file: /dev/zero")
        assert shown["kind"] == "error"
        assert "There's no file" in shown["text"]


async def test_a_file_that_is_too_large_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "UPLOAD_BYTES", 10)
    path = tmp_path / "large.csv"
    path.write_text(TABLE)
    async with real_stage(tmp_path) as stage:
        [shown] = await stage.say(f"/mydata import file: {path}")
        assert "more than 4 MB" in shown["text"]


async def test_a_file_that_comes_is_written_beside_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with real_stage(tmp_path) as stage:
        await stage.say("/checkin 1h learned: one")
        first = (await stage.say("/mydata export"))[-1]
        second = (await stage.say("/mydata export"))[-1]
    assert first["kind"] == "reply"
    assert first["audience"] == "private"
    assert "attachment" not in first
    for shown in (first, second):
        path = Path(shown["file"]["path"])
        assert path.parent == tmp_path
        assert path.name == shown["file"]["name"]
        assert path.stat().st_size == shown["file"]["size"]
        assert path.stat().st_mode & 0o777 == 0o600
        assert f"Written to {path}." in shown["text"]
    assert first["file"]["name"] != second["file"]["name"], "nothing is overwritten"


async def test_where_the_folder_takes_no_file_another_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    attachment = Attachment("a.zip", "application/zip", b"content")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir("/proc")
    written = files.write(attachment)
    assert written is not None
    assert Path(written.path).read_bytes() == b"content"
    assert Path(written.path).is_relative_to(tmp_path)
    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    card, nothing = files.with_file(Reply(Card("Here"), attachment=attachment))
    assert nothing is None
    assert "could not be written" in plain(card)


def refuse(**_: str) -> str:
    raise PermissionError
