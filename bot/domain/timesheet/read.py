"""Reading a file's bytes as a sheet, whatever tracker it comes from."""

from collections.abc import Iterable
from datetime import date

from bot.domain.timesheet.order import DateOrder
from bot.domain.timesheet.sheet import Sheet
from bot.domain.timesheet.tables import read_table
from bot.domain.timesheet.wakatime import read_dump
from bot.errors import Refused

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
ZIP = b"PK\x03\x04"
EXPORT_HINT = "Export it as CSV (Toggl, Clockify and others) or, from WakaTime, as the daily totals in JSON."


def encoding_of(head: bytes) -> str:
    """Return the encoding of a text file by its first bytes; raises Refused if they are no text's."""
    if head.startswith(ZIP):
        raise Refused(f"That is a zip or a spreadsheet file, not a table of text. {EXPORT_HINT}")
    if head.startswith(UTF_16):
        return "utf-16"
    if b"\0" in head:
        raise Refused(f"That is no text file. {EXPORT_HINT}")
    return "utf-8-sig"


def decode(content: bytes) -> str:
    """Decode a whole file to text whose lines end in line feeds; raises Refused if it is no text."""
    try:
        text = content.decode(encoding_of(content[:1024]))
    except UnicodeError:
        raise not_utf8() from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def not_utf8() -> Refused:
    """Return the refusal of a text in some other encoding."""
    return Refused("That file is not in UTF-8; save it as “CSV UTF-8” and try again.")


def is_json(head: str) -> bool:
    """Return True if a text begins like JSON."""
    return head.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")


def read_text(text: str, today: date, order: DateOrder | None = None) -> Sheet:
    """Read the sheet in a whole text; raises Refused or OrderUnclear."""
    return read_dump(text, today) if is_json(text[:100]) else read_table(_lines(text), today, order)


def _lines(text: str) -> Iterable[str]:
    """Return lines with their ends; only a line feed ends one, not the other signs that Unicode has for it."""
    return (f"{line}\n" for line in text.split("\n"))
