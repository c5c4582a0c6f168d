"""`tenhours import` in a terminal of its own: questions, answers, and Ctrl-C before and while something is written."""

import asyncio
import contextlib
import os
import pty
import re
import select
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.verbs.importing import SESSIONS_PER_TRANSACTION
from tests.waiting import eventually

SECONDS = 60
UNCLEAR = "date,hours,project\n03/04/2025,1,Maths\n04/05/2025,2,Work\n"
BY_CTRL_C = 130


def environment(folder: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("TENHOURS_")}
    return {**inherited, "TENHOURS_DATABASE__URL": f"sqlite:///{folder / 'test.db'}", "COLUMNS": "100"}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "bot", "import", *arguments, "--as", "ada"]


class Terminal:
    """A program in a terminal: what it shows is read until it asks, and answers are typed."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._own, its = pty.openpty()
        self.program = subprocess.Popen(
            command(*arguments), stdin=its, stdout=its, stderr=its, cwd=folder, env=environment(folder)
        )
        os.close(its)

    def read_until(self, words: str) -> str:
        """Return what is shown up to `words`. Raises `AssertionError` if they never come."""
        shown = b""
        while words.encode() not in shown:
            assert select.select([self._own], [], [], SECONDS)[0], shown.decode()
            shown += os.read(self._own, 4096)
        return shown.decode().replace("\r\n", "\n")

    def type(self, line: str) -> None:
        os.write(self._own, f"{line}\n".encode())

    def read_to_end(self) -> tuple[str, int]:
        """Return what else is shown, and the exit status."""
        shown = b""
        with contextlib.suppress(OSError):  # so a terminal ends whose program is gone
            while select.select([self._own], [], [], SECONDS)[0] and (piece := os.read(self._own, 4096)):
                shown += piece
        return shown.decode().replace("\r\n", "\n"), self.program.wait(SECONDS)

    def close(self) -> None:
        self.program.kill()
        self.program.wait()
        os.close(self._own)


@pytest.fixture
def unclear(tmp_path: Path) -> Path:
    """A folder with a file that leaves the order of its dates open."""
    (tmp_path / "unclear.csv").write_text(UNCLEAR)
    return tmp_path


@pytest.fixture
def terminal(unclear: Path) -> Iterator[Terminal]:
    """An import of that file in a terminal."""
    opened = Terminal(unclear, "unclear.csv")
    yield opened
    opened.close()


def stored(folder: Path) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(folder / "test.db")) as raw:
        return list(raw.execute("SELECT day, minutes FROM checkins ORDER BY day"))


def test_what_is_open_is_asked_until_it_is_answered_and_then_confirmed(terminal: Terminal, unclear: Path) -> None:
    question = terminal.read_until("Answer [day-first]: ")
    assert "What comes first in them, the day or the month?" in question
    assert "2025-04-03" in question
    terminal.type("whatever")
    assert "one of the answers" in terminal.read_until("Answer [day-first]: ")
    terminal.type("2")
    assert "2025-03-04" in terminal.read_until("Import it? [y/n] ")
    terminal.type("y")
    shown, status = terminal.read_to_end()
    assert "Imported: 2 entries, 3 h, from 2025-03-04 to 2025-04-05." in shown
    assert status == 0
    assert stored(unclear) == [("2025-03-04", 60), ("2025-04-05", 120)]


def test_an_empty_answer_takes_what_is_proposed_and_a_no_writes_nothing(terminal: Terminal, unclear: Path) -> None:
    terminal.read_until("Answer [day-first]: ")
    terminal.type("")
    assert "2025-04-03" in terminal.read_until("Import it? [y/n] ")
    terminal.type("n")
    shown, status = terminal.read_to_end()
    assert shown.strip().endswith("Nothing was written.")
    assert status == BY_CTRL_C
    assert stored(unclear) == []


def test_the_end_of_the_input_is_no_answer(terminal: Terminal, unclear: Path) -> None:
    terminal.read_until("Answer [day-first]: ")
    terminal.type("\x04")
    shown, status = terminal.read_to_end()
    assert shown.strip().endswith("Nobody answered. Nothing was written.")
    assert status == 1
    assert stored(unclear) == []


def test_ctrl_c_at_a_question_is_one_sentence_and_writes_nothing(terminal: Terminal, unclear: Path) -> None:
    terminal.read_until("Answer [day-first]: ")
    terminal.program.send_signal(signal.SIGINT)
    shown, status = terminal.read_to_end()
    assert shown.strip() == "tenhours: Stopped. Nothing was written."
    assert status == BY_CTRL_C
    assert stored(unclear) == []


@pytest.mark.slow
def test_ctrl_c_while_writing_leaves_whole_batches_that_a_second_run_completes(tmp_path: Path) -> None:
    rows = 10 * SESSIONS_PER_TRANSACTION
    lines = (
        f"20{10 + at // 9000:02}-{at // 750 % 12 + 1:02}-{at // 30 % 25 + 1:02},{at % 30 + 1}" for at in range(rows)
    )
    (tmp_path / "long.csv").write_text("date,minutes\n" + "\n".join(lines) + "\n")
    ran = subprocess.Popen(
        command("long.csv"), cwd=tmp_path, env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )

    def has_begun() -> bool:
        with contextlib.suppress(sqlite3.OperationalError):
            return bool(stored(tmp_path))
        return False

    asyncio.run(eventually(has_begun, SECONDS))
    ran.send_signal(signal.SIGINT)
    out, error = (text.decode() for text in ran.communicate(timeout=SECONDS))
    assert ran.returncode == BY_CTRL_C
    assert out == ""
    match = re.fullmatch(r"tenhours: Stopped\. ([0-9,]+) entries are in; .*\n", error)
    assert match is not None, error
    count = len(stored(tmp_path))
    assert 0 < count < rows
    assert count % SESSIONS_PER_TRANSACTION == 0
    assert int(match[1].replace(",", "")) == count
    again = subprocess.run(
        command("long.csv"), cwd=tmp_path, env=environment(tmp_path), capture_output=True, check=True
    )
    assert f"{count:,} entries were here already." in again.stdout.decode()
    assert len(stored(tmp_path)) == rows
