"""Stored texts of cards, and the pictures of them in the documents, say each thing by its one word, and signs too."""

import html
import re
from pathlib import Path

import pytest

from bot.chat.plain import BLOCK_COUNT, EMPTY, FILLED
from tests.cards.rules import QUOTED, SYNONYMS

ROOT = Path(__file__).parents[2]
STORED = [*sorted((ROOT / "tests").rglob("*.ambr")), *sorted((ROOT / "docs" / "pictures").glob("*.svg"))]
_SAID = r"[0-9][0-9,]*(?: h(?: [0-9]{2})?| min)"
_ROW = re.compile(f"({_SAID}) of ({_SAID})[^{FILLED}{EMPTY}]*([{FILLED}{EMPTY}]+)")
_TAG = re.compile(r"<[^>]*>")


def texts(path: Path) -> list[str]:
    """Return the lines of a file as people read them."""
    written = path.read_text(encoding="utf-8")
    return html.unescape(_TAG.sub("", written) if path.suffix == ".svg" else written).replace("\xa0", " ").splitlines()


def minutes(said: str) -> int:
    """Return the minutes that a text says as cards do."""
    number, unit, *rest = said.replace(",", "").split()
    return int(number) if unit == "min" else 60 * int(number) + int("".join(rest) or 0)


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.name)
def test_each_thing_is_said_by_its_one_word(path: Path) -> None:
    found = [line for line in texts(path) if SYNONYMS.search(QUOTED.sub("", line))]
    assert found == []


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.name)
def test_a_row_of_signs_stands_beside_words_that_say_the_same(path: Path) -> None:
    for line in texts(path):
        if FILLED in line or EMPTY in line:
            assert re.search(_SAID, line), line
        for done, goal, blocks in _ROW.findall(line):
            filled = min(BLOCK_COUNT, BLOCK_COUNT * minutes(done) // minutes(goal))
            assert blocks == FILLED * filled + EMPTY * (BLOCK_COUNT - filled), line
