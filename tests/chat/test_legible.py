"""Harmful characters go, all others stay, in every script."""

import pytest

from bot.chat.legible import legible


@pytest.mark.parametrize(
    "code",
    [*range(9), *range(11, 32), 0x7F, 0x9B, 0xAD, 0x61C, 0x200B, 0x200F, 0x2028, 0x202E, 0x2060, 0xFEFF, 0xD800],
)
def test_what_nobody_sees_and_what_turns_text_around_goes(code: int) -> None:
    assert legible(f"a{chr(code)}b\tc\nd") == "ab\tc\nd"


@pytest.mark.parametrize("text", ["", "plain", "a b", "Олег さくら नीलम مريم 👩‍💻 क्‍ष می‌خواهم"])
def test_letters_of_all_scripts_stay(text: str) -> None:
    assert legible(text) == text
