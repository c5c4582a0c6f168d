"""What `tenhours check` says of settings, files, database, clock and work, without any platform."""

import os
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from bot.checkup import clock, copies, database, report, rights
from bot.checkup.line import Level, Line, ago, worst
from bot.checkup.report import Look
from bot.clock import StillClock
from bot.config import BackupSettings, DatabaseSettings, Settings
from bot.errors import NotSaved
from bot.store import looked, migrate
from bot.store.looked import Looked
from bot.upkeep import copies as daily_copies
from migrations import HEAD

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


async def lines(file: Path | None = None, now: datetime = NOW, /, **environ: str) -> dict[str, Line]:
    """Return the line of each subject; of several, the worst."""
    by_subject: dict[str, Line] = {}
    for line in await report.lines(Look(file, environ, is_local=True), StillClock(now)):
        others = [by_subject[line.subject]] if line.subject in by_subject else []
        if not others or worst([*others, line]) is not others[0].level:
            by_subject[line.subject] = line
    return by_subject


def execute(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(sql)


@pytest.fixture
def environ(database: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    database.chmod(0o600)
    monkeypatch.chdir(database.parent)
    return {"TENHOURS_DATABASE__URL": f"sqlite:///{database}"}


async def test_an_empty_folder_is_a_good_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    by_subject = await lines()
    assert by_subject["database"].words == "there's no tenhours.db yet; the first start creates it"
    assert by_subject["platforms"].level is Level.WARNING
    assert worst(by_subject.values()) is Level.WARNING
    assert list(tmp_path.iterdir()) == []


async def test_a_wrong_setting_is_a_line_and_the_rest_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[backup]\nkeep = 0\n")
    by_subject = await lines(file)
    assert by_subject["configuration"].words == "[backup] keep = 0: expected 1 or more"
    assert by_subject["configuration"].level is Level.WRONG
    assert "database" not in by_subject


async def test_a_good_database_is_said_to_be_one_and_left_as_it_was(environ: Mapping[str, str], database: Path) -> None:
    before = database.read_bytes()
    by_subject = await lines(None, NOW, **environ)
    assert {line.level for line in by_subject.values()} - {Level.WELL} == {Level.WARNING}
    assert "is intact" in by_subject["database"].words
    assert by_subject["schema"].words == f"{HEAD}, the one this version needs"
    assert by_subject["groups"].words == "0 groups, none of them asleep"
    assert database.read_bytes() == before
    assert [path.name for path in database.parent.iterdir()] == ["tenhours.db"]


def _damage(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(30 * 4096))


def _replace(path: Path) -> None:
    path.write_bytes(os.urandom(5000))


def _make_foreign(path: Path) -> None:
    path.unlink()
    execute(path, "CREATE TABLE recipes (name TEXT)")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [(_damage, "damaged|malformed"), (_replace, "is not a database")],
)
async def test_a_broken_database_is_wrong_and_says_what_to_do(environ, database: Path, spoil, words: str) -> None:  # type: ignore[no-untyped-def]
    spoil(database)
    line = (await lines(None, NOW, **environ))["database"]
    assert line.level is Level.WRONG
    assert any(word in line.words for word in words.split("|")), line.words
    assert "tenhours restore FILE" in line.what_to_do


async def test_the_database_of_another_program_needs_another_name(environ: dict[str, str], database: Path) -> None:
    _make_foreign(database)
    line = (await lines(None, NOW, **environ))["database"]
    assert (line.level, line.what_to_do) == (Level.WRONG, "name another file in [database] url")
    assert "another program" in line.words


async def test_a_database_that_cannot_be_opened_is_not_told_to_be_restored(
    environ: dict[str, str], database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> str:
        raise NotSaved("The database can't be opened: disk I/O error.")

    monkeypatch.setattr(migrate, "read_revision", refuse)
    line = (await lines(None, NOW, **environ))["database"]
    assert line.level is Level.WRONG
    assert "make sure that this user can write to" in line.what_to_do


@pytest.mark.parametrize(("revision", "to_do"), [("0001", "tenhours migrate"), ("0999", "newer version")])
async def test_another_schema_says_which_way_to_go(environ, database: Path, revision: str, to_do: str) -> None:  # type: ignore[no-untyped-def]
    execute(database, f"UPDATE alembic_version SET version_num = '{revision}'")
    line = (await lines(None, NOW, **environ))["schema"]
    assert (line.level, to_do in line.what_to_do) == (Level.WRONG, True)


async def test_an_empty_file_waits_for_its_first_start(environ: Mapping[str, str], database: Path) -> None:
    database.write_bytes(b"")
    by_subject = await lines(None, NOW, **environ)
    assert by_subject["schema"].level is Level.WELL
    assert "last tick" not in by_subject


async def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    by_subject = await lines(None, TENHOURS_DATABASE__URL=f"sqlite:///{tmp_path}/gone/x.db")
    assert f"there's no folder {tmp_path}/gone" in by_subject["database"].words
    assert by_subject["free disk"].level is Level.WARNING


def test_a_large_database_is_looked_at_for_a_second_and_whole_if_asked_for(
    database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = database.look(database_file, is_thorough=False)[1]
    assert quick.words.endswith("is intact")
    monkeypatch.setattr(database, "QUICK_LOOK_SECONDS", 0.0)
    hasty = database.look(database_file, is_thorough=False)[1]
    assert re.search(
        r"0 of \d+ tables checked in 0 s, nothing wrong so far; `tenhours check --full` reads", hasty.words
    )
    assert "is intact" in database.look(database_file, is_thorough=True)[1].words


@pytest.fixture
def database_file(empty_database: Path, tmp_path: Path) -> Path:
    path = tmp_path / "large.db"
    path.write_bytes(empty_database.read_bytes())
    return path


@pytest.mark.parametrize(
    ("free", "level"), [(10 << 20, Level.WRONG), (200 << 20, Level.WARNING), (5 << 30, Level.WELL)]
)
def test_free_disk_is_counted(database_file: Path, monkeypatch: pytest.MonkeyPatch, free: int, level: Level) -> None:
    usage = type("Usage", (), {"free": free})
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage)
    line = next(line for line in database.look(database_file, is_thorough=False) if line.subject == "free disk")
    assert line.level is level


@pytest.mark.parametrize(("version", "is_noted"), [((3, 40, 1), True), ((3, 51, 2), True), ((3, 51, 3), False)])
def test_sqlites_version_is_told_with_its_fault(
    database_file: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int], is_noted: bool
) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", version)
    line = next(line for line in database.look(database_file, is_thorough=False) if line.subject == "SQLite")
    assert ("before 3.51.3" in line.words) is is_noted


def test_secrets_that_everybody_can_read_are_found(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    file, secret = tmp_path / "config.toml", tmp_path / "token"
    file.write_text('[discord]\ntoken = "abc"\n')
    secret.write_text("abc")
    settings = Settings(database=DatabaseSettings(f"sqlite:///{tmp_path}/x.db"))
    for path in (file, secret):
        path.chmod(0o644)
    environ = {"TENHOURS_SLACK__APP_TOKEN_FILE": str(secret)}
    open_ones = [line.what_to_do for line in rights.look(file, environ, settings)]
    are_seen = all(folder.stat().st_mode & 1 for folder in tmp_path.parents)
    assert open_ones == ([f"type: chmod o-rwx {file}", f"type: chmod o-rwx {secret}"] if are_seen else [""])
    for path in (file, secret):
        path.chmod(0o640)
    assert worst(rights.look(file, environ, settings)) is Level.WELL


@pytest.mark.usefixtures("visible")
@pytest.mark.parametrize(
    ("written", "is_seen"),
    [
        ('url = "postgresql://ada:hunter2@db/tenhours"', True),
        ('url = "postgresql://ada@db/tenhours"', False),
        ('url_file = "{secret}"', True),
    ],
)
def test_a_password_of_a_database_that_everybody_can_read_is_found(
    tmp_path: Path, written: str, *, is_seen: bool
) -> None:
    file, secret = tmp_path / "config.toml", tmp_path / "url"
    file.write_text(f"[database]\n{written.format(secret=secret)}\n")
    secret.write_text("postgresql://ada:hunter2@db/tenhours")
    for path in (file, secret):
        path.chmod(0o644)
    lines = rights.look(file, {}, None)
    wanted = secret if "_file" in written else file
    assert [line.what_to_do for line in lines] == ([f"type: chmod o-rwx {wanted}"] if is_seen else [""])
    assert "hunter2" not in str(lines)


@pytest.fixture
def visible(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every folder on the way let everybody pass."""
    monkeypatch.setattr(rights, "_is_open", lambda path: path.exists() and bool(path.stat().st_mode & 0o004))


@pytest.mark.usefixtures("visible")
def test_database_and_copies_that_everybody_can_read_are_found(database_file: Path) -> None:
    settings = Settings(database=DatabaseSettings(f"sqlite:///{database_file}"))
    folder = settings.backup_folder
    assert folder is not None
    folder.mkdir()
    copy = daily_copies.path_of(folder, database_file, NOW)
    copy.write_bytes(b"")
    for path in (copy, database_file):
        path.chmod(0o644)
    found = rights.look(Path("nowhere.toml"), {}, settings)
    assert [line.words.split()[0] for line in found] == [str(database_file), str(copy)]
    for path in (copy, database_file):
        path.chmod(0o600)
    assert worst(rights.look(Path("nowhere.toml"), {}, settings)) is Level.WELL


@pytest.mark.parametrize(
    ("newest", "level"),
    [(None, Level.WELL), (timedelta(minutes=1), Level.WELL), (timedelta(hours=1), Level.WRONG)],
)
def test_a_clock_behind_what_was_written_is_wrong(newest: timedelta | None, level: Level) -> None:
    assert clock.look(NOW, NOW + newest if newest else None)[0].level is level


def test_a_clock_of_long_ago_is_wrong() -> None:
    assert clock.look(datetime(2000, 1, 1, tzinfo=UTC), None)[0].level is Level.WRONG


def test_zone_data_grow_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zoneinfo.TZPATH", ())
    assert "from the package tzdata" in clock.look(NOW, None)[1].words
    assert clock.look(NOW.replace(year=2040), None)[1].level is Level.WARNING


def test_the_systems_zone_data_tell_their_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Europe").mkdir()
    (tmp_path / "Europe" / "Berlin").write_bytes(b"")
    monkeypatch.setattr("zoneinfo.TZPATH", (str(tmp_path),))
    assert "unknown version" in clock.look(NOW, None)[1].words
    (tmp_path / "tzdata.zi").write_text("# version 2025c\n# more\n")
    assert clock.look(NOW, None)[1].words == f"2025c from the system, in {tmp_path}"


def test_how_much_of_a_large_database_its_copies_looked_through_is_told(database_file: Path) -> None:
    settings = Settings(database=DatabaseSettings(f"sqlite:///{database_file}"))
    copy = daily_copies.path_of(database_file.parent / "backups", database_file, NOW)
    copy.parent.mkdir()
    copy.write_bytes(b"")
    assert "looked through" not in copies.look(settings, NOW, is_needed=True).words
    looked.save(database_file, Looked(NOW, {"people": NOW, "areas": NOW - timedelta(days=8), "gone": NOW}))
    assert re.search(
        r"; they looked through 1 of \d+ tables within a week$", copies.look(settings, NOW, is_needed=True).words
    )
    database_file.write_bytes(b"no database" * 500)
    assert "looked through" not in copies.look(settings, NOW, is_needed=True).words


def test_copies_are_counted_and_missed(tmp_path: Path) -> None:
    settings = Settings(database=DatabaseSettings(f"sqlite:///{tmp_path}/x.db"))
    assert copies.look(settings, NOW, is_needed=False).level is Level.WELL
    assert copies.look(settings, NOW, is_needed=True).level is Level.WARNING
    (tmp_path / "backups").mkdir()
    daily_copies.path_of(tmp_path / "backups", tmp_path / "x.db", NOW - timedelta(days=3)).write_bytes(b"")
    assert copies.look(settings, NOW, is_needed=False).words.endswith("the newest 3 days old")
    assert copies.look(settings, NOW, is_needed=True).level is Level.WARNING
    off = msgspec.structs.replace(settings, backup=BackupSettings(folder=""))
    assert copies.look(off, NOW, is_needed=False).words == "switched off"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (119, "119 seconds"),
        (-120, "2 minutes"),
        (7200, "2 hours"),
        (200_000, "2 days"),
    ],
)
def test_spans_are_read_at_a_glance(seconds: float, words: str) -> None:
    assert ago(timedelta(seconds=seconds)) == words


async def test_json_has_the_documented_shape(environ: Mapping[str, str]) -> None:
    found = await report.lines(Look(None, environ, is_local=True), StillClock(NOW))
    whole = msgspec.json.decode(report.as_json(found, NOW))
    assert list(whole) == ["state", "version", "at", "lines"]
    assert (whole["state"], whole["at"]) == ("warning", "2026-01-05T09:00:00+00:00")
    assert all(list(line) == ["subject", "state", "words", "what_to_do"] for line in whole["lines"])


async def test_the_text_marks_what_is_wrong_and_ends_with_a_sum(environ: Mapping[str, str], database: Path) -> None:
    _replace(database)
    text = report.text(await report.lines(Look(None, environ, is_local=True), StillClock(NOW)))
    assert "\nWRONG  database " in text
    assert text.endswith("Something is wrong; the lines marked WRONG say what to do.")
    assert all(len(line) <= report.WIDTH for line in text.splitlines())


def test_a_database_that_cannot_be_opened_is_not_to_be_replaced(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError) as refused, closing(sqlite3.connect(tmp_path)) as raw:
        raw.execute("SELECT 1")
    line = database.unreadable(tmp_path / "a.db", refused.value)
    assert line.level is Level.WRONG
    assert "restore" not in line.what_to_do
    assert str(tmp_path) in line.what_to_do


async def test_what_an_adapter_needs_of_the_settings_is_looked_at_without_asking_its_platform(
    environ: dict[str, str],
) -> None:
    environ["TENHOURS_SLACK__APP_TOKEN"] = "xapp-1"
    by_subject = await lines(None, NOW, **environ)
    assert by_subject["slack"].level is Level.WRONG
    assert "[slack] bot_token is missing" in by_subject["slack"].words
    environ["TENHOURS_SLACK__BOT_TOKEN"] = "xoxb-1"
    assert "slack" not in await lines(None, NOW, **environ)
