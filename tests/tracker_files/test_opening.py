"""Opening of paths: what is no file, has no end, or takes too long ends with a sentence, and at once."""

import json
import os
from collections.abc import Callable
from datetime import UTC, date
from pathlib import Path

import pytest

from bot.domain.timesheet.answers import Answers
from bot.domain.timesheet.plan import make_plan
from bot.domain.timesheet.table import Table
from bot.errors import NotSaved, Refused
from bot.tracker_files.deadline import Deadline
from bot.tracker_files.opening import open_content, open_path

TODAY = date(2026, 12, 2)
HEAD = "date,minutes\n2026-11-01,30\n"


def read_all(path: Path, seconds: float = 20) -> int:
    """Return how many rows the file has."""
    return sum(1 for _ in open_path(path, TODAY, Deadline(seconds)).rows())


def make_fifo(path: Path) -> None:
    os.mkfifo(path)


def make_link_to_zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


def make_link_to_nothing(path: Path) -> None:
    path.symlink_to("/dev/null")


@pytest.mark.parametrize("make", [make_fifo, make_link_to_zeros, make_link_to_nothing])
def test_a_pipe_or_a_device_is_not_waited_for(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "log.csv"
    make(path)
    with pytest.raises(NotSaved, match="not a file"):
        read_all(path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (HEAD + "x" * 1_000_001, "more than 1,000,000 characters"),
        ("date,minutes" + "," * 1_000_001, "more than 1,000,000 characters"),
        (HEAD + '2026-11-02,"' + "30\n" * 50_000, "a quote opens"),
        ("[" * 200_000, "cannot be read as such"),
        ('{"a":' * 100_000, "cannot be read as such"),
        ("{" + '"a": 1, ' * 100_000, "cannot be read as such"),
        (json.dumps([{f"k{at}": at} for at in range(5000)]), "No column there has a day"),
        ("BEGIN:VCALENDAR\n" + "X" * 100_000, "cannot be read as one"),
        ("", "nothing in that file"),
        ("\0" * 5000, "no text file"),
    ],
    ids="line titles quote brackets braces pairs keys calendar empty zeros".split(),
)
def test_what_has_no_end_ends_with_a_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "log.csv"
    path.write_text(content)
    opened: list[Callable[[], Table]] = [
        lambda: open_path(path, TODAY, Deadline(20)),
        lambda: open_content(path.read_bytes(), TODAY, Deadline(20)),
    ]
    for open_it in opened:
        with pytest.raises(Refused, match=sentence):
            list(make_plan(open_it(), Answers(), UTC, TODAY).table.rows())


def test_reading_has_a_limit_of_time_and_can_be_called_off(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(HEAD + "2026-11-02,30\n" * 5000)
    assert read_all(path) == 5001
    with pytest.raises(Refused, match="took more than"):
        read_all(path, -1)
    deadline = Deadline(20)
    rows = open_path(path, TODAY, deadline).rows()
    assert next(iter(rows))[1] == ["2026-11-01", "30"]
    deadline.stop()
    with pytest.raises(Refused, match="Reading was stopped"):
        list(rows)


def test_what_was_read_is_told_as_it_comes(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(HEAD + "2026-11-02,30\n" * 5000)
    read: list[int] = []
    assert sum(1 for _ in open_path(path, TODAY, Deadline(20), read.append).rows()) == 5001
    assert sum(read) == pytest.approx(path.stat().st_size, rel=0.3)


def test_a_file_that_goes_away_meanwhile_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(HEAD)
    table = open_path(path, TODAY, Deadline(20))
    path.unlink()
    with pytest.raises(NotSaved, match="No such file"):
        list(table.rows())


def test_a_sign_that_the_head_ends_in_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("date,minutes,note\n2026-11-01,30," + "ü" * 5000 + "\n", encoding="utf-8")
    assert read_all(path) == 1
    (tmp_path / "latin.csv").write_bytes(b"date,minutes,note\n2026-11-01,30,\xfc\n")
    with pytest.raises(Refused, match="UTF-8"):
        read_all(tmp_path / "latin.csv")
