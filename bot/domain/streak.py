"""Week states and the streak: derived in order, from two totals a week, by one pure function.

The product rules, "Weeks", are this module: the first line of their table that fits is the state of a week.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from bot.domain.week import Week

RECENT_WEEKS = 12
"""Weeks that `Tally.recent` remembers, for consistency."""
PAUSED_DAYS = 4
"""Days of a week that pauses must cover for the week to be paused."""
FREEZES_AT_START = 1
FREEZE_EVERY_WEEKS = 4
FREEZES_AT_MOST = 2


class WeekState(StrEnum):
    """The state of a week; the value is the word that members and exports see."""

    KEPT = "kept"
    OPEN = "open"
    PAUSED = "paused"
    FROZEN = "frozen"
    FIRST = "first"
    MISSED = "missed"


class WeekFacts(NamedTuple):
    """The facts that decide a week, in minutes: `counted` were valid when it closed (or are now, while it is open)."""

    week: Week
    goal: int
    minutes: int
    counted: int
    paused_days: int
    is_closed: bool
    is_first: bool


class Tally(NamedTuple):
    """The counts after a week; those after the last closed one never change, and are stored as a checkpoint.

    `recent` holds the first letters of the last states, oldest first. `came_back` says that the week is the first one
    kept after a missed one.
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
"""The counts before the first week."""


class Judged(NamedTuple):
    """A week with its state and the counts after it."""

    facts: WeekFacts
    state: WeekState
    tally: Tally
    is_comeback: bool

    @property
    def week(self) -> Week:
        """The week that was judged."""
        return self.facts.week


def judge(weeks: Iterable[WeekFacts], before: Tally = EMPTY_TALLY) -> list[Judged]:
    """Judge `weeks` in order, starting from the counts before them."""
    judged: list[Judged] = []
    tally = before
    for facts in weeks:
        state = state_of(facts, tally)
        tally = _after(tally, state)
        judged.append(Judged(facts, state, tally, state is WeekState.KEPT and tally.came_back))
    return judged


def state_of(facts: WeekFacts, before: Tally) -> WeekState:
    """Return the state of one week: the first line of the rule that fits."""
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
    """Return the last week before the first open one, or None: weeks after an open one are provisional."""
    last = None
    for week in judged:
        if not week.facts.is_closed:
            break
        last = week
    return last


def weeks_to_freeze(tally: Tally) -> int:
    """Return how many kept weeks earn the next freeze; 0 where as many are held as can be."""
    return 0 if tally.held >= FREEZES_AT_MOST else FREEZE_EVERY_WEEKS - tally.streak % FREEZE_EVERY_WEEKS


def _after(tally: Tally, state: WeekState) -> Tally:
    """Return the counts after a week, built at once: this runs for every week of everybody."""
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
