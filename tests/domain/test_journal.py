"""Words of a text for the search: one rule for the stored text and for the query."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.journal import phrases_of, searchable, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Chain-Rule, again!", "the chain rule again"),
        ("Überraschung à la Ångström", "uberraschung a la angstrom"),
        ("Straße", "strasse"),
        ("ﬁlter Ⅳ ½", "filter iv 1 2"),
        ("Łódź, Øresund, Ħamrun", "lodz oresund hamrun"),
        ("Градиент и ещё", "градиент и еще"),
        ("ΣΊΣΥΦΟΣ σίσυφος", "σισυφοσ σισυφοσ"),
        ("Iıİi", "iiii"),
        ("كِتَاب كتــاب", "كتاب كتاب"),
        ("שָׁלוֹם", "שלום"),
        ("हिन्दी में", "हिन्दी में"),
        ("中心極限定理 and SVD分解", "中 心 極 限 定 理 and svd 分 解"),
        ("機械学習のモデル", "機 械 学 習 の モ テ ル".replace("テ", "デ")),
        ("기계 학습", "기 계 학 습"),
        ("เรียนรู้", "เ ร ี ย น ร ู ้"),
        ("a\u0301\u0323b", "ab"),
        ("🎉 — “”()*+-: \x00", ""),
        ("snake_case x:y NEAR(a)", "snake case x y near a"),
    ],
)
def test_words_are_folded_and_unspaced_scripts_taken_apart(text: str, words: str) -> None:
    assert searchable(text) == words


def test_a_phrase_is_what_was_typed_together() -> None:
    assert phrases_of("k-means  * 統計 “limit”") == ["k means", "統 計", "limit"]
    assert phrases_of("🎉 -- **") == []


@given(st.text())
@example("ŉ")
@example("İ")
@example("ﾞ")
def test_folding_again_changes_nothing_and_gives_words_alone(text: str) -> None:
    words = words_of(text)
    assert words_of(" ".join(words)) == words
    assert not any(char.isspace() or char in "\"*():^-+'" for word in words for char in word)


@given(st.text(), st.text())
def test_a_space_parts_words_and_nothing_else_joins_them(one: str, other: str) -> None:
    assert words_of(f"{one} {other}") == words_of(one) + words_of(other)
