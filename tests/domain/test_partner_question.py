"""Choosing Monday's question for partners."""

from bot.domain.partner_question import Asked, Mark, Readers, choose_question
from bot.domain.question import Question


def question(name: str, area: str, ask: str = "Why?") -> Question:
    return Question(name, area, ask, ("One.", "Two."), "And then?")


BANK = (
    question("bayes", "Statistics", "What does the theorem of Bayes say?"),
    question("variance", "Statistics"),
    question("gradient", "Mathematics", "Derive gradient descent."),
    question("images", "DevOps"),
)
READERS = Readers({"statistics", "mathematics"}, [("statistics",), ("statistics", "mathematics")], ["", ""])


def choose(asked: list[Asked] | None = None, readers: Readers = READERS, number: int = 0) -> str | None:
    chosen = choose_question(BANK, readers, asked or [], number)
    return chosen.id if chosen else None


def test_it_is_of_an_area_that_both_study() -> None:
    assert {choose(number=number) for number in range(4)} == {"bayes", "variance"}


def test_a_focus_comes_first() -> None:
    assert choose(readers=READERS._replace(focuses=["", "gradient boosting"])) == "gradient"


def test_it_is_not_asked_again_within_a_year() -> None:
    asked = [Asked("bayes", 51, None), Asked("variance", 3, Mark.CLEAR)]
    assert choose(asked) == "gradient"
    assert choose([*asked[1:], Asked("bayes", 52, None)]) == "bayes"


def test_what_one_wants_to_repeat_comes_back_after_four_weeks() -> None:
    assert choose([Asked("images", 4, Mark.REPEAT)]) == "images"
    assert choose([Asked("images", 4, Mark.PARTLY)]) != "images"
    assert choose([Asked("images", 5, Mark.REPEAT)]) != "images"
    assert choose([Asked("gone", 4, Mark.REPEAT)]) in {"bayes", "variance"}


def test_any_area_of_the_group_will_do_where_they_have_none_in_common() -> None:
    readers = Readers({"mathematics"}, [("statistics",), ()], ["", ""])
    assert choose(readers=readers) == "gradient"


def test_a_group_with_other_areas_takes_its_own_notes() -> None:
    assert choose(readers=Readers({"painting"}, [(), ()], ["", ""])) is None
