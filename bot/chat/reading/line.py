"""A typed line as words that remember where they stand, so that a text is taken from it as it was typed."""

from unicodedata import category

from msgspec import Struct

from bot.domain.pattern import compile_on_use

MAX_RUN_WORDS = 12
"""Words that a typed option can have at most."""
MAX_RUN_CHARACTERS = 80

_WORD = compile_on_use(r'["“„«][^"“”„«»]{1,1000}["”“»](?=[\s,;.]|$)|(?:[^\s,]|(?<=\d),(?=\d))+,*|,+')
"""Words between quotes are one word; a comma ends a word, unless it stands between digits."""
_QUOTED = compile_on_use(r'["“„«][^"“”„«»]+["”“»]')
_SEPARATORS = " \t\n,;:·|/&+*-\u2013\u2014\u2192.…"
_OPENERS = " \t,;:·|*-\u2013\u2014\u2192"
FILLERS = frozenset(
    "of for on in at by via with the a an and & + - i i've did studied logged spent worked"
    " am im in von für um und de du des en sur le la les et el los las sobre y".split()
)
"""Words that stand between values without belonging to one: "2 hours of statistics"."""
LEADS = frozenset("of on about über sur sobre von".split())
"""Fillers that say nothing in front of a text that follows a value: "2h on chain rule"."""
ABOUT = frozenset("about über sur sobre".split())
"""Those of them behind which a text stands, even where it is one word only."""
PREPOSITIONS = frozenset(
    "of for on in at by from to until till since before after about like than as with without and or the vs about"
    " am im von für bis ab und oder de du en sur et ou el y o para por".split()
)
"""Words that bind what follows them to the text in front of them: "the exam on friday"."""


def unquote(text: str) -> str:
    """Return a text without the quotation marks around all of it."""
    return text[1:-1].strip() if _QUOTED.fullmatch(text) else text


class Word(Struct, frozen=True):
    """A word of a line, by where it begins and ends."""

    start: int
    end: int


class Line:
    """Words from one or several stretches of a text. No value reaches over the gap between two of these."""

    def __init__(self, text: str, stretches: list[tuple[int, int]] | None = None) -> None:
        self.text = text
        self.words: list[Word] = []
        self._gaps: set[int] = set()
        self._signs: dict[int, bool] = {}
        self._small_words: dict[int, str] = {}
        stretches = [(0, len(text))] if stretches is None else stretches
        self._is_begun = next((start for start, end in stretches if start < end), 0) > 0
        self._is_cut = bool(stretches) and stretches[-1][1] < len(text)
        for start, end in stretches:
            self._gaps.add(len(self.words))
            self.words += [Word(*match.span()) for match in _WORD.finditer(text, start, end)]

    def __len__(self) -> int:
        return len(self.words)

    def has_gap(self, start: int, end: int) -> bool:
        """Return True if the words from `start` to before `end` are of several stretches."""
        return any(gap in self._gaps for gap in range(start + 1, end))

    def said(self, start: int, end: int) -> str:
        """Return the words from `start` to before `end` as they were typed."""
        return self.text[self.words[start].start : self.words[end - 1].end] if start < end else ""

    def run(self, start: int, end: int) -> str:
        """Return the words as a value can be read from them; empty if they are too many, or of several stretches."""
        if end - start > MAX_RUN_WORDS or self.has_gap(start, end):
            return ""
        said = self.said(start, end)
        return " ".join(said.split()) if len(said) <= MAX_RUN_CHARACTERS else ""

    def free(self, start: int, end: int) -> str:
        """Return the words as a text: without the signs, and the "of", that part it from values around it."""
        follows_value, precedes_value = start > 0 or self._is_begun, end < len(self.words) or self._is_cut
        while follows_value and start < end and self.word(start) in LEADS:
            start += 1
        pieces, first = [], start
        for at in (*(gap for gap in sorted(self._gaps) if start < gap < end), end):
            pieces.append(self.said(first, at))
            first = at
        text = " ".join(pieces)
        text = text.lstrip(_OPENERS) if follows_value else text
        return unquote(text.rstrip(_OPENERS) if precedes_value else text)

    def word(self, at: int) -> str:
        """Return a word in small letters and without closing signs."""
        known = self._small_words.get(at)
        if known is None:
            word = self.words[at]
            known = self.text[word.start : word.end].casefold().strip(_SEPARATORS + "!?\"'“”„«»()")
            self._small_words[at] = known
        return known

    def is_sign(self, at: int) -> bool:
        """Return True for a word without letters and digits: a dash, a comma, an emoji."""
        known = self._signs.get(at)
        if known is None:
            word = self.words[at]
            known = all(category(char)[0] not in "LN" for char in self.text[word.start : word.end])
            self._signs[at] = known
        return known

    def is_filler(self, at: int) -> bool:
        """Return True for a word that may stand between two values."""
        return self.is_sign(at) or self.word(at) in FILLERS

    def is_parted(self, at: int) -> bool:
        """Return True if a sign parts the word from the one before it: a comma, a dash, a bracket."""
        if at in self._gaps:
            return True
        before, word = self.words[at - 1], self.words[at]
        return self.text[before.end - 1] in ",;:.)" or self.text[word.start] in "(," or self.is_sign(at - 1)

    def count_said(self, start: int, end: int) -> int:
        """Count the words that say something."""
        return sum(not self.is_sign(at) for at in range(start, end))
