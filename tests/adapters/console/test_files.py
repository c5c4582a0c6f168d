"""A path that is typed in a terminal becomes what is in the file, or a sentence."""

from pathlib import Path

import pytest

from adapters.console import files
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
        assert "There is no file" in shown["text"]


async def test_a_file_that_is_too_large_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "FILE_BYTES", 10)
    path = tmp_path / "large.csv"
    path.write_text(TABLE)
    async with real_stage(tmp_path) as stage:
        [shown] = await stage.say(f"/mydata import file: {path}")
        assert "more than 0 MB" in shown["text"]
