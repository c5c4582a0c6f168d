"""Tables that stay readable on a phone: narrow ones in a block of fixed width, wide and ranked ones as lines."""

from adapters.discord.markup import LIKE_BACKTICK, MORE, escape, legible
from bot.chat.card import Align, Column, Table
from bot.chat.plain import display_width

PHONE = 34
"""Columns of fixed width that a phone shows without breaking the line."""

MEDALS = {"1": "🥇", "2": "🥈", "3": "🥉"}
RANK = {"#", "rank", "place"}
FENCE = "```"
GAP = "  "
MINE = "➤ "
_PLAIN_MINE = ("> ", "  ")


def draw(table: Table, room: int) -> str:
    """As many rows as fit, "…" where some are left out; "" where not even one does."""
    if not table.columns or not table.rows:
        return ""
    if not is_ranked(table):
        rows = [tuple(_flat(cell) for cell in row) for row in table.rows]
        titles = tuple(_flat(column.title) for column in table.columns)
        lines = _padded([titles, *rows], table.columns, table.marked)
        if max(map(display_width, lines)) <= PHONE:
            kept = _kept(lines, room - 2 * len(FENCE) - 2)
            return "\n".join([FENCE, *kept, FENCE]) if kept else ""
    return "\n".join(_kept([_titles(table), *_lines(table)], room))


def is_ranked(table: Table) -> bool:
    """Whether its first column says who is first."""
    return table.columns[0].title.casefold() in RANK and len(table.columns) > 1


def _lines(table: Table) -> list[str]:
    ranked = is_ranked(table)
    return [_line(row, is_ranked=ranked, is_mine=at == table.marked) for at, row in enumerate(table.rows)]


def _line(row: tuple[str, ...], *, is_ranked: bool, is_mine: bool) -> str:
    rank = ""
    if not any(cell.strip(f" {MORE}") for cell in row):
        return MORE
    if is_ranked:
        rank, row = f"{MEDALS.get(row[0].strip()) or f'**{escape(row[0].strip())}.**'} ", row[1:]
    name, *others = [escape(" ".join(cell.split())) for cell in row] or [""]
    shown = " · ".join([f"**{name}**" if name else "", *(cell for cell in others if cell)])
    return f"{MINE if is_mine else ''}{rank}{shown}"


def _titles(table: Table) -> str:
    columns = table.columns[1:] if is_ranked(table) else table.columns
    return "-# " + " · ".join(escape(column.title) for column in columns if column.title)


def _padded(lines: list[tuple[str, ...]], columns: tuple[Column, ...], marked: int | None) -> list[str]:
    widths = [max(display_width(line[at]) for line in lines) for at in range(len(columns))]
    padded = [
        GAP.join(_pad(cell, width, column.align) for cell, column, width in zip(line, columns, widths, strict=True))
        for line in lines
    ]
    if marked is not None:
        padded = [_PLAIN_MINE[at != marked + 1] + line for at, line in enumerate(padded)]
    return [line.rstrip() for line in padded]


def _pad(cell: str, width: int, align: Align) -> str:
    space = " " * (width - display_width(cell))
    return space + cell if align is Align.RIGHT else cell + space


def _flat(cell: str) -> str:
    return " ".join(legible(cell).replace("`", LIKE_BACKTICK).split())


def _kept(lines: list[str], room: int) -> list[str]:
    """The lines that fit; the title alone says nothing."""
    kept: list[str] = []
    left = room - len(MORE)
    for line in lines:
        left -= len(line) + 1
        if left < 0:
            return [*kept, MORE] if len(kept) > 1 else []
        kept.append(line)
    return kept
