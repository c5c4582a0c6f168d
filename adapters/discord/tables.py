"""Tables that stay readable on a phone: narrow ones in a block of fixed width, wide and ranked ones as lines."""

from adapters.discord.markup import MODIFIER_GRAVE, MORE, escape
from bot.chat.card import Align, Column, Table
from bot.chat.legible import legible
from bot.chat.plain import display_width

PHONE_WIDTH = 34
"""Characters of fixed width that a phone shows without breaking the line."""

RANK_TITLES = {"#", "rank", "place"}
FENCE = "```"
GAP = "  "
MARKER = "➤ "
_FIXED_MARKERS = ("> ", "  ")


def render_table(table: Table, room: int) -> str:
    """Return the table in at most `room` characters, "…" where rows are left out; "" where not even one fits."""
    if not table.columns or not table.rows:
        return ""
    if not is_ranked(table):
        rows = [tuple(_flatten(cell) for cell in row) for row in table.rows]
        titles = tuple(_flatten(column.title) for column in table.columns)
        lines = _pad_lines([titles, *rows], table.columns, table.marked)
        if max(map(display_width, lines)) <= PHONE_WIDTH:
            fitting = _fit_lines(lines, room - 2 * len(FENCE) - 2)
            return "\n".join([FENCE, *fitting, FENCE]) if fitting else ""
    return "\n".join(_fit_lines([_titles(table), *_lines(table)], room))


def is_ranked(table: Table) -> bool:
    """Return True if the first column says who is first."""
    return table.columns[0].title.casefold() in RANK_TITLES and len(table.columns) > 1


def _lines(table: Table) -> list[str]:
    has_ranks = is_ranked(table)
    return [_line(row, has_rank=has_ranks, is_marked=at == table.marked) for at, row in enumerate(table.rows)]


def _line(row: tuple[str, ...], *, has_rank: bool, is_marked: bool) -> str:
    rank = ""
    if not any(cell.strip(f" {MORE}") for cell in row):
        return MORE
    if has_rank:
        rank, row = f"**{escape(row[0].strip())}.** ", row[1:]
    name, *others = [escape(" ".join(cell.split())) for cell in row] or [""]
    cells = " · ".join([f"**{name}**" if name else "", *(cell for cell in others if cell)])
    return f"{MARKER if is_marked else ''}{rank}{cells}"


def _titles(table: Table) -> str:
    columns = table.columns[1:] if is_ranked(table) else table.columns
    return "-# " + " · ".join(escape(column.title) for column in columns if column.title)


def _pad_lines(lines: list[tuple[str, ...]], columns: tuple[Column, ...], marked: int | None) -> list[str]:
    widths = [max(display_width(line[at]) for line in lines) for at in range(len(columns))]
    padded = [
        GAP.join(_pad(cell, width, column.align) for cell, column, width in zip(line, columns, widths, strict=True))
        for line in lines
    ]
    if marked is not None:
        padded = [_FIXED_MARKERS[at != marked + 1] + line for at, line in enumerate(padded)]
    return [line.rstrip() for line in padded]


def _pad(cell: str, width: int, align: Align) -> str:
    space = " " * (width - display_width(cell))
    return space + cell if align is Align.RIGHT else cell + space


def _flatten(cell: str) -> str:
    return " ".join(legible(cell).replace("`", MODIFIER_GRAVE).split())


def _fit_lines(lines: list[str], room: int) -> list[str]:
    """Return the lines that fit, with "…" after them where some do not; none where only the titles do."""
    fitting: list[str] = []
    left = room - len(MORE)
    for line in lines:
        left -= len(line) + 1
        if left < 0:
            return [*fitting, MORE] if len(fitting) > 1 else []
        fitting.append(line)
    return fitting
