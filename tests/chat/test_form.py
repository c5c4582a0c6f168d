"""Forms: one that comes back says so."""

from bot.chat.form import Field, Form
from bot.chat.text import Bold


def test_a_form_has_errors_when_one_of_its_fields_was_wrong() -> None:
    fine, wrong = Field("time", "How long"), Field("day", "When", error=("I found no day there.",))
    assert Form("checkin", "Check in", (fine, wrong)).has_errors
    assert not Form("checkin", "Check in", (fine,)).has_errors


def test_errors_stand_behind_the_question_of_their_field() -> None:
    error = ("I found no day there.",)
    fields = (Field("time", "How long?"), *(Field("day", label, error=error) for label in ("When?", "Day", "")))
    assert Form("checkin", "Check in", fields).errors == (
        (Bold("When?"), " ", *error),
        (Bold("Day"), ": ", *error),
        error,
    )
