"""Commands as data: which options are shown, asked for and missing, and how a value keeps its type."""

from datetime import date

import pytest
from msgspec.structs import replace

from bot.chat.command import Given, Option, OptionKind, Reading, Spec
from bot.domain.duration import read_duration
from bot.domain.names import read_text

READING = Reading(date(2026, 1, 8))
TIME = Option("time", OptionKind.DURATION, "how long", lambda text, _: read_duration(text), is_required=True)
LEARNED = Option("learned", OptionKind.LONG, "what", lambda text, _: read_text(text, 20, "note"))
WHICH = Option("checkin", OptionKind.CHECKIN, "which", lambda text, _: int(text), is_in_form=False)
TWICE = Option("twice", OptionKind.TEXT, "", lambda text, _: text, is_hidden=True)
SPEC = Spec("checkin", "log", (WHICH, TIME, LEARNED, TWICE))


@pytest.mark.parametrize(("words", "is_read"), [("2h", True), ("20", False), ("45", True), ("25h", False), ("", False)])
def test_an_option_says_what_it_can_read(words: str, is_read: bool) -> None:
    assert TIME.reads(words, READING) is is_read


def test_hidden_options_are_known_but_neither_shown_nor_asked_for() -> None:
    assert SPEC.option("twice") is TWICE
    assert SPEC.visible == (WHICH, TIME, LEARNED)
    assert SPEC.form_fields == (TIME, LEARNED)
    assert SPEC.option("nothing") is None
    asked = replace(TWICE, question="Count both?")
    assert Spec("checkin", "log", (TIME, asked)).form_fields == (TIME, asked)
    assert Spec("checkin", "log", (TIME, replace(asked, is_in_form=False))).form_fields == (TIME,)


def test_what_is_required_and_not_given_is_missing() -> None:
    assert list(SPEC.missing({"learned": "svd"})) == [TIME]
    assert list(SPEC.missing({"time": "  "})) == [TIME]
    assert list(SPEC.missing({"time": "2h"})) == []


@pytest.mark.parametrize(
    ("shows_form", "raw", "needs_form"),
    [
        (False, {}, True),
        (False, {"learned": "svd"}, True),
        (False, {"time": "2h"}, False),
        (True, {"time": "2h"}, False),
        (True, {"checkin": "12"}, True),
    ],
)
def test_a_form_comes_for_what_is_missing(shows_form: bool, raw: dict[str, str], needs_form: bool) -> None:
    spec = Spec("checkin", "log", SPEC.options, shows_form=shows_form)
    assert spec.needs_form(raw) is needs_form


@pytest.mark.parametrize(
    ("raw", "needs_form"),
    [
        ({}, True),
        ({"checkin": "12"}, True),
        ({"twice": "no"}, True),
        ({"learned": " "}, True),
        ({"learned": "x"}, False),
    ],
)
def test_where_nothing_is_required_a_form_comes_only_to_be_filled_in(raw: dict[str, str], needs_form: bool) -> None:
    options = (WHICH, LEARNED, TWICE)
    assert Spec("edit", "change", options, shows_form=True).needs_form(raw) is needs_form
    assert not Spec("edit", "change", options).needs_form(raw)


def test_given_options_keep_their_types() -> None:
    given = Given({"time": 120}, {"time": "2h", "twice": "3"})
    assert given[TIME] == given.need(TIME) == 120
    assert given[LEARNED] is None
    assert given.raw == {"time": "2h", "twice": "3"}
    assert given
    assert not Given({}, {})


def test_a_required_option_that_is_not_there_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        Given({}, {}).need(TIME)


def test_free_text_reads_anything_and_only_lists_are_suggested() -> None:
    assert {kind for kind in OptionKind if kind.is_free} == {OptionKind.TEXT, OptionKind.LONG}
    assert {kind for kind in OptionKind if kind.is_suggested} == {
        OptionKind.AREA,
        OptionKind.ZONE,
        OptionKind.CHECKIN,
        OptionKind.DAY,
    }
