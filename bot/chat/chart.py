"""The data of a picture; how it is drawn, in pixels or in characters, is decided elsewhere."""

from datetime import date

from msgspec import Struct


class Heatmap(Struct, frozen=True, tag="heatmap"):
    """Minutes a day over whole weeks from a Monday on: one cell a day."""

    title: str
    starts: date
    minutes: tuple[int, ...]


class WeekBars(Struct, frozen=True, tag="week_bars"):
    """Minutes on each of the seven days of one week, against the week's goal."""

    title: str
    minutes: tuple[int, ...]
    goal: int


class BoardRow(Struct, frozen=True):
    """One line of a board picture."""

    rank: int
    name: str
    minutes: int
    goal: int


class BoardBars(Struct, frozen=True, tag="board_bars"):
    """A leaderboard as bars, the goal marked where all share one."""

    title: str
    subtitle: str
    rows: tuple[BoardRow, ...]


Chart = Heatmap | WeekBars | BoardBars
