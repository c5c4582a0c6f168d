"""Week states and the streak: derived in order, from two totals a week, by one pure function.

The product rules, "Weeks", are this module: the first line that fits is the state of a week.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from bot.domain.week import Week

RECENT_WEEKS = 12
"""How many of the last weeks `recent` remembers, for consistency."""
PAUSED_DAYS = 4
FREEZES_AT_START = 1
FREEZE_EVERY_WEEKS = 4
FREEZES_AT_MOST = 2


class WeekState(StrEnum):
    """What became of a week; the value is the word that members and exports see."""

    KEPT = "kept"
    OPEN = "open"
    PAUSED = "paused"
    FROZEN = "frozen"
    FIRST = "first"
    MISSED = "missed"


class WeekFacts(NamedTuple):
    """All that decides a week: `counted` is what was valid when it closed (or is now, while it is open)."""

    week: Week
    goal: int
    minutes: int
    counted: int
    paused_days: int
    is_closed: bool
    is_first: bool


class Tally(NamedTuple):
    """What stands after a week; after the last closed one it is kept as a checkpoint, since it never changes.

    `came_back` says that it is the first week kept after a missed one.
    """

    streak: int = 0
    longest: int = 0
    kept: int = 0
    paused: int = 0
    weeks: int = 0
    earned: int = 0
    spent: int = 0
    missed_run: int = 0
    recent: str = ""
    came_back: bool = False

    @property
    def held(self) -> int:
        """Freezes in hand."""
        return FREEZES_AT_START + self.earned - self.spent

    @property
    def kept_of_recent(self) -> int:
        """Weeks kept of the last twelve."""
        return self.recent.count("k")


EMPTY_TALLY = Tally()
"""What stands before the first week."""


class Judged(NamedTuple):
    """A week with its state and what stands after it."""

    facts: WeekFacts
    state: WeekState
    tally: Tally
    is_comeback: bool

    @property
    def week(self) -> Week:
        """The week that was judged."""
        return self.facts.week


def judge(weeks: Iterable[WeekFacts], before: Tally = EMPTY_TALLY) -> list[Judged]:
    """Judge `weeks` in order, starting from what stood before them."""
    judged: list[Judged] = []
    tally = before
    for facts in weeks:
        state = state_of(facts, tally)
        tally = _after(tally, state)
        judged.append(Judged(facts, state, tally, state is WeekState.KEPT and tally.came_back))
    return judged


def state_of(facts: WeekFacts, before: Tally) -> WeekState:
    """The state of one week: the first line of the rule that fits."""
    if facts.counted >= facts.goal:
        return WeekState.KEPT
    if not facts.is_closed:
        return WeekState.OPEN
    if facts.paused_days >= PAUSED_DAYS:
        return WeekState.PAUSED
    if before.streak >= 1 and before.held >= 1:
        return WeekState.FROZEN
    return WeekState.FIRST if facts.is_first else WeekState.MISSED


def last_closed(judged: Iterable[Judged]) -> Judged | None:
    """The last week of the closed prefix: weeks after an open one are provisional and do not count."""
    last = None
    for week in judged:
        if not week.facts.is_closed:
            break
        last = week
    return last


def _after(tally: Tally, state: WeekState) -> Tally:
    """Built whole: this runs for every week of everybody."""
    if state is WeekState.OPEN:
        return tally
    is_kept, is_missed = state is WeekState.KEPT, state is WeekState.MISSED
    streak = tally.streak + 1 if is_kept else 0 if is_missed else tally.streak
    earns = is_kept and streak % FREEZE_EVERY_WEEKS == 0 and tally.held < FREEZES_AT_MOST
    return Tally(
        streak=streak,
        longest=max(tally.longest, streak),
        kept=tally.kept + is_kept,
        paused=tally.paused + (state is WeekState.PAUSED),
        weeks=tally.weeks + 1,
        earned=tally.earned + earns,
        spent=tally.spent + (state is WeekState.FROZEN),
        missed_run=0 if is_kept else tally.missed_run + is_missed,
        recent=(tally.recent + state.value[0])[-RECENT_WEEKS:],
        came_back=is_kept and tally.missed_run > 0,
    )
