"""Tables of several trackers are read as exported; a bad row is reported with its line and the rest goes on."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.timesheet import tables
from bot.domain.timesheet.order import DateOrder
from bot.domain.timesheet.read import decode, encoding_of, read_text
from bot.domain.timesheet.sheet import OrderUnclear, Sheet, SheetKind, SheetRow
from bot.errors import Refused

TODAY = date(2026, 1, 5)

EXPORTS = Path(__file__).parents[2] / "data" / "exports"


def export(name: str) -> str:
    return decode((EXPORTS / f"{name}.csv").read_bytes())


def read(text: str, order: DateOrder | None = None) -> Sheet:
    return read_text(text, TODAY, order)


def table(*rows: str, titles: str = "date,duration") -> Sheet:
    return read("\n".join([titles, *rows]))


def shown(row: SheetRow) -> tuple[str, int, str, str]:
    return row.day.isoformat(), row.minutes, row.project, row.description


@pytest.mark.parametrize(
    ("text", "kind", "rows"),
    [
        (
            export("toggl_old"),
            SheetKind.TOGGL,
            [("2025-12-01", 90, "Maths, again", 'limits, "epsilon"'), ("2025-12-02", 45, "Statistics", "")],
        ),
        (export("toggl_new"), SheetKind.TOGGL, [("2025-12-01", 90, "Linear algebra", "SVD")]),
        (export("toggl_bare"), SheetKind.TOGGL, [("2025-12-01", 45, "", "night shift")]),
        (export("clockify_detailed"), SheetKind.CLOCKIFY, [("2025-02-19", 180, "Azure", "")]),
        (export("clockify_shared"), SheetKind.CLOCKIFY, [("2024-10-31", 15, "Ross", "reading")]),
        ("day;minutes;what I learned\n25.11.2025;90;SVD\n", SheetKind.TABLE, [("2025-11-25", 90, "", "SVD")]),
        (
            "Datum;Dauer;Projekt;Notiz\n3.11.2025;1,5;Mathe;Größe\n",
            SheetKind.TABLE,
            [("2025-11-03", 90, "Mathe", "Größe")],
        ),
        (
            "Projet;Utilisateur;Date de début;Heure de début;Durée (décimale)\nIA;Zoé;25/11/2025;09:00;0,25\n",
            SheetKind.TABLE,
            [("2025-11-25", 15, "IA", "")],
        ),
        ("fecha,minutos,notas\n2025-11-25,90,SVD\n", SheetKind.TABLE, [("2025-11-25", 90, "", "SVD")]),
        ("Day\tHours\n2025/11/25\t1,5\n", SheetKind.TABLE, [("2025-11-25", 90, "", "")]),
        (
            "my time sheet\n\nDate,Start,End\n2025-11-25,2025-11-25 09:00,2025-11-25 10:05\n",
            SheetKind.TABLE,
            [("2025-11-25", 65, "", "")],
        ),
        ("start,end\n2025-11-25T09:00:00Z,2025-11-25T10:05:00Z\n", SheetKind.TABLE, [("2025-11-25", 65, "", "")]),
    ],
    ids="toggl_old toggl_new toggl_bare clockify clockify_shared semicolons german french spanish tabs top iso".split(),
)
def test_each_kind_of_table_is_read(text: str, kind: SheetKind, rows: list[tuple[str, int, str, str]]) -> None:
    sheet = read(text)
    assert sheet.kind is kind
    assert [shown(row) for row in sheet.rows] == rows
    assert sheet.bad == []


def test_members_and_areas_are_kept_with_their_rows() -> None:
    [row] = table("2025-12-01,1h,Ada,Statistics", titles="date,duration,user,area").rows
    assert (row.member, row.area) == ("Ada", "Statistics")


def test_a_bad_row_is_reported_with_its_line_and_the_rest_goes_on() -> None:
    sheet = table(
        "2025-12-01,1:00", "2025-02-30,1:00", "someday,1:00", "2025-12-02,soon", "2025-12-03,0:00:10", "2025-12-04,-1",
        "2025-12-05,25:00", "2026-01-06,1:00", "1999-12-31,1:00", "", "2025-12-06", "2025-12-07,0:30",
    )  # fmt: skip
    assert [row.day.day for row in sheet.rows] == [1, 7]
    assert {bad.number: bad.why for bad in sheet.bad} == {
        3: "“2025-02-30” is no date",
        4: "“someday” is no date",
        5: "“soon” is no duration",
        6: "it lasts less than half a minute",
        7: "“-1” is no duration",
        8: "it lasts longer than a day",
        9: "2026-01-06 is still to come",
        10: "1999-12-31 is too long ago to be true",
        12: "it has no duration",
    }


def test_a_span_that_is_none_is_reported() -> None:
    sheet = table("2025-12-01,09:00,", "2025-12-01,nine,ten", titles="date,start,end")
    assert [bad.why for bad in sheet.bad] == [
        "“09:00” to “” is no stretch of time",
        "“nine” to “ten” is no stretch of time",
    ]


def test_the_file_itself_tells_which_of_day_and_month_comes_first() -> None:
    assert [row.day for row in table("03/04/2025,1h", "13/04/2025,1h").rows] == [date(2025, 4, 3), date(2025, 4, 13)]
    assert [row.day for row in table("03/04/2025,1h", "04/13/2025,1h").rows] == [date(2025, 3, 4), date(2025, 4, 13)]
    assert [row.day for row in table("04-04-25,1h").rows] == [date(2025, 4, 4)]


def test_where_it_does_not_it_is_asked() -> None:
    text = "date,duration\n04/04/2025,1h\n03/04/2025,1h\n"
    with pytest.raises(OrderUnclear) as unclear:
        read(text)
    assert unclear.value.example == "03/04/2025"
    assert [row.day.month for row in read(text, DateOrder.DAY_FIRST).rows] == [4, 4]
    assert [row.day.month for row in read(text, DateOrder.MONTH_FIRST).rows] == [4, 3]


@pytest.mark.parametrize(
    ("titles", "cell", "minutes", "note"),
    [
        ("date,minutes", "90", 90, ""),
        ("date,duration_seconds", "5400", 90, ""),
        ("date,hours", "1.5", 90, ""),
        ("date,duration", "1.5", 90, "Bare numbers, if there are any, were read as hours."),
        ("date,duration", "90", 90, "Bare numbers were read as minutes."),
        ("date,duration", "5400", 90, "Bare numbers were read as seconds."),
    ],
)
def test_bare_numbers_are_read_in_the_unit_that_the_title_or_their_size_tells(
    titles: str, cell: str, minutes: int, note: str
) -> None:
    sheet = table(f"2025-12-01,{cell}", titles=titles)
    assert [row.minutes for row in sheet.rows] == [minutes]
    assert sheet.note == note


def test_the_same_row_twice_in_a_file_is_two_entries_with_keys_of_their_own() -> None:
    sheet = table("2025-12-01,1h", "2025-12-01,1h", "2025-12-01,2h")
    assert len({row.key for row in sheet.rows}) == 3
    assert [row.key for row in table("2025-12-01,1h", "2025-12-01,1h", "2025-12-01,2h").rows] == [
        row.key for row in sheet.rows
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff\n"])
def test_an_empty_file_is_said_to_be_empty(text: str) -> None:
    with pytest.raises(Refused, match="There is nothing in that file"):
        read(text)


@pytest.mark.parametrize("text", ["what is this", "name,age\nada,36\n", "date,notes\n2025-12-01,none\n"])
def test_no_titles_with_a_day_and_a_length_are_refused(text: str) -> None:
    with pytest.raises(Refused, match="no columns with a day and a duration"):
        read(text)


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    assert len(table("2025-12-01,1h", "2025-12-02,1h").rows) == 2
    with pytest.raises(Refused, match="more than 2 rows"):
        table("2025-12-01,1h", "2025-12-02,1h", "2025-12-03,1h")


def test_a_cell_without_end_is_refused_with_its_line() -> None:
    with pytest.raises(Refused, match="Line 2 cannot be read"):
        table(f'2025-12-01,"{"1" * 200_000}"')


def test_bytes_become_text_whatever_program_wrote_them() -> None:
    assert decode("\ufeffdate,hours\r\n1,2\r".encode()) == "date,hours\n1,2\n"
    assert decode("date,hours\n".encode("utf-16")) == "date,hours\n"
    assert encoding_of(b"date") == "utf-8-sig"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04rest", "a zip or a spreadsheet file"),
        (b"\x89PNG\0\0", "no text file"),
        ("Übung".encode("latin-1"), "not in UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        decode(content)


def test_only_a_line_feed_ends_a_row() -> None:
    [row] = table("2025-12-01,1h,one\u2028two\x0bthree", titles="date,duration,notes").rows
    assert row.description == "one\u2028two\x0bthree"


@given(st.text(max_size=300))
def test_whatever_text_comes_it_is_read_or_refused(text: str) -> None:
    for whole in (text, f"date,duration,description\n{text}"):
        try:
            sheet = read(whole)
        except (Refused, OrderUnclear):
            continue
        assert all(1 <= row.minutes <= 1440 and row.day <= TODAY for row in sheet.rows)
