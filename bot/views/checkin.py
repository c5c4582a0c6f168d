"""The answer to a check-in, and what is asked before one counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.chat.card import Actions, Block, Button, Card, Line, Menu, Style, Tone
from bot.chat.text import Bold
from bot.domain.checkin import Checkin, Entry
from bot.domain.duration import say
from bot.domain.focus import Focus
from bot.domain.progress import Progress
from bot.domain.streak import Judged, WeekState, weeks_to_freeze
from bot.domain.week import Week
from bot.views import pictures, weeks, words
from bot.views.counted_in import CountedIn, say_counted_in
from bot.views.extras import Extra
from bot.views.focus import say_focus_briefly
from bot.views.this_week import say_standings, say_week_now, this_week

FRIDAY = 4
"""The weekday from which on a first week is a warm-up."""


@dataclass(frozen=True, slots=True)
class Logged:
    """A new check-in, and all that its answer says.

    `judged` is its week, None before the person's first. `extra` is the one thing beside the week; `offers` are buttons
    that have nothing to say, such as *It was yesterday*; `days` are the minutes of a week that it keeps; `next_goals`
    asks for the goal of the week after one that was kept with a goal of its own.
    """

    checkin: Checkin
    progress: Progress
    judged: Judged | None
    focus: Focus | None
    counted_in: Sequence[CountedIn]
    is_first: bool
    extra: Extra | None
    offers: Sequence[Button] = ()
    days: tuple[int, ...] = ()
    next_goals: Menu | None = None

    @property
    def entry(self) -> Entry:
        """The stretch of study."""
        return self.checkin.entry

    @property
    def today(self) -> date:
        """The person's day when they logged it."""
        return self.progress.person.today(self.checkin.created_at)

    @property
    def is_kept(self) -> bool:
        """True if the week that it counts in is kept."""
        return self.judged is not None and self.judged.state is WeekState.KEPT

    @property
    def keeps_week(self) -> bool:
        """True if it is this very check-in by which its week is kept."""
        if self.judged is None or self.checkin.is_late or not self.is_kept:
            return False
        return self.judged.facts.counted - self.entry.minutes < self.judged.facts.goal

    @property
    def is_of_this_week(self) -> bool:
        """True if it counts in the week that it is now."""
        return Week.of(self.entry.day) == self.progress.current


def logged(details: Logged) -> Card:
    """Confirm a check-in: what it did for its week first, then streak, focus, one extra, and who sees it."""
    title, blocks = _week_words(details)
    if details.extra is not None:
        blocks.append(Line(details.extra.text))
    counted_in = say_counted_in(details.counted_in)
    if counted_in:
        blocks.append(Line(counted_in))
    extras = (*(details.extra.buttons if details.extra else ()), *details.offers)
    blocks.append(Actions((undo_button(details.checkin), edit_button(details.checkin), *extras)))
    if details.next_goals is not None:
        blocks.append(details.next_goals)
    is_proud = details.keeps_week or (details.extra is not None and details.extra.is_proud)
    return Card(title, tuple(blocks), Tone.PROUD if is_proud else Tone.GOOD)


def undo_button(checkin: Checkin) -> Button:
    """Return the button that takes one check-in back."""
    return Button("Undo", "undo", {"checkin": str(checkin.number)})


def edit_button(checkin: Checkin) -> Button:
    """Return the button that opens the form of one check-in."""
    return Button("Edit", "edit", {"checkin": str(checkin.number)}, opens_form=True)


def yesterday_button(checkin: Checkin) -> Button:
    """Return the button that moves a check-in of the small hours to the day before."""
    day = checkin.entry.day - timedelta(days=1)
    return Button("It was yesterday", "edit", {"checkin": str(checkin.number), "day": day.isoformat()})


def entry_words(entry: Entry, today: date, *, with_today: bool = False) -> str:
    """Return `2 h 30 · Statistics · yesterday`; *today* goes without saying, unless it is to be said."""
    day = "" if entry.day == today and not with_today else words.say_near_day(entry.day, today)
    return " · ".join(part for part in (say(entry.minutes), entry.area or "", day) if part)


def ask_twice(entry: Entry, before: Checkin, options: dict[str, str]) -> Card:
    """Ask “You logged the same a moment ago: count both?”."""
    return words.question(
        "",
        (f"You logged the same {say(entry.minutes)} a moment ago. Count both?",),
        Button("Count both", "checkin", {**options, "twice": str(before.number)}),
        Button("Just once", "checkin", {"time": f"{entry.minutes}m", "twice": "no"}, Style.PRIMARY),
    )


def ask_long_day(entry: Entry, total: int, command: str, options: dict[str, str], today: date) -> Card:
    """Ask if a day of more than fourteen hours is meant; `total` are its minutes with the entry."""
    day = words.say_near_day(entry.day, today)
    others = {name: text for name, text in options.items() if name != "time"}
    return words.question(
        "",
        ("That makes ", Bold(say(total)), f" {'for ' if entry.day != today else ''}{day}. Is that right?"),
        Button(f"Yes, count {say(entry.minutes)}", command, {**options, "long": "yes"}),
        Button("Change it", command, others, Style.PRIMARY, opens_form=True),
    )


def _week_words(details: Logged) -> tuple[str, list[Block]]:
    """Return the title, and what the check-in did for its week."""
    entry, progress, judged = details.entry, details.progress, details.judged
    at = details.checkin.created_at
    if judged is None and details.is_first:
        counts = f"{_dated_title(details)}: it counts as hours, and your weeks begin with this one."
        return "Your first check-in 🎉", [Line((counts,))]
    if judged is None:
        before = f"That was before your first week ({progress.person.first_week}), so it counts as hours only."
        return _dated_title(details), [Line((before,))]
    if details.keeps_week:
        return _kept_title(details), _kept_blocks(details, judged)
    if details.checkin.is_late or not details.is_of_this_week:
        lasting = [] if details.checkin.is_late else _lasting(details)
        return _dated_title(details), [Line((say_week_now(judged, progress, at),)), *lasting]
    if details.is_kept:
        return f"{entry_words(entry, details.today)} · {say(progress.minutes)} this week ✓", _lasting(details)
    if details.is_first:
        return "Your first check-in 🎉", _first_blocks(details)
    return entry_words(entry, details.today), [*this_week(progress, at), *_lasting(details)]


def _dated_title(details: Logged) -> str:
    entry = details.entry
    area = f" · {entry.area}" if entry.area else ""
    return f"{say(entry.minutes)} for {words.say_near_day(entry.day, details.today)}{area}"


def _kept_title(details: Logged) -> str:
    """Return “Week kept ✓ Streak: 5 weeks”; a streak that an open week may still change is not announced."""
    which = "Week" if details.is_of_this_week else "Last week"
    streak = details.progress.announced_streak
    return f"{which} kept ✓ Streak: {words.plural(streak, 'week')}" if streak else f"{which} kept ✓"


def _kept_blocks(details: Logged, judged: Judged) -> list[Block]:
    which = "this week" if details.is_of_this_week else "last week"
    entry, total = details.entry, judged.facts.minutes
    is_all = entry_words(entry, details.today) == say(total)
    so_far = f"{'' if is_all else f'{entry_words(entry, details.today)}. '}{say(total)} {which}."
    tally, is_provisional = details.progress.tally, details.progress.condition is not None
    picture = pictures.week_kept(judged.week, details.days, tally, details.today, is_provisional=is_provisional)
    blocks: list[Block] = [picture, Line((so_far,))]
    count = weeks_to_freeze(tally)
    if count and details.extra is None and not is_provisional:
        earn = "week earns" if count == 1 else "weeks earn"
        blocks.append(Line((f"{words.say_count(count).capitalize()} more kept {earn} a freeze.",)))
    return blocks


def _first_blocks(details: Logged) -> list[Block]:
    progress, entry = details.progress, details.entry
    blocks: list[Block] = [weeks.week_bar(progress)]
    if entry.area or entry.day != details.today:
        blocks.insert(0, Line((entry_words(entry, details.today),)))
    goal = say(progress.goal)
    if details.today.weekday() >= FRIDAY:
        return [*blocks, Line(("A warm-up: your first full week starts on Monday.",))]
    return [
        *blocks,
        Line((f"This is your practice week: reach {goal} and your streak begins; if not, nothing is lost.",)),
    ]


def _lasting(details: Logged) -> list[Block]:
    """Return streak and weeks kept in one line, the focus in another; beside a question there is no room for that."""
    is_told = details.extra is not None and details.extra.says_streak
    asks = details.extra is not None and details.extra.decline is not None
    focus = [] if details.focus is None or asks else [Line((f"Focus: {say_focus_briefly(details.focus)}",))]
    return [*([] if is_told else say_standings(details.progress)), *focus]
