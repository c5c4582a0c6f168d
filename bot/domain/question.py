"""A question on fundamentals that partners explain to each other, and what a file of such questions must be."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bot.domain.group import AREA_LIMIT
from bot.domain.names import clean, quoted
from bot.domain.pattern import compile_on_use

MOST_ASK_WORDS = 30
MOST_POINTS_WORDS = 42
"""Words of all points together: they stand on one card of sixty."""

MOST_FOLLOW_UP_WORDS = 18
MOST_ASK_CHARACTERS = 240
MOST_POINT_CHARACTERS = 160
LEAST_POINTS = 2
MOST_POINTS = 4
KEYS = ("id", "area", "ask", "points", "follow_up")
LISTED = "question"
"""The name of the list of tables in a file: `[[question]]`."""

_ID = compile_on_use(r"[a-z0-9]+(-[a-z0-9]+)*")
_MOST_ID_CHARACTERS = 40


class Question(NamedTuple):
    """A question by its lasting `id`: its area, what is asked, what a good answer covers, and what to ask then."""

    id: str
    area: str
    ask: str
    points: tuple[str, ...]
    follow_up: str


class ReadFile(NamedTuple):
    """The questions of a file that can be asked, and a sentence for each fault in it."""

    questions: tuple[Question, ...]
    faults: tuple[str, ...]


def read_questions(document: Mapping[str, object], taken: frozenset[str] = frozenset()) -> ReadFile:
    """Return the questions of a file that was read as TOML; their ids must not be `taken`."""
    tables = document.get(LISTED)
    faults = [f"There's no place for {quoted(key)} outside a [[{LISTED}]]." for key in document if key != LISTED]
    if not isinstance(tables, list) or not tables:
        return ReadFile((), (*faults, f"It has no [[{LISTED}]]."))
    questions: dict[str, Question] = {}
    for number, table in enumerate(tables, 1):
        found = list(_faults(table)) if isinstance(table, dict) else ["is no table."]
        if not found:
            question = _question(table)
            if question.id in taken:
                found = [f"has the id {quoted(question.id)} of a built-in question."]
            elif question.id in questions:
                found = [f"has the id {quoted(question.id)} of an earlier one."]
            else:
                questions[question.id] = question
        faults += [f"Question {number} {fault}" for fault in found]
    return ReadFile(tuple(questions.values()), tuple(faults))


def _question(table: Mapping[str, object]) -> Question:
    """Return the question of a table without faults."""
    texts = {key: _cleaned(value) for key, value in table.items()}
    points = table["points"]
    assert isinstance(points, list)
    return Question(texts["id"], texts["area"], texts["ask"], tuple(map(_cleaned, points)), texts["follow_up"])


def _faults(table: Mapping[str, object]) -> Iterator[str]:
    """Yield what is wrong with one question, each as the rest of a sentence that begins with it."""
    yield from (f"has no {key}." for key in KEYS if key not in table)
    yield from (f"has a key {quoted(key)}, which isn't one of {', '.join(KEYS)}." for key in table if key not in KEYS)
    for key in KEYS:
        if key == "points" or key not in table:
            continue
        if not isinstance(table[key], str) or not _cleaned(table[key]):
            yield f"needs a text as its {key}."
        else:
            yield from _text_faults(key, _cleaned(table[key]))
    if "points" in table:
        yield from _points_faults(table["points"])


def _text_faults(key: str, text: str) -> Iterator[str]:
    match key:
        case "id" if len(text) > _MOST_ID_CHARACTERS or not _ID.fullmatch(text):
            yield f"has the id {quoted(text)}: up to {_MOST_ID_CHARACTERS} small letters, digits and hyphens work."
        case "area" if len(text) > AREA_LIMIT:
            yield f"has an area of {len(text)} characters; {AREA_LIMIT} fit."
        case "ask":
            yield from _length_faults(key, text, MOST_ASK_WORDS, MOST_ASK_CHARACTERS)
        case "follow_up":
            yield from _length_faults(key, text, MOST_FOLLOW_UP_WORDS, MOST_POINT_CHARACTERS)
        case _:
            pass


def _points_faults(points: object) -> Iterator[str]:
    if not isinstance(points, list) or not all(isinstance(point, str) and _cleaned(point) for point in points):
        yield "needs a list of texts as its points."
        return
    if not LEAST_POINTS <= len(points) <= MOST_POINTS:
        yield f"needs {LEAST_POINTS} to {MOST_POINTS} points, and has {len(points)}."
    words = sum(len(point.split()) for point in points)
    if words > MOST_POINTS_WORDS:
        yield f"has points of {words} words together; {MOST_POINTS_WORDS} fit."
    longest = max(map(len, points), default=0)
    if longest > MOST_POINT_CHARACTERS:
        yield f"has a point of {longest} characters; {MOST_POINT_CHARACTERS} fit."


def _length_faults(key: str, text: str, most_words: int, most_characters: int) -> Iterator[str]:
    words = len(text.split())
    if words > most_words:
        yield f"has {key} of {words} words; {most_words} fit."
    elif len(text) > most_characters:
        yield f"has {key} of {len(text)} characters; {most_characters} fit."


def _cleaned(value: object) -> str:
    """Return a text in one line without anything hidden; a longer one than fits stays too long."""
    return clean(value, len(value)) if isinstance(value, str) else ""
