"""Typed words in one plain spelling, before any reader looks at them: the one door for all text that is read.

Whoever types on a phone, with a Japanese keyboard or in Slack sends other characters for the same words: digits of
another script, full-width letters, curly quotes, long dashes, hard spaces, an emoji in front, a dot behind. Every
reader of this package begins with `plain`, so each of them takes all of these (product rules, "What people type").
"""

from functools import lru_cache
from unicodedata import category, decimal, decomposition, normalize

from bot.domain.names import clean, is_emoji_block

LONGEST = 200
"""Characters that are worth spelling plainly: no value of an option has as many."""

_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2039\u203a\u2032\u00b4`"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"
_QUOTES = "\"'"
_EMPHASIS = "*_"
"""Signs around words that are set off in chats: *2h*, **2h**, _2h_."""
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad"
_CLOSING = ".,;!?…"
_OPENING = ",;"
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_FRACTIONS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_JOINING = "\u200d\ufe0e\ufe0f\u20e3"
"""The joiner, selectors and key cap of emoji."""
_RAISED_OR_RINGED = ("<super>", "<sub>", "<circle>")
"""Compatibility forms that are not the character which they are made from: 2² is not 22."""

_SIGNS = {
    **dict.fromkeys(map(ord, _SINGLE_QUOTES), "'"),
    **dict.fromkeys(map(ord, _DOUBLE_QUOTES), '"'),
    **dict.fromkeys(map(ord, _DASHES), "-"),
    **{ord(sign): " " + normalize("NFKC", sign).replace("\u2044", "/") for sign in _FRACTIONS},
    ord("\u2044"): "/",
    ord("\u02d0"): ":",
    ord("\u2236"): ":",
    ord("\u066b"): ".",
    ord("\u066c"): ",",
    ord("\u3002"): ".",
    ord("\u3001"): ",",
}


def plain(text: str) -> str:
    """Return `text` in small letters and plain signs, without what stands around the words; "" if nothing is left.

    Doing it again changes nothing. A text longer than `LONGEST` is only cleaned, since it is to be refused.
    """
    return _plain(text) if len(text) <= LONGEST else clean(text, len(text)).casefold()


def spell(text: str) -> str:
    """Return `text` with plain signs in the place of their many forms, in the same letters' case."""
    if text.isascii():
        return text.replace("`", "'")
    return "".join(_spell(char) for char in normalize("NFC", text).translate(_SIGNS))


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    folded = spell(clean(text, LONGEST)).casefold()
    while (bare := _uncover(" ".join(folded.split()))) != folded:
        folded = bare
    return folded


def _spell(char: str) -> str:
    if char.isascii():
        return char
    if category(char) == "Nd":
        return str(decimal(char))
    return char if decomposition(char).startswith(_RAISED_OR_RINGED) else normalize("NFKC", char)


def _uncover(text: str) -> str:
    """Take off one layer around the words: quotes, brackets, an emoji, closing punctuation."""
    start, end = 0, len(text)
    while start < end and (text[start] in _OPENING or text[start].isspace() or _is_picture(text[start])):
        start += 1
    while start < end and (_is_closing(text, end) or text[end - 1].isspace() or _is_picture(text[end - 1])):
        end -= 1
    if end - start > 1:
        first, last = text[start], text[end - 1]
        is_around = (first in _QUOTES and last in _QUOTES) or (first in _EMPHASIS and first == last)
        if is_around or _BRACKETS.get(first) == last:
            return text[start + 1 : end - 1].strip()
    return text[start:end]


def _is_closing(text: str, end: int) -> bool:
    """Return True for punctuation before `end`; a colon behind a digit is part of a time that is not typed whole."""
    return text[end - 1] in _CLOSING or (text[end - 1] == ":" and text[end - 2 : end - 1].isalpha())


def _is_picture(char: str) -> bool:
    """Return True for emoji, their modifiers and selectors, and other signs that say nothing."""
    return not char.isascii() and (category(char) in ("So", "Sk") or is_emoji_block(char) or char in _JOINING)
