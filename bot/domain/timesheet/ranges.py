"""Cells that hold a start and an end, as Notion writes them: “November 1, 2026 9:00 AM (GMT+1) → 11:00 AM”."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.domain.pattern import compile_on_use
from bot.domain.timesheet.dates import split_date
from bot.domain.timesheet.table import Cells, Row, Table

SAMPLE_ROWS = 100
_ARROW = compile_on_use(r" *(?:\u2192|->) *")
_ZONE = compile_on_use(r" *\((?:GMT|UTC)(?:([+-])([0-9]{1,2})(?::?([0-9]{2}))?)?\)")


def part_ranges(table: Table) -> Table:
    """Return the table with a start and an end of their own, if a column has both in most of its cells."""
    sample = table.sample(SAMPLE_ROWS)
    at = next((at for at in range(len(table.titles)) if _has_ranges([_cell(cells, at) for cells in sample])), -1)
    if at < 0 or not table.has_titles:
        return table

    def rows() -> Iterator[Row]:
        for number, cells in table.rows():
            start, end = _part(_cell(cells, at))
            padded = [*cells, *[""] * (len(table.titles) - len(cells))]
            yield number, [*padded[:at], start or _cell(cells, at), *padded[at + 1 :], start, end]

    return replace(table, titles=(*table.titles, "start", "end"), rows=rows)


def _has_ranges(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and 2 * sum(bool(_part(cell)[0]) for cell in filled) > len(filled)


def _part(text: str) -> tuple[str, str]:
    """Return the start and the end of a cell, both empty if it has no two times. A zone said once is that of both."""
    parts = _ARROW.split(text.strip())
    if len(parts) != 2:
        return "", ""
    zone = _ZONE.search(parts[0])
    start, end = (_ZONE.sub(_offset, part) for part in parts)
    end += _offset(zone) if zone and not _ZONE.search(parts[1]) else ""
    return (start, end) if split_date(start)[1] else ("", "")


def _offset(match: re.Match[str]) -> str:
    sign, hours, minutes = match.groups()
    return f" {sign}{int(hours):02}:{minutes or '00'}" if sign else " UTC"


def _cell(cells: Cells, at: int) -> str:
    return cells[at] if at < len(cells) else ""
