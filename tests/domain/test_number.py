"""Whole numbers that people type."""

import pytest

from bot.domain.number import in_digits, read_whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("#12", 12),
        ("#\uff11\uff12", 12),
        ("\u0663", 3),
        ("twelve", 12),
        ("twenty-one.", 21),
        ("1.5", None),
        ("1234567890", None),
        ("", None),
    ],
)
def test_a_number_is_read_in_digits_or_words(text: str, number: int | None) -> None:
    assert read_whole_number(text) == number


def test_words_become_digits_within_a_sentence() -> None:
    assert in_digits("ninety-nine min and two days") == "99 min and 2 days"
