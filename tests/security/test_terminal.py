"""Files that mean harm, handed to the real program in a terminal: each is answered in a sentence, and it goes on."""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot.chat.request import UPLOAD_BYTES

PROGRAM = Path(sys.executable).with_name("tenhours")
SHEET = "xl/worksheets/sheet1.xml"


def bomb() -> bytes:
    """Return a spreadsheet of some kilobytes that unpacks to half a gigabyte."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open(SHEET, "w", force_zip64=True) as sheet:
            for _ in range(512):
                sheet.write(b"0" * 1024**2)
    return file.getvalue()


HARMFUL = {
    "deep.json": b"[" * 500_000 + b"]" * 500_000,
    "bomb.xlsx": bomb(),
    "large.csv": b"x" * (UPLOAD_BYTES + 1),
    "token.ini": b"[discord]\ntoken = secret-token\n",
    "escapes.csv": b"date,hours,project\n2025-12-01,1,\x1b]0;owned\x07\x1b[2J\n",
    "wide.csv": b"date,hours" + b"," * 100_000 + b"\n" + b"2025-12-01,1\n" * 100,
    "rows.csv": b"date,hours\n" + b"\n" * 200_000,
    "nulls.csv": b"\0" * 1_000_000,
    "cut.xlsx": b"PK\x03\x04" + b"\xff" * 1000,
    "for-ever.ics": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20000101T000000Z\r\nDTEND:20000101T010000Z\r\n"
    b"RRULE:FREQ=SECONDLY\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
}


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_no_file_ends_or_stops_the_program(tmp_path: Path) -> None:
    for name, content in HARMFUL.items():
        (tmp_path / name).write_bytes(content)
    os.mkfifo(tmp_path / "pipe.csv")
    names = [*HARMFUL, "pipe.csv", "/dev/zero", "/proc/self/mem", "."]
    typed = "".join(f"/mydata import {name}\n/checkin {at + 1}m\n" for at, name in enumerate(names))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TENHOURS_")}
    done = subprocess.run(
        [PROGRAM, "chat", "--as", "ada", "--json"],
        input=typed,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stdout + done.stderr
    shown = [json.loads(line) for line in done.stdout.splitlines()]
    assert not any("\x1b" in answer["text"] or "\x07" in answer["text"] for answer in shown)
    assert sum(" of 10 h" in answer["text"] for answer in shown) >= len(names)
    assert "Something broke" not in done.stdout
