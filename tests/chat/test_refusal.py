"""Refusals as text: what is to be typed stands in it as code."""

from bot.chat.refusal import is_other_command, refusal_text, refusal_with_example
from bot.chat.text import Code
from bot.errors import Refused, Typed


def test_words_to_type_are_code_within_the_sentence() -> None:
    refused = Refused(("After ", Typed("/timer"), " comes one of start, stop."))
    assert refusal_text(refused) == ("After ", Code("/timer"), " comes one of start, stop.")
    assert refusal_text(Refused("That is no day.")) == ("That is no day.",)


def test_an_example_follows_in_the_same_line_where_there_is_one() -> None:
    assert refusal_with_example(Refused("That is no day.", "mon")) == ("That is no day.", " For example: ", Code("mon"))
    assert refusal_with_example(Refused("That is no day.")) == ("That is no day.",)


def test_another_command_is_something_to_try() -> None:
    assert refusal_with_example(Refused("There is none.", "/undo")) == ("There is none.", " Try: ", Code("/undo"))
    assert is_other_command("/checkin 45m", "undo")
    assert not is_other_command("/checkin 45m", "checkin")
    assert not is_other_command("mon", "checkin")
