"""Monday's question: which one partners are asked, and how each marks what was explained (product, "Partners")."""

import re
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from bot.domain.question import Question

REPEATED_AFTER_WEEKS = 4
NOT_AGAIN_WEEKS = 52
TELLING_LETTERS = 6
"""Letters of a word by which a focus and a question are about the same: *gradient*, *matrix*, *kernel*."""


class Mark(StrEnum):
    """How well something was explained; by oneself it decides, by a partner it is advice."""

    CLEAR = "clear"
    PARTLY = "partly"
    REPEAT = "repeat"


class Asked(NamedTuple):
    """A question that one of the partners was asked so many weeks ago, and their own mark."""

    question: str
    weeks_ago: int
    mark: Mark | None


class Readers(NamedTuple):
    """The areas of partners' group, and of each of them those studied and the title of the focus; all folded."""

    areas: Collection[str]
    studied: Sequence[Collection[str]]
    focuses: Sequence[str]


def choose_question(
    questions: Sequence[Question], readers: Readers, asked: Iterable[Asked], number: int
) -> Question | None:
    """Return the question of a week; None where there is none for these partners, who then take their own notes.

    One that any of them wants to repeat comes first, four weeks later; else one of their group's areas that nobody was
    asked for a year: of a focus, else of an area that all have studied, else any. `number` chooses among equals.
    """
    asked = list(asked)
    by_id = {question.id: question for question in questions}
    for one in sorted(asked, key=lambda one: one.question):
        if one.mark is Mark.REPEAT and one.weeks_ago == REPEATED_AFTER_WEEKS and one.question in by_id:
            return by_id[one.question]
    recent = {one.question for one in asked if one.weeks_ago < NOT_AGAIN_WEEKS}
    fitting = [one for one in questions if one.area.casefold() in readers.areas and one.id not in recent]
    titles = {word for title in readers.focuses for word in _telling_words(title)}
    of_focus = [one for one in fitting if titles.intersection(_telling_words(f"{one.area} {one.ask}".casefold()))]
    common = set(readers.areas).intersection(*readers.studied)
    of_common = [one for one in fitting if one.area.casefold() in common]
    choice = of_focus or of_common or fitting
    return choice[number % len(choice)] if choice else None


def _telling_words(text: str) -> set[str]:
    """Return the words of a text that are long enough to say what it is about."""
    return {word for word in re.findall(r"\w+", text) if len(word) >= TELLING_LETTERS}
