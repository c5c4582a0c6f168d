"""The words that a journal is searched by, taken by one rule from the stored text and from the query.

Case and accents do not count. Scripts that put no spaces between words are taken apart into single characters, so that
a word is found wherever it stands. Everything that is neither letter, mark nor digit only separates.
"""

from unicodedata import category, normalize

from bot.domain.pattern import compile_on_use

SEARCH_LIMIT = 200
_ASCII_WORDS = compile_on_use("[a-z0-9]+")
_FOLDED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "\u0131": "i", "æ": "ae", "œ": "oe", "\u0640": None})
"""Letters with strokes, which Unicode does not take apart, and the stretching of Arabic words."""

_ACCENTS = (
    range(0x0300, 0x0370),  # of Latin, Greek and Cyrillic
    range(0x0591, 0x05BE),  # Hebrew vowels
    range(0x05BF, 0x05C8),
    range(0x0610, 0x061B),  # Arabic vowels
    range(0x064B, 0x0660),
    range(0x0670, 0x0671),
    range(0x06D6, 0x06EE),
    range(0x1AB0, 0x1B00),
    range(0x1DC0, 0x1E00),
    range(0x20D0, 0x2100),
    range(0xFE20, 0xFE30),
)
"""Marks that a reader may leave out. Those of Indic scripts are vowels like any other, and stay."""

_UNSPACED = (
    range(0x0E00, 0x1100),  # Thai, Lao, Tibetan, Myanmar
    range(0x1780, 0x1800),  # Khmer
    range(0x3005, 0x3008),
    range(0x3040, 0x3100),  # Kana
    range(0x3105, 0x3130),
    range(0x31A0, 0x31C0),
    range(0x31F0, 0x3200),
    range(0x3400, 0x4DC0),  # Han
    range(0x4E00, 0xA000),
    range(0xAC00, 0xD7B0),  # Hangul
    range(0xF900, 0xFB00),
    range(0x20000, 0x33480),
)


def words_of(text: str) -> list[str]:
    """Return the words of a text in their order, as they are compared."""
    if text.isascii():
        return _ASCII_WORDS.findall(text.lower())
    return "".join(_spaced(char) for char in _folded(text)).split()


def searchable(text: str) -> str:
    """Return a text as it is stored for the search: its words with a space between two."""
    return " ".join(words_of(text))


def phrases_of(typed: str) -> list[str]:
    """Return the phrases of a query: one for each typed word, which the rule may take apart into several."""
    return [phrase for phrase in map(searchable, typed.split()) if phrase]


def _folded(text: str) -> str:
    decomposed = normalize("NFKD", normalize("NFKD", text).casefold())
    return normalize("NFC", "".join(char for char in decomposed if not _is_in(char, _ACCENTS))).translate(_FOLDED)


def _spaced(char: str) -> str:
    if category(char)[0] not in "LMN":
        return " "
    return f" {char} " if _is_in(char, _UNSPACED) else char


def _is_in(char: str, scripts: tuple[range, ...]) -> bool:
    return any(ord(char) in script for script in scripts)
