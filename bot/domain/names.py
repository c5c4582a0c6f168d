"""Names and notes as they may be shown: nothing hidden, nothing that spills over, every script intact."""

from collections.abc import Iterable
from unicodedata import category, combining, normalize

from bot.errors import Refused

NAME_LIMIT = 40
QUOTE_LIMIT = 40
NAMELESS = "someone"
READ_AHEAD = 8
"""Raw characters that are read for each one that fits: room for those that are dropped, a bound for the work."""

_MARKS_IN_A_ROW = 3
_VIRAMA = 9
_ZWJ = "\u200d"
_JOINERS = "\u200c\u200d"
_SELECTORS = "\ufe0e\ufe0f"
_KEYCAP = "\u20e3"
_KEYCAP_BASES = "0123456789#*"
_LONE_PICTOGRAPHS = "©®‼⁉\u2139〰"
_BLANK = "\u2800\U0001d159"
_INVISIBLE = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
    + "".join(map(chr, range(0xFE00, 0xFE0E)))
    + "".join(map(chr, range(0xE0100, 0xE01F0)))
)
"""Letters and marks without ink: fillers, the grapheme joiner, selectors that are not about emoji."""

_JOINED_SCRIPTS = (
    range(0x0600, 0x0E00),  # Arabic to Sinhala
    range(0x1000, 0x10A0),  # Myanmar
    range(0x1780, 0x18B0),  # Khmer, Mongolian
    range(0x1B00, 0x1B80),  # Balinese
    range(0xA980, 0xA9E0),  # Javanese
    range(0xFB50, 0xFE00),  # Arabic forms
    range(0xFE70, 0xFEFD),
    range(0x11000, 0x12000),  # younger relatives of Brahmi
)


def clean(text: str, limit: int, *, multiline: bool = False) -> str:
    """Return the legible part of `text`, in NFC and with its white space collapsed; it is not cut to `limit`.

    Only the first `READ_AHEAD * limit` characters are read, so that the work is bounded. Lines stay if `multiline`,
    with at most one empty one between two. Cleaning the result again changes nothing.
    """
    text = text[: READ_AHEAD * limit]
    if not multiline:
        return _clean_line(text)
    lines: list[str] = []
    for line in map(_clean_line, text.splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).rstrip("\n")


def cut(text: str, limit: int) -> str:
    """Cut `text` to at most `limit` characters, with "…" for the rest; accents and emoji stay whole."""
    if len(text) <= limit:
        return text
    if limit < 1:
        return ""
    end = limit - 1
    while end > 0 and _is_inside_character(text, end):
        end -= 1
    return text[: end or limit - 1].rstrip() + "…"


def read_text(text: str, limit: int, what: str, *, required: bool = False, multiline: bool = False) -> str:
    """Clean the text that a member wrote as their `what` ("note", "title").

    Raises Refused if more than `limit` characters remain, or, where it is `required`, none.
    """
    cleaned = text if len(text) > READ_AHEAD * limit else clean(text, limit, multiline=multiline)
    if len(cleaned) > limit:
        raise Refused(f"Your {what} has {len(cleaned):,} characters; {limit:,} fit.")
    if required and not _from_first_visible(cleaned):
        raise Refused(f"Your {what} is empty.")
    return cleaned


def capitalize(sentence: str) -> str:
    """Return the sentence with a capital at its beginning; unlike `str.capitalize` it leaves the rest alone."""
    return sentence[:1].upper() + sentence[1:]


def clean_name(text: str) -> str:
    """Make a platform's name fit for one line: never empty, never longer than `NAME_LIMIT`."""
    return cut(_from_first_visible(clean(text, NAME_LIMIT)), NAME_LIMIT) or NAMELESS


def quoted(text: str) -> str:
    """Quote typed words as an answer may repeat them: short, harmless, in quotation marks."""
    return f"“{cut(clean(text, QUOTE_LIMIT), QUOTE_LIMIT)}”"


def _clean_line(text: str) -> str:
    """Sieve and normalize twice: first as NFC is quadratic on long runs of marks, again for marks that NFC split."""
    if not (text.isascii() and text.isprintable()):
        for _ in range(2):
            text = normalize("NFC", _Sieve().sift(text))
    return " ".join(text.split())


class _Sieve:
    """One walk over a line; decisions rest on the characters let through before, so that a second changes nothing."""

    def __init__(self) -> None:
        self._passed: list[str] = []
        self._base = ""
        self._marks = 0
        self._after_virama = False
        self._held = ""

    def sift(self, text: Iterable[str]) -> str:
        for char in text:
            self._take(char)
        return "".join(self._passed)

    def _take(self, char: str) -> None:
        kind = category(char)
        if char.isspace() or char in _BLANK:
            self._start(" ")
        elif char in _JOINERS:
            self._hold_joiner(char)
        elif char in _SELECTORS:
            self._hold_selector(char)
        elif char in _INVISIBLE:
            return
        elif kind in ("Mn", "Me") or combining(char):
            self._stack(char)
        elif not kind.startswith("C") or (kind == "Cn" and is_emoji_block(char)):
            self._start(char)

    def _hold_joiner(self, char: str) -> None:
        """Hold a joiner back until the letter that it joins; after a virama it shapes the one before, and passes."""
        if not self._after_virama:
            self._held = char
        elif self._passed[-1] not in _JOINERS:
            self._passed.append(char)

    def _hold_selector(self, char: str) -> None:
        if not self._passed or self._passed[-1] != self._base:
            return
        if _is_pictograph(self._base):
            self._passed.append(char)
        elif self._base in _KEYCAP_BASES:
            self._held = char

    def _stack(self, mark: str) -> None:
        if self._marks == _MARKS_IN_A_ROW:
            return
        self._append(mark)
        self._marks += 1
        self._after_virama |= combining(mark) == _VIRAMA and _is_joined_script(self._base)

    def _start(self, char: str) -> None:
        self._append(char)
        self._base, self._marks, self._after_virama = char, 0, False

    def _append(self, char: str) -> None:
        if self._held and self._joins(char):
            self._passed.append(self._held)
        self._held = ""
        self._passed.append(char)

    def _joins(self, char: str) -> bool:
        if self._held in _SELECTORS:
            return char == _KEYCAP
        if self._held == _ZWJ and _is_pictograph(self._base) and _is_pictograph(char):
            return True
        return _is_joined_script(self._base) and _is_joined_script(char)


def _is_joined_script(char: str) -> bool:
    """Return True for a letter or mark of a script that spells words with zero-width joiners."""
    return char != "" and category(char)[0] in "LM" and any(ord(char) in script for script in _JOINED_SCRIPTS)


def is_emoji_block(char: str) -> bool:
    """Return True also where Python's Unicode tables are older than the emoji and call it unassigned."""
    return "\U0001f000" <= char <= "\U0001faff"


def _is_pictograph(char: str) -> bool:
    return (
        is_emoji_block(char)
        or (char > "\u2100" and category(char) in ("So", "Sm"))
        or (char != "" and char in _LONE_PICTOGRAPHS)
    )


def _is_inside_character(text: str, at: int) -> bool:
    """Return True if a cut before position `at` (not 0) would part two code points that are seen as one character."""
    here, before = text[at], text[at - 1]
    if _is_flag_letter(here):
        letters = 0
        while letters < at and _is_flag_letter(text[at - 1 - letters]):
            letters += 1
        return letters % 2 == 1
    is_tone = "\U0001f3fb" <= here <= "\U0001f3ff"
    return is_tone or here in _JOINERS or before == _ZWJ or category(here)[0] == "M" or combining(before) == _VIRAMA


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _from_first_visible(text: str) -> str:
    """Drop leading marks, which would sit on whatever stands before the text; all of it if nothing has ink."""
    start = next((at for at, char in enumerate(text) if _has_ink(char)), len(text))
    return text[start:]


def _has_ink(char: str) -> bool:
    return category(char)[0] in "LNPS" or is_emoji_block(char)
