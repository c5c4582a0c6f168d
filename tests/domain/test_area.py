"""A group's areas: they differ, there are 1 to 25, and each change keeps the others in their order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.area import add_area, read_new_area, remove_area, rename_area
from bot.domain.group import AREAS, MOST_AREAS
from bot.errors import Refused

NAMES = st.lists(st.text("abcXYZ", min_size=1, max_size=4), min_size=1, max_size=30, unique_by=str.casefold)


@given(NAMES, st.text("abcXYZ", min_size=1, max_size=4))
def test_adding_keeps_the_others_and_the_limits(names: list[str], new: str) -> None:
    areas = tuple(names[:MOST_AREAS])
    is_there = new.casefold() in [name.casefold() for name in areas]
    if is_there or len(areas) == MOST_AREAS:
        with pytest.raises(Refused):
            add_area(areas, new)
    else:
        assert add_area(areas, new) == (*areas, new)


@given(NAMES, st.integers(0, 29))
def test_removing_takes_one_away_but_never_the_last(names: list[str], index: int) -> None:
    areas = tuple(names)
    gone = areas[index % len(areas)]
    if len(areas) == 1:
        with pytest.raises(Refused):
            remove_area(areas, gone)
    else:
        assert remove_area(areas, gone) == tuple(name for name in names if name != gone)


def test_a_group_has_1_to_25_areas() -> None:
    most = tuple(f"Area {n}" for n in range(MOST_AREAS))
    assert add_area(most[1:], "New") == (*most[1:], "New")
    with pytest.raises(Refused, match="There are 25 areas already"):
        add_area(most, "New")
    assert remove_area(AREAS, "DevOps") == tuple(area for area in AREAS if area != "DevOps")
    with pytest.raises(Refused, match="“Rust” is the only area"):
        remove_area(("Rust",), "Rust")


def test_renaming_keeps_the_place() -> None:
    assert rename_area(AREAS, "Statistics", "Probability")[1] == "Probability"
    assert rename_area(AREAS, "Statistics", "STATISTICS")[1] == "STATISTICS"
    with pytest.raises(Refused, match="already"):
        rename_area(AREAS, "Statistics", "devops")


def test_what_was_retired_comes_back_as_it_was_spelled() -> None:
    assert add_area(("Rust",), "devops", ("DevOps",)) == ("Rust", "DevOps")
    assert rename_area(("Rust",), "Rust", "devops", ("DevOps",)) == ("DevOps",)


def test_a_new_area_has_a_name_of_at_most_80_characters() -> None:
    assert read_new_area("  Linear   Algebra ") == "Linear Algebra"
    for wrong in ("", "\u200b", "x" * 81):
        with pytest.raises(Refused):
            read_new_area(wrong)
