"""A conversation about a time tracker's file: looked at first, brought in by a button, and never twice."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.chat.request import UPLOAD_BYTES
from bot.commands.shared import import_work
from tests.talk import Heard, Talk

EXPORTS = Path(__file__).parents[1] / "data"
LEARNER = (EXPORTS / "learner_2018.csv").read_bytes()
TWO_PROJECTS = b"date,duration,project,notes\n2025-12-01,1:00,Maths,limits\n2025-12-02,2:00,Work,mails\n"
MANY_PROJECTS = json.dumps(
    {
        "days": [
            {
                "date": "2025-12-01",
                "projects": [{"name": str(at), "total_seconds": 60} for at in range(import_work.MAX_ROWS + 1)],
            }
        ]
    }
).encode()
ONE_HOUR = b"date,hours\n2025-12-01,1\n"


@dataclass
class Sender:
    """Hands files over as an adapter does."""

    talk: Talk

    async def __call__(self, content: bytes, *, name: str = "export.csv", **options: str) -> Heard:
        return await self.talk.hand_over("ada", "mydata import", name, content, **options)


@pytest.fixture
async def send(talk: Talk) -> Sender:
    await talk.join("ada", "bo")
    return Sender(talk)


async def test_a_file_is_looked_at_and_brought_in_by_a_button(talk: Talk, send: Sender) -> None:
    looked = await send(LEARNER, name="learner.csv")
    assert "What is in learner.csv\nTo bring in: 161 entries, 158 h 27, from 2018-06-01 to 2018-12-31." in looked
    assert "A Toggl export. Read as day “Start date”" in looked
    assert "Left out: 2 rows under half a minute (row 82, row 96)." in looked
    assert "158 h" not in await talk("ada", "/progress")
    done = await talk.press("ada", "Import it")
    assert "Imported: 161 entries, 158 h 27" in done
    assert done.is_in_place
    assert "In all: 158 h on the road to 1,040 h" in await talk("ada", "/progress")


async def test_the_same_file_again_changes_nothing(talk: Talk, send: Sender) -> None:
    await send(LEARNER)
    await talk.press("ada", "Import it")
    before = await talk.rows("SELECT count(*), sum(minutes) FROM checkins")
    again = await send(LEARNER)
    assert "Nothing new: 158 entries of it are here already." in again
    assert again.labels == ["Choose projects…"]
    assert await talk.rows("SELECT count(*), sum(minutes) FROM checkins") == before


async def test_a_file_that_was_brought_in_is_forgotten_and_its_button_does_nothing_more(
    talk: Talk, send: Sender
) -> None:
    looked = await send(ONE_HOUR)
    button = looked.button("Import it")
    assert "Imported: 1 entry, 1 h" in await talk.command("ada", button.command, **button.options)
    assert await talk.rows("SELECT count(*) FROM uploads") == [(0,)]
    assert "have that file any more" in await talk.command("ada", button.command, **button.options)
    assert await talk.rows("SELECT count(*) FROM checkins") == [(1,)]


async def test_a_file_can_be_imported_for_an_hour(talk: Talk, send: Sender) -> None:
    first, second = await send(ONE_HOUR), await send(TWO_PROJECTS)
    talk.advance(hours=1)
    assert "2 entries, 3 h" in await talk.press("ada", "Import it")
    talk.advance(seconds=1)
    for button in (first.button("Import it"), second.button("Choose projects…")):
        assert "have that file any more" in await talk.command("ada", button.command, **button.options)
    await send(ONE_HOUR)
    assert await talk.rows("SELECT count(*) FROM uploads") == [(1,)]


async def test_descriptions_are_in_the_journal(talk: Talk, send: Sender) -> None:
    await send(TWO_PROJECTS)
    await talk.press("ada", "Import it")
    found = await talk("ada", "/journal limits")
    assert "limits" in found


async def test_a_later_export_of_the_same_brings_what_is_new(talk: Talk, send: Sender) -> None:
    await send(ONE_HOUR)
    await talk.press("ada", "Import it")
    looked = await send(ONE_HOUR + b"2025-12-01,1\n2025-12-02,3\n")
    assert "To bring in: 2 entries, 4 h, from 2025-12-01 to 2025-12-02." in looked
    assert "1 entry was here already." in looked


async def test_imported_time_counts_for_no_week_and_no_board(talk: Talk, send: Sender) -> None:
    await send(b"date,hours\n2026-01-05,9\n2025-12-29,20\n")
    await talk.press("ada", "Import it")
    assert "Nothing logged yet this week" in await talk("ada", "/progress")
    assert "Ada · 0" not in await talk("bo", "/leaderboard by: hours")
    assert await talk.rows("SELECT count(*) FROM weeks") == [(0,)]
    assert await talk.rows(
        "SELECT first_week, last_checkin_at, checkins, total_minutes FROM people WHERE name = 'Ada'"
    ) == [(None, None, 2, 29 * 60)]


async def test_marks_that_history_passes_are_not_told_to_the_group(talk: Talk, send: Sender) -> None:
    rows = b"".join(b"2025-11-%02d,10\n" % day for day in range(1, 12))
    await send(b"date,hours\n" + rows)
    await talk.press("ada", "Import it")
    assert "Milestone" not in await talk("ada", "/checkin 1h")
    assert "🎉" not in (await talk.posts())[-1]


async def test_a_day_does_not_pass_24_hours(talk: Talk, send: Sender) -> None:
    await talk("ada", "/checkin 20h day: yesterday")
    await talk.press("ada", "Yes, count 20 h")
    looked = await send(b"date,hours\n2026-01-04,3\n2026-01-04,2\n2026-01-04,1\n")
    assert "To bring in: 2 entries, 4 h" in looked
    assert "row 3: 2026-01-04" in looked
    await talk.press("ada", "Import it")
    assert (await talk("ada", "/checkin 1m day: yesterday")).is_wrong


async def test_projects_can_be_chosen_with_an_area_each(talk: Talk, send: Sender) -> None:
    await send(TWO_PROJECTS)
    form = await talk.press("ada", "Choose projects…")
    assert {field.name: field.value for field in form.form.fields} == {"projects": "Work\nMaths", "area": ""}
    looked = await talk.fill("ada", projects="Maths = Mathematics")
    assert "To bring in: 1 entry, 1 h, from 2025-12-01 to 2025-12-01." in looked
    await talk.press("ada", "Import it")
    assert await talk.rows("SELECT day, area, learned, source FROM checkins") == [
        ("2025-12-01", "Mathematics", "limits", "import")
    ]


async def test_a_project_or_an_area_that_is_not_there_is_said_under_the_field(talk: Talk, send: Sender) -> None:
    await send(TWO_PROJECTS)
    await talk.press("ada", "Choose projects…")
    assert "There is no area “Cooking” here" in await talk.fill("ada", projects="Maths = Cooking")
    assert "There is no project “Math”" in await talk.fill("ada", projects="Math")
    assert "To bring in: 2 entries" in await talk.fill("ada", projects="")


async def test_an_area_for_all(talk: Talk, send: Sender) -> None:
    await send(TWO_PROJECTS, area="stat")
    await talk.press("ada", "Import it")
    assert await talk.rows("SELECT area, minutes FROM area_totals") == [("Statistics", 180)]


async def test_dates_that_can_be_read_both_ways_are_asked_about(talk: Talk, send: Sender) -> None:
    content = b"date,hours\n03/04/2025,1\n"
    question = await send(content)
    assert "Dates such as 03/04/2025 can be read both ways." in question
    assert question.labels == ["Day first", "Month first"]
    assert "from 2025-03-04" in await talk.press("ada", "Month first")
    form = await talk.press("ada", "Choose projects…")
    assert form.is_form
    assert "from 2025-03-04" in await talk.fill("ada", projects="")
    await talk.press("ada", "Import it")
    assert await talk.rows("SELECT day FROM checkins") == [("2025-03-04",)]
    assert "from 2025-04-03" in await send(content, dates="day-first")


async def test_nobody_sees_or_imports_the_file_of_another(talk: Talk, send: Sender) -> None:
    looked = await send(ONE_HOUR)
    for label in ("Import it", "Choose projects…"):
        button = looked.button(label)
        heard = await talk.command("bo", button.command, **button.options)
        assert "I don't have that file any more" in heard
        assert heard.is_wrong
    for sheet in ("999", "x", "²", "9" * 30, "9" * 5000):
        assert "have that file any more" in await talk.command("ada", "mydata look", sheet=sheet)
    assert await talk.rows("SELECT count(*) FROM checkins") == [(0,)]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "There is nothing in that file"),
        (b"\xff\xfe\xfd", "not in UTF-8"),
        (b"PK\x03\x04", "begins like a spreadsheet"),
        (b"{}", "no list of entries"),
        (b"date,hours\n" + b"2025-12-01,1\n" * import_work.MAX_ROWS, "about 10,001 rows, and 10,000 fit here"),
        (MANY_PROJECTS, "about 10,001 rows, and 10,000 fit here"),
        (b"a" * (UPLOAD_BYTES + 1), "more than 4 MB"),
    ],
)
async def test_what_cannot_be_read_is_refused_and_not_stored(
    talk: Talk, send: Sender, content: bytes, sentence: str
) -> None:
    heard = await send(content)
    assert sentence in heard
    assert heard.is_wrong
    assert await talk.rows("SELECT count(*) FROM uploads") == [(0,)]


@pytest.mark.parametrize(
    "content",
    [
        b"xoxb-1234-secret-token",
        b"[discord]\ntoken = secret-token\n",
        b"DISCORD_TOKEN=secret-token\nOTHER=1,2,3\n",
        b"secret-token;other\n1;2\n",
    ],
)
async def test_nothing_of_a_file_that_is_no_table_is_quoted(talk: Talk, send: Sender, content: bytes) -> None:
    heard = await send(content)
    assert heard.is_wrong
    assert "secret" not in heard


async def test_without_a_file_the_form_asks_and_a_form_without_one_is_refused(talk: Talk, send: Sender) -> None:
    assert (await talk("ada", "/mydata import")).is_form
    assert "No file came with that" in await talk.fill("ada", file="export.csv")


async def test_a_file_in_which_all_is_wrong_is_reported_row_by_row(talk: Talk, send: Sender) -> None:
    looked = await send(b"date,hours\n" + b"soon,1\n" * 9)
    assert looked.is_wrong
    assert "9 rows without a date that can be read, 9 h (row 2: “soon”" in looked


async def test_many_projects_are_summed_up(talk: Talk, send: Sender) -> None:
    rows = b"".join(b"2025-12-01,0:10,project %d\n" % at for at in range(20))
    assert "8 more" in await send(b"date,duration,project\n" + rows)


async def test_imported_entries_are_not_undone_by_undo(talk: Talk, send: Sender) -> None:
    await talk("ada", "/checkin 1h")
    await send(ONE_HOUR)
    await talk.press("ada", "Import it")
    await talk("ada", "/undo")
    assert await talk.rows("SELECT source FROM checkins WHERE undone_at IS NULL") == [("import",)]


async def test_whose_time_it_is_is_asked(talk: Talk, send: Sender) -> None:
    looked = await send(b"date,hours,user\n2025-12-01,1,Ada\n2025-12-01,2,Bo\n")
    assert "That file holds the time of 2 people: “Ada”, “Bo”. Whose is yours?" in looked
    assert "To bring in: 1 entry, 2 h" in await talk.press("ada", "Bo")


async def test_the_unit_of_bare_numbers_is_asked(talk: Talk, send: Sender) -> None:
    looked = await send(b"date,duration\n2025-12-01,20\n")
    assert looked.labels == ["Hours", "Minutes"]
    await talk.press("ada", "Minutes")
    assert "Imported: 1 entry, 20 min" in await talk.press("ada", "Import it")


async def test_what_columns_without_titles_mean_is_asked_by_a_form(talk: Talk, send: Sender) -> None:
    looked = await send(b"2025-12-01,Maths,45 min,optics\n2025-12-02,Maths,30 min,quartz\n")
    assert looked.labels == ["Say what they mean…"]
    form = await talk.press("ada", "Say what they mean…")
    assert {field.name: field.value for field in form.form.fields}["length"] == "3"
    assert "To bring in: 2 entries, 1 h 15" in await talk.fill("ada")


async def test_whether_names_are_people_is_asked_by_what_they_would_mean(talk: Talk, send: Sender) -> None:
    rows = "".join(f"2025-12-0{day},{name},30\n" for day in (1, 2) for name in ("Ada", "Bo"))
    asked = await send(f"date,name,minutes\n{rows}".encode())
    assert "“Ada”, “Bo”, say whose time it was, or what it was about?" in asked
    assert asked.labels[:2] == ["Whose time it was", "What it was about"]
    await talk.press("ada", "Whose time it was")
    assert "To bring in: 2 entries, 1 h" in await talk.press("ada", "Ada")


async def test_an_import_is_listed_and_taken_back_whole(talk: Talk, send: Sender) -> None:
    await send(TWO_PROJECTS)
    await talk.press("ada", "Import it")
    listed = await talk("ada", "/mydata import")
    assert "1 import, each of which can be taken back whole." in listed
    assert "Take back “export.csv” with its 2 entries, 3 h?" in await talk.press("ada", "Take back #1")
    assert "Taken back: “export.csv”" in await talk.press("ada", "Take it back")
    for sql in (
        "SELECT count(*) FROM checkins",
        "SELECT count(*) FROM imports",
        "SELECT count(*) FROM import_runs",
        "SELECT count(*) FROM journal_words",
        "SELECT total_minutes FROM people WHERE name = 'Ada'",
        "SELECT sum(imported) FROM day_totals",
    ):
        assert await talk.rows(sql) == [(0,)], sql
    await send(TWO_PROJECTS)
    assert "Imported: 2 entries" in await talk.press("ada", "Import it")


async def test_areas_can_be_given_afterwards(talk: Talk, send: Sender) -> None:
    await send(TWO_PROJECTS)
    await talk.press("ada", "Import it")
    await talk("ada", "/mydata import")
    form = await talk.press("ada", "Areas of #1…")
    assert form.form.fields[0].value == "Work\nMaths"
    assert "1 entry of “export.csv” has a new area." in await talk.fill("ada", projects="Maths = Mathematics")
    assert await talk.rows("SELECT area, minutes FROM area_totals") == [("Mathematics", 60)]


async def test_a_corrected_length_is_asked_about_and_takes_the_place_of_the_old_one(talk: Talk, send: Sender) -> None:
    await send(b"date,start,end\n2025-12-01,09:00,10:00\n")
    await talk.press("ada", "Import it")
    looked = await send(b"date,start,end\n2025-12-01,09:00,10:30\n")
    assert "90 min instead of 60 min" in looked
    await talk.press("ada", "Replace the old ones")
    await talk.press("ada", "Import it")
    counted = "SELECT minutes FROM checkins WHERE undone_at IS NULL"
    assert await talk.rows(counted) == [(90,)]
    await talk("ada", "/mydata import")
    await talk.press("ada", "Take back #2")
    await talk.press("ada", "Take it back")
    assert await talk.rows(counted) == [(60,)]
    assert await talk.rows("SELECT imported FROM day_totals") == [(60,)]
