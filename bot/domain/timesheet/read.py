"""Reading a text as a table, whatever tracker it comes from; and saying what it is where it is none."""

from collections.abc import Callable, Iterator

from bot.domain.timesheet.delimited import read_table
from bot.domain.timesheet.json_tables import read_json
from bot.domain.timesheet.org import is_org, read_org
from bot.domain.timesheet.table import Table
from bot.errors import Refused

HEAD_BYTES = 4096
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
EXPORT_HINT = "Export it as CSV (Toggl, Clockify and others) or, from WakaTime, as the daily totals in JSON."
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"),
    (b"\x1f\x8b", "a compressed file"),
    (b"{\\rtf", "a text document"),
)
_PAGE_BEGINNINGS = ("<!doctype html", "<html", "<head", "<body")


def encoding_of(head: bytes) -> str:
    """Return the encoding of a text file by its first bytes. Raises `Refused` for any other, saying what it is."""
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            raise Refused(f"That is {name}, not a table. {EXPORT_HINT}")
    if head.startswith(UTF_16):
        return "utf-16"
    if b"\0" in head:
        raise Refused(f"That is no text file. {EXPORT_HINT}")
    return "utf-8-sig"


def decode(content: bytes) -> str:
    """Decode a whole file to text whose lines end in line feeds; raises Refused if it is no text."""
    try:
        text = content.decode(encoding_of(content[:HEAD_BYTES]))
    except UnicodeError:
        raise not_utf8() from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def not_utf8() -> Refused:
    """Return the refusal of a text in some other encoding."""
    return Refused("That file is not in UTF-8; save it as “CSV UTF-8” and try again.")


def is_json(head: str) -> bool:
    """Return True if a text begins like JSON."""
    return head.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")


def require_no_page(head: str) -> None:
    """Raise `Refused` for a web page, as an export that needed a sign-in leaves behind."""
    if head.lstrip("\ufeff \t\r\n")[:20].lower().startswith(_PAGE_BEGINNINGS):
        raise Refused(
            "That is a web page, perhaps one that asks to sign in. Sign in to the tracker and export it again."
        )


def read_text(text: str) -> Table:
    """Return the table in a whole text. Raises `Refused` if there is none."""
    head = text[:HEAD_BYTES]
    if is_json(head):
        require_no_page(head)
        return read_json(text)
    return read_lines(head, lambda: lines_of(text))


def read_lines(head: str, lines: Callable[[], Iterator[str]]) -> Table:
    """Return the table in a text that begins with `head` and is no JSON. Raises `Refused` if there is none."""
    require_no_page(head)
    return read_org(lines) if is_org(head) else read_table(lines)


def lines_of(text: str) -> Iterator[str]:
    """Yield lines with their ends; only a line feed ends one, not the other signs that Unicode has for it."""
    return (f"{line}\n" for line in text.split("\n"))
