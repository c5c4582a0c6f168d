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
    """One member's bar of a leaderboard."""

    rank: int
    name: str
    minutes: int
    goal: int


class BoardBars(Struct, frozen=True, tag="board_bars"):
    """A leaderboard as bars, the goal marked where all share one."""

    title: str
    subtitle: str
    rows: tuple[BoardRow, ...]


class Mark(Struct, frozen=True):
    """A stage of a long road: so many minutes in all, and what they mean."""

    minutes: int
    label: str


class Cumulative(Struct, frozen=True, tag="cumulative"):
    """Minutes in all, a point every `step` days from a day on, against the marks of the road (nearest first)."""

    title: str
    subtitle: str
    starts: date
    step: int
    minutes: tuple[int, ...]
    marks: tuple[Mark, ...]


class AreaRow(Struct, frozen=True):
    """One area: its minutes in all, and the whole weeks since it was last touched (None: never)."""

    name: str
    minutes: int
    weeks: int | None

    @property
    def since(self) -> str:
        """The time since it was last touched, in words: `this week`, `3 weeks ago`, `never`."""
        if self.weeks is None:
            return "never"
        return {0: "this week", 1: "last week"}.get(max(self.weeks, 0), f"{self.weeks:,} weeks ago")


class AreaBars(Struct, frozen=True, tag="area_bars"):
    """Areas of study as bars, each with its share of all the time in the picture."""

    title: str
    subtitle: str
    rows: tuple[AreaRow, ...]


Chart = Heatmap | WeekBars | BoardBars | Cumulative | AreaBars
