"""The names of options in a line: `learned: central limit theorem`. What stands behind one is its value.

A name counts for an option of the command that is not given yet, by a name or by its place; that of an option given
before is part of a text. Other words for it count too, but in a text only where their value can be read.
"""

import re
from functools import lru_cache
from typing import Any

from msgspec import Struct

from bot.chat.command import Option, Reading, Spec
from bot.chat.reading.line import MAX_RUN_WORDS, Line
from bot.chat.reading.places import Doubt, Places
from bot.domain.pattern import compile_on_use
from bot.errors import Understood

_COLON = "[:\uff1a\ufe55]"

Stretch = tuple[int, int]
"""Where a part of a text begins and ends."""


class Parts(Struct, frozen=True):
    """A line by its names: the stretch before the first one, and what each claims, in the line's order."""

    leading: Stretch
    named: dict[str, Stretch]


def find_names(spec: Spec, text: str, reading: Reading) -> Parts:
    """Return the parts of a line without the command's name."""
    options = {name: option for option in spec.visible for name in option.names}
    marks: list[tuple[Option[Any], re.Match[str]]] = []
    taken: frozenset[str] | None = None
    for match in _pattern(tuple(options)).finditer(text):
        name = " ".join(match[1].casefold().split())
        option = options[name]
        if taken is None:
            taken = _taken_by_place(spec, text, match.start(), reading)
        if option.name in taken or any(option is other for other, _ in marks):
            continue
        is_in_text = bool(marks) and marks[-1][0].kind.is_free
        if is_in_text and name != option.name and not _begins_with_value(option, text[match.end() :], reading):
            continue
        marks.append((option, match))
    starts = [*(match.start() for _, match in marks), len(text)]
    named = {option.name: (match.end(), end) for (option, match), end in zip(marks, starts[1:], strict=True)}
    return Parts((0, starts[0]), named)


def measure_value(option: Option[Any], line: Line, reading: Reading) -> int:
    """Return how many of a line's first words a typed option can read together, 0 if it can read none."""
    for count in range(min(len(line), MAX_RUN_WORDS), 0, -1):
        said = line.run(0, count)
        refused = option.refusal(said, reading) if said else None
        if said and (refused is None or isinstance(refused, Understood)):
            return count
    return 0


def _begins_with_value(option: Option[Any], text: str, reading: Reading) -> bool:
    return option.kind.is_free or measure_value(option, Line(text[:200]), reading) > 0


def _taken_by_place(spec: Spec, text: str, end: int, reading: Reading) -> frozenset[str]:
    """Return the names of the options that the words before the first name surely fill."""
    places = Places(Line(text, [(0, end)]), spec.visible, reading, has_text=True)
    return next(parting for parting in places.find() if parting.doubt is Doubt.NONE).names


@lru_cache(maxsize=256)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of a name with its colon, at the beginning of a word."""
    words = (re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=len, reverse=True))
    return compile_on_use(rf"(?<!\S)({'|'.join(words)})\s?{_COLON}", re.IGNORECASE) if names else compile_on_use("(?!)")
