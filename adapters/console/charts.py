"""Charts drawn in characters."""

from collections.abc import Iterator
from datetime import timedelta
from typing import assert_never

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from adapters.console.limits import BAR_COLUMNS, NAME_COLUMNS
from bot.chat.chart import (
    AreaBars,
    AreaRow,
    BoardBars,
    BoardRow,
    Chart,
    Cumulative,
    GroupWeek,
    Heatmap,
    Mark,
    WeekBars,
    WeekKept,
    WeekSign,
)
from bot.chat.legible import legible
from bot.chat.plain import draw_blocks
from bot.domain.duration import say, say_hours
from bot.domain.streak import FREEZE_EVERY_WEEKS, RECENT_WEEKS

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAYS = 7
_SHADES = ((0, "·", "dim"), (45, "░", "green"), (90, "▒", "green"), (150, "▓", "green"))
_FULLEST = ("█", "bright_green")
_MARGIN = 4
_HEIGHTS = "▁▂▃▄▅▆▇█"
_LABELS = 16
"""Columns beside a bar or a line: its label and its number."""
_HOURS = 8
"""Columns of a mark's hours."""
_TICK, _DOT, _FREEZE, _WAITING = "✓", "●", "❄", "◌"
_SIGNS: dict[WeekSign, str] = {
    "kept": _TICK,
    "saved": _FREEZE,
    "away": "–",
    "missed": "○",
    "practice": "◌",
    "open": "·",
}


def draw_chart(chart: Chart, width: int) -> Text:
    """Return the chart in at most `width` columns."""
    match chart:
        case Heatmap():
            lines = list(_heatmap(chart, width))
        case WeekBars():
            lines = list(_week(chart, width))
        case WeekKept():
            lines = list(_week_kept(chart, width))
        case GroupWeek():
            lines = list(_group_week(chart, width))
        case BoardBars():
            lines = [_board_row(row, chart.goal_words(row)) for row in chart.logged]
        case Cumulative():
            lines = list(_road(chart, width))
        case AreaBars():
            lines = list(_areas(chart.rows))
        case _:
            assert_never(chart)
    title = Text(legible(chart.title), "bold")
    if isinstance(chart, Heatmap) and chart.subtitle:
        title.append(f" · {legible(chart.subtitle)}")
    return Text("\n").join([title, *lines])


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
    if chart.weeks:
        yield _signs(chart, first, size)


def _signs(chart: Heatmap, first: int, size: int) -> Text:
    signs = (_SIGNS[week.sign] if week.sign else " " for week in chart.weeks[first:])
    return Text(" " * _MARGIN + "".join(sign.ljust(size) for sign in signs).rstrip())


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
    yield from _days(chart.minutes, chart.goal, width)
    total = sum(chart.minutes)
    yield Text(f"    {say(total)} of {say(chart.goal)}", "dim")


def _days(days: tuple[int, ...], goal: int, width: int) -> Iterator[Text]:
    cells = min(BAR_COLUMNS, max(8, width - _LABELS))
    longest = max((*days, goal // 5, 1))
    for label, minutes in zip(WEEKDAYS, days, strict=False):
        filled = -(-minutes * cells // longest)
        line = Text(f"{label} ", "dim").append("█" * filled, "green")
        yield line.append(f"{' ' if minutes else ''}{say(minutes) if minutes else '·'}", "" if minutes else "dim")


def _week_kept(chart: WeekKept, width: int) -> Iterator[Text]:
    yield Text(say(sum(chart.minutes)), "bold").append(f" {draw_blocks(1, 1)} {_TICK}", "bright_green")
    yield from _days(chart.minutes, 0, width)
    if chart.streak_words:
        kept = (chart.streak - 1) % FREEZE_EVERY_WEEKS + 1
        waiting = _WAITING * (chart.freeze_in - 1) + _FREEZE if chart.freeze_words else ""
        line = Text(chart.streak_words, "bold").append(f" {_TICK * kept}", "bright_green").append(waiting)
        yield line.append(f" {chart.freeze_words}".rstrip(), "dim")


def _group_week(chart: GroupWeek, width: int) -> Iterator[Text]:
    """Yield the hours, a sign for each member who kept the week or studied, and the weeks before it."""
    style = "bright_green" if chart.counted >= chart.goal else "green"
    together = Text(say_hours(max(chart.minutes, 0)), "bold").append(f" {chart.goal_words} ")
    yield together.append(draw_blocks(chart.counted, chart.goal), style)
    kept, studied = max(chart.kept, 0), max(chart.studied, 0)
    if 0 < kept + studied <= width:
        yield Text(_TICK * kept, "bright_green").append(_DOT * studied, "green")
    if members := [words for words in (chart.kept_words, chart.studied_words) if words]:
        yield Text(", ".join(members))
    if chart.weeks_words:
        weeks = [max(count, 0) for count in chart.weeks[-RECENT_WEEKS:]]
        yield Text(_line(weeks, max(weeks)), "green").append(f" {chart.weeks_words}", "dim")


def _line(values: list[int], most: int) -> str:
    """Return a value a column, the highest as high as a letter."""
    return "".join(_HEIGHTS[max(0, min(7, value * 8 // most))] if most > 0 else _HEIGHTS[0] for value in values)


def _board_row(row: BoardRow, goal: str) -> Text:
    """Return a row: the bar ends at the goal, the time beside it may be more."""
    blocks = draw_blocks(row.minutes, row.goal) if row.goal > 0 else ""
    line = Text(fit(row.name, NAME_COLUMNS)).append(f" {blocks}", "bright_green" if row.is_kept else "green")
    line.append(f" {say(row.minutes)}", "bold").append(f" {goal}" if goal else "", "dim")
    return line.append(f" {_TICK}" if row.is_kept else "", "bright_green")


def _road(chart: Cumulative, width: int) -> Iterator[Text]:
    total = max(chart.minutes, default=0)
    cells = min(len(chart.minutes), max(8, width - _LABELS))
    line = _line([chart.minutes[(at + 1) * len(chart.minutes) // cells - 1] for at in range(cells)], total)
    yield Text(line, "green").append(f"{' ' if line else ''}{say_hours(max(total, 0))}", "")
    following = next((mark for mark in chart.marks if mark.minutes > total), None)
    for mark in chart.marks:
        yield _mark(mark, max(total, 0), chart.reach.words if chart.reach and mark is following else "")


def _mark(mark: Mark, total: int, when: str) -> Text:
    line = Text(say_hours(max(mark.minutes, 0)).rjust(_HOURS))
    line.append(f" {draw_blocks(total, mark.minutes)}", "bright_green" if total >= mark.minutes else "green")
    words = [fit(mark.label, NAME_COLUMNS).rstrip(), legible(when)]
    return line.append(f" {', '.join(filter(None, words))}".rstrip(), "dim")


def _areas(rows: tuple[AreaRow, ...]) -> Iterator[Text]:
    total = sum(max(row.minutes, 0) for row in rows)
    most = max((row.minutes for row in rows), default=0)
    for row in rows:
        minutes = max(row.minutes, 0)
        line = Text(fit(row.name, NAME_COLUMNS)).append(" ")
        line.append_text(draw_bar(minutes, most) if most > 0 else draw_bar(0, 1))
        share = f" {minutes * 100 // total:3} %" if total else ""
        yield line.append(f"{share}  {say_hours(minutes)}  ").append(row.since, "dim")
