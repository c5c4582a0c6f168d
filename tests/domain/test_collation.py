"""Names in the order in which people look for them, whatever the database."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.collation import fold, key_range, sort_key

IN_ORDER = [
    ["Élodie", "emil", "Zoe"],
    ["ada", "Bo", "cy"],
    ["Ana", "Ána", "anna"],
    ["Jose", "José", "Josef"],
    ["Nora", "Øystein", "Pia"],
    ["Lena", "Łukasz", "Mei"],
    ["Straka", "Straße", "Strauss"],
    ["Team 2", "Team 10", "Team 100"],
    ["room9", "room10a", "room010b"],
    ["Ann", "Ann Lee", "Anna"],
    ["OBrian", "O'Brien", "O’Brient"],
    ["🔥 Ada", "Ben", "(Cy)"],
    ["🦀", "Ada"],
    ["Ёлка", "Жанна"],
    ["Ada", "Яна", "世界"],
]


@pytest.mark.parametrize("names", IN_ORDER)
def test_names_stand_as_people_look_for_them(names: list[str]) -> None:
    shuffled = Random(1).sample(names, len(names))
    assert sorted(shuffled, key=lambda name: sort_key(name).encode()) == names


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Élodie", "elodie"),
        ("ELODIE", "elodie"),
        ("ada_lovelace", "ada-lovelace"),
        ("O'Brien", "obrien"),
        ("İbrahim", "ibrahim"),
        ("Bjørn", "bjorn"),
        ("Æsir", "aesir"),
        ("Ⅳ 10²", "iv-003102"),
        ("२ टीम", "0012-टीम"),
        ("🦀", ""),
    ],
)
def test_a_name_is_folded_to_its_letters_and_numbers(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text(max_size=40), st.text(max_size=40))
def test_names_that_fold_alike_stand_together_and_are_found_by_their_range(one: str, other: str) -> None:
    first, end = key_range(one)
    assert (first <= sort_key(other) < end) == (fold(one) == fold(other))
    assert (sort_key(one) == sort_key(other)) == (one == other)


@given(st.text(max_size=120))
def test_a_key_can_be_stored_anywhere(name: str) -> None:
    assert "\x00" not in fold(name)
