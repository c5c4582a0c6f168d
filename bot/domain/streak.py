"""Week states and the streak: derived in order, from two totals a week, by one pure function.

The product rules, "Weeks", are this module: the first line of their table that fits is the state of a week.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from bot.domain.week import Week

RECENT_WEEKS = 12
"""Counted weeks that `Tally.recent` remembers, for consistency."""
PAUSED_DAYS = 4
"""Days of a week that pauses must cover for the week to be away."""
FREEZES_AT_START = 1
FREEZE_EVERY_WEEKS = 4
FREEZES_AT_MOST = 2
COMEBACK_AFTER_WEEKS = 2
"""Missed weeks in a row after which results tell of a comeback; a person is greeted after one."""
COMEBACK_EVERY_WEEKS = 12
"""Weeks in which results tell of one comeback of a person at most."""


class WeekState(StrEnum):
    """The state of a week; the value is the word in the export (`views.words.STATES` has those that members read)."""

    KEPT = "kept"
    OPEN = "open"
    PAUSED = "paused"
    FROZEN = "frozen"
    FIRST = "first"
    MISSED = "missed"


KEPT, OPEN, PAUSED, FROZEN, FIRST, MISSED = WeekState
"""The states by short names: found sooner than through their class, for every week of everybody."""


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

    `weeks` are those that were kept or missed: an away or saved week, or a practice week that was not kept, is none of
    them (product rules, "Weeks"); `recent` holds the first letters of the last ones, oldest first. `away_in_streak`
    counts away weeks since the streak began, `missed_run` and `short_run` the missed, and the missed or saved, weeks
    since the last kept one. `came_back` says that the week is the first one kept after a missed one, `comeback_ago`
    how many weeks ago results last told of that, 0 in the week itself, COMEBACK_EVERY_WEEKS - 1 at most.
    """

    streak: int = 0
    longest: int = 0
    kept: int = 0
    away: int = 0
    weeks: int = 0
    earned: int = 0
    spent: int = 0
    missed_run: int = 0
    short_run: int = 0
    recent: str = ""
    came_back: bool = False
    away_in_streak: int = 0
    comeback_ago: int = COMEBACK_EVERY_WEEKS - 1

    @property
    def held(self) -> int:
        """Freezes in hand."""
        return FREEZES_AT_START + self.earned - self.spent

    @property
    def kept_of_recent(self) -> int:
        """Weeks kept of the last twelve that count."""
        return self.recent.count("k")

    @property
    def may_come_back(self) -> bool:
        """True if results would tell of a comeback if the next week were kept."""
        return self.missed_run >= COMEBACK_AFTER_WEEKS and self.comeback_ago >= COMEBACK_EVERY_WEEKS - 1

    @property
    def is_comeback_told(self) -> bool:
        """True if results tell that this week was a comeback."""
        return self.comeback_ago == 0


EMPTY_TALLY = Tally()
"""The counts before the first week."""


class WeekOutcome(NamedTuple):
    """A week with its state alone: what is left to know of one that has closed."""

    facts: WeekFacts
    state: WeekState

    @property
    def week(self) -> Week:
        """The week whose outcome it is."""
        return self.facts.week


class Judged(NamedTuple):
    """A week with its state, and the counts after and before it."""

    facts: WeekFacts
    state: WeekState
    tally: Tally
    is_comeback: bool
    before: Tally = EMPTY_TALLY

    @property
    def week(self) -> Week:
        """The week that was judged."""
        return self.facts.week

    @property
    def state_if_closed(self) -> WeekState:
        """The state that an open week gets if nothing more is logged for it."""
        return state_of(self.facts._replace(is_closed=True), self.before)

    @property
    def is_away(self) -> bool:
        """True if pauses cover the week, so that it stays away unless it is kept."""
        return self.facts.paused_days >= PAUSED_DAYS

    @property
    def is_covered(self) -> bool:
        """True if the week, should it close as it is, is away or saved by a freeze: it can't end the streak."""
        return self.state_if_closed in (WeekState.PAUSED, WeekState.FROZEN)


def judge(weeks: Iterable[WeekFacts], before: Tally = EMPTY_TALLY) -> list[Judged]:
    """Judge `weeks` in order, starting from the counts before them."""
    judged: list[Judged] = []
    tally = before
    for facts in weeks:
        state = state_of(facts, tally)
        before, tally = tally, _after(tally, state)
        judged.append(Judged(facts, state, tally, state is KEPT and tally.came_back, before))
    return judged


def state_of(facts: WeekFacts, before: Tally) -> WeekState:
    """Return the state of one week: the first line of the rule that fits."""
    if facts.counted >= facts.goal:
        return KEPT
    if not facts.is_closed:
        return OPEN
    return _state_of_short(facts, is_saved=before.streak >= 1 and before.held >= 1)


def recall_state(facts: WeekFacts, *, is_saved: bool) -> WeekState:
    """Return the state that a closed week got; `is_saved` tells that a freeze was spent in it.

    It needs no counts, since those have decided about nothing but the freeze.
    """
    return KEPT if facts.counted >= facts.goal else _state_of_short(facts, is_saved=is_saved)


def _state_of_short(facts: WeekFacts, *, is_saved: bool) -> WeekState:
    """Return the state of a closed week that was not kept."""
    if facts.paused_days >= PAUSED_DAYS:
        return PAUSED
    if is_saved:
        return FROZEN
    return FIRST if facts.is_first else MISSED


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
    if state is OPEN:
        return tally
    is_kept, is_missed, is_away, is_saved = state is KEPT, state is MISSED, state is PAUSED, state is FROZEN
    streak = tally.streak + 1 if is_kept else 0 if is_missed else tally.streak
    earns = is_kept and streak % FREEZE_EVERY_WEEKS == 0 and tally.held < FREEZES_AT_MOST
    counts = is_kept or is_missed
    ago = tally.comeback_ago + 1
    return Tally(
        streak,
        streak if streak > tally.longest else tally.longest,
        tally.kept + is_kept,
        tally.away + is_away,
        tally.weeks + counts,
        tally.earned + earns,
        tally.spent + is_saved,
        missed_run=0 if is_kept else tally.missed_run + is_missed,
        short_run=0 if is_kept else tally.short_run + (is_missed or is_saved),
        recent=(tally.recent + ("k" if is_kept else "m"))[-RECENT_WEEKS:] if counts else tally.recent,
        came_back=is_kept and tally.missed_run > 0,
        away_in_streak=tally.away_in_streak + is_away if streak else 0,
        comeback_ago=0 if is_kept and tally.may_come_back else ago if ago < COMEBACK_EVERY_WEEKS else ago - 1,
    )
