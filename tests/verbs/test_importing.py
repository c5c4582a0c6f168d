"""`tenhours import` on real files: what it says, what it writes, and what it refuses in a sentence."""

import asyncio
import json
import threading
from datetime import date, datetime
from itertools import count
from pathlib import Path

import pytest

from bot.config import DatabaseSettings, Settings
from bot.domain.timesheet.answers import Answers
from bot.domain.timesheet.former import former_key
from bot.domain.timesheet.order import DateOrder
from bot.domain.timesheet.outcome import NewSession
from bot.errors import NotSaved, Refused, TenHoursError
from bot.store import imports
from bot.store.database import Store
from bot.store.tx import Tx
from bot.terminal import export
from bot.tracker_files import opening
from bot.verbs import importing
from bot.verbs.import_questions import QuestionsOpen
from bot.verbs.importing import ImportOptions, Stopped, import_file
from bot.verbs.take_back import take_back
from tests.waiting import turns

DATA = Path(__file__).parents[1] / "data"
LEARNER = DATA / "learner_2018.csv"
UNCLEAR = "date,hours,project\n03/04/2025,1,Maths\n04/05/2025,2,Work\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(DatabaseSettings(f"sqlite:///{tmp_path / 'test.db'}"))


async def rows(settings: Settings, sql: str) -> list[tuple[object, ...]]:
    store = await Store.open(settings.database.location)
    try:
        return await store.read(lambda tx: [tuple(row) for row in tx.all(sql)])
    finally:
        await store.close()


def written(tmp_path: Path, text: str, name: str = "export.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


async def test_history_comes_in_once(settings: Settings) -> None:
    words = await import_file(settings, ImportOptions(LEARNER, "ada", area="stat"))
    assert "Imported: 161 entries, 158 h 27, from 2018-06-01 to 2018-12-31." in words
    assert "Left out: 2 rows under half a minute (row 82, row 96)." in words
    kept = await rows(settings, "SELECT name, checkins, total_minutes, first_week FROM people")
    assert kept == [("ada", 161, 158 * 60 + 27, None)]
    assert await rows(settings, "SELECT area, minutes FROM area_totals") == [("Statistics", 158 * 60 + 27)]
    before = await export(settings, "ada", None, None)
    exported = json.loads(before)
    [run] = exported["imports"]
    assert (run["number"], run["file"], run["source"], run["entries"]) == (1, "learner_2018.csv", "Toggl export", 161)
    assert {(checkin["import"], checkin["project"]) for checkin in exported["checkins"]} == {(1, "Study")}
    assert "Nothing new: 158 entries of it are here already." in await import_file(
        settings, ImportOptions(LEARNER, "Ada")
    )
    assert await export(settings, "ada", None, None) == before


@pytest.mark.parametrize("name", [path.name for path in sorted((DATA / "exports").iterdir())])
async def test_every_kind_of_export_comes_in_from_a_file(settings: Settings, name: str) -> None:
    assert "Imported: " in await import_file(settings, ImportOptions(DATA / "exports" / name, "ada"))


async def test_a_daily_dump_comes_in_from_a_file(settings: Settings, tmp_path: Path) -> None:
    dump = '{"days": [{"date": "2025-12-01", "projects": [{"name": "nn", "total_seconds": 5400}]}]}'
    assert "Imported: 1 entry, 1 h 30" in await import_file(
        settings, ImportOptions(written(tmp_path, dump, "waka.json"), "ada")
    )


async def test_a_dry_run_shows_weeks_and_projects_and_writes_nothing(settings: Settings) -> None:
    words = await import_file(settings, ImportOptions(LEARNER, "ada", is_dry=True))
    assert "Study        158  158 h 27" in words
    assert "9–15 Jul 2018        21 h 15" in words
    assert words.endswith("Nothing was written: this was a dry run.")
    assert await rows(settings, "SELECT count(*) FROM people") == [(0,)]
    await import_file(settings, ImportOptions(LEARNER, "ada"))
    words = await import_file(settings, ImportOptions(LEARNER, "ada", is_dry=True))
    assert "Nothing new" in words
    assert "week  time" not in words


async def test_a_run_that_was_broken_off_is_made_whole_by_another(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "SESSIONS_PER_TRANSACTION", 50)
    add, units = imports.add, count(1)

    def add_two(tx: Tx, person_id: int, run_id: int, sessions: list[NewSession], now: datetime) -> None:
        if next(units) > 2:
            raise NotSaved("the disk is full")
        add(tx, person_id, run_id, sessions, now)

    with monkeypatch.context() as patch:
        patch.setattr(imports, "add", add_two)
        with pytest.raises(NotSaved):
            await import_file(settings, ImportOptions(LEARNER, "ada"))
    assert await rows(settings, "SELECT count(*) FROM imports WHERE key NOT LIKE '%+1'") == [(100,)]
    words = await import_file(settings, ImportOptions(LEARNER, "ada"))
    assert "100 entries were here already." in words
    assert await rows(settings, "SELECT checkins, total_minutes FROM people") == [(161, 158 * 60 + 27)]


@pytest.mark.parametrize("is_kept", [True, False])
async def test_who_breaks_off_during_a_transaction_is_told_what_became_of_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, is_kept: bool
) -> None:
    monkeypatch.setattr(importing, "SESSIONS_PER_TRANSACTION", 50)
    add, units, second, broken_off = imports.add, count(1), threading.Event(), threading.Event()

    def add_slowly(tx: Tx, person_id: int, run_id: int, sessions: list[NewSession], now: datetime) -> None:
        add(tx, person_id, run_id, sessions, now)
        if next(units) == 2:
            second.set()
            assert broken_off.wait(60)
            if not is_kept:
                raise NotSaved("the disk is full")

    monkeypatch.setattr(imports, "add", add_slowly)
    running = asyncio.create_task(import_file(settings, ImportOptions(LEARNER, "ada")))
    assert await asyncio.to_thread(second.wait, 60)
    running.cancel()
    await turns()
    broken_off.set()
    with pytest.raises(Stopped) as stopped:
        await running
    assert await rows(settings, "SELECT count(*) FROM imports WHERE key NOT LIKE '%+1'") == [(100 if is_kept else 50,)]
    [(entries,)] = await rows(settings, "SELECT count(*) FROM checkins")
    assert f"{stopped.value}".startswith(f"Stopped. {entries} entries are in;")


async def test_projects_and_the_order_of_dates_can_be_said(settings: Settings, tmp_path: Path) -> None:
    path = written(tmp_path, UNCLEAR)
    with pytest.raises(QuestionsOpen, match=r"can be read both ways.*\n.*--dates day-first"):
        await import_file(settings, ImportOptions(path, "ada"))
    answers = Answers(order=DateOrder.DAY_FIRST)
    await import_file(settings, ImportOptions(path, "ada", projects=["Maths=Mathematics"], answers=answers))
    assert await rows(settings, "SELECT day, area FROM checkins") == [("2025-04-03", "Mathematics")]


async def test_whose_time_it_is_can_be_said(settings: Settings, tmp_path: Path) -> None:
    path = written(tmp_path, "date,hours,user\n2025-12-01,1,Ada L.\n2025-12-01,2,Bo\n")
    with pytest.raises(QuestionsOpen, match="2 people"):
        await import_file(settings, ImportOptions(path, "ada", takes_proposals=True))
    chosen = ImportOptions(path, "ada", answers=Answers(member="ada l."))
    assert "Imported: 1 entry, 1 h" in await import_file(settings, chosen)


async def test_yes_takes_what_is_likeliest(settings: Settings, tmp_path: Path) -> None:
    path = written(tmp_path, "date,duration\n2025-12-01,20\n")
    with pytest.raises(QuestionsOpen, match="--yes takes the likeliest: --unit minutes"):
        await import_file(settings, ImportOptions(path, "ada"))
    assert await rows(settings, "SELECT count(*) FROM people") == [(0,)]
    assert "1 entry, 20 min" in await import_file(settings, ImportOptions(path, "ada", takes_proposals=True))


async def test_what_an_earlier_version_brought_in_is_known_in_any_shape(settings: Settings, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Project,Description,Start date,Start time,End date,End time,Duration\n"
        "Maths,limits,2025-12-01,22:30:00,2025-12-02,00:30:00,02:00:00\n"
        "Maths,series,2025-12-03,09:00:00,2025-12-03,10:00:00,01:00:00\n",
    )
    await import_file(settings, ImportOptions(path, "ada"))
    store = await Store.open(settings.database.location)
    try:
        await store.write(store_as_before)
    finally:
        await store.close()
    assert "Nothing new: 2 entries" in await import_file(settings, ImportOptions(path, "ada"))
    other = written(
        tmp_path,
        "Project,Start,End\nMath,01.12.2025 22:30,02.12.2025 0:30\nMath,03.12.2025 9:00,03.12.2025 10:00\n",
        "b.csv",
    )
    assert "Nothing new: 2 entries" in await import_file(settings, ImportOptions(other, "ada"))
    assert "Taken back: “earlier imports”" in await take_back(settings, "ada", "", None)
    assert await rows(settings, "SELECT count(*) FROM checkins") == [(0,)]


def store_as_before(tx: Tx) -> None:
    """Make two rows what an earlier version had stored: whole sessions on their first day, under its own keys."""
    tx.run("DELETE FROM checkins WHERE id = 2")
    tx.run("UPDATE checkins SET minutes = 120 WHERE id = 1")
    for checkin, day, start, minutes, note in (
        (1, date(2025, 12, 1), "22:30:00", 120, "limits"),
        (3, date(2025, 12, 3), "09:00:00", 60, "series"),
    ):
        tx.run(
            "UPDATE imports SET key = :key, day = :day, minutes = :minutes, project = NULL WHERE checkin_id = :id",
            key=former_key(day, minutes, (start, "Maths", note), 1),
            day=day.isoformat(),
            minutes=minutes,
            id=checkin,
        )
    tx.run("UPDATE import_runs SET file = '', source = 'earlier imports'")


async def test_a_take_back_of_several_asks_which(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(TenHoursError, match="I don't know anyone"):
        await take_back(settings, "ada", "", None)
    for name, minutes in (("a.csv", 10), ("b.csv", 20)):
        path = written(tmp_path, f"date,minutes\n2025-12-0{minutes // 10},{minutes}\n", name)
        await import_file(settings, ImportOptions(path, "ada"))
    with pytest.raises(TenHoursError, match="Name its number"):
        await take_back(settings, "ada", "", None)
    assert "b.csv" in await take_back(settings, "ada", "", "b.csv")
    assert "a.csv" in await take_back(settings, "ada", "1", None)
    with pytest.raises(TenHoursError, match="no import"):
        await take_back(settings, "ada", "", None)


@pytest.mark.parametrize("who", ["discord:1", "slack:T1:U1"])
async def test_people_of_platforms_must_be_known(settings: Settings, who: str) -> None:
    with pytest.raises(TenHoursError, match="I don't know anyone here called"):
        await import_file(settings, ImportOptions(LEARNER, who))


async def test_what_cannot_be_read_is_a_sentence_and_writes_nothing(settings: Settings, tmp_path: Path) -> None:
    latin = tmp_path / "latin.csv"
    latin.write_bytes(b"date,hours\n" + b"2025-12-01,1\n" * 100 + "2025-12-01,1,Übung\n".encode("latin-1"))
    for path, error, sentence in (
        (tmp_path / "nothing.csv", NotSaved, "cannot be read: No such file"),
        (tmp_path, NotSaved, "cannot be read: Is a directory"),
        (latin, Refused, "not in UTF-8"),
        (written(tmp_path, "hello"), Refused, "no columns"),
    ):
        with pytest.raises(error, match=sentence):
            await import_file(settings, ImportOptions(path, "ada"))
    assert await rows(settings, "SELECT count(*) FROM people") == [(0,)]


async def test_size_and_time_have_an_end(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, UNCLEAR)
    with monkeypatch.context() as patch:
        patch.setattr(importing, "MAX_SECONDS", -1)
        with pytest.raises(Refused, match="took more than"):
            await import_file(settings, ImportOptions(path, "ada"))
    monkeypatch.setattr(opening, "MAX_MEGABYTES", 0)
    with pytest.raises(Refused, match="more than 0 MB"):
        await import_file(settings, ImportOptions(path, "ada"))
