"""The one place that makes HTML of words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.html import Html, attribute, join, tag, words
from bot.chat.legible import legible
from tests.adapters.cards import HOSTILE
from tests.adapters.web.documents import Document

TEXTS = st.text() | st.sampled_from(
    [HOSTILE, "</p><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt;"]
)


@given(TEXTS)
def test_any_words_stay_words(text: str) -> None:
    document = Document(tag("p", text))
    assert [element.name for element in document.elements] == ["p"]
    assert document.elements[0].text.replace("\u00a0", " ") == legible(text).replace("\r", "\n").replace("\u00a0", " ")


@given(TEXTS)
def test_any_value_stays_a_value(text: str) -> None:
    [element] = Document(tag("input", value=text)).elements
    assert element.attributes == {"value": legible(text)}


def test_numbers_never_part_from_their_units() -> None:
    said = "7 h 10 of 10 h, 45 min, 12 weeks, 3 hours 5 minutes, 40 %"
    assert (
        words(said)
        == "7\u00a0h\u00a010 of 10\u00a0h, 45\u00a0min, 12\u00a0weeks, 3\u00a0hours 5\u00a0minutes, 40\u00a0%"
    )
    assert words("3 hands, 2 halves, 5 minor") == "3 hands, 2 halves, 5 minor"


def test_marks_that_turn_the_direction_are_left_out() -> None:
    assert words("\u202egnp.exe\x00") == "gnp.exe"
    assert attribute("a\u2066b") == "ab"


def test_attributes_have_their_own_names_and_are_left_out_where_they_say_nothing() -> None:
    made = tag("a", "x", cls="", href="/a?b=1&c=2", aria_label="y", for_="z", hidden=True, title=None, data=False)
    assert made == '<a href="/a?b=1&amp;c=2" aria-label="y" for="z" hidden>x</a>'
    assert tag("input", value="", cls="k") == '<input value="" class="k">'


def test_no_attribute_can_be_made_up() -> None:
    with pytest.raises(AssertionError):
        tag("a", **{"href=x onclick": "y"})


def test_parts_are_joined_with_what_stands_between_them() -> None:
    assert join(("a<", Html("<b>"), "c"), " · ") == "a&lt; · <b> · c"
    assert join((), "x") == ""
