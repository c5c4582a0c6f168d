"""Refusals as text: what is to be typed stands in it as code."""

from bot.chat.refusal import field_error, is_other_command, is_to_try, refusal_text
from bot.chat.text import Code
from bot.errors import Offer, Refused, Typed


def test_words_to_type_are_code_within_the_sentence() -> None:
    refused = Refused(("After ", Typed("/timer"), " comes one of start, stop."))
    assert refusal_text(refused) == ("After ", Code("/timer"), " comes one of start, stop.")
    assert refusal_text(Refused("That is no day.")) == ("That is no day.",)


def about(option: str, refused: Refused) -> Refused:
    refused.about = option
    return refused


def test_in_a_form_an_example_is_what_would_be_taken_in_its_field() -> None:
    no_day = about("day", Refused("That is no day.", "mon"))
    assert field_error(no_day, "checkin") == ("That is no day.", " For example: ", Code("mon"))
    named = about("from", Refused("That is no day.", "from: mon"))
    assert field_error(named, "pause") == ("That is no day.", " For example: ", Code("mon"))
    assert field_error(Refused("That is no day."), "checkin") == ("That is no day.",)
    line = Refused("Renaming takes two names.", "/group areas rename: A to: B")
    assert field_error(line, "group areas") == ("Renaming takes two names.",)
    near = Refused("Did you mean Berlin?", "Berlin", [Offer("Berlin", "Berlin")])
    assert field_error(near, "timezone") == ("Did you mean Berlin?",)


def test_another_command_is_something_to_try() -> None:
    assert field_error(Refused("There is none.", "/undo"), "edit") == ("There is none.", " Try: ", Code("/undo"))
    assert is_other_command("/checkin 45m", "undo")
    assert not is_other_command("/checkin 45m", "checkin")
    assert not is_other_command("mon", "checkin")
    assert is_to_try("/checkin", "checkin")
    assert not is_to_try("/checkin 45m", "checkin")
