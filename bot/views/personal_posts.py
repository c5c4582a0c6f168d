"""Reminders that a person has chosen: private ones, and the one post that names those who chose the channel."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from msgspec import Struct

from bot.chat.card import Actions, Block, Button, Card, Line, Quote, Style
from bot.chat.plain import plain_text
from bot.chat.text import Mention, Text
from bot.domain.duration import HOUR, say
from bot.domain.freeze_news import FreezeNews
from bot.domain.fresh_start import ShortRun
from bot.domain.goal import usual_goal_in
from bot.domain.progress import Progress
from bot.domain.reminder import FRESH_START_AFTER_WEEKS, LAST_CALL_WITHIN_MINUTES, ReminderKind
from bot.domain.streak import Judged
from bot.domain.week import Week
from bot.views import weeks, words
from bot.views.extras import log_for
from bot.views.freeze_news import is_freeze_news, say_freeze_news
from bot.views.goal import week_buttons

HALF_AN_HOUR, QUARTER = HOUR // 2, HOUR // 4


class Reminded(Struct, frozen=True):
    """What a reminder is about: its kind, its week, the reader's day, and the instant at which it was due."""

    kind: ReminderKind
    week: Week
    today: date
    due_at: datetime

    @property
    def is_last_day(self) -> bool:
        """True on the week's Sunday."""
        return self.today == self.week.sunday


@lru_cache(maxsize=128)
def nudge(reminded: Reminded) -> Card:
    """Remind of a week without a check-in; one card serves all who are due together."""
    line = "Nothing logged yet this week. Half an hour today gets it going."
    return Card("", (Line((line,)), _nudge_controls(reminded)))


def last_call(reminded: Reminded, missing: int, plan: str | None) -> Card:
    """Say what is missing, and quote their own plan."""
    blocks: list[Block] = [Line((f"{say(missing)} more keeps this week.",)), *_quote_plan(plan)]
    return Card("", (*blocks, _last_call_controls(reminded, missing)))


def asked(reminded: Reminded, progress: Progress, plan: str | None, at: datetime) -> Card:
    """Remind somebody who asked for it once: what keeps this week, while its last day can still bear that."""
    missing, by = progress.missing, weeks.say_by(progress.record.deadline(progress.current), at)
    if missing <= LAST_CALL_WITHIN_MINUTES:
        said = f"{say(missing)} more keeps this week."
    else:
        said = f"This week ends {_say_end(reminded)}. Already studied? Log it {by}."
    log = log_button(reminded, one_press_minutes(missing))
    return Card("", (Line((said,)), *_quote_plan(plan), Actions((log, _other(reminded)))))


def fresh_start(reminded: Reminded, progress: Progress, run: ShortRun) -> Card:
    """Name a new beginning, with their why and what stays theirs, and offer smaller goals for this week."""
    why = progress.person.why
    which = "The last two weeks" if run.weeks == FRESH_START_AFTER_WEEKS else "The last weeks"
    studied = say(progress.person.total_minutes // HOUR * HOUR or progress.person.total_minutes)
    stays = f"The {studied} you've studied stay yours. " if progress.person.total_minutes else ""
    blocks: list[Block] = [Line((f"{which} didn't work out. This one is new.",)), *((Quote(why),) if why else ())]
    blocks.append(Line((f"{stays}How much is right for this week?",)))
    goals = week_buttons(usual_goal_in(progress.record.goals, progress.current), progress.current)
    return Card("", (*blocks, Actions((*goals, more_button(reminded)))))


def last_week_open(progress: Progress, short: Judged, at: datetime) -> Card:
    """Say that the week that has just ended can still be kept."""
    missing = say(short.facts.goal - short.facts.counted)
    until = weeks.say_until(progress.record.deadline(short.week), at)
    log = Button("Log for last week", "checkin", log_for(short.week).options, Style.PRIMARY, opens_form=True)
    fine = Button("It's fine", "fine", {"week": short.week.monday.isoformat()})
    return Card("", (Line((f"Last week is {missing} short and still open {until}.",)), Actions((log, fine))))


def with_freeze_news(card: Card, news: FreezeNews, progress: Progress) -> Card:
    """Return the card of a private reminder with a word on freezes that were spent."""
    return card.above_controls(Line((say_freeze_news(news, progress),)))


def tells_freeze_news(card: Card) -> bool:
    """Return True for a card that `with_freeze_news` has made."""
    lines = (plain_text(block.text) for block in card.blocks if isinstance(block, Line))
    return any(is_freeze_news(line) for line in lines)


def together(reminded: Reminded, named: Sequence[tuple[str | None, str]]) -> Card:
    """Remind, in one post, those who chose the channel: `named` has user id (None: unknown here) and name of each.

    It has no numbers, plans or notes; each button acts for who presses it.
    """
    names: list[Mention | str] = []
    for user, name in named:
        names += [Mention(user, name) if user else name, ", "]
    if reminded.kind is ReminderKind.NUDGE:
        sentence, controls = "half an hour today gets your week going.", _nudge_controls(reminded)
    else:
        sentence = f"the week ends {_say_end(reminded)} and you're close."
        controls = _last_call_controls(reminded, None)
    text: Text = (*names[:-1], ": ", sentence)
    return Card("", (Line(text), controls))


def one_press_minutes(missing: int | None) -> int:
    """Return how much one press logs: an hour, or less where less is missing; never exactly what is missing."""
    if missing is None or missing > HOUR:
        return HOUR
    return QUARTER if missing == HALF_AN_HOUR else HALF_AN_HOUR


def log_button(reminded: Reminded, minutes: int) -> Button:
    """Return the button that logs so much for the week's last day so far, at one press; the second time it asks."""
    options = {
        "time": f"{minutes}m",
        "week": reminded.week.monday.isoformat(),
        "since": str(int(reminded.due_at.timestamp())),
    }
    return Button(f"Log {say(minutes)}", "quick checkin", options, Style.PRIMARY)


def later_button(kind: ReminderKind, week: Week) -> Button:
    """Return the button by which the reminder comes again; it is for its own week."""
    return Button("Later", "snooze", {"what": kind.value, "week": week.monday.isoformat()})


def more_button(reminded: Reminded) -> Button:
    """Return the button that leads to what else can be done about a reminder."""
    return Button("More", "reminder more", {"what": reminded.kind.value, "week": reminded.week.monday.isoformat()})


def _nudge_controls(reminded: Reminded) -> Actions:
    log, later = log_button(reminded, HALF_AN_HOUR), later_button(reminded.kind, reminded.week)
    return Actions((log, words.plain(words.CHECK_IN), later, more_button(reminded)))


def _last_call_controls(reminded: Reminded, missing: int | None) -> Actions:
    log, later = log_button(reminded, one_press_minutes(missing)), later_button(reminded.kind, reminded.week)
    return Actions((log, _other(reminded), later, more_button(reminded)))


def _other(reminded: Reminded) -> Button:
    """Return the button of the form; on the last day, the form is for that day, whenever it is opened."""
    day = {"day": reminded.week.sunday.isoformat()} if reminded.is_last_day else {}
    return Button("Other…", "checkin", day, opens_form=True)


def _quote_plan(plan: str | None) -> tuple[Block, ...]:
    return (Line(("Your plan was:",)), Quote(plan)) if plan else ()


def _say_end(reminded: Reminded) -> str:
    """Return the end of the week as it is said on the reader's day: `tonight`, `tomorrow night`, `on Sunday night`."""
    return {0: "tonight", 1: "tomorrow night"}.get((reminded.week.sunday - reminded.today).days, "on Sunday night")
