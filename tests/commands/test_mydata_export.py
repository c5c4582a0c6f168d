"""`/mydata export`: a zip for the asker alone, whose parts say the same and stay harmless."""

import csv
import io
import json
import re
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.request import Reply
from bot.domain.duration import Minutes
from bot.domain.journal_entry import JournalNote
from bot.store import export
from bot.views import checkin_table, journal_document
from tests.talk import Heard, Talk

DAY = date(2026, 1, 5)


def unpacked(heard: Heard) -> dict[str, str]:
    assert isinstance(heard.answer, Reply)
    file = heard.answer.attachment
    assert file is not None
    assert (file.name, file.media_type) == ("ten-hours-2026-01-06.zip", "application/zip")
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


async def a_life(talk: Talk) -> None:
    await talk("ada", "/checkin 2h30 statistics learned: =1+1 is *two*")
    await talk("ada", "/focus start SVD, from scratch")
    await talk("ada", "/checkin 1h learned: a rotation,\na stretch")
    await talk("ada", "/checkin 45m")
    await talk("ada", "/undo")
    talk.advance(days=1)
    await talk("ada", "/focus finish It rotates. link: https://example.org/a_b")


async def test_all_of_it_is_in_the_zip(talk: Talk) -> None:
    await a_life(talk)
    heard = await talk("ada", "/mydata export")
    assert not heard.is_public
    assert "3 check-ins, 3 journal entries" in heard
    files = unpacked(heard)
    assert sorted(files) == ["checkins.csv", "journal.md", "ten-hours.json"]
    person, now = await talk.person("ada"), talk.clock.now()
    printed = await talk.store.read(lambda tx: export.format_json(export.export(tx, person, now)))
    assert files["ten-hours.json"] == printed + "\n"
    rows = list(csv.DictReader(io.StringIO(files["checkins.csv"], newline="")))
    assert [row["id"] for row in rows] == ["1", "2", "3"]
    assert rows[0]["learned"] == "'=1+1 is *two*"
    assert rows[1]["focus"] == "SVD, from scratch"
    assert [row["undone"] for row in rows] == ["no", "no", "yes"]
    assert [row["late"] for row in rows] == ["no", "no", "no"]


async def test_the_journal_reads_as_a_document(talk: Talk) -> None:
    await a_life(talk)
    files = unpacked(await talk("ada", "/mydata export"))
    assert files["journal.md"] == (
        "# Ada’s journal\n\n*3 entries from 2 days, 3 h 30 of study. Written out on 6 January 2026.*\n\n"
        "## January 2026\n\n### Monday, 5 January\n\n**2 h 30 · Statistics**\n\n> \\=1+1 is \\*two\\*\n\n"
        "**1 h · SVD, from scratch**\n\n> a rotation,  \n> a stretch\n\n### Tuesday, 6 January\n\n"
        "**Finished: SVD, from scratch**, after 1 h, explained from first principles\n\n> It rotates.\n\n"
        "Link: https://example.org/a\\_b\n"
    )


async def test_a_note_of_which_nothing_can_be_seen_is_none(talk: Talk) -> None:
    await talk("ada", "/checkin 1h learned: \u200b")
    assert await talk.rows("SELECT learned FROM checkins") == [(None,)]
    talk.at("2026-01-06T09:00")
    assert "No entry yet" in unpacked(await talk("ada", "/mydata export"))["journal.md"]


def test_an_empty_note_of_earlier_days_is_no_obstacle() -> None:
    assert "**1 h**" in document_of("")


async def test_the_answer_is_stored_nowhere(talk: Talk) -> None:
    await a_life(talk)
    before = await talk.rows("SELECT count(*) FROM requests")
    await talk("ada", "/mydata export")
    talk.advance(days=30)  # a week has closed since, so this one goes through the writer
    heard = await talk("ada", "/mydata export")
    assert isinstance(heard.answer, Reply)
    assert heard.answer.attachment is not None
    assert await talk.rows("SELECT count(*) FROM requests") == before


async def test_someone_unknown_gets_a_sentence_and_stays_unknown(talk: Talk) -> None:
    for channel in ("console", None):
        assert "Nothing about you is saved here." in await talk("eve", "/mydata export", channel=channel)
    assert await talk.rows("SELECT count(*) FROM people") == [(0,)]


async def test_someone_who_did_nothing_yet_gets_an_empty_journal(talk: Talk) -> None:
    await talk("ada", "/progress")
    talk.advance(days=1)
    files = unpacked(await talk("ada", "/mydata export"))
    assert "No entry yet." in files["journal.md"]
    assert files["checkins.csv"].count("\r\n") == 1
    assert json.loads(files["ten-hours.json"])["checkins"] == []


@given(st.text(max_size=40) | st.text("=+-@\t\r\n＝＋－＠1 ", max_size=4))
def test_no_cell_is_a_formula(text: str) -> None:
    checkin = dict.fromkeys(checkin_table.COLUMNS, text)
    table = checkin_table.table([checkin])
    [row] = list(csv.DictReader(io.StringIO(table, newline="")))
    for cell in row.values():
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
        assert cell.removeprefix("'") == text.removeprefix("'") or cell == text


@pytest.mark.parametrize("text", ["# title", "1. one", "12) two", "- point", "+ plus", "> quote", "===", "~~~", "a"])
def test_a_line_stays_a_line(text: str) -> None:
    [quoted] = [line for line in document_of(text).splitlines() if line.startswith(">")]
    assert re.fullmatch(r"> (\\[-#+>=~]|[0-9]+\\[.)]|[a-z]).*", quoted)


@given(st.text(alphabet="ab \\`*_[]<>#&|~!()-", max_size=30))
def test_markup_is_always_escaped(text: str) -> None:
    shown = journal_document.plain(text)
    assert re.sub(r"\\([\\`*_\[\]<>#&|~+\-=.)])", r"\1", shown) == text
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]<>#&|~]", shown)


def document_of(text: str) -> str:
    return journal_document.document("Ada", [JournalNote(DAY, text, 1, Minutes(60))], DAY)
