"""Button ids: they carry a command whole, or not at all, and nothing from outside breaks them."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.button_id import (
    MAX_ID_CHARACTERS,
    MAX_NUMBER_DIGITS,
    Pressed,
    draft_name,
    draft_number,
    form_draft_name,
    opens_form,
    pack,
    unpack,
)

COMMANDS = st.from_regex(r"[a-z]{1,12}( [a-z]{1,12})?", fullmatch=True)
LARGEST = 10**MAX_NUMBER_DIGITS - 1
OPTIONS = st.dictionaries(st.text(max_size=8), st.text(max_size=12), max_size=3)


@pytest.mark.parametrize(
    ("command", "options", "packed"),
    [
        ("undo", {}, "undo"),
        ("group join", {}, "group.join"),
        ("checkin", {"time": "2h", "day": "yesterday"}, "checkin?time=2h&day=yesterday"),
        ("checkin", {"learned": "a&b=c?+ é"}, "checkin?learned=a%26b%3Dc%3F%2B%20%C3%A9"),
        ("undo", {"back": ""}, "undo?back="),
    ],
)
def test_an_id_can_be_read_by_people_too(command: str, options: dict[str, str], packed: str) -> None:
    assert pack(command, options) == packed
    assert unpack(packed) == Pressed(command, options)


@given(COMMANDS, OPTIONS)
def test_what_fits_comes_back_as_it_was(command: str, options: dict[str, str]) -> None:
    packed = pack(command, options)
    if packed is not None:
        assert len(packed) <= MAX_ID_CHARACTERS
        assert packed.isascii()
        assert packed.isprintable()
        assert unpack(packed) == (command, options)


def test_what_does_not_fit_is_left_to_a_draft() -> None:
    fits = {"x": "a" * (MAX_ID_CHARACTERS - len("undo?x="))}
    packed = pack("undo", fits)
    assert packed is not None
    assert len(packed) == MAX_ID_CHARACTERS
    assert pack("undo", {"x": fits["x"] + "a"}) is None
    assert pack("undo", {"x": "é" * 20}) is None


@given(st.text(max_size=MAX_ID_CHARACTERS))
def test_any_id_from_outside_is_read_as_something(button_id: str) -> None:
    command, options = unpack(button_id)
    assert "?" not in command
    assert all(isinstance(part, str) for pair in options.items() for part in pair)


def test_unreadable_parts_are_dropped() -> None:
    assert unpack("undo?back&&x=1&%zz=%ff") == Pressed("undo", {"back": "", "x": "1", "%zz": "\ufffd"})
    assert unpack("") == Pressed("", {})


@given(st.integers(0, LARGEST), st.sampled_from([(draft_name, False), (form_draft_name, True)]))
@example(41, (draft_name, False))
@example(LARGEST, (form_draft_name, True))
def test_a_draft_is_known_by_its_name(number: int, kind: tuple[Callable[[int], str], bool]) -> None:
    name_of, is_form = kind
    name = name_of(number)
    assert (draft_number(name), opens_form(name)) == (number, is_form)
    packed = pack(name, {})
    assert packed is not None
    assert unpack(packed) == Pressed(name, {})


@pytest.mark.parametrize(
    "command", ["", "~", "41", "checkin", "~-1", "~4.1", "~x", "~٣", "~²", "~~", "~~~1", f"~{LARGEST + 1}"]
)
def test_no_other_command_is_a_draft(command: str) -> None:
    assert draft_number(command) is None
