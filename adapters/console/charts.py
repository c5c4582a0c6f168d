"""Charts drawn in characters."""

from collections.abc import Iterator
from datetime import timedelta
from typing import assert_never

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from adapters.console.limits import BAR_COLUMNS, NAME_COLUMNS
from bot.chat.chart import AreaBars, AreaRow, BoardBars, BoardRow, Chart, Cumulative, Heatmap, Mark, WeekBars
from bot.chat.legible import legible
from bot.domain.duration import say, say_hours

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAYS = 7
_SHADES = ((0, "·", "dim"), (45, "░", "green"), (90, "▒", "green"), (150, "▓", "green"))
_FULLEST = ("█", "bright_green")
_MARGIN = 4
_HEIGHTS = "▁▂▃▄▅▆▇█"


def draw_chart(chart: Chart, width: int) -> Text:
    """Return the chart in at most `width` columns."""
    match chart:
        case Heatmap():
            lines = list(_heatmap(chart, width))
        case WeekBars():
            lines = list(_week(chart, width))
        case BoardBars():
            lines = [_board_row(row) for row in chart.rows]
        case Cumulative():
            lines = list(_road(chart, width))
        case AreaBars():
            lines = list(_areas(chart.rows))
        case _:
            assert_never(chart)
    return Text("\n").join([Text(legible(chart.title), "bold"), *lines])


def draw_bar(done: int, goal: int, width: int = BAR_COLUMNS, style: str = "green") -> Text:
    """Return a bar; full only when the goal is reached, and never empty where something was done."""
    cells = min(width, done * width // goal) if goal > 0 else width
    cells = max(cells, 1) if done > 0 else cells
    text = Text("█" * cells, "bright_green" if cells == width else style)
    return text.append("░" * (width - cells), "dim")


def fit(name: str, width: int) -> str:
    """Return a name in exactly that many columns, whatever its script."""
    shown = legible(name)
    if cell_len(shown) > width:
        return set_cell_size(shown, width - 1).rstrip() + "…"
    return set_cell_size(shown, width)


def _heatmap(chart: Heatmap, width: int) -> Iterator[Text]:
    weeks = -(-len(chart.minutes) // DAYS)
    size = 2 if weeks * 2 + _MARGIN <= width else 1
    first = max(0, weeks - (width - _MARGIN) // size)
    yield _months(chart, first, weeks, size)
    for day, label in enumerate(WEEKDAYS):
        line = Text(f"{label} ", "dim")
        for minutes in chart.minutes[first * DAYS + day :: DAYS]:
            char, style = _shade(minutes)
            line.append(char * size, style)
        yield line


def _months(chart: Heatmap, first: int, weeks: int, size: int) -> Text:
    line, before = "", 0
    for week in range(first, weeks):
        monday = chart.starts + timedelta(weeks=week)
        column = (week - first) * size
        if monday.month != before and len(line) <= column:
            line = line.ljust(column) + f"{monday:%b} "
        before = monday.month
    return Text(" " * _MARGIN + line[: (weeks - first) * size + 1].rstrip(), "dim")


def _shade(minutes: int) -> tuple[str, str]:
    return next(((char, style) for most, char, style in _SHADES if minutes <= most), _FULLEST)


def _week(chart: WeekBars, width: int) -> Iterator[Text]:
    cells = min(BAR_COLUMNS, max(8, width - 16))
    longest = max((*chart.minutes, chart.goal // 5, 1))
    for label, minutes in zip(WEEKDAYS, chart.minutes, strict=False):
        filled = -(-minutes * cells // longest)
        line = Text(f"{label} ", "dim").append("█" * filled, "green")
        yield line.append(f"{' ' if minutes else ''}{say(minutes) if minutes else '·'}", "" if minutes else "dim")
    total = sum(chart.minutes)
    yield Text(f"    {say(total)} of {say(chart.goal)}", "dim")


def _board_row(row: BoardRow) -> Text:
    share = min(100, row.minutes * 100 // row.goal) if row.goal > 0 else 100
    line = Text(fit(f"{row.rank}.", 4)).append(fit(row.name, NAME_COLUMNS), "bold" if row.rank == 1 else "").append(" ")
    return line.append_text(draw_bar(row.minutes, row.goal)).append(
        f" {share:3} %  {say(row.minutes)} of {say(row.goal)}"
    )


def _road(chart: Cumulative, width: int) -> Iterator[Text]:
    total = max(chart.minutes, default=0)
    cells = min(len(chart.minutes), max(8, width - 16))
    shown = [chart.minutes[(at + 1) * len(chart.minutes) // cells - 1] for at in range(cells)]
    line = "".join(_HEIGHTS[max(0, min(7, minutes * 8 // total))] if total > 0 else _HEIGHTS[0] for minutes in shown)
    yield Text(line, "green").append(f"{' ' if line else ''}{say_hours(max(total, 0))}", "")
    for mark in chart.marks:
        yield _mark(mark, max(total, 0))


def _mark(mark: Mark, total: int) -> Text:
    share = min(100, total * 100 // mark.minutes) if mark.minutes > 0 else 100
    line = Text(fit(mark.label, NAME_COLUMNS)).append(" ").append_text(draw_bar(total, mark.minutes))
    return line.append(f" {share:3} % of {say_hours(mark.minutes)}")


def _areas(rows: tuple[AreaRow, ...]) -> Iterator[Text]:
    total = sum(max(row.minutes, 0) for row in rows)
    most = max((row.minutes for row in rows), default=0)
    for row in rows:
        minutes = max(row.minutes, 0)
        line = Text(fit(row.name, NAME_COLUMNS)).append(" ")
        line.append_text(draw_bar(minutes, most) if most > 0 else draw_bar(0, 1))
        share = f" {minutes * 100 // total:3} %" if total else ""
        yield line.append(f"{share}  {say_hours(minutes)}  ").append(row.since, "dim")
