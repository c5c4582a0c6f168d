"""Spreadsheets (`.xlsx` and its relatives), read only, by calamine; how much comes out of the zip is bounded first."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

from bot.domain.names import quoted
from bot.domain.timesheet.delimited import find_titles_among
from bot.domain.timesheet.table import Row, SheetKind, Table, table_of
from bot.errors import Refused
from bot.tracker_files.deadline import Deadline

MAX_UNPACKED_BYTES = 48 * 1024**2
CHUNK_BYTES = 1024**2
TOP_ROWS = 20
BROKEN = "That file begins like a spreadsheet, but cannot be read as one."

Value = int | float | str | bool | time | date | datetime | timedelta


def read_spreadsheet(content: bytes, deadline: Deadline) -> Table:
    """Return the first sheet that is a table. Raises `Refused` if there is none."""
    _require_bounded(content, deadline)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = [(name, _rows(workbook.get_sheet_by_name(name).to_python())) for name in workbook.sheet_names]
    except (CalamineError, ValueError, OSError) as error:
        raise Refused(BROKEN) from error
    for name, rows in sheets:
        deadline.check()
        position = find_titles_among(rows[:TOP_ROWS])
        if position is not None:
            titles = [cell.strip() for cell in rows[position][1]]
            others = [other for other, _ in sheets if other != name]
            return table_of(SheetKind.SPREADSHEET, titles, rows[position + 1 :], notes=_say_others(name, others))
    names = ", ".join(quoted(name) for name, _ in sheets[:6])
    raise Refused(
        f"No sheet there has titles with a day and a duration; there are {names}.", "Date,Duration,Description"
    )


def _say_others(name: str, others: Sequence[str]) -> tuple[str, ...]:
    if not others:
        return ()
    return (f"Read was the sheet {quoted(name)}; not read: {', '.join(quoted(other) for other in others[:6])}.",)


def _require_bounded(content: bytes, deadline: Deadline) -> None:
    """Raise `Refused` for a zip that unpacks to too much, or is none: what its list says of sizes need not be true."""
    total = 0
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if not any(name.startswith(("xl/", "content.xml")) for name in archive.namelist()):
                raise Refused("That is a zip, not a table. Unpack it, and bring in the file inside.")
            for member in archive.infolist():
                with archive.open(member) as unpacked:
                    while chunk := unpacked.read(CHUNK_BYTES):
                        total += len(chunk)
                        deadline.check()
                        if total > MAX_UNPACKED_BYTES:
                            raise Refused("That spreadsheet is too large. Save its sheet as CSV and bring that in.")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, OSError) as error:
        raise Refused(BROKEN) from error


def _rows(rows: list[list[Value]]) -> list[Row]:
    """Return the rows that are not empty, as text, with their numbers from 1."""
    listed = [(number, [_text(value) for value in row]) for number, row in enumerate(rows, 1)]
    return [(number, cells) for number, cells in listed if any(cells)]


def _text(value: Value) -> str:
    """Return a cell as a table of text would have it."""
    match value:
        case bool():
            return ""
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
        case time():
            return value.isoformat("seconds")
        case timedelta():
            seconds = round(value.total_seconds())
            return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        case date():
            return value.isoformat()
        case _:
            return str(value)
