import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.console.forms import OpenForm, OpenForms, errors_of, fill_in, options_of
from bot.chat.form import Field, FieldKind, Form
from bot.chat.plain import plain
from bot.chat.request import Channel
from bot.errors import Refused

FORM = Form(
    "checkin",
    "Check in",
    (
        Field("time", "Time", value="1h", error=("no time",)),
        Field("learned", "Learned", FieldKind.LONG),
        Field("day", "Day"),
    ),
    {"checkin": "12"},
)
HERE = Channel("console", "", "console", "console")


def values(text: str) -> dict[str, str]:
    return {field.name: field.value for field in fill_in(FORM, text).fields}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {"time": "1h", "learned": "", "day": ""}),
        ("time=2h; learned=SVD", {"time": "2h", "learned": "SVD", "day": ""}),
        ("learned=a=b; c; time=2h", {"time": "2h", "learned": "a=b; c", "day": ""}),
        ("learned=see; x=1; day=mon", {"time": "1h", "learned": "see; x=1", "day": "mon"}),
        ("LEARNED = SVD ;day= mon ;", {"time": "1h", "learned": "SVD", "day": "mon"}),
        ("time=", {"time": "", "learned": "", "day": ""}),
        ("learned=first; learned=second", {"time": "1h", "learned": "first; learned=second", "day": ""}),
        ("learned=my time=is short", {"time": "1h", "learned": "my time=is short", "day": ""}),
    ],
)
def test_values(text: str, expected: dict[str, str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text", ["topic=SVD", "2h", "time", "tim=2h; learned=x", "topic=x; time=2h", "time=2h; topic=x", "=", ";"]
)
def test_an_unknown_field_is_told_the_known_ones(text: str) -> None:
    with pytest.raises(Refused, match="its fields are time, learned, day"):
        fill_in(FORM, text)


def test_sending_takes_along_what_is_carried_and_forgets_what_was_wrong() -> None:
    form = fill_in(FORM, "time=2h")
    assert not form.has_errors
    assert options_of(form) == {"checkin": "12", "time": "2h", "learned": "", "day": ""}


@given(st.text(alphabet=st.characters(exclude_characters=";"), max_size=40))
def test_a_value_comes_through_as_it_is(text: str) -> None:
    assert values(f"learned={text}")["learned"] == text.strip()


def test_errors_are_sentences_with_their_fields() -> None:
    assert plain(errors_of(FORM)) == "Check in\nTime: no time\nThe form is still open: :fill time=…"


def test_the_newest_form_of_each_person() -> None:
    forms = OpenForms()
    with pytest.raises(Refused):
        forms.newest("ada")
    first = OpenForm(FORM, "ada", HERE)
    other = OpenForm(Form("goal", "Goal", ()), "ada", Channel("console", "", "room", "room"))
    theirs = OpenForm(FORM, "bo", HERE)
    for opened in (first, other, theirs):
        forms.open(opened)
    assert forms.newest("ada") is other
    assert forms.newest("ada", "console") is first
    assert forms.newest("bo") is forms.latest is theirs
    again = OpenForm(FORM, "ada", HERE)
    forms.open(again)
    forms.close(again)
    assert forms.newest("ada") is other
    with pytest.raises(Refused):
        forms.newest("ada", "console")
