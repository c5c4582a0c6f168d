"""A person's own page, as Slack keeps one: at first what this is and which groups there are, later how they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.chat.card import Actions, Block, Button, Card, Line, Menu
from bot.chat.text import Bold
from bot.domain.checkin import Checkin
from bot.domain.day import say_day
from bot.domain.focus import Focus
from bot.domain.names import cut
from bot.domain.pause import Pause
from bot.domain.progress import Progress
from bot.views import extras, words
from bot.views.checkin import entry_words, undo_button
from bot.views.extras import Extra
from bot.views.focus import say_focus_briefly
from bot.views.horizon import say_next_briefly
from bot.views.this_week import say_standings, this_week
from bot.views.welcome import HOW_IT_WORKS, SET_ME_UP

MOST_GROUPS = 4
"""Groups with a line of their own; the others are in a list to pick from."""

MAX_PICKS = 25
MAX_LABEL_CHARACTERS = 34
LAST_CHECKINS = 3
START = Button("Start a group", "group start", opens_form=True)
LOG = (Button("Log 30 min", "checkin", {"time": "30m"}), Button("Log 1 h", "checkin", {"time": "60m"}))
"""Check-ins of one press."""

SETTINGS = Menu(
    "Settings",
    (
        Button("Goal", "goal"),
        Button("Time zone", "timezone", opens_form=True),
        Button("Reminders", "reminders"),
        Button("Why I do this", "why", opens_form=True),
        Button("My data", "guide", {"subject": "Your data"}),
        Button("How it works", "guide"),
    ),
)


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """A group that anybody of the server may join: its name, its channel's, and the words by which that is named."""

    name: str
    channel_name: str
    words: str


@dataclass(frozen=True, slots=True)
class HomeDetails:
    """A person who has joined a group or checked in, with their newest check-ins, the newest first.

    `is_new` says that they have logged nothing at all; `away` is the pause that covers today, `partner` a word on a
    partner.
    """

    progress: Progress
    at: datetime
    today: date
    is_new: bool
    is_set_up: bool
    is_in_group: bool
    is_timed: bool
    newest: Sequence[Checkin]
    focus: Focus | None
    away: Pause | None
    partner: Extra | None = None


def first(goal: int, groups: Sequence[OpenGroup], *, may_start: bool) -> Card:
    """Tell somebody new what this is, and offer the groups that they can join: names, no numbers; `goal` in minutes."""
    blocks: list[Block] = [Line((sentence,)) for sentence in words.promise_in_two(goal)]
    for group in groups[:MOST_GROUPS]:
        blocks.append(Line((Bold(group.name), f" in #{group.channel_name}")))
        blocks.append(Actions((_join("Join", group),)))
    others = groups[MOST_GROUPS:][:MAX_PICKS]
    if others:
        named = (_join(cut(f"{group.name} in #{group.channel_name}", MAX_LABEL_CHARACTERS), group) for group in others)
        blocks.append(Menu("Join another group", tuple(named)))
    starts = (START,) if may_start else ()
    return Card("Ten Hours", (*blocks, Actions((*starts, words.plain(words.CHECK_IN), HOW_IT_WORKS))))


def later(details: HomeDetails) -> Card:
    """Show this week, streak and what is next; then the newest check-ins, and the ways on."""
    progress = details.progress
    if details.is_new:
        begins = "Your week, streak and hours will stand here. They begin with your first check-in."
        blocks: list[Block] = [Line((begins,))]
    else:
        blocks = [*this_week(progress, details.at), *say_standings(progress), *_say_next(details)]
    if details.partner is not None:
        blocks.append(Line(details.partner.text))
        blocks += [Actions((details.partner.button,))] if details.partner.button else []
    is_beginner = progress.person.first_week in (None, progress.current)
    offers = (SET_ME_UP,) if is_beginner and not details.is_set_up else ()
    blocks.append(Actions((words.CHECK_IN, *LOG, *offers)))
    for checkin in details.newest[:LAST_CHECKINS]:
        logged = entry_words(checkin.entry, details.today, with_today=True)
        blocks += [Line((logged,)), Actions((undo_button(checkin),))]
    title = "Ten Hours" if details.is_new else f"Your week · {progress.current}"
    return Card(title, (*blocks, Actions(tuple(_ways_on(details))), SETTINGS))


def _join(label: str, group: OpenGroup) -> Button:
    return Button(label, "group join", {"channel": group.words})


def _ways_on(details: HomeDetails) -> Iterable[Button]:
    if details.is_in_group:
        yield Button("Leaderboard", "leaderboard")
    yield Button("Stop timer", "timer stop") if details.is_timed else Button("Timer", "timer start")
    yield Button("Journal", "journal")
    yield Button("Progress", "progress")
    yield Button("Away", "pause", opens_form=details.away is None)


def _say_next(details: HomeDetails) -> list[Block]:
    """Return what is next in one line: the last week while it is open, a pause, the focus, else the road."""
    progress = details.progress
    if progress.last_open is not None:
        return [Line((extras.say_last_week(progress, details.at),))]
    if details.away is not None:
        return [Line((f"Away until {say_day(details.away.until_day, details.today)}.",))]
    if details.focus is not None:
        return [Line((f"Focus: {say_focus_briefly(details.focus)}",))]
    return [Line((f"In all: {say_next_briefly(progress.person.total_minutes, progress.goal)}",))]
