"""Absence: its days, the weeks that it changes and those that it leaves alone, and coming back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.chat.card import Actions, Block, Button, Card, Line, Note, Style, Tone
from bot.chat.text import Bold, Text
from bot.domain.day import say_day
from bot.domain.duration import say
from bot.domain.names import capitalize
from bot.domain.pause import ASKED_OVER, Pause, extensions
from bot.domain.progress import Progress
from bot.domain.streak import PAUSED_DAYS
from bot.domain.week import DAYS_A_WEEK, Week
from bot.views import weeks, words

MAX_LISTED_WEEKS = 4
MAX_LISTED_PAUSES = 3
AffectedWeeks = list[tuple[Week, int]]
"""Weeks that a pause reaches, each with how many of its days are away."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A pause that was announced; `is_seen` says that a group sees it."""

    id: int
    pause: Pause
    affected: AffectedWeeks
    progress: Progress
    is_seen: bool


def away(announced: Announced, today: date) -> Card:
    """Confirm a pause: from when to when, and what it means for each week; one that is too short can be extended."""
    pause = announced.pause
    is_too_short = all(days < PAUSED_DAYS for _, days in announced.affected)
    blocks: list[Block] = [Line(("You're away ", *_span(pause, today)))]
    blocks += [Line((sentence,)) for sentence in _say_effect(announced, today)]
    if announced.is_seen:
        blocks.append(Note(("Your group sees that you're away, not why.",)))
    longer = [_longer(pause, one, announced.id, today) for one in extensions(pause, ())] if is_too_short else []
    return Card("", (*blocks, Actions((*longer, _take_back(announced.id, pause, today)))), Tone.GOOD)


def away_already(pause: Pause, today: date) -> Card:
    """Say that all of it lies in a pause that is known."""
    return Card("", (Line(("You've said so already: you're away ", *_span(pause, today))),))


def ask_long(pause: Pause, options: dict[str, str]) -> Card:
    """Ask about a pause of more than four weeks."""
    length = words.plural(pause.length.days // DAYS_A_WEEK, "week")
    until = f"{pause.until_day.day} {pause.until_day:%b}"
    shorter = pause.from_day + ASKED_OVER - timedelta(days=1)
    given = {**options, "from": pause.from_day.isoformat()}
    as_typed = {**given, "until": pause.until_day.isoformat(), "sure": "yes"}
    return words.question(
        "",
        (f"That's {length}, until {until} {pause.until_day.year}. Away that long?",),
        Button("Yes, that long", "pause", as_typed, Style.PRIMARY),
        Button(f"Until {shorter.day} {shorter:%b}", "pause", {**given, "until": shorter.isoformat()}),
    )


def list_pauses(known: list[tuple[int, Pause]], today: date) -> Card:
    """Show the pauses that run or come, each with a button that ends it or takes it back."""
    shown = known[:MAX_LISTED_PAUSES]
    lines: list[Block] = [Line(("Away ", *_span(pause, today))) for _, pause in shown]
    if len(known) > len(shown):
        lines.append(Note((f"And {len(known) - len(shown)} more after that.",)))
    buttons = [_take_back(pause_id, pause, today, is_one=len(known) == 1) for pause_id, pause in shown]
    buttons.append(Button("Another…", "pause", {"new": "yes"}, opens_form=True))
    return Card("When you're away", (*lines, Actions(tuple(buttons))))


def back(ended: list[Pause], progress: Progress, now: datetime) -> Card:
    """Welcome back, and say what becomes of this week; of a pause that was still to come, say that it is gone."""
    today = progress.person.today(now)
    if all(pause.from_day > today for pause in ended):
        return Card("", (Line(("Taken back: you're not away ", *_span(ended[0], today))),), Tone.GOOD)
    if progress.is_away and progress.missing:
        reach = f"Reach {say(progress.goal)} and it counts as kept."
        week = f"This week stays away, so nothing can break. {reach}"
    else:
        week = weeks.say_left(progress, now)
    bar = (weeks.week_bar(progress),) if progress.minutes else ()
    return Card("", (Line((f"Welcome back. {week}",)), *bar, Actions((words.CHECK_IN,))), Tone.GOOD)


def _span(pause: Pause, today: date) -> Text:
    first, last = say_day(pause.from_day, today), say_day(pause.until_day, today)
    if first == last:
        return (Bold(first), ".")
    return (Bold(f"from {first} to {last}"), ".")


def _take_back(pause_id: int, pause: Pause, today: date, *, is_one: bool = True) -> Button:
    options = {"pause": str(pause_id)}
    if pause.from_day <= today:
        return Button("I'm back", "resume", options)
    return Button(
        "Take it back" if is_one else f"Take back {pause.from_day.day} {pause.from_day:%b}", "resume", options
    )


def _longer(pause: Pause, longer: Pause, pause_id: int, today: date) -> Button:
    """Return the button that makes a pause longer: the new one takes its place."""
    options = {"from": longer.from_day.isoformat(), "until": longer.until_day.isoformat(), "instead": str(pause_id)}
    is_earlier, is_later = longer.from_day < pause.from_day, longer.until_day > pause.until_day
    is_week = (longer.from_day.weekday(), longer.until_day.weekday()) == (0, DAYS_A_WEEK - 1)
    if is_week:
        label = "All week"
    elif is_earlier and not is_later:
        label = f"Since {longer.from_day:%A}" if longer.from_day <= today else f"From {longer.from_day:%A}"
    else:
        label = f"Until {longer.until_day:%A}"
    return Button(label, "pause", options)


def _say_effect(announced: Announced, today: date) -> list[str]:
    current = announced.progress.current
    away_weeks = [week for week, days in announced.affected if days >= PAUSED_DAYS]
    sentences = []
    if away_weeks:
        are = "is away: it leaves" if len(away_weeks) == 1 else "are away: they leave"
        sentences.append(f"{capitalize(_list_weeks(away_weeks, current, today))} {are} your streak as it is.")
    short = [(week, days) for week, days in announced.affected if days < PAUSED_DAYS]
    if len(announced.affected) == 1 and short:
        name, days = weeks.name_week(short[0][0], current, today), words.plural(short[0][1], "day")
        sentences.append(f"That makes {days}, so {name} still counts. From {PAUSED_DAYS} days on it's away.")
    elif short:
        counts = [f"{weeks.name_week(week, current, today)} ({words.plural(days, 'day')} away)" for week, days in short]
        verb = "still counts" if len(short) == 1 else "still count"
        sentences.append(f"{capitalize(' and '.join(counts))} {verb}; from {PAUSED_DAYS} days on a week is away.")
    return sentences


def _list_weeks(listed: list[Week], current: Week, today: date) -> str:
    if len(listed) > MAX_LISTED_WEEKS:
        return f"{len(listed)} weeks, {listed[0]} up to {listed[-1]},"
    *others, last = [weeks.name_week(week, current, today) for week in listed]
    return f"{', '.join(others)} and {last}" if others else last
