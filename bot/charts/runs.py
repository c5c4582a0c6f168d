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
    """The runs of `text` from left to right.

    A short form of the Unicode bidirectional algorithm for one line without embeddings: the first letter decides
    the line's direction, and what has none goes with its neighbours.
    """
    found = _split(text)
    groups = [(is_rtl, list(group)) for is_rtl, group in groupby(_directed(found), key=lambda run: run.is_rtl)]
    if _is_rtl(found):
        groups.reverse()
    return [run for is_rtl, group in groups for run in (reversed(group) if is_rtl else group)]


def _is_rtl(found: list[Run]) -> bool:
    """The line's direction: that of its first letter, numbers not counted."""
    letters = (char for run in found if run.is_rtl is not None for char in run.text)
    kinds = (bidirectional(char) for char in letters)
    return next((kind in _TO_LEFT for kind in kinds if kind in _TO_LEFT or kind == "L"), False)


def _split(text: str) -> list[Run]:
    found: list[Run] = []
    at = 0
    while at < len(text):
        file, end = emoji_at(text, at)
        if file:
            found.append(Run(text[at:end], "", None, file))
            at = end
            continue
        for char in text[at] if is_known(text[at]) else normalize("NFKC", text[at]):  # letters dressed up as signs
            _add(found, char)
        at += 1
    return found


def _add(found: list[Run], char: str) -> None:
    """A character joins the run before it where font and direction allow; marks always do."""
    last = found[-1] if found and not found[-1].file else None
    if char in _SELECTORS:
        return
    if last and (char in _JOINERS or category(char)[0] == "M"):
        found[-1] = replace(last, text=last.text + char)
        return
    kind = bidirectional(char)
    is_rtl = True if kind in _TO_LEFT else False if kind in _TO_RIGHT else None
    font = font_of(char)
    if last and last.font == font and last.is_rtl == is_rtl and char not in _BRACKETS and last.text not in _BRACKETS:
        found[-1] = replace(last, text=last.text + char)
    else:
        found.append(Run(char, font, is_rtl))


def _directed(found: list[Run]) -> list[Run]:
    """Every run with a direction: that of its neighbours where they agree, else the line's."""
    line = _is_rtl(found)
    directed: list[Run] = []
    for at, run in enumerate(found):
        before = directed[-1].is_rtl if directed else line
        after = next((later.is_rtl for later in found[at:] if later.is_rtl is not None), line)
        is_between = before == after and run.text not in _BRACKETS
        own = run.is_rtl if run.is_rtl is not None else before if is_between else line
        directed.append(replace(run, is_rtl=own))
    return directed
