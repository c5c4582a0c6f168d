"""Small tables of many shapes: what is read of each, what is left out and why, and what is asked."""

import json
from datetime import UTC, date, timedelta, timezone

import pytest

from bot.domain.timesheet import sessions, survey
from bot.domain.timesheet import table as tables
from bot.domain.timesheet.answers import Answers
from bot.domain.timesheet.order import DateOrder
from bot.domain.timesheet.plan import Plan, make_plan
from bot.domain.timesheet.read import decode, read_text
from bot.domain.timesheet.sessions import Session, read_sessions
from bot.domain.timesheet.table import LeftOut
from bot.errors import Refused

TODAY = date(2026, 1, 5)
SPANISH = """Fecha de inicio,Hora de inicio,Fecha de finalización,Hora de finalización
2025-03-04,22:00:00,2025-03-05,01:00:00
"""
BACKUP = {
    "task": {
        "entities": {
            "a": {"title": "t", "projectId": "p", "timeSpentOnDay": {"2025-03-04": 3_600_000}},
            "b": {"subTaskIds": ["a"], "timeSpentOnDay": {"2025-03-04": 3_600_000}},
        }
    },
    "project": {"p": {"id": "p", "title": "Maths"}},
}
"""A piece of what Super Productivity keeps: a task's time, and that of the task above it, which is the sum."""


def plan(text: str, **said: object) -> Plan:
    return make_plan(read_text(text), Answers(**said), UTC, TODAY)  # type: ignore[arg-type]


def read(text: str, **said: object) -> list[tuple[str, int]]:
    rows = read_sessions(plan(text, **said))()
    return [(day.isoformat(), minutes) for row in rows if isinstance(row, Session) for day, minutes in row.parts()]


def left_out(text: str, **said: object) -> list[str]:
    return [row.reason for row in read_sessions(plan(text, **said))() if isinstance(row, LeftOut)]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("date,minutes\n2025年3月4日,30\n", [("2025-03-04", 30)]),
        ("date,minutes\n5 Mar 25,30\n", [("2025-03-05", 30)]),
        ("date,duration\n2025-03-04,0:30:15.5\n", [("2025-03-04", 30)]),
        ("date,duration\n2025-03-04,47:06 min\n", [("2025-03-04", 47)]),
        ("date,duration\n2025-03-04,half an hour\n", [("2025-03-04", 30)]),
        ('date,hours\n2025-03-04,"1,250"\n', [("2025-03-04", 75)]),
        ("date,start,end\n2025-03-04,09:00+01:00,10:00+0100\n", [("2025-03-04", 60)]),
        ("start,end\n1741082400,1741086000\n", [("2025-03-04", 60)]),
        ("start time,end time,date\n09:00,09:30,2025-03-04\n", [("2025-03-04", 30)]),
        ("date;course;hours;minutes;seconds\n2025-03-04;x;1;30;20\n", [("2025-03-04", 90)]),
        ("date,time\n2025-03-04,2h\n", [("2025-03-04", 120)]),
        ("date,duration\n2025-03-04,1.5\n", [("2025-03-04", 90)]),
        ("date,Dauer (h:mm:ss)\n2025-03-04,1\n", [("2025-03-04", 60)]),
        ("date,hours,minutes\n2025-03-04,1.5,90\n", [("2025-03-04", 90)]),
        ("date,hours,minutes\n2025-03-04,1,60\n", [("2025-03-04", 60)]),
        ("date,user,hours\n2025-03-04,,1\n2025-03-05,ada,1\n", [("2025-03-04", 60), ("2025-03-05", 60)]),
        (
            "start,duration\n2025-03-04 09:00,1:00\n2025-03-05 09:00,1:00\n2025-03-06,0:30\n",
            [("2025-03-04", 60), ("2025-03-05", 60), ("2025-03-06", 30)],
        ),
        (
            "date,start,end,duration\n2025-03-04,09:00,10:00,1:00\n2025-03-05,09:00,,0:30\n",
            [("2025-03-04", 60), ("2025-03-05", 30)],
        ),
    ],
)
def test_what_is_certain_is_read(text: str, entries: list[tuple[str, int]]) -> None:
    assert plan(text).questions == ()
    assert read(text) == entries


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("date,minutes\n2025-02-30,30\n2025-03-04,5\n2025-03-05,5\n", ["without a date that can be read"]),
        (f"date,minutes\n{'x' * 90},30\n2025-03-04,5\n", ["without a date that can be read"]),
        ("note,minutes,date\nx,30,2025-03-04\ny\n", ["without a date that can be read"]),
        ("date,minutes\n2026-01-06,30\n1999-12-31,30\n", ["still to come", "before the year 2000"]),
        (
            "date,duration\n2025-03-04,-1:00\n2025-03-04,25:00:00\n2025-03-04,0:00:10\n",
            ["with less than no time", "longer than 24 hours", "under half a minute"],
        ),
        (
            "date,hours,minutes\n2025-03-04,1,x\n2025-03-04,1,30\n2025-03-05,2,15\n",
            ["without a duration that can be read"],
        ),
        ("date,minutes\n31/31/2025,5\n14/03/2025,5\n03/04/2025,5\n", ["without a date that can be read"]),
        (
            "date,start,end\n2025-03-04,09:00,10:00\n2025-03-05,09:00\n2025-03-06,09:00,later\n2025-03-07,x,10:00\n",
            [
                "without an end: still running, or never stopped",
                "without a duration that can be read",
                "without a duration that can be read",
            ],
        ),
        (
            "date,start,end,duration\n2025-03-04,09:00,10:00,1:00\n2025-03-05,09:00,10:00,x\n2025-03-06,09:00,,\n",
            ["without a duration that can be read", "without an end: still running, or never stopped"],
        ),
        (
            (
                "start date,start time,end date,end time\n2025-03-04,09:00,2025-03-04,10:00\n"
                "2025-03-05,09:00,2025-03-05,10:00\n2025-03-06,09:00,soon,10:00\n"
            ),
            ["without a date that can be read"],
        ),
    ],
)
def test_what_cannot_be_counted_is_left_out_with_its_reason(text: str, reasons: list[str]) -> None:
    assert left_out(text) == reasons


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("day,total,worked\n2025-03-04,1:00,2:00\n2025-03-05,1:00,3:00\n", ["column"]),
        ("date,duration\n2025-03-04,1.1\n", ["unit"]),
        ("date,duration\n03/04/2025,15:00\n", ["dates", "unit"]),
    ],
)
def test_what_is_open_is_asked(text: str, about: list[str]) -> None:
    assert [question.about.value for question in plan(text).questions] == about


def test_what_was_said_decides() -> None:
    assert read("date,minutes\n8/25,5\n", order=DateOrder.MONTH_FIRST, year=2025) == [("2025-08-25", 5)]
    with pytest.raises(Refused, match="no column “nine”"):
        plan("date,hours\n2025-03-04,1\n", columns={"day": "nine"})
    with pytest.raises(Refused, match="there are 1 to 2"):
        plan("2025-03-04,1\n2025-03-05,2\n", columns={"day": "7"})


@pytest.mark.parametrize(
    ("text", "said", "sentence"),
    [
        ("hours,minutes\n1,30\n", {}, "No column there has a day; there are “hours”, “minutes”"),
        ("2025-03-04,5\n5,2025-03-05\n", {}, "no titles in that file, and no column that has a day"),
        ("date,user,hours\n2025-03-04,ada,1\n", {"member": "eve"}, "Nothing in that file is of “eve”; there are “ada”"),
        ("date,hours\n2025-03-04,1\n", {"member": "eve"}, "there are no names in it"),
    ],
)
def test_what_has_no_day_or_nothing_of_a_member_is_refused(text: str, said: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        plan(text, **said)


def test_what_is_remembered_of_a_long_file_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    orders = "date,duration\n03/04/2025,90\n14/04/2025,1500\n05/04/2025,60\n05/04/2025,60\n"
    spans = "date,start,end,duration\n" + "2025-03-04,09:00,10:00,1:00\n" * 2
    expected = read(orders), read(spans)
    assert expected[0] == [("2025-04-03", 2), ("2025-04-14", 25), ("2025-04-05", 1), ("2025-04-05", 1)]
    monkeypatch.setattr(survey, "MOST_DISTINCT", 1)
    monkeypatch.setattr(sessions, "MOST_KNOWN", 0)
    assert (read(orders), read(spans)) == expected
    assert plan(orders).questions == ()


@pytest.mark.parametrize(
    ("content", "minutes"),
    [
        ([{"start": "2025-03-04T09:00:00Z", "end": "2025-03-04T10:00:00Z", "project": {"name": "x"}, "tags": [1]}], 60),
        ({"data": [{"timeInterval": {"start": "2025-03-04T09:00:00Z", "end": "2025-03-04T09:30:00Z"}}]}, 30),
        ({"anything": [{"date": "2025-03-04", "minutes": 7.5, "done": True}, 3]}, 8),
        (
            {"buckets": {"window": {"events": [{"timestamp": "2025-03-04T09:00:00Z", "duration": 90.5}, 3]}}},
            2,
        ),
        ({"days": [{"date": "2025-03-04", "grand_total": {"total_seconds": 600}}, "x", {"projects": [3]}]}, 10),
    ],
)
def test_json_is_a_table(content: object, minutes: int) -> None:
    assert read(json.dumps(content)) == [("2025-03-04", minutes)]


@pytest.mark.parametrize("text", ["{", "{}", "[]", '{"a": 1}', "[1]", '{"buckets": {"x": {}}}'])
def test_other_json_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        plan(text)


def test_a_day_that_is_not_over_waits_for_a_later_dump() -> None:
    text = json.dumps({"days": [{"date": "2026-01-05", "projects": [{"name": "x", "total_seconds": 600}]}]})
    assert left_out(text) == ["of a day that is not over yet"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x89PNG\0", "a picture"),
        (b"a\0b", "no text file"),
        ("Übung".encode("latin-1"), "UTF-8"),
        (b" \n", "nothing"),
        (b",,\n", "nothing"),
        (b"name,age\nada,36\n", "."),
        (b"date,note\n2025-03-04,x\n", "No column there says how long"),
        (b"date,hours" + b",a" * 500 + b"\n", "502 columns"),
        (b"date,hours\n" + b"x" * 1_000_001, "more than 1,000,000"),
    ],
    ids="picture binary latin blank commas names no_length wide endless".split(),
)
def test_what_is_no_table_is_said_to_be_none(content: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        list(read_sessions(make_plan(read_text(decode(content)), Answers(), UTC, TODAY))())


def test_utf_16_is_read() -> None:
    assert read(decode("date,hours\n2025-03-04,1\n".encode("utf-16"))) == [("2025-03-04", 60)]


def test_rows_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 1)
    with pytest.raises(Refused, match="more than 1 rows"):
        read("date,hours\n2025-03-04,1\n2025-03-05,1\n")
    with pytest.raises(Refused, match="more than 1 rows"):
        read(json.dumps([{"date": "2025-03-04", "hours": 1}] * 2))


def test_a_session_over_the_night_of_a_zone_is_parted_at_its_midnight() -> None:
    zone = timezone(timedelta(hours=2))
    text = "start,end\n2025-03-04T21:30:00Z,2025-03-04T22:30:00Z\n"
    rows = read_sessions(make_plan(read_text(text), Answers(), zone, TODAY))()
    [session] = [row for row in rows if isinstance(row, Session)]
    assert session.parts() == [(date(2025, 3, 4), 30), (date(2025, 3, 5), 30)]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("date,start,end,break (min)\n2025-03-04,09:00,12:00,30\n2025-03-05,13:00,15:00,\n", [150, 120]),
        ("date,start,end,pause\n2025-03-04,09:00,12:00,0.5\n2025-03-05,13:00,15:00,1\n", [150, 60]),
        ("date,start,end,break,net hours\n2025-03-04,09:00,12:00,0:30,2.5\n", [150]),
        ("startTime,endTime\n1741082400000,1741086000000\n", [60]),
        ("Created,Due date,Date,Hours\n2025-01-01,2025-12-01,2025-03-04,2\n", [120]),
        ("date,time studied\n2025-03-04,90'\n2025-03-05,1h30'\n", [90, 90]),
        ("date,hours\n45720,1.5\n45721,2\n", [90, 120]),
        ("start,end\nTue Mar 04 09:00:00 GMT+00:00 2025,Tue Mar 04 10:00:00 UTC 2025\n", [60]),
        ("start,end\nTue Mar 04 2025 09:00:00 GMT+0000 (GMT),Tue Mar 04 2025 09:30:00 GMT+0000 (GMT)\n", [30]),
        ("timestamp,duration,app\n2025-03-04T09:00:00+00:00,125.5,Code\n", [2]),
        ("First date,second date,hours\n2025-03-04,2025-03-04,1\n", [60]),
        ("date,duration (mm:ss)\n2025-03-04,45:20\n2025-03-05,12:20\n", [45, 12]),
        ("date,duration (hh:mm)\n2025-03-04,12:20\n2025-03-05,01:30\n", [740, 90]),
        ("start,end\n2025-03-04 09:00 CET,2025-03-04 10:00 CET\n", [60]),
        ("date,from,to\n2025-03-04,9h,11h30\n", [150]),
        ("date,time\n2025-03-04,09:00-10:30\n2025-03-05,14:00 \u2192 15:00\n", [90, 60]),
        (SPANISH, [120, 60]),
        ("Name,Date,Minutes\nEigenvalues,2025-03-04,30\nBayes,2025-03-04,40\nKernels,2025-03-05,50\n", [30, 40, 50]),
    ],
)
def test_what_a_friend_would_not_ask_about_is_read(text: str, entries: list[int]) -> None:
    assert plan(text).questions == ()
    assert [minutes for _, minutes in read(text)] == entries


@pytest.mark.parametrize(
    ("text", "question", "said", "entries"),
    [
        (
            "date,hours\n2025-03-04,1.30\n2025-03-05,0.45\n",
            "hours with decimals, or hours and minutes",
            {"unit": "hh:mm"},
            [90, 45],
        ),
        (
            "date,hours\n2025-03-04,1.30\n2025-03-05,0.45\n",
            "hours with decimals, or hours and minutes",
            {"unit": "hours"},
            [78, 27],
        ),
        ("date,duration\n2025-03-04,0.0625\n2025-03-05,0.041666667\n", "parts of a day", {"unit": "days"}, [90, 60]),
        ("date,hours\n2025-03-04,0.0625\n", "parts of a day", {"unit": "hours"}, [4]),
        (
            "Entry date,Work date,Hours\n2025-03-09,2025-03-04,2\n",
            "Several columns have a date: “Entry date”, “Work date”",
            {"columns": {"day": "Work date"}},
            [120],
        ),
        (
            "Date,Email,Minutes\n2025-03-04,ada@x.org,30\n2025-03-04,bo@x.org,40\n",
            "the time of 2 people",
            {"member": "ada@x.org"},
            [30],
        ),
        (
            "Date,Name,Minutes\n2025-03-04,Ada,30\n2025-03-04,Bo,40\n2025-03-05,Ada,50\n2025-03-05,Bo,60\n",
            "whose time it was, or what it was about",
            {"columns": {"note": "Name"}},
            [30, 40, 50, 60],
        ),
        (
            "Date,Name,Minutes\n2025-03-04,Ada,30\n2025-03-04,Bo,40\n2025-03-05,Ada,50\n2025-03-05,Bo,60\n",
            "whose time it was, or what it was about",
            {"columns": {"member": "Name"}, "member": "Ada"},
            [30, 50],
        ),
    ],
)
def test_what_a_friend_would_ask_about_is_asked(
    text: str, question: str, said: dict[str, object], entries: list[int]
) -> None:
    assert [question in asked.text for asked in plan(text).questions] == [True]
    assert plan(text, **said).questions == ()
    assert [minutes for _, minutes in read(text, **said)] == entries


@pytest.mark.parametrize(
    "text",
    [
        "date,hours\n2025-03-04,1.25\n2025-03-05,0.75\n2025-03-06,1.50\n",
        "date,hours\n2025-03-04,1.5\n2025-03-05,2.25\n",
        "date,hours\n2025-03-04,1.30\n2025-03-05,2.87\n",
        "date,hours\n2025-03-04,0.33\n2025-03-05,0.25\n",
    ],
)
def test_decimals_of_hours_are_not_asked_about(text: str) -> None:
    assert plan(text).questions == ()


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("date,start,end\n2025-03-04,11:00,09:00\n2025-03-05,23:00,01:00\n", ["that end before they start"]),
        (
            "date,start,end,break\n2025-03-04,09:00,12:00,30\n2025-03-05,09:00,12:00,long\n2025-03-06,9:00,10:00,10\n",
            ["without a duration that can be read"],
        ),
    ],
)
def test_a_span_that_makes_no_sense_is_left_out(text: str, reasons: list[str]) -> None:
    assert left_out(text) == reasons


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ('{"row_headers": ["Date", "Time Spent (seconds)"], "rows": [["2025-03-04T00:00:00", 3600], 7]}', 60),
        ('{"date": "2025-03-04", "minutes": 30}\n{"date": "2025-03-05", "minutes": 45}\n', 30),
        ('{"2025-03-04": 90.0, "2025-03-05": "x"}', 90),
        (
            json.dumps(BACKUP),
            60,
        ),
    ],
    ids=["heads_and_rows", "lines", "days", "tasks"],
)
def test_json_of_other_shapes_is_a_table_too(text: str, minutes: int) -> None:
    assert read(text, unit="minutes" if text.startswith('{"2025') else None)[0] == ("2025-03-04", minutes)


@pytest.mark.parametrize("text", ['{"a": 1}\n{"b": ', '{"rows": [], "row_headers": 3}', '{"a": {"a": {"a": 3}}}'])
def test_json_without_a_table_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        plan(text)
