"""Arabic letters are joined by Unicode's own tables just as the layout library joins them."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from bot.charts import fonts
from bot.charts.arabic import join_letters, to_visual_order

NAMES = ("محمد الأمين", "فاطمة", "عبد الله", "لا", "سلام", "الإسلام", "پژمان گل", "کتاب", "ٹیپو", "مُحَمَّد", "ءا")


def bare(text: str) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(fonts._file("NotoSansArabic"), 60, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([fonts.REGULAR])
    return font


@pytest.mark.skipif(not fonts.shapes(), reason="there is no layout library to compare with")
@pytest.mark.parametrize("name", [name for name in NAMES if "َ" not in name])
def test_names_are_as_wide_as_the_layout_library_sets_them(name: str) -> None:
    shaped = fonts.face("NotoSansArabic", 60, fonts.REGULAR).getlength(name, direction="rtl")
    assert bare(name).getlength(to_visual_order(join_letters(name))) == pytest.approx(shaped, rel=0.03)


def test_letters_take_the_form_that_their_neighbours_ask_for() -> None:
    assert join_letters("ببب") == "\ufe91\ufe92\ufe90"
    assert join_letters("دب") == "\ufea9\ufe8f"
    assert join_letters("لا") == "\ufefb"
    assert join_letters("سلا") == "\ufeb3\ufefc"
    assert join_letters("ب\u200dx") == "\ufe91\u200dx"


def test_marks_do_not_part_what_they_stand_on() -> None:
    assert join_letters("بَب") == "\ufe91\u064e\ufe90"


def test_what_is_turned_has_its_brackets_mirrored_and_no_points() -> None:
    assert to_visual_order("ab\u0301c") == "cba"
    assert to_visual_order("(ab) [c]") == "[c] (ba)"
    assert to_visual_order("\u0301") == ""


@given(st.text(max_size=20))
def test_whatever_is_not_arabic_stays_as_it_is(text: str) -> None:
    if not any("\u0600" <= char <= "\u06ff" for char in text):
        assert join_letters(text) == text


@given(st.text(alphabet="لابمد\u064e\u0640\u200d (آأ", max_size=12))
def test_no_letter_is_lost(text: str) -> None:
    assert sorted(normalize("NFKD", join_letters(text))) == sorted(normalize("NFKD", text))
