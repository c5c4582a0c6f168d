"""Forms as modals, and what comes back in them."""

import pytest
from syrupy.assertion import SnapshotAssertion

from adapters.slack import limits
from adapters.slack.forms import Origin, find_errors, read_origin, read_values, render_form
from bot.chat.command import OptionKind
from bot.chat.form import Choice, Field, FieldKind, Form
from tests.servers.slack.blocks import faults_of_view
from tests.servers.slack.server import block_values

AREAS = (Choice("Mathematics", "maths"), Choice("Statistics", "stats"))
ALL = Form(
    "checkin",
    "Check in",
    (
        Field("time", "Time", hint="2h30, 90 min", is_required=True, longest=64),
        Field("area", "Area", FieldKind.CHOICE, choices=AREAS, value="statistics"),
        Field("learned", "Learned", FieldKind.LONG, value="chain rule", longest=1000),
        Field("day", "Day", FieldKind.DAY, hint="yesterday", value="2026-01-04", description="Empty means today."),
        Field("hours", "Hours", FieldKind.NUMBER, value="12.5"),
    ),
    {"checkin": "3"},
    "Save",
)


def element(field: Field) -> dict[str, object]:
    block = render_form(Form("x", "X", (field,)), Origin("x"))["blocks"][0]
    shown: dict[str, object] = block["element"]
    return shown


def test_all_kinds_of_fields(snapshot: SnapshotAssertion) -> None:
    assert render_form(ALL, Origin("checkin", {"checkin": "3"}, "n", "C1")) == snapshot


def test_what_stands_in_it_comes_back() -> None:
    view = render_form(ALL, Origin("checkin"))
    view["state"] = {"values": block_values(view, {"time": "2h"})}
    assert read_values(view) == {
        "time": "2h",
        "area": "stats",
        "learned": "chain rule",
        "day": "2026-01-04",
        "hours": "12.5",
    }
    view["state"] = {"values": block_values(view, {"area": "", "day": "", "learned": ""})}
    assert read_values(view)["area"] == read_values(view)["day"] == read_values(view)["learned"] == ""


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        (Field("x", "X", FieldKind.DAY, value="friday"), "plain_text_input"),
        (Field("x", "X", FieldKind.DAY, value="yesterday"), "plain_text_input"),
        (Field("x", "X", FieldKind.DAY, value="2026-01-04"), "datepicker"),
        (Field("x", "X", FieldKind.DAY), "datepicker"),
        (Field("x", "X", FieldKind.NUMBER, value="10 h"), "plain_text_input"),
        (Field("x", "X", FieldKind.NUMBER), "number_input"),
        (Field("x", "X", FieldKind.CHOICE, choices=AREAS, value="physics"), "plain_text_input"),
        (Field("x", "X", FieldKind.CHOICE, choices=AREAS), "static_select"),
        (Field("x", "X", FieldKind.CHOICE), "plain_text_input"),
        (Field("x", "X", FieldKind.CHOICE, choices=tuple(AREAS * 60)), "plain_text_input"),
        (Field("x", "X", FieldKind.CHOICE, choices=(Choice("x", "y" * 80),)), "plain_text_input"),
    ],
)
def test_what_slack_has_no_input_for_is_a_line_of_text(field: Field, kind: str) -> None:
    assert element(field)["type"] == kind


@pytest.mark.parametrize(
    ("value", "kind", "element"),
    [
        ("", OptionKind.ZONE, {"type": "external_select", "min_query_length": 1}),
        ("Lisbon", OptionKind.ZONE, {"type": "plain_text_input", "initial_value": "Lisbon"}),
        ("", OptionKind.MEMBER, {"type": "users_select"}),
        ("<@UADA|ada>", OptionKind.MEMBER, {"type": "users_select", "initial_user": "UADA"}),
        ("Ada", OptionKind.MEMBER, {"type": "plain_text_input", "initial_value": "Ada"}),
        ("2h", OptionKind.DURATION, {"type": "plain_text_input", "initial_value": "2h"}),
    ],
)
def test_zones_are_searched_for_and_people_picked(value: str, kind: OptionKind, element: dict[str, object]) -> None:
    form = Form("x", "X", (Field("x", "X", value=value),))
    view = render_form(form, Origin("x"), {"x": kind})
    assert faults_of_view(view) == []
    assert element.items() <= view["blocks"][0]["element"].items()


def test_what_was_picked_comes_back() -> None:
    fields = (Field("zone", "Zone", value="Europe/Berlin"), Field("add", "Add", value="<@UADA>"))
    view = render_form(Form("x", "X", fields), Origin("x"), {"zone": OptionKind.ZONE, "add": OptionKind.MEMBER})
    view["state"] = {"values": block_values(view, {})}
    assert read_values(view) == {"zone": "Europe/Berlin", "add": "<@UADA>"}


def test_a_value_is_never_lost() -> None:
    assert element(Field("x", "X", FieldKind.DAY, value="friday"))["initial_value"] == "friday"
    assert element(Field("x", "X", FieldKind.CHOICE, choices=AREAS, value="physics"))["initial_value"] == "physics"


def test_limits() -> None:
    long = "word " * 2000
    fields = tuple(
        Field(f"f{at}", long, kind, long, long, (Choice(long, "v"),), longest=9000, error=(long,))
        for at, kind in enumerate(FieldKind)
    )
    origin = Origin("x", {}, "n", "C1", response_url="https://example.org/" + "x" * 3000)
    view = render_form(Form("x", long, fields, {}, long), origin)
    assert faults_of_view(view) == []
    assert read_origin(view).response_url == ""
    assert faults_of_view(render_form(Form("x", "", ()), Origin("x"))) == []


def test_an_origin_survives() -> None:
    origin = Origin("edit", {"checkin": "3"}, "n", "C1", "general", "https://example.org/r", "slash", True)
    assert read_origin(render_form(ALL, origin)) == origin
    assert read_origin({"private_metadata": "not json"}) == Origin("")
    assert len(str(render_form(ALL, origin)["private_metadata"])) <= limits.METADATA_LENGTH


def test_errors_belong_to_fields_that_are_shown() -> None:
    wrong = Form("x", "X", (Field("time", "Time", error=("no",)), Field("day", "Day")))
    assert find_errors(wrong, {"time": "", "day": ""}) == {"time": "no"}
    assert find_errors(wrong, {"day": ""}) is None
    assert find_errors(Form("x", "X", ()), {}) is None
