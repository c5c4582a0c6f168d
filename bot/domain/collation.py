"""The order in which people expect names: accents beside their letters, case ignored, numbers by their value.

The database sorts by a key that stands beside the name and is compared byte by byte, so every engine gives one order.
"""

import re
from unicodedata import category, combining, normalize

from bot.domain.pattern import compile_on_use

_LETTERS = str.maketrans(
    {
        "ø": "o",
        "œ": "oe",
        "æ": "ae",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "\u0131": "i",
        "'": None,
        "’": None,
    }
)
"""Letters that Unicode does not take apart, by the letters that they stand beside, and signs within a word."""

_NUMBER = compile_on_use(r"\d+")
_BETWEEN_WORDS, _END = "-", " "
"""Signs below all letters and digits, so that a shorter word comes first; and below that the end of a folded name."""


def fold(name: str) -> str:
    """Return `elodie-0012` for all of `Élodie 2`, `elodie_02` and `ELODIE-2`: letters and numbers, however written."""
    letters = normalize("NFKD", normalize("NFKD", name).casefold()).translate(_LETTERS)
    words = "".join(char if _is_in_word(char) else " " for char in letters if not combining(char))
    return _NUMBER.sub(_fold_number, _BETWEEN_WORDS.join(words.split()))


def sort_key(name: str) -> str:
    """Return the key by which names are sorted: names that fold to one are told apart by their spelling."""
    return f"{fold(name)}{_END}{name}"


def key_range(name: str) -> tuple[str, str]:
    """Return the keys, from the first to before the second, of all names that fold as `name` does."""
    folded = fold(name)
    return f"{folded}{_END}", f"{folded}{chr(ord(_END) + 1)}"


def _is_in_word(char: str) -> bool:
    return char.isalnum() or category(char) in ("Mn", "Mc")


def _fold_number(match: re.Match[str]) -> str:
    """Return a number with its length before it: then 9 comes before 10."""
    digits = str(int(match[0]))
    return f"{len(digits):03}{digits}"
