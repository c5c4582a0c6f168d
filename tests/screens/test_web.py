"""The pictures of a person's page show what it says today."""

import asyncio

import pytest

from tests.screens import web
from tests.screens.gallery import FOLDER, README, words_of
from tests.screens.words import read

ANEW = "make pictures draws it anew"
LARGEST_BYTES = 150_000


@pytest.fixture(scope="module")
def shown() -> dict[str, str]:
    return asyncio.run(web.pages())


@pytest.mark.parametrize("shot", web.SHOTS, ids=[shot.name for shot in web.SHOTS])
def test_pictures_of_pages_show_what_they_say(shown: dict[str, str], shot: web.Shot) -> None:
    path = FOLDER / f"{shot.name}.png"
    assert words_of(path) == read(shown[shot.page]), ANEW
    assert path.stat().st_size < LARGEST_BYTES
    assert f"docs/pictures/{path.name}" in README.read_text(encoding="utf-8")
