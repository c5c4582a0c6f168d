"""WakaTime's daily dump, in both shapes, and any other JSON."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.timesheet.read import read_text
from bot.domain.timesheet.sheet import SheetKind
from bot.domain.timesheet.wakatime import read_dump
from bot.errors import Refused

TODAY = date(2026, 1, 5)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
)


def dump(*days: Any) -> str:
    return json.dumps({"user": {"username": "ada"}, "range": {}, "days": list(days)})


def test_projects_of_each_day_are_read_in_both_shapes() -> None:
    sheet = read_text(
        dump(
            {"date": "2025-12-01", "projects": [{"name": "nn", "grand_total": {"total_seconds": 5400.4}}]},
            {
                "date": "2025-12-02",
                "projects": [{"name": "nn", "total_seconds": 60}, {"name": "ml", "total_seconds": 120}],
            },
            {"date": "2025-12-03", "grand_total": {"total_seconds": 600}},
            {"date": "2025-12-04", "projects": []},
        ),
        TODAY,
    )
    assert sheet.kind is SheetKind.WAKATIME
    assert [(row.day.day, row.minutes, row.project) for row in sheet.rows] == [
        (1, 90, "nn"),
        (2, 1, "nn"),
        (2, 2, "ml"),
        (3, 10, ""),
    ]
    assert sheet.bad == []


def test_what_cannot_be_counted_is_reported_with_its_day() -> None:
    sheet = read_dump(
        dump(
            {"date": "2026-01-05", "projects": [{"name": "nn", "total_seconds": 60}]},
            {"date": "2026-01-06", "projects": []},
            {"date": "soon"},
            "nothing",
            {"date": "2025-12-02", "grand_total": {"total_seconds": -60}},
            {
                "date": "2025-12-01",
                "projects": [
                    {"name": 7},
                    "x",
                    {"name": "nn", "total_seconds": 3},
                    {"name": "a", "total_seconds": None},
                ],
            },
        ),
        TODAY,
    )
    assert sheet.rows == []
    assert [(bad.number, bad.why) for bad in sheet.bad] == [
        (1, "2026-01-05 is not over yet"),
        (2, "2026-01-06 is still to come"),
        (3, "“soon” is no date"),
        (4, "“None” is no date"),
        (5, "“”: its time is less than nothing"),
        (6, "a project without name or seconds"),
        (6, "a project without name or seconds"),
        (6, "“nn”: it lasts less than half a minute"),
        (6, "a project without name or seconds"),
    ]


@pytest.mark.parametrize("text", ["{}", "[]", '{"days": 3}', '{"days": {"date": 1}}', "{", "[" * 100_000])
def test_other_json_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Refused):
        read_text(text, TODAY)


@given(ANYTHING)
def test_whatever_a_dump_holds_it_is_read_or_reported(item: Any) -> None:
    for text in (dump(item), dump({"date": "2025-12-01", "projects": [item]})):
        sheet = read_dump(text, TODAY)
        assert all(1 <= row.minutes <= 1440 for row in sheet.rows)
