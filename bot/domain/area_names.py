"""Areas as people type them: by name, initials or beginning; and what somebody meant who typed none that there is."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, takewhile

from bot.domain.names import quoted
from bot.domain.pattern import compile_on_use
from bot.domain.plain import plain
from bot.errors import Offer, Refused, Understood

SHORTEST_BEGINNING = 3
SHORTEST_MISSPELLED = 5
LIST_LIMIT = 160
"""Letters of a list within a sentence."""
MAX_NEAR = 2
"""Areas that are offered in the place of one that is unknown."""
NEAR, ALMOST_AS_NEAR, MISSPELLED = 0.6, 0.15, 0.84
"""Likeness of what is offered, how much less a second one may have, and that of the same word with a letter wrong."""
LONGEST_TYPED = 80

_SEPARATORS = compile_on_use(r"[\s_./'-]+")
_BETWEEN = compile_on_use(r" (?:and|und|et|y|or) | ?[,+&/] ?")
_DERIVED = frozenset("al ally an ian ians ician icians ist ists ize ing ed er ers".split())
"""Endings by which "mathematical" differs from "mathematics" without being misspelled."""


def read_area(text: str, areas: Sequence[str]) -> str:
    """Return the area that `text` names: in full, by its initials, or by a beginning that fits only one.

    Raises `Understood` where it names two, and `Refused` where it names none; both offer those that may be meant.
    """
    area = match_area(text, areas)
    if area is not None:
        return area
    several = list(_read_several(text, areas))
    if len(several) > 1:
        listed = " or ".join(several)
        sentence = f"A check-in has one area, and I read {len(several)}: {listed}. Which one?"
        raise Understood(sentence, several[0], [Offer(name, name) for name in several])
    near = near_areas(text, areas)
    meant = f". Did you mean {' or '.join(near)}?" if near else f"; there are {_list_areas(areas)}."
    example = next(iter([*near, *areas]), "")
    raise Refused(f"There is no area {quoted(text)} here{meant}", example, [Offer(name, name) for name in near])


def match_area(text: str, areas: Sequence[str]) -> str | None:
    """Return the only area that `text` names, None if it names none or several."""
    typed = plain(text)
    if not typed or len(typed) > LONGEST_TYPED:
        return None
    exact = [area for area in areas if plain(area) == typed] or [area for area in areas if _key(area) == _key(typed)]
    if exact:
        return exact[0]
    matches = [area for area in areas if _is_short_for(typed, plain(area))]
    return matches[0] if len(matches) == 1 else None


def is_loosely_named(text: str, areas: Sequence[str]) -> bool:
    """Return True if `text` names an area by few letters, or the first of several words: that may begin a text too."""
    area = match_area(text, areas)
    if area is None or _key(text) in (_key(area), _initials(plain(area))):
        return False
    return " " in plain(area) or len(plain(text)) <= SHORTEST_BEGINNING


def near_areas(text: str, areas: Sequence[str]) -> list[str]:
    """Return the areas that may be meant, the likeliest first: they have that word, or are spelled nearly so."""
    typed = plain(text[:LONGEST_TYPED])
    ranked = [(_likeness(typed, plain(area)), area) for area in areas]
    least = max(NEAR, max((likeness for likeness, _ in ranked), default=0) - ALMOST_AS_NEAR)
    return [area for likeness, area in sorted(ranked, key=lambda pair: -pair[0]) if likeness >= least][:MAX_NEAR]


def find_misspelled(text: str, areas: Sequence[str]) -> tuple[str, str] | None:
    """Return the area that a text begins or ends with, a letter wrong, and the rest of the text; None if with none."""
    words = text.split()
    longest = max((len(area.split()) for area in areas), default=0)
    for count in range(min(longest, len(words)), 0, -1):
        for part, rest in ((words[:count], words[count:]), (words[-count:], words[:-count])):
            typed = plain(" ".join(part))
            area = next((area for area in areas if _is_misspelled(typed, plain(area))), None)
            if area is not None:
                return area, " ".join(rest)
    return None


def _read_several(text: str, areas: Sequence[str]) -> Iterator[str]:
    """Yield the areas of "statistics and mathematics"; nothing where a part of it is no area."""
    named = [match_area(part, areas) for part in _BETWEEN.split(plain(text)[:LONGEST_TYPED])]
    if all(named):
        yield from dict.fromkeys(name for name in named if name is not None)


def _is_short_for(typed: str, name: str) -> bool:
    if _key(typed) == _initials(name):
        return True
    beginnings = (typed, typed.removesuffix("s"))  # maths, stats
    return any(len(typed) >= SHORTEST_BEGINNING and name.startswith(typed) for typed in beginnings)


def _initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in words) if len(words) > 1 else name


def _key(name: str) -> str:
    return _SEPARATORS.sub("", plain(name))


def _likeness(typed: str, name: str) -> float:
    """Return how near a name is to what was typed, from 0 to 1: 1 where it is a word or a beginning of the name."""
    if len(typed) >= SHORTEST_BEGINNING and (typed in name.split() or name.startswith(typed)):
        return 1.0
    return max(_ratio(typed, name), *(_ratio(typed, word) - 0.1 for word in name.split()))


def _is_misspelled(typed: str, name: str) -> bool:
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(typed, name, strict=False)))
    is_derived = typed[shared:] in _DERIVED
    return len(typed) >= SHORTEST_MISSPELLED and not is_derived and _ratio(typed, name) >= MISSPELLED


def _ratio(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1; 0 where that is surely less than `NEAR`.

    Their lengths and letters tell the most that it can be, which takes a tenth of the time.
    """
    least = NEAR * (len(one) + len(other)) / 2
    if (
        min(len(one), len(other)) < least
        or sum(min(one.count(letter), other.count(letter)) for letter in {*one}) < least
    ):
        return 0.0
    return SequenceMatcher(None, one, other).ratio()


def _list_areas(areas: Sequence[str]) -> str:
    """Return as many of them as a sentence bears, one at least, and how many there are beside these."""
    lengths = accumulate(map(len, areas))
    count = max(1, sum(length <= LIST_LIMIT for length in lengths))
    rest = f" and {len(areas) - count} more" if len(areas) > count else ""
    return ", ".join(areas[:count]) + rest
