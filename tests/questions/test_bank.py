"""The bank: enough questions for each area, none twice, each fit for a card; and the operator's own file."""

import tomllib
from collections import Counter
from importlib import resources
from itertools import combinations
from pathlib import Path

import pytest

from bot.chat.card import Card, Line
from bot.domain.group import AREAS
from bot.domain.question import Question, read_questions
from bot.errors import Misconfigured
from bot.questions.bank import BUILT_IN, QuestionBank
from tests.cards.rules import faults

LEAST_QUESTIONS = 150
LEAST_IN_AREA = 25
MOST_LIKE = 0.5
"""The share of words that two questions may have in common, of all that are in either."""

COMMON = frozenset("a an and are do does how if in is it its of on or the to what when why which you your".split())
OWN = """
[[question]]
id = "ablative"
area = "Latin"
ask = "What is the ablative absolute?"
points = ["A noun and a participle in the ablative.", "It stands apart from the rest."]
follow_up = "How would you translate urbe capta?"
"""

QUESTIONS = QuestionBank().questions


def test_no_file_has_a_fault() -> None:
    for name in BUILT_IN:
        text = (resources.files("bot.questions") / f"{name}.toml").read_text(encoding="utf-8")
        assert read_questions(tomllib.loads(text)).faults == ()


def test_enough_for_each_area() -> None:
    counts = Counter(question.area for question in QUESTIONS)
    assert set(counts) == set(AREAS)
    assert min(counts.values()) >= LEAST_IN_AREA
    assert len(QUESTIONS) >= LEAST_QUESTIONS


def test_each_has_an_id_of_its_own() -> None:
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS)


def test_no_two_ask_the_same() -> None:
    words = {question.id: words_of(question) for question in QUESTIONS}
    for one, other in combinations(words, 2):
        shared = len(words[one] & words[other]) / len(words[one] | words[other])
        assert shared <= MOST_LIKE, (one, other)


def words_of(question: Question) -> set[str]:
    return {word.strip(".,:;?!()“”").casefold() for word in question.ask.split()} - COMMON


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_question_and_answer_make_good_cards(question: Question) -> None:
    asked = Card("Question of the week", (Line((question.ask,)),))
    answered = Card("A good answer covers", tuple(Line((point,)) for point in question.points))
    together = Card("", (Line((question.ask,)), Line((question.follow_up,))))
    assert [*faults("question", asked), *faults("question", answered), *faults("question", together)] == []


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_sentences_end_as_sentences_do(question: Question) -> None:
    assert question.ask[-1] in "?."
    assert question.follow_up.endswith("?")
    for text in (question.ask, question.follow_up):
        assert text[0].isupper() or not text[0].isalpha()
    assert len(set(question.points)) == len(question.points)
    assert all(point[-1] in ".!…" for point in question.points)


def test_one_is_found_by_its_id() -> None:
    bank = QuestionBank()
    assert bank.find(QUESTIONS[0].id) == QUESTIONS[0]
    assert bank.find("none") is None


def test_questions_of_ones_own_come_after_the_built_in_ones(tmp_path: Path) -> None:
    file = tmp_path / "latin.toml"
    file.write_text(OWN)
    bank = QuestionBank(file)
    assert bank.questions[:-1] == QUESTIONS
    assert bank.questions[-1].id == "ablative"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "It can't be read: No such file or directory."),
        ("[[question]", "It isn't valid TOML: "),
        ("[[question]]\nid = 'x'", "Question 1 has no area. There's more: `tenhours check` lists all 4."),
        (OWN.replace("ablative", QUESTIONS[0].id, 1), f"Question 1 has the id “{QUESTIONS[0].id}” of a built-in"),
    ],
)
def test_a_fault_in_ones_own_file_is_said(tmp_path: Path, text: str | None, said: str) -> None:
    file = tmp_path / "latin.toml"
    if text is not None:
        file.write_text(text)
    with pytest.raises(Misconfigured) as caught:
        QuestionBank(file).read()
    assert str(caught.value).startswith(f"[partners] questions = '{file}': {said}")


def test_nothing_is_read_before_it_is_needed(tmp_path: Path) -> None:
    assert QuestionBank(tmp_path / "none.toml").own_file == tmp_path / "none.toml"
    assert QuestionBank().read_own_file() == ((), ())
