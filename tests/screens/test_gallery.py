"""The pictures of messages show what the program says today."""

from pathlib import Path

import pytest

from tests.screens import gallery
from tests.screens.words import read

ANEW = "make pictures draws it anew"
LARGEST_BYTES = 150_000
"""So that the README is quick on a phone."""


@pytest.fixture(scope="module")
async def shown() -> dict[str, str]:
    return await gallery.pages()


async def test_pictures_of_messages_show_what_the_program_says(shown: dict[str, str]) -> None:
    for name, page in shown.items():
        assert gallery.words_of(_path(name)) == read(page), ANEW


async def test_the_readme_says_what_they_show(shown: dict[str, str]) -> None:
    assert gallery.README.read_text(encoding="utf-8") == gallery.render_readme(shown), ANEW


def test_pictures_of_messages_are_light() -> None:
    for light, dark, _ in gallery.LABELS:
        assert max(_path(light).stat().st_size, _path(dark).stat().st_size) < LARGEST_BYTES


def _path(name: str) -> Path:
    return gallery.FOLDER / f"{name}.png"
