import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.console.incoming import INSTRUCTIONS, TypedLine, parse_line, room_of, user_of
from bot.domain.names import NAME_LIMIT
from bot.errors import Refused
from tests.adapters.fake_core import SPECS


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        ("/checkin 2h30 learned: chain rule", TypedLine(None, None, "", "checkin 2h30 learned: chain rule")),
        ("@bo /progress", TypedLine("bo", None, "", "progress")),
        ("#room /group start", TypedLine(None, "room", "", "group start")),
        ("@bo #room /checkin 2h", TypedLine("bo", "room", "", "checkin 2h")),
        ("#Room @bo /checkin 2h", TypedLine("bo", "room", "", "checkin 2h")),
        ('@"Ada Lovelace" /progress', TypedLine("Ada Lovelace", None, "", "progress")),
        ("@bo /progress @ada", TypedLine("bo", None, "", "progress @ada")),
        (":press Check in", TypedLine(None, None, "press", "Check in")),
        ("@bo :press Join", TypedLine("bo", None, "press", "Join")),
        (":FILL time=2h; learned=SVD", TypedLine(None, None, "fill", "time=2h; learned=SVD")),
        (":fill", TypedLine(None, None, "fill", "")),
        (":advance 3d", TypedLine(None, None, "advance", "3d")),
        (":at 2026-02-01T10:00", TypedLine(None, None, "at", "2026-02-01T10:00")),
        ("/", TypedLine(None, None, "", "guide")),
        ("/help", TypedLine(None, None, "", "guide")),
        ("/help checkin", TypedLine(None, None, "", "guide checkin")),
        ("\ufeff/progress\r", TypedLine(None, None, "", "progress")),
        ("  /progress", TypedLine(None, None, "", "progress")),
    ],
)
def test_lines(line: str, typed: TypedLine) -> None:
    assert parse_line(line) == typed


@pytest.mark.parametrize("line", ["", "   ", "\n", "#", "# a remark", "## a title", "#\tx"])
def test_nothing_is_passed_over(line: str) -> None:
    assert parse_line(line) is None


@pytest.mark.parametrize(
    "line", ["hello", "@bo", "#room", "@bo hello", ":", ":foo", "@", "#room @bo", "@bo @ada /x", "!"]
)
def test_what_makes_no_sense(line: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_line(line, SPECS)
    assert refused.value.sentence.endswith((".", "?"))
    assert refused.value.example


def test_a_forgotten_slash_is_proposed() -> None:
    with pytest.raises(Refused) as refused:
        parse_line("checkin 45m", SPECS)
    assert refused.value.example == "/checkin 45m"


def test_an_unknown_instruction_is_told_the_known_ones() -> None:
    with pytest.raises(Refused) as refused:
        parse_line(":pres Join")
    assert all(f":{name}" in refused.value.sentence for name in INSTRUCTIONS)


def test_case_does_not_tell_people_apart() -> None:
    assert user_of("Ada", "UTC").id == user_of("ADA", "UTC").id == "ada"
    assert user_of("Ada", "Europe/Berlin").name == "Ada"
    assert user_of("Ada", "Europe/Berlin").zone == "Europe/Berlin"
    assert user_of("Ada", "UTC").may_start
    assert not user_of("Ada", "UTC").may_organise


@pytest.mark.parametrize("name", ["", " ", "\u200b", "\u200b\u200d", "\u202e", "\x1b", "\u0301"])
def test_a_name_must_be_seen(name: str) -> None:
    with pytest.raises(Refused):
        user_of(name, "UTC")
    with pytest.raises(Refused):
        room_of(name)


@given(st.text(max_size=500))
def test_names_are_short_and_stable(name: str) -> None:
    try:
        user = user_of(name, "UTC")
    except Refused:
        return
    assert 0 < len(user.name) <= NAME_LIMIT
    assert user_of(user.name, "UTC") == user


@given(st.text(max_size=200))
def test_any_line_is_heard_or_refused(line: str) -> None:
    try:
        parse_line(line, SPECS)
    except Refused as refused:
        assert refused.sentence
