"""A person's own reminders as they are set, and the answers to the buttons that scheduled posts carry."""

from dataclasses import dataclass
from datetime import datetime

from bot.chat.card import Actions, Block, Button, Card, Fact, Facts, Line, Note, Quote, Style, Tone
from bot.chat.text import Bold, Text, Timestamp
from bot.domain import schedule as moments
from bot.domain.coming_reminder import Obstacle
from bot.domain.duration import HOUR
from bot.domain.group import Group
from bot.domain.person import Person
from bot.domain.progress import Progress
from bot.domain.reminder import LAST_CALL_WITHIN_MINUTES, RULES, ReminderKind, ReminderRoute
from bot.domain.scheduled import PersonSchedule
from bot.domain.week import Week
from bot.views import weeks, words
from bot.views.extras import log_for
from bot.views.posts import REMIND_WEEKLY
from bot.views.recall import switch_button

WHERE = {ReminderRoute.DIRECT: "Privately", ReminderRoute.CHANNEL: "In the channel", ReminderRoute.OFF: "Off"}
ABOUT = {
    ReminderKind.NUDGE: ("Nudge", "with nothing logged yet"),
    ReminderKind.LAST_CALL: ("Last call", f"with {LAST_CALL_WITHIN_MINUTES // HOUR} h or less to go"),
    ReminderKind.FRESH_START: ("Fresh start", "after two short weeks"),
}
SAY_OBSTACLE = {
    Obstacle.UNKNOWN: "They begin once you join a group or check in.",
    Obstacle.RESTING: "You haven't logged for four weeks, so they rest. A check-in wakes them.",
}


@dataclass(frozen=True, slots=True)
class ReminderSettings:
    """The reminders of a person: in the channel of `group`, unless hidden there, or directly, on `platform`.

    `coming` is when the next one can come, or what keeps all of them away; None where none is switched on.
    """

    how: ReminderRoute
    group: Group | None
    platform: str
    rules: dict[ReminderKind, PersonSchedule]
    person: Person
    is_hidden: bool
    coming: datetime | Obstacle | None
    is_recall_on: bool = True


def reminders(settings: ReminderSettings, *, is_changed: bool) -> Card:
    """Show where reminders come, when and why each comes, when the next one does, and the ways to change it."""
    facts = tuple(Fact(name, (_say_when(settings, kind),)) for kind, (name, _) in ABOUT.items())
    blocks: list[Block] = [Line(_say_where(settings)), Facts(facts)]
    is_on = settings.how is not ReminderRoute.OFF
    if is_on and isinstance(settings.coming, datetime):
        blocks.append(Line(("Next, if you need it: ", Timestamp(settings.coming, settings.person.zone_name), ".")))
    if is_on and isinstance(settings.coming, Obstacle):
        blocks.append(Line((SAY_OBSTACLE[settings.coming],)))
    blocks.append(Line((f"Recall of old notes is {'on' if settings.is_recall_on else 'off'}.",)))
    note = words.zone_note(settings.person)
    blocks += [note] if note else []
    choices = tuple(
        Button(label, "reminders", {"how": how.value, "replace": "yes"})
        for how, label in WHERE.items()
        if how is not settings.how
    )
    times = Button("Change times…", "set reminders", style=Style.PRIMARY, opens_form=True)
    buttons = Actions((times, *choices, switch_button(is_on=settings.is_recall_on)))
    return Card("", (*blocks, buttons), Tone.GOOD if is_changed else Tone.NEUTRAL)


def intending(group: Group, week: Week, current: Week, count: int, plan: str | None, how: ReminderRoute) -> Card:
    """Confirm that a member is in this week, with how many are, and their plan, which only they see."""
    when = "this week" if week == current else f"for {week}"
    more = count - 1
    so_are = "is one other" if more == 1 else f"are {more:,} others"
    others = f" So {so_are} of {group.name}." if more > 0 else ""
    blocks: list[Block] = [Line((f"You're in {when}.{others}",))]
    if plan:
        blocks.append(Quote(plan))
    if plan and how is ReminderRoute.DIRECT:
        blocks.append(Note(("Only you see this; your last call brings it up.",)))
    if plan and how is ReminderRoute.CHANNEL:
        blocks.append(Note(("Only you see this; your last call comes in the channel, without it.",)))
    buttons = (words.CHECK_IN, REMIND_WEEKLY) if how is ReminderRoute.OFF else (words.CHECK_IN,)
    return Card("", (*blocks, Actions(buttons)), Tone.GOOD)


def snoozed(due_at: datetime, person: Person, now: datetime) -> Card:
    """Say when the reminder comes again."""
    text = f"I'll remind you again {say_moment(due_at, person, now)}, unless you've studied by then."
    return Card("", (Line((text,)), Actions((words.CHECK_IN,))), Tone.GOOD)


def snoozed_before() -> Card:
    """Refuse to let a reminder come a third time."""
    return words.done("It came again already, as you asked. Once is enough.", Actions((words.CHECK_IN,)))


def asked(due_at: datetime, week: Week, progress: Progress, now: datetime, *, is_reminded: bool) -> Card:
    """Say when somebody is reminded who asked for it, and offer to remind them each week unless they are."""
    text = f"I'll remind you {say_moment(due_at, progress.person, now)}."
    if progress.person.today(due_at) > week.sunday:
        text = f"{text} You can log this week {weeks.say_until(progress.record.deadline(week), now)}."
    buttons = (words.CHECK_IN,) if is_reminded else (words.CHECK_IN, REMIND_WEEKLY)
    return Card("", (Line((text,)), Actions(buttons)), Tone.GOOD)


def week_over(week: Week, progress: Progress, now: datetime, *, is_reminded: bool) -> Card:
    """Say to who asks to be reminded of a week that is over for them that it can still be logged, and until when."""
    ended = "at midnight" if progress.person.today(now) == week.plus(1).monday else "on Sunday night"
    until = weeks.say_until(progress.record.deadline(week), now)
    text = f"Your week ended {ended}. Anything left to log? You have {until}."
    log = Button("Log for last week", "checkin", log_for(week).options, Style.PRIMARY, opens_form=True)
    return Card("", (Line((text,)), Actions((log,) if is_reminded else (log, REMIND_WEEKLY))))


def week_closed(*, is_reminded: bool) -> Card:
    """Say that nothing can be done any more for the week of a post."""
    buttons = (words.CHECK_IN,) if is_reminded else (words.CHECK_IN, REMIND_WEEKLY)
    return Card("", (Line(("That week has closed for you. This one is open.",)), Actions(buttons)))


def kept_already(*, is_this_week: bool) -> Card:
    """Say that there is nothing to be reminded of."""
    which = "this week" if is_this_week else "that week"
    return words.done(f"You've kept {which} ✓ Nothing left to remind you of.")


def away_now() -> Card:
    """Say to who is away that they are not reminded, and what would change that."""
    line = Line(("You're away this week, so nothing can break and I won't remind you.",))
    return Card("", (line, Actions((Button("I'm back", "resume"),))))


def resting() -> Card:
    """Say to who rests what wakes their reminders."""
    line = Line(("You haven't logged for four weeks, so reminders rest. A check-in wakes them.",))
    return Card("", (line, Actions((words.CHECK_IN,))))


def join_first(group: Group) -> Card:
    """Say to who is in no group yet how they come to be reminded."""
    join = Button("Join", "group join", style=Style.PRIMARY)
    return Card("", (Line(("Join ", Bold(group.name), ", and I can remind you.")), Actions((join,))))


def no_weeks_yet() -> Card:
    """Say to who has never checked in that there is no week of theirs to be reminded of tonight."""
    line = Line(("It's late for today, and your weeks begin with your first check-in.",))
    return Card("", (line, Actions((words.CHECK_IN,))))


def more(kind: ReminderKind, later: Button) -> Card:
    """Show what else can be done about a reminder; a fresh start has no room for *Check in* and *Later*."""
    away = Button("I'm away", "pause", opens_form=True)
    stop = Button("Stop reminders", "reminders", {"how": ReminderRoute.OFF.value})
    if kind is ReminderKind.FRESH_START:
        buttons: tuple[Button, ...] = (words.CHECK_IN, later, away, stop)
    else:
        buttons = (away, Button("Change times…", "set reminders", opens_form=True), stop)
    line = "What would help?"
    return Card("", (Line((line,)), Actions(buttons)))


def say_moment(at: datetime, person: Person, now: datetime) -> str:
    """Return `today at 19:00`, `tomorrow at 8:00`, `on Sunday at 19:00`, as the person reads it."""
    local, today = at.astimezone(person.zone), person.today(now)
    days = (local.date() - today).days
    day = ("today", "tomorrow")[days] if 0 <= days <= 1 else f"on {local:%A}"
    return f"{day} at {local.hour}:{local:%M}"


def _say_where(settings: ReminderSettings) -> Text:
    platform, group = settings.platform.capitalize(), settings.group
    if settings.how is ReminderRoute.DIRECT:
        return (f"I remind you privately, on {platform}.",)
    if settings.how is ReminderRoute.CHANNEL and group is not None and settings.is_hidden:
        return ("You're hidden in ", Bold(group.name), f", so I remind you privately, on {platform}.")
    if settings.how is ReminderRoute.CHANNEL and group is not None:
        return ("I remind you by name in the channel of ", Bold(group.name), ".")
    return ("Reminders are off. These are the ones you could have:",)


def _say_when(settings: ReminderSettings, kind: ReminderKind) -> str:
    rule = settings.rules.get(kind)
    if rule is not None and not rule.is_on:
        return "off"
    moment = moments.Moment.of_key(rule.moment) if rule and rule.moment else RULES[kind].moment
    return f"{words.say_moment(moment)}, {ABOUT[kind][1]}"
