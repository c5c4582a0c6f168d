"""The streak explained: week by week, with whatever saved or ended it, and how the next freeze is earned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from bot.chat.card import Actions, Align, Block, Card, Column, Fact, Facts, Line, Note, Table, Tone
from bot.chat.text import Bold
from bot.domain.duration import say
from bot.domain.progress import Progress
from bot.domain.streak import Judged, WeekState
from bot.views import weeks, words
from bot.views.partner import Together, say_together

COLUMNS = (
    Column("Week"),
    Column("Hours", Align.RIGHT),
    Column("State"),
    Column("Streak", Align.RIGHT),
)
RULE = (
    "A kept week adds one, a missed week sets the streak to zero, and every other week leaves it as it is. "
    "You start with one freeze, which saves a short week automatically; every four weeks of streak earn another, up to "
    "two."
)


@dataclass(frozen=True, slots=True)
class StreakDetails:
    """A person's progress with all weeks, and those of this page, oldest first; how it stands with study partners."""

    name: str
    at: datetime
    progress: Progress
    shown: list[Judged]
    together: Sequence[Together] = ()

    @property
    def today(self) -> date:
        """The person's local date."""
        return self.progress.person.today(self.at)


def streak(details: StreakDetails, actions: tuple[Actions, ...]) -> Card:
    """Show one's own streak: its reason, its numbers, and the weeks of one page."""
    progress, tally = details.progress, details.progress.tally
    if not progress.weeks:
        return Card("Your streak", (Line((_say_nothing_yet(progress),)), Actions((words.CHECK_IN,))))
    facts = (
        Fact("Weeks", (weeks.say_kept(tally),)),
        Fact("Longest", (weeks.say_streak(tally.longest),)),
        Fact("Freezes", (weeks.say_freezes(tally),)),
    )
    both = [Line((line,)) for partner in details.together if (line := say_together(partner))]
    blocks = (*_say_now(details), *both, Facts(facts), _table(details), Note((RULE,)), *actions)
    return Card("Your streak", blocks, Tone.PROUD if tally.streak else Tone.NEUTRAL)


def shown_streak(details: StreakDetails) -> Card:
    """Show the streak as everyone may see it: no open week, and nothing that it hangs on."""
    progress = details.progress
    facts = (
        Fact("Streak", (weeks.say_shown_streak(progress) or "none yet",)),
        Fact("Weeks", (weeks.say_kept(progress.tally),)),
        Fact("Longest", (weeks.say_streak(progress.tally.longest),)),
    )
    return Card(f"{details.name}'s streak", (Facts(facts),), Tone.PROUD if progress.announced_streak else Tone.NEUTRAL)


def _say_nothing_yet(progress: Progress) -> str:
    if progress.is_before_first_week:
        return weeks.say_first_week(progress)
    return "Your streak begins with the first week that you keep. Log some time, and your weeks begin."


def _say_now(details: StreakDetails) -> list[Block]:
    """Say the streak with its condition, else since when it runs or what ended it, and what keeps the last week."""
    progress = details.progress
    if progress.condition:
        return [Line((Bold("Streak "), f"{weeks.say_own_streak(progress, details.at)}."))]
    last_week = weeks.say_last_week(progress, details.at)
    reason = Line((_say_reason(progress.weeks, details.today),))
    return [reason, *([Line((last_week,))] if last_week else [])]


def _say_reason(judged_weeks: list[Judged], today: date) -> str:
    tally = judged_weeks[-1].tally
    if tally.streak:
        kept = [judged for judged in judged_weeks if judged.state is WeekState.KEPT]
        first = kept[-tally.streak]
        since = words.say_week(first.week, today)
        if tally.streak == 1:
            return f"1 week, {since}{_say_carried(judged_weeks, first)}."
        return f"{tally.streak} weeks in a row since {since}{_say_carried(judged_weeks, first)}."
    ended = _find_end(judged_weeks)
    if ended is None:
        return "The first week that you keep begins your streak."
    before, missed = ended
    facts = missed.facts
    logged = f"{say(facts.counted)} of {say(facts.goal)}" if facts.counted else "nothing counted"
    short = f"{words.say_week(missed.week, today)} was missed, with {logged}"
    if before is None:
        return f"No streak yet: {short}. The next week that you keep begins one."
    kept_stays = "The week you kept stays kept" if tally.kept == 1 else f"The {tally.kept:,} weeks you kept stay kept"
    return f"The streak ended at {words.plural(before, 'week')}: {short}. {kept_stays}, and the next one begins anew."


def _find_end(judged_weeks: list[Judged]) -> tuple[int | None, Judged] | None:
    """Return the streak that ended last and the week that was missed; a streak of None where there never was one."""
    for before, after in reversed(list(pairwise(judged_weeks))):
        if after.state is WeekState.MISSED and before.tally.streak:
            return before.tally.streak, after
    missed = [judged for judged in judged_weeks if judged.state is WeekState.MISSED]
    return (None, missed[-1]) if missed else None


def _say_carried(judged_weeks: list[Judged], first: Judged) -> str:
    since = judged_weeks[judged_weeks.index(first) :]
    kinds = ((WeekState.PAUSED, "away"), (WeekState.FROZEN, "saved by a freeze"))
    parts = [f"{count} {word}" for state, word in kinds if (count := sum(j.state is state for j in since))]
    return f", with {' and '.join(parts)} between" if parts else ""


def _table(details: StreakDetails) -> Table:
    return Table(COLUMNS, tuple(_row(judged, details) for judged in reversed(details.shown)))


def _row(judged: Judged, details: StreakDetails) -> tuple[str, ...]:
    facts = judged.facts
    has_hours = facts.minutes or facts.counted
    hours = f"{say(facts.minutes)} of {say(facts.goal)}{weeks.say_counted(judged)}" if has_hours else weeks.NONE
    state = weeks.STATES[judged.state] + (" ↩" if judged.is_comeback else "")
    return words.say_week(judged.week, details.today), hours, state, weeks.say_streak_after(judged, details.progress)
