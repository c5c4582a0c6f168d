"""A line of text as runs of one font and one direction each, in the order in which they stand on the page."""

from dataclasses import dataclass, replace
from itertools import groupby
from unicodedata import bidirectional, category, normalize

from bot.charts.artwork import emoji_at
from bot.charts.fonts import font_of, is_known

_TO_LEFT = ("R", "AL")
_TO_RIGHT = ("L", "EN", "AN")
_JOINERS = "\u200c\u200d"
_SELECTORS = "\ufe0e\ufe0f"
_BRACKETS = "()[]{}"


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one font (""), or one emoji with its file; `is_rtl` is None where neighbours decide."""

    text: str
    font: str
    is_rtl: bool | None
    file: str = ""


def runs(text: str) -> list[Run]:
    """Return the runs of `text` from left to right.

    A short form of the Unicode bidirectional algorithm for one line without embeddings: the first letter decides
    the line's direction, and characters without one go with their neighbours.
    """
    logical = _split(text)
    groups = [(is_rtl, list(group)) for is_rtl, group in groupby(_direct(logical), key=lambda run: run.is_rtl)]
    if _is_rtl(logical):
        groups.reverse()
    return [run for is_rtl, group in groups for run in (reversed(group) if is_rtl else group)]


def _is_rtl(runs: list[Run]) -> bool:
    """Return True if the line runs to the left: as its first letter does, numbers not counted."""
    letters = (char for run in runs if run.is_rtl is not None for char in run.text)
    kinds = (bidirectional(char) for char in letters)
    return next((kind in _TO_LEFT for kind in kinds if kind in _TO_LEFT or kind == "L"), False)


def _split(text: str) -> list[Run]:
    """Return the runs in the order in which they are typed."""
    runs: list[Run] = []
    index = 0
    while index < len(text):
        file, end = emoji_at(text, index)
        if file:
            runs.append(Run(text[index:end], "", None, file))
            index = end
            continue
        char = text[index]
        for letter in char if is_known(char) else normalize("NFKC", char):  # letters dressed up as signs
            _add(runs, letter)
        index += 1
    return runs


def _add(runs: list[Run], char: str) -> None:
    """Add a character to the last run where font and direction allow, and marks always; else begin a new one."""
    last = runs[-1] if runs and not runs[-1].file else None
    if char in _SELECTORS:
        return
    if last and (char in _JOINERS or category(char)[0] == "M"):
        runs[-1] = replace(last, text=last.text + char)
        return
    kind = bidirectional(char)
    is_rtl = True if kind in _TO_LEFT else False if kind in _TO_RIGHT else None
    font = font_of(char)
    if last and last.font == font and last.is_rtl == is_rtl and char not in _BRACKETS and last.text not in _BRACKETS:
        runs[-1] = replace(last, text=last.text + char)
    else:
        runs.append(Run(char, font, is_rtl))


def _direct(runs: list[Run]) -> list[Run]:
    """Return every run with a direction: that of its neighbours where they agree, else the line's."""
    line = _is_rtl(runs)
    directed: list[Run] = []
    for index, run in enumerate(runs):
        before = directed[-1].is_rtl if directed else line
        after = next((later.is_rtl for later in runs[index:] if later.is_rtl is not None), line)
        is_between = before == after and run.text not in _BRACKETS
        own = run.is_rtl if run.is_rtl is not None else before if is_between else line
        directed.append(replace(run, is_rtl=own))
    return directed
