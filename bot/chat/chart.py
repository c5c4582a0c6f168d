"""The data of a picture; how it is drawn, in pixels or in characters, is decided elsewhere."""

from collections import Counter
from datetime import date
from typing import Literal

from msgspec import Struct

from bot.domain.duration import say, say_hours
from bot.domain.streak import RECENT_WEEKS

WeekSign = Literal["kept", "open", "away", "saved", "missed", "practice"]
"""The sign of a week, by the word that members see for its state."""


class HeatmapWeek(Struct, frozen=True, omit_defaults=True):
    """One week of a heatmap: its sign (None before a person's first), and the minutes that count of its goal."""

    sign: WeekSign | None
    counted: int
    goal: int

    @property
    def share(self) -> float:
        """The part of the goal that is done, at most 1."""
        return min(1.0, max(self.counted, 0) / self.goal) if self.goal > 0 else 1.0

    @property
    def to_go(self) -> int:
        """Minutes that an open week lacks; 0 for any other week."""
        return max(self.goal - max(self.counted, 0), 0) if self.sign == "open" else 0


class Heatmap(Struct, frozen=True, tag="heatmap", omit_defaults=True):
    """Minutes a day over whole weeks from a Monday on: one cell a day.

    `weeks` holds the sign of each week, or nothing where none are known; days after `today` are still to come.
    """

    title: str
    starts: date
    minutes: tuple[int, ...]
    subtitle: str = ""
    weeks: tuple[HeatmapWeek, ...] = ()
    today: date | None = None


class WeekBars(Struct, frozen=True, tag="week_bars", omit_defaults=True):
    """Minutes on each of the seven days of one week, against the week's goal; `today` is a day's index, Monday's 0."""

    title: str
    minutes: tuple[int, ...]
    goal: int
    today: int | None = None


class WeekKept(Struct, frozen=True, tag="week_kept"):
    """A week that was kept: its seven days, and the streak with it.

    `streak` is 0 while it is provisional; `freeze_in` is the number of kept weeks that earn the next freeze, 0 where
    none is to be earned.
    """

    title: str
    minutes: tuple[int, ...]
    streak: int
    freeze_in: int

    @property
    def streak_words(self) -> str:
        """The streak in words: `Streak: 5 weeks`; nothing while it is provisional."""
        return f"Streak: {self.streak:,} {'week' if self.streak == 1 else 'weeks'}" if self.streak > 0 else ""

    @property
    def freeze_words(self) -> str:
        """How far the next freeze is: `3 more earn a freeze`; nothing where none is to be earned."""
        if self.streak <= 0 or self.freeze_in <= 0:
            return ""
        return f"{self.freeze_in} more earn{'s' if self.freeze_in == 1 else ''} a freeze"


class GroupWeek(Struct, frozen=True, tag="group_week"):
    """A group's week: minutes together, what of them counts toward the goal of all, and members by how they did.

    `studied` are those who logged time and did not keep the week. `weeks` says how many kept each of the last twelve
    weeks, oldest first, this one last.
    """

    title: str
    minutes: int
    counted: int
    goal: int
    kept: int
    studied: int
    weeks: tuple[int, ...]

    @property
    def goal_words(self) -> str:
        """The hours that the minutes are to be: `of 523 h, together`."""
        return f"of {say_hours(self.goal)}, together" if self.goal > 0 else "together"

    @property
    def kept_words(self) -> str:
        """Who kept the week: `23 kept the week`; nothing where nobody did."""
        return f"{self.kept:,} kept the week" if self.kept > 0 else ""

    @property
    def studied_words(self) -> str:
        """Who else studied: `21 more studied`; nothing where nobody did."""
        if self.studied <= 0:
            return ""
        return f"{self.studied:,} more studied" if self.kept > 0 else f"{self.studied:,} studied"

    @property
    def weeks_words(self) -> str:
        """The weeks that are counted: `Kept in the last 12 weeks`; nothing before there is a second one."""
        count = min(len(self.weeks), RECENT_WEEKS)
        return f"Kept in the last {count} weeks" if count > 1 else ""


class BoardRow(Struct, frozen=True):
    """One member's bar of a leaderboard."""

    rank: int
    name: str
    minutes: int
    goal: int

    @property
    def is_kept(self) -> bool:
        """True where the goal is reached."""
        return self.minutes >= self.goal > 0


class BoardBars(Struct, frozen=True, tag="board_bars", omit_defaults=True):
    """A leaderboard as bars that end at each one's goal; who has logged nothing is not drawn.

    `me` is the index of the reader's row, None where everyone reads. `goal` is the group's, so that another one is
    named; None: the one that most have.
    """

    title: str
    subtitle: str
    rows: tuple[BoardRow, ...]
    me: int | None = None
    goal: int | None = None

    @property
    def logged(self) -> tuple[BoardRow, ...]:
        """The rows of those who have logged time."""
        return tuple(row for row in self.rows if row.minutes > 0)

    @property
    def usual_goal(self) -> int:
        """The goal that need not be named; 0 where there are no rows."""
        if self.goal is not None:
            return self.goal
        return Counter(row.goal for row in self.rows).most_common(1)[0][0] if self.rows else 0

    def goal_words(self, row: BoardRow) -> str:
        """Return `of 5 h` where a row's goal is another than the usual one, else nothing."""
        return f"of {say(row.goal)}" if row.goal > 0 and row.goal != self.usual_goal else ""


class Mark(Struct, frozen=True):
    """A stage of a long road: so many minutes in all, and what they mean."""

    minutes: int
    label: str


class Reach(Struct, frozen=True):
    """The days between which the next mark will be reached at today's pace, and the words for that span."""

    early: date
    late: date
    words: str


class Cumulative(Struct, frozen=True, tag="cumulative", omit_defaults=True):
    """Minutes in all, a point every `step` days from a day on, against the marks of the road (nearest first).

    Title and subtitle say in words what a drawing shows by its own number and dates.
    """

    title: str
    subtitle: str
    starts: date
    step: int
    minutes: tuple[int, ...]
    marks: tuple[Mark, ...]
    reach: Reach | None = None


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


Chart = Heatmap | WeekBars | WeekKept | GroupWeek | BoardBars | Cumulative | AreaBars
