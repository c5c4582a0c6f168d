"""A person's own reminders as they are set, and the answers to the buttons that scheduled posts carry."""

from dataclasses import dataclass
from datetime import datetime

from bot.chat.card import Actions, Block, Button, Card, Fact, Facts, Line, Note, Quote, Style, Tone
from bot.chat.text import Text, Timestamp
from bot.domain import schedule as moments
from bot.domain.duration import say
from bot.domain.group import Group
from bot.domain.person import Person
from bot.domain.reminder import LAST_CALL_WITHIN_MINUTES, RULES, ReminderKind, ReminderRoute
from bot.domain.scheduled import PersonSchedule
from bot.domain.week import Week
from bot.views import words
from bot.views.posts import REMIND_ME

WHERE = {ReminderRoute.DIRECT: "Directly", ReminderRoute.CHANNEL: "In the channel", ReminderRoute.OFF: "Off"}
ABOUT = {
    ReminderKind.NUDGE: ("Nudge", "if nothing is logged yet"),
    ReminderKind.LAST_CALL: ("Last call", f"if {say(LAST_CALL_WITHIN_MINUTES)} or less are missing"),
    ReminderKind.FRESH_START: ("Fresh start", "after two missed weeks"),
}


@dataclass(frozen=True, slots=True)
class ReminderSettings:
    """The reminders of a person: in the channel of `group`, unless hidden there, or directly, on `platform`."""

    how: ReminderRoute
    group: Group | None
    platform: str
    rules: dict[ReminderKind, PersonSchedule]
    person: Person
    is_hidden: bool


def reminders(settings: ReminderSettings, *, is_changed: bool) -> Card:
    """Show where reminders come, when each comes next, and the ways to change it."""
    facts = tuple(Fact(ABOUT[kind][0], _say_when(settings, kind)) for kind in ABOUT)
    blocks: list[Block] = [Line((_say_where(settings),)), Facts(facts)]
    if settings.how is not ReminderRoute.OFF:
        blocks.append(Note(("Who has kept the week, is away or rests is never reminded.",)))
    note = words.zone_note(settings.person)
    blocks += [note] if note else []
    choices = tuple(
        Button(label, "reminders", {"how": how.value, "replace": "yes"})
        for how, label in WHERE.items()
        if how is not settings.how
    )
    times = Button("Change times…", "set reminders", style=Style.PRIMARY, opens_form=True)
    return Card("Your reminders", (*blocks, Actions((times, *choices))), Tone.GOOD if is_changed else Tone.NEUTRAL)


def intending(group: Group, week: Week, count: int, plan: str | None, how: ReminderRoute) -> Card:
    """Confirm that a member is in this week, with how many are, and their plan, which only they see."""
    blocks: list[Block] = []
    if count > 1:
        blocks.append(Line((f"{count} of {group.name} are in for {week}.",)))
    if plan:
        blocks.append(Quote(plan))
    if plan and how is ReminderRoute.DIRECT:
        blocks.append(Note(("Your last call will quote this.",)))
    if plan and how is ReminderRoute.CHANNEL:
        blocks.append(Note(("Your last call comes in the channel and doesn't show this.",)))
    buttons = (words.CHECK_IN, REMIND_ME) if how is ReminderRoute.OFF else (words.CHECK_IN,)
    return Card("You are in this week", (*blocks, Actions(buttons)), Tone.GOOD)


def snoozed(due_at: datetime, zone_name: str) -> Card:
    """Say when the snoozed reminder comes again."""
    text: Text = ("Until ", Timestamp(due_at, zone_name), " then, unless you have studied by that time.")
    return Card("", (Line(text), Actions((words.CHECK_IN,))), Tone.GOOD)


def snoozed_before() -> Card:
    """Refuse to snooze a reminder a second time."""
    return words.done("You have snoozed this one already; once is what it takes.", Actions((words.CHECK_IN,)))


def _say_where(settings: ReminderSettings) -> str:
    if settings.how is ReminderRoute.DIRECT:
        return f"You are reminded directly, on {settings.platform.capitalize()}."
    if settings.how is ReminderRoute.CHANNEL and settings.group is not None and settings.is_hidden:
        where = settings.platform.capitalize()
        return f"You are hidden in {settings.group.name}, so you are reminded directly, on {where}, while that lasts."
    if settings.how is ReminderRoute.CHANNEL and settings.group is not None:
        return f"You are reminded in the channel of {settings.group.name}, by name."
    return "Off: nobody is reminded unless they ask for it."


def _say_when(settings: ReminderSettings, kind: ReminderKind) -> Text:
    rule = settings.rules.get(kind)
    if rule is not None and not rule.is_on:
        return ("off",)
    moment = moments.Moment.of_key(rule.moment) if rule and rule.moment else RULES[kind].moment
    rhythm = f"{moment}, {ABOUT[kind][1]}"
    if rule is None or rule.due_at is None:
        return (rhythm,)
    return (f"{rhythm}; next ", Timestamp(rule.due_at, settings.person.zone_name))
