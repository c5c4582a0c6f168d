"""Areas as people type them, and what they meant who typed none."""

import pytest

from bot.domain.area_names import find_misspelled, is_loosely_named, read_area
from bot.domain.group import AREAS
from bot.errors import Refused, Understood


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("STATISTICS", "Statistics"),
        ("maths", "Mathematics"),
        ("stats", "Statistics"),
        ("ml.", "Machine Learning"),
        ("m.l.", "Machine Learning"),
        ("machine-learning", "Machine Learning"),
        ("“Machine Learning”", "Machine Learning"),
        ("cloud", "Cloud Systems"),
    ],
)
def test_an_area_is_read(text: str, area: str) -> None:
    assert read_area(text, AREAS) == area


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("statistcs", ["Statistics"]),
        ("learning", ["Machine Learning"]),
        ("french", []),
        ("x" * 100, []),
        ("statistics and french", ["Statistics"]),
    ],
)
def test_an_unknown_one_offers_what_is_near(text: str, labels: list[str]) -> None:
    with pytest.raises(Refused, match="There is no area") as refused:
        read_area(text, AREAS)
    assert [offer.label for offer in refused.value.offers] == labels


def test_where_there_are_none_nothing_is_offered() -> None:
    with pytest.raises(Refused) as refused:
        read_area("french", ())
    assert refused.value.example == ""


@pytest.mark.parametrize("text", ["statistics and mathematics", "statistics, mathematics", "stats + math"])
def test_two_areas_are_asked_about(text: str) -> None:
    with pytest.raises(Understood, match="one area") as asked:
        read_area(text, AREAS)
    assert [offer.words for offer in asked.value.offers] == ["Statistics", "Mathematics"]


def test_a_beginning_of_several_words_may_begin_a_text() -> None:
    assert is_loosely_named("machine", AREAS)
    assert is_loosely_named("dev", AREAS)
    assert not any(is_loosely_named(text, AREAS) for text in ("ml", "math", "Machine Learning", "french"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("statistcs bayes theorem", ("Statistics", "bayes theorem")),
        ("kernels machin learning", ("Machine Learning", "kernels")),
        ("mathematical induction", None),
        ("chain rule", None),
    ],
)
def test_a_letter_wrong_is_found_at_either_end(text: str, found: tuple[str, str] | None) -> None:
    assert find_misspelled(text, AREAS) == found
