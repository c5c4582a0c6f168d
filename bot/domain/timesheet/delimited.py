"""Tables of text: the delimiter, the row with the titles, quotes that are never closed, and where the table ends."""

import csv
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice

from bot.domain.timesheet.shapes import DATED, shape_of
from bot.domain.timesheet.table import Cells, Row, SheetKind, Table, at_most
from bot.domain.timesheet.titles import Meaning, Title
from bot.errors import Refused

DELIMITERS = ",;\t|"
TOP_ROWS = 20
"""Rows from the top among which the titles are looked for."""
LONGEST_LINE = 1_000_000
"""Characters; a longer line is no row of a table."""
MOST_TITLES = 400

Lines = Callable[[], Iterator[str]]


def read_table(lines: Lines) -> Table:
    """Return the table in a text whose lines can be gone through again. Raises `Refused` if there is none."""
    top = list(islice(_from_first(lines()), TOP_ROWS))
    if next(_parse(iter(top), ",", is_whole=False), None) is None:
        raise nothing_there()
    delimiter, titles_at = max(
        ((delimiter, _find_titles(top, delimiter)) for delimiter in DELIMITERS),
        key=lambda found: (found[1][0], -DELIMITERS.index(found[0])),
    )
    score, position = titles_at
    rows = list(_parse(iter(top), delimiter, is_whole=False))
    if score > 0:
        titles = tuple(cell.strip() for cell in rows[position][1])
        if len(titles) > MOST_TITLES:
            raise Refused(f"That file has {len(titles):,} columns, which is no table of sessions.")
        skipped = rows[position][0]
        notes: list[str] = []
        return Table(
            _kind(titles), titles, lambda: at_most(_rows(lines, delimiter, skipped, titles, notes)), notes=notes
        )
    return _without_titles(lines, top)


def nothing_there() -> Refused:
    """Return the refusal of a file without a row."""
    return Refused("There is nothing in that file.", "Date,Duration,Description")


def _without_titles(lines: Lines, top: list[str]) -> Table:
    """Return a table whose rows begin at once: one of its first rows has a date in a cell of its own."""
    for delimiter in sorted(DELIMITERS, key=lambda sign: -sum(line.count(sign) for line in top)):
        rows = [cells for _, cells in _parse(iter(top), delimiter, is_whole=False)]
        dated = [cells for cells in rows if len(cells) > 1 and any(shape_of(cell) in DATED for cell in cells)]
        if len(dated) * 2 > len(rows):
            width = max(map(len, dated))
            titles = tuple(str(number) for number in range(1, width + 1))
            return Table(
                SheetKind.TABLE, titles, partial(_rows_without_titles, lines, delimiter, titles), has_titles=False
            )
    # Nothing of it is quoted: it may be any file, such as one with a password.
    raise Refused("I found no columns with a day and a duration there.", "Date,Duration,Description")


def find_titles_among(rows: Iterable[Row]) -> int | None:
    """Return the position of the row that looks most like one of titles; None if none does."""
    score, position = _best_titles(rows)
    return position if score else None


def _find_titles(top: list[str], delimiter: str) -> tuple[int, int]:
    return _best_titles(_parse(iter(top), delimiter, is_whole=False))


def _best_titles(rows: Iterable[Row]) -> tuple[int, int]:
    """Return how many titles are known in the row that looks most like one of titles, and its position."""
    best = (0, 0)
    for position, (_, cells) in enumerate(rows):
        if len(cells) < 2 or any(shape_of(cell) in DATED for cell in cells[:MOST_TITLES]):
            continue
        titles = [Title(cell) for cell in cells[:MOST_TITLES] if cell.strip()]
        known = [title for title in titles if title.is_known]
        is_table = any(_is_dated(title) for title in titles) or len(known) > 1
        score = len(known) if is_table and known else 0
        if score > best[0]:
            best = (score, position)
    return best


def _is_dated(title: Title) -> bool:
    return any(title.means(meaning) for meaning in (Meaning.DAY, Meaning.START, Meaning.MOMENT))


def _rows_without_titles(lines: Lines, delimiter: str, titles: tuple[str, ...]) -> Iterator[Row]:
    return at_most(_rows(lines, delimiter, 0, titles, []))


def _rows(lines: Lines, delimiter: str, skipped: int, titles: tuple[str, ...], notes: list[str]) -> Iterator[Row]:
    """Yield the rows below the titles; the table ends where another one begins behind an empty line, which is noted."""
    last = skipped
    is_marked = delimiter == "|"
    for number, cells in _parse(_from_first(lines()), delimiter, is_whole=True):
        if number <= skipped:
            continue
        if is_marked and _is_ruler(cells):
            last = number
            continue
        if number > last + 1 and _begins_another(cells, titles):
            notes[:] = [f"From row {number} on there is another table, which was not read."]
            return
        last = number
        yield number, cells


def _begins_another(cells: Cells, titles: tuple[str, ...]) -> bool:
    """Return True for a row that repeats titles: totals often stand in a table of their own below."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) > 1 and filled[0] in titles and sum(cell in titles for cell in filled) > 1


def _is_ruler(cells: Cells) -> bool:
    return all(set(cell.strip()) <= set("-:=+ ") for cell in cells)


def _parse(lines: Iterator[str], delimiter: str, *, is_whole: bool) -> Iterator[Row]:
    """Yield the rows that are not empty, with the number of the line on which each ends.

    Raises `Refused` for a quote that is never closed: it would swallow all rows below.
    """
    if delimiter == "|":
        yield from _parse_bars(lines)
        return
    held: list[str] = []

    def remembered() -> Iterator[str]:
        for line in lines:
            held.append(line)
            yield line

    reader = csv.reader(remembered(), delimiter=delimiter)
    last = 0
    try:
        for cells in reader:
            if len(held) > 1 and is_whole:
                _require_closed(held, delimiter, last + 1)
            held.clear()
            last = reader.line_num
            for cell in cells:
                if cell and not cell.isspace():
                    yield last, cells
                    break
    except csv.Error:
        if is_whole:
            raise _unclosed(last + 1) from None


def _require_closed(lines: list[str], delimiter: str, first: int) -> None:
    try:
        list(csv.reader(iter(lines), delimiter=delimiter, strict=True))
    except csv.Error:
        raise _unclosed(first) from None


def _unclosed(line: int) -> Refused:
    return Refused(
        f"In line {line} a quote opens that is never closed, so the rows below cannot be told apart. "
        "Close it, and try again."
    )


def _parse_bars(lines: Iterator[str]) -> Iterator[Row]:
    """Yield rows of a table whose cells stand between bars, as in Markdown and org."""
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if text:
            cells = text.removeprefix("|").removesuffix("|").split("|") if "|" in text else [text]
            yield number, [cell.strip() for cell in cells]


def _from_first(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines without a byte order mark. Raises `Refused` for one that is too long."""
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise Refused(f"Line {number} has more than {LONGEST_LINE:,} characters, which is no row of a table.")
        yield line.removeprefix("\ufeff") if number == 1 else line


def _kind(titles: tuple[str, ...]) -> SheetKind:
    names = {" ".join(title.lower().split()) for title in titles}
    if {"time (h)", "duration (h)"} & names:
        return SheetKind.CLOCKIFY
    if {"timestamp", "duration", "app"} <= names:
        return SheetKind.ACTIVITYWATCH
    return SheetKind.TOGGL if {"start date", "start time", "description"} <= names else SheetKind.TABLE
