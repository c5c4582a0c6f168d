"""The streak explained: week by week, with whatever saved or ended it, and how the next freeze is earned."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot.chat.card import Actions, Align, Block, Card, Column, Fact, Facts, Line, Note, Table, Tone
from bot.domain.duration import say
from bot.domain.streak import Judged, Tally, WeekState
from bot.views import words

COLUMNS = (
    Column("Week"),
    Column("Hours", Align.RIGHT),
    Column("State"),
    Column("Streak", Align.RIGHT),
)
RULE = (
    "A kept week adds one; a paused, frozen or first week leaves the streak as it is; a missed one sets it to zero. "
    "One freeze is yours from the start, and each four weeks of streak earn one more, up to two."
)
STATES = {
    WeekState.KEPT: "kept",
    WeekState.OPEN: "open",
    WeekState.PAUSED: "paused",
    WeekState.FROZEN: "saved by a freeze",
    WeekState.FIRST: "first week",
    WeekState.MISSED: "missed",
}


@dataclass(frozen=True, slots=True)
class StreakDetails:
    """A person's weeks, all of them and those on this page (both oldest first), and the tally of now."""

    name: str
    today: date
    weeks: list[Judged]
    shown: list[Judged]
    tally: Tally


def streak(details: StreakDetails, actions: tuple[Actions, ...], *, is_public: bool) -> Card:
    """Show the reason of the streak, its numbers, and the weeks of one page."""
    title = f"{details.name}'s streak" if is_public else "Your streak"
    tally = details.tally
    facts = Facts(
        (
            Fact("Streak", (words.say_streak(tally.streak),)),
            Fact("Longest", (words.say_streak(tally.longest),)),
            Fact("Weeks", (words.say_kept(tally),)),
            Fact("Freezes", (words.say_freezes(tally),)),
        )
    )
    blocks: list[Block] = [Line((reason(details.weeks, details.today),)), facts]
    if details.shown:
        blocks.append(Table(COLUMNS, tuple(_row(judged, details.today) for judged in reversed(details.shown))))
    blocks += [words.still_open(j, details.today) for j in details.weeks[:-1] if j.state is WeekState.OPEN]
    return Card(title, (*blocks, Note((RULE,)), *actions), Tone.PROUD if tally.streak else Tone.NEUTRAL)


def reason(weeks: list[Judged], today: date) -> str:
    """Say since when the streak runs, or what set it to zero."""
    if not weeks:
        return "Your weeks begin with your first check-in; the first one that you keep begins the streak."
    counted = [judged for judged in weeks if judged.state is WeekState.KEPT]
    streak = weeks[-1].tally.streak
    if streak:
        first = words.say_week(counted[-streak].week, today)
        row = " in a row" if streak > 1 else ""
        return f"{words.plural(streak, 'week')} kept{row} since {first}{_say_carried(weeks, counted[-streak])}."
    missed = _find_end(weeks)
    if missed is None:
        return "The first week that you keep begins it."
    facts = missed.facts
    ended = f"The week of {words.say_week(missed.week, today)} was missed: {say(facts.counted)} of {say(facts.goal)}"
    return f"{ended}, and no freeze or pause covered it. The next week that you keep begins a new streak."


def _find_end(weeks: list[Judged]) -> Judged | None:
    """Return the missed week that set a streak to zero; where there never was one, the last missed week, if any."""
    missed = [judged for judged in weeks if judged.state is WeekState.MISSED]
    ended = [after for before, after in pairwise(weeks) if after in missed and before.tally.streak]
    return next(reversed(ended or missed), None)


def _say_carried(weeks: list[Judged], first: Judged) -> str:
    since = weeks[weeks.index(first) :]
    kinds = ((WeekState.PAUSED, "paused"), (WeekState.FROZEN, "saved by a freeze"))
    parts = [f"{count} {word}" for state, word in kinds if (count := sum(j.state is state for j in since))]
    return f", with {' and '.join(parts)} between" if parts else ""


def _row(judged: Judged, today: date) -> tuple[str, ...]:
    facts = judged.facts
    hours = f"{say(facts.minutes)} of {say(facts.goal)}"
    state = STATES[judged.state] + (" ↩" if judged.is_comeback else "")
    return words.say_week(judged.week, today), hours, state, str(judged.tally.streak)
