"""A file of questions: what is taken, and a sentence for each fault."""

from typing import Any

import pytest

from bot.domain.question import MOST_POINTS_WORDS, Question, read_questions

GOOD: dict[str, Any] = {
    "id": "ablative",
    "area": "Latin",
    "ask": "What is the ablative absolute?",
    "points": ["A noun and a participle in the ablative.", "It stands apart from the rest of the sentence."],
    "follow_up": "How would you translate “urbe capta”?",
}


def read(*tables: object, **others: object) -> tuple[str, ...]:
    return read_questions({"question": list(tables), **others}).faults


def test_a_good_file() -> None:
    read = read_questions({"question": [GOOD, {**GOOD, "id": "dative"}]})
    first = Question("ablative", "Latin", GOOD["ask"], tuple(GOOD["points"]), GOOD["follow_up"])
    assert read == ((first, first._replace(id="dative")), ())


def test_texts_are_cleaned() -> None:
    table = {**GOOD, "ask": "What\n is\u202e it? ", "points": [" One  thing.", "Another\x00."]}
    [question] = read_questions({"question": [table]}).questions
    assert (question.ask, question.points) == ("What is it?", ("One thing.", "Another."))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"id": "Ablative!"}, "has the id “Ablative!”: up to 40 small letters, digits and hyphens work."),
        ({"id": "a" * 41}, f"has the id “{'a' * 39}…”: up to 40 small letters, digits and hyphens work."),
        ({"id": 5}, "needs a text as its id."),
        ({"area": " "}, "needs a text as its area."),
        ({"area": "x" * 81}, "has an area of 81 characters; 80 fit."),
        ({"ask": "why " * 31}, "has ask of 31 words; 30 fit."),
        ({"ask": "w" * 241}, "has ask of 241 characters; 240 fit."),
        ({"follow_up": "why " * 19}, "has follow_up of 19 words; 18 fit."),
        ({"points": "one"}, "needs a list of texts as its points."),
        ({"points": ["one", 2]}, "needs a list of texts as its points."),
        ({"points": ["one", ""]}, "needs a list of texts as its points."),
        ({"points": []}, "needs 2 to 4 points, and has 0."),
        ({"points": ["one"]}, "needs 2 to 4 points, and has 1."),
        ({"points": list("abcde")}, "needs 2 to 4 points, and has 5."),
        ({"points": ["a " * 21, "b " * 22]}, f"has points of 43 words together; {MOST_POINTS_WORDS} fit."),
        ({"points": ["a" * 161, "b"]}, "has a point of 161 characters; 160 fit."),
        ({"answer": "x"}, "has a key “answer”, which isn't one of id, area, ask, points, follow_up."),
    ],
)
def test_a_fault_is_a_sentence(change: dict[str, Any], fault: str) -> None:
    assert read(GOOD, {**GOOD, "id": "dative", **change}) == (f"Question 2 {fault}",)


@pytest.mark.parametrize("key", list(GOOD))
def test_each_key_must_be_there(key: str) -> None:
    assert read({name: value for name, value in GOOD.items() if name != key}) == (f"Question 1 has no {key}.",)


def test_ids_are_the_questions_own() -> None:
    assert read(GOOD, GOOD) == ("Question 2 has the id “ablative” of an earlier one.",)
    taken = read_questions({"question": [GOOD]}, frozenset({"ablative"}))
    assert taken == ((), ("Question 1 has the id “ablative” of a built-in question.",))


def test_all_faults_are_told_and_the_rest_is_read() -> None:
    file = read_questions({"question": [{**GOOD, "ask": 1, "points": []}, GOOD, 7]})
    assert [question.id for question in file.questions] == ["ablative"]
    assert file.faults == (
        "Question 1 needs a text as its ask.",
        "Question 1 needs 2 to 4 points, and has 0.",
        "Question 3 is no table.",
    )


def test_a_file_without_questions() -> None:
    assert read() == ("It has no [[question]].",)
    assert read_questions({"questions": []}).faults == (
        "There's no place for “questions” outside a [[question]].",
        "It has no [[question]].",
    )
