import pytest

from bot.charts.artwork import emoji_at
from bot.charts.fonts import font_of, is_known, language_of
from bot.charts.runs import runs
from tests.charts.samples import EMOJI, SCRIPTS


@pytest.mark.parametrize("text", SCRIPTS)
def test_every_letter_has_a_font(text: str) -> None:
    assert all(is_known(char) for char in text)


@pytest.mark.parametrize("emoji", EMOJI)
def test_an_emoji_is_one_picture(emoji: str) -> None:
    [run] = runs(emoji)
    assert run.file
    assert emoji_at(emoji, 0) == (run.file, len(emoji))


@pytest.mark.parametrize("text", ["©", "1", "#", "→", "❤\ufe0e"])
def test_text_is_no_emoji(text: str) -> None:
    assert emoji_at(text, 0) == ("", 0)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ana שרה", ["Ana", " ", "שרה"]),
        ("שרה כהן", ["כהן", " ", "שרה"]),
        ("שרה 📚", ["📚", " ", "שרה"]),
        ("ישראל (Dan) 42", ["42", " ", ")", "Dan", "(", " ", "ישראל"]),
        ("Dan (ישראל) 42", ["Dan", " ", "(", "ישראל", ")", " ", "42"]),
        ("42 שרה", ["שרה", " ", "42"]),
        ("Jo 田中", ["Jo", " ", "田中"]),
        ("𝕬𝖑", ["Al"]),
        ("", []),
    ],
)
def test_runs_stand_as_they_are_read(text: str, shown: list[str]) -> None:
    assert [run.text for run in runs(text)] == shown


def test_brackets_among_hebrew_are_mirrored() -> None:
    assert [run.is_rtl for run in runs("ש(א)")] == [True] * 4


def test_each_script_has_its_font_and_an_unknown_character_a_box() -> None:
    assert [font_of(char) for char in "aЖあ한अش"] == [
        *("NotoSans", "NotoSans", "CJK", "CJK", "NotoSansDevanagari", "NotoSansArabic")
    ]
    assert font_of("\ue000") == "NotoSans"
    assert not is_known("\ue000")


def test_han_is_written_as_its_neighbours_are() -> None:
    assert len({language_of("漢字かな"), language_of("漢字"), language_of("漢字한")}) == 3
