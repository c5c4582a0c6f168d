"""The command line as a person types it: each verb, and one sentence for each mistake."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import EXIT_CONFIG
from migrations import HEAD

PROGRAM = Path(sys.executable).with_name("tenhours")

VERBS = (
    *("setup", "run", "chat", "demo", "export", "dashboard", "import"),
    *("migrate", "backup", "restore", "copy", "check", "completion"),
    *("discord invite", "discord sync", "slack manifest", "slack link", "slack key", "slack rotate"),
)


@pytest.fixture
def tenhours(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Return what runs the installed program in an empty folder."""

    def run(*arguments: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("TENHOURS_")}
        return subprocess.run(
            [PROGRAM, *arguments],
            input=typed,
            capture_output=True,
            text=True,
            env={**inherited, **environment},
            cwd=tmp_path,
            check=False,
            timeout=60,
        )

    return run


def messages(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


def test_help_and_version(tenhours) -> None:  # type: ignore[no-untyped-def]
    assert "chat" in tenhours("--help").stdout
    for words in VERBS:
        done = tenhours(*words.split(), "--help")
        assert (done.returncode, done.stderr) == (0, "")
        assert f"usage: tenhours {words}" in done.stdout
    assert tenhours("--version").stdout.startswith("tenhours 0.")


def test_lines_from_a_pipe_work_and_their_end_is_a_good_end(tenhours) -> None:  # type: ignore[no-untyped-def]
    at = "2026-01-05T09:00"
    done = tenhours("chat", "--as", "ada", "--json", "--clock", at, typed="/checkin 2h\n@bo /checkin 1h\n")
    assert (done.returncode, done.stderr) == (0, "")
    shown = messages(done.stdout)
    assert [(m["kind"], m["to"], m["audience"]) for m in shown] == [
        ("reply", "ada", "private"),
        ("post", "console", "public"),
        ("reply", "bo", "private"),
        ("post", "console", "public"),
    ]
    assert set(shown[0]) == {"kind", "to", "audience", "at", "card", "text"}


def test_what_was_kept_is_there_at_the_next_start_and_in_the_export(tenhours) -> None:  # type: ignore[no-untyped-def]
    tenhours("chat", "--as", "Ada", "--clock", "2026-01-05T09:00", typed="/checkin 2h learned: =cmd()\n")
    done = tenhours("export", "--as", "ada", "--clock", "2026-01-12T09:00")
    export = json.loads(done.stdout)
    assert export["person"]["name"] == "Ada"
    assert [(week["starts"], week["minutes"], week["state"]) for week in export["weeks"]] == [
        ("2026-01-05", 120, "open"),
        ("2026-01-12", 0, "open"),
    ]
    assert export["checkins"][0]["learned"] == "=cmd()"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("export", "--as", "nobody"), "I don't know anyone here called nobody"),
        (("export", "--as", "slack:"), "I can't tell who"),
        (("chat", "--clock", "soon"), "2026-01-05T09:00"),
        (("chat", "--zone", "Mars/Base"), "Mars/Base"),
        (("--config", "nowhere.toml", "chat"), "nowhere.toml"),
        (("chat", "--config", "nowhere.toml"), "nowhere.toml"),
        (("run",), "No platform is set up"),
        (("backup", "copy.db"), "no database"),
    ],
)
def test_a_mistake_is_one_sentence_and_a_status(tenhours, arguments: tuple[str, ...], words: str) -> None:  # type: ignore[no-untyped-def]
    done = tenhours(*arguments)
    assert done.returncode == (EXIT_CONFIG if "nowhere.toml" in arguments or arguments == ("run",) else 1)
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "COMMAND"),
        (("fly",), "'fly'"),
        (("chat", "--loud"), "--loud"),
        (("backup",), "FILE"),
        (("chat", "--clock"), "--clock"),
    ],
)
def test_words_that_no_command_takes_are_one_sentence_too(  # type: ignore[no-untyped-def]
    tenhours, arguments: tuple[str, ...], words: str
) -> None:
    done = tenhours(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "--help" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


def test_a_wrong_setting_of_the_environment(tenhours) -> None:  # type: ignore[no-untyped-def]
    done = tenhours("chat", TENHOURS_GROUP__GOAL_HOURS="many")
    assert done.returncode == EXIT_CONFIG
    assert "TENHOURS_GROUP__GOAL_HOURS = 'many'" in done.stderr
    assert tenhours("run").returncode == EXIT_CONFIG


def test_an_old_schema_is_refused_with_the_command_to_type(tenhours, database: Path) -> None:  # type: ignore[no-untyped-def]
    import sqlite3  # noqa: PLC0415
    from contextlib import closing  # noqa: PLC0415

    with closing(sqlite3.connect(database)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '0000'")
    done = tenhours("chat", TENHOURS_DATABASE__URL=f"sqlite:///{database}")
    assert done.returncode == 1
    assert "tenhours migrate" in done.stderr


def test_migrate_says_where_it_stands(tenhours) -> None:  # type: ignore[no-untyped-def]
    assert f"is now at schema {HEAD}" in tenhours("migrate").stdout
    assert f"is already at schema {HEAD}" in tenhours("migrate").stdout


def test_backup_copies_whole_and_never_overwrites(tenhours, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    tenhours("chat", "--as", "ada", typed="/checkin 2h\n")
    done = tenhours("backup", "copy.db")
    assert (done.returncode, done.stdout.endswith(" to copy.db. I looked through all of it: it's intact.\n")) == (
        0,
        True,
    )
    export = tenhours("export", "--as", "ada", TENHOURS_DATABASE__URL=f"sqlite:///{tmp_path / 'copy.db'}")
    assert json.loads(export.stdout)["checkins"][0]["minutes"] == 120
    assert "already exists" in tenhours("backup", "copy.db").stderr


def test_restore_puts_the_copy_back_and_says_what_became_of_the_rest(tenhours, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    tenhours("chat", "--as", "ada", typed="/checkin 2h\n")
    tenhours("backup", "copy.db")
    tenhours("chat", "--as", "ada", typed="/checkin 4h\n")
    done = tenhours("restore", "copy.db")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Restored tenhours.db from copy.db." in done.stdout
    export = json.loads(tenhours("export", "--as", "ada").stdout)
    assert [checkin["minutes"] for checkin in export["checkins"]] == [120]
    assert len(list(tmp_path.glob("tenhours.db.before-*"))) == 1
    assert "is the database itself" in tenhours("restore", "tenhours.db").stderr


@pytest.mark.parametrize("flags", [(), ("--json",), ("--local", "--full")])
def test_check_says_how_it_is_and_ends_with_a_status(tenhours, tmp_path: Path, flags: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    assert tenhours("check", *flags).returncode == 0
    assert list(tmp_path.iterdir()) == []
    assert tenhours("check", "--strict", *flags).returncode == 2
    (tmp_path / "tenhours.db").write_bytes(b"rubbish " * 1000)
    done = tenhours("check", *flags)
    assert (done.returncode, done.stderr) == (1, "")
    assert "is not a database" in done.stdout


def test_check_says_which_setting_is_wrong(tenhours) -> None:  # type: ignore[no-untyped-def]
    done = tenhours("check", "--json", TENHOURS_HEALTH__LISTEN="everywhere")
    assert done.returncode == EXIT_CONFIG
    assert json.loads(done.stdout)["lines"][0]["words"].startswith("TENHOURS_HEALTH__LISTEN = 'everywhere'")


def test_completion_is_made_for_the_usual_shells(tenhours) -> None:  # type: ignore[no-untyped-def]
    for shell in ("bash", "zsh", "fish", "tcsh"):
        script = tenhours("completion", shell).stdout
        assert all(verb in script for words in VERBS for verb in words.split())
        assert shell == "tcsh" or "rint the link that adds the bot to a server" in script


@pytest.mark.skipif(shutil.which("bash") is None, reason="asks bash")
def test_bash_lists_words_with_what_they_do(tenhours, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "script").write_text(tenhours("completion", "bash").stdout)
    ask = """
        source ./script
        complete_line() { COMP_WORDS=(tenhours "$@"); COMP_CWORD=$#; COMP_TYPE=$kind; COMPREPLY=()
          _tenhours tenhours "${!#}" "${COMP_WORDS[$#-1]}"; printf '%s\\n' "${COMPREPLY[@]}"; }
        kind=63 complete_line discord ''
        kind=9 complete_line discord ''
        kind=63 complete_line m
    """
    done = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.stdout.splitlines() == [
        "invite       (print the link that adds the bot to a server)",
        "sync         (register the commands with Discord again)",
        "invite",
        "sync",
        "migrate",
    ], done.stderr


def test_a_reader_that_leaves_early_is_no_error(tenhours, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    done = subprocess.run(
        f"yes /progress | head -200 | '{PROGRAM}' chat --as ada --json | head -1",
        shell=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


def test_import_says_what_it_read_and_refuses_in_a_sentence(tenhours, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "export.csv").write_text("date,hours,project\n03/04/2025,1,Maths\n")
    refused = tenhours("import", "export.csv", "--as", "ada")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "Dates such as 03/04/2025 can be read both ways" in refused.stderr
    assert "--dates day-first" in refused.stderr
    taken = ("--dates", "month-first", "--area", "Statistics", "--project", "maths=Mathematics")
    done = tenhours("import", "export.csv", "--as", "ada", *taken)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Imported: 1 entry, 1 h, from 2025-03-04 to 2025-03-04.")


def test_who_stops_reading_ends_it_without_a_word(tmp_path: Path) -> None:
    lines = "".join(f"/checkin {minutes}m\n" for minutes in range(1, 60))
    chat = [str(PROGRAM), "chat", "--as", "ada", "--clock", "2026-01-05T09:00"]
    with subprocess.Popen(
        chat, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path
    ) as done:
        assert done.stdout is not None
        assert done.stdin is not None
        done.stdin.write(lines)
        done.stdin.flush()
        done.stdout.readline()
        done.stdout.close()
        done.stdin.close()
        assert done.wait(60) == 141
        assert done.stderr is not None
        assert "Traceback" not in done.stderr.read()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("export --as zoë > /dev/full", "No space left on device"),
        ("check --local > /dev/full", "No space left on device"),
        ("export --as zoë >&-", ""),
        ("chat --as a --json <&-", ""),
        ("chat --as a >&- </dev/null", ""),
        ("chat --as a --clock 9999-12-31T23:59 </dev/null", "The clock only knows the years 1971 to 2100."),
        ("import <(echo date,duration) --as zoë", "cannot be read"),
    ],
)
def test_streams_that_are_full_or_closed_and_clocks_beyond_reason_are_no_traceback(
    tmp_path: Path, command: str, says: str
) -> None:
    subprocess.run([PROGRAM, "chat", "--as", "zoë"], input="/checkin 1h", text=True, cwd=tmp_path, check=True)
    done = subprocess.run(
        ["bash", "-c", f"exec {PROGRAM} {command}"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stderr
    assert says in done.stderr
    assert done.returncode == (1 if says else 0)


def test_what_a_terminal_cannot_write_breaks_nothing(tenhours) -> None:  # type: ignore[no-untyped-def]
    tenhours("chat", "--as", "Zoë", typed="/checkin 1h\n")
    done = tenhours("export", "--as", "Zoë", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert json.loads(done.stdout)["person"]["name"] == "Zoë"
