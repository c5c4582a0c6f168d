"""How a person's week goes, as blocks and sentences that several cards share."""

from datetime import datetime

from bot.chat.card import Block, Line
from bot.domain.duration import say
from bot.domain.progress import Progress
from bot.domain.streak import PAUSED_DAYS, Judged, WeekState
from bot.views import weeks, words


def this_week(progress: Progress, now: datetime) -> list[Block]:
    """Return this week's bar and what is left; no bar where nothing is logged, or its last day cannot bear the rest."""
    left = Line((weeks.say_left(progress, now),))
    if progress.is_kept:
        return [weeks.week_bar(progress), Line(("This week is kept ✓",))]
    days = (progress.current.sunday - progress.person.today(now)).days + 1
    is_late = days <= 1 and progress.missing > weeks.SAID_ON_LAST_DAY_MINUTES
    is_empty = not progress.minutes and not progress.elsewhere
    if is_empty or progress.is_away or progress.is_before_first_week or is_late:
        so_far = "Nothing logged yet this week." if is_empty else f"{say(progress.minutes)} this week."
        return [Line((so_far,)), left]
    if not progress.minutes:
        moved = words.join_names([f"{say(minutes)} for {week}" for week, minutes in progress.elsewhere])
        return [Line((f"Nothing of {say(progress.goal)} yet. The hours of this week counted before: {moved}.",)), left]
    return [weeks.week_bar(progress), left]


def say_standings(progress: Progress) -> list[Block]:
    """Return streak and weeks kept in a line, nothing at first; in the practice week its promise stands there."""
    judged = progress.judged(progress.current)
    if judged is not None and judged.facts.is_first and not progress.is_kept:
        return [Line((f"Practice week: reach {say(progress.goal)} and your streak begins.",))]
    sentence = say_streak_and_weeks(progress)
    return [Line((sentence,))] if sentence else []


def say_streak_and_weeks(progress: Progress) -> str:
    """Return `Streak 3 weeks · 4 of 5 weeks kept`, "" at first; the streak only where no open week can change it."""
    streak, tally = progress.announced_streak, progress.tally
    parts = [f"Streak {words.plural(streak, 'week')}"] if streak else []
    return " · ".join([*parts, *([weeks.say_kept(tally)] if tally.weeks or tally.away or tally.spent else [])])


def say_week_now(judged: Judged, progress: Progress, now: datetime) -> str:
    """Return what a week has after a change: `9 h 30 this week, 30 min to go.`; of one that has closed, that it has."""
    facts, today = judged.facts, progress.person.today(now)
    hours = say(facts.minutes) if facts.minutes else "nothing"
    if judged.week == progress.current:
        so_far = f"{say(facts.minutes)} this week" if facts.minutes else "Nothing logged this week"
        if progress.elsewhere:
            so_far = f"{weeks.say_hours(progress)} this week"
    elif judged.week.plus(1) == progress.current:
        so_far = f"Last week: {hours}"
    else:
        so_far = f"The week of {words.say_week(judged.week, today)}: {hours}"
    if facts.is_closed:
        mine = "your " if judged.state is WeekState.FIRST else ""
        return f"{so_far}. It has closed, so only its hours change: it stays {mine}{weeks.STATES[judged.state]}."
    if judged.state is WeekState.KEPT:
        return f"{so_far}, kept ✓"
    if facts.paused_days >= PAUSED_DAYS or judged.week > progress.current:
        return f"{so_far}."
    missing = say(facts.goal - facts.counted)
    if judged.week == progress.current:
        return f"{so_far}, {missing} to go."
    by = weeks.say_by(progress.record.deadline(judged.week), now)
    return f"{so_far}; {missing} more {by} keeps it."
