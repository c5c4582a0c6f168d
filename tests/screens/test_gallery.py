"""The pictures of messages show what the program says today."""

import asyncio
from pathlib import Path

import pytest

from tests.screens import gallery
from tests.screens.words import read

ANEW = "make pictures draws it anew"
LARGEST_BYTES = 150_000
"""So that the README is quick on a phone."""


@pytest.fixture(scope="module")
def shown() -> dict[str, str]:
    return asyncio.run(gallery.pages())


def test_pictures_of_messages_show_what_the_program_says(shown: dict[str, str]) -> None:
    assert {f"{name}.png" for name in shown} == {
        path.name for path in gallery.FOLDER.glob("*.png") if _is_of_messages(path)
    }
    for name, page in shown.items():
        assert gallery.words_of(_path(name)) == read(page), ANEW


def test_the_readme_says_what_they_show(shown: dict[str, str]) -> None:
    assert gallery.README.read_text(encoding="utf-8") == gallery.render_readme(shown), ANEW


def test_pictures_of_messages_are_light() -> None:
    for light, dark, _ in gallery.LABELS:
        assert max(_path(light).stat().st_size, _path(dark).stat().st_size) < LARGEST_BYTES


def _is_of_messages(path: Path) -> bool:
    return path.name.startswith(("discord-", "slack-"))


def _path(name: str) -> Path:
    return gallery.FOLDER / f"{name}.png"
