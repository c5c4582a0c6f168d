"""`progress`: where somebody stands, in one card."""

from bot.chat.card import Actions
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Audience, Reply
from bot.commands.areas import covered
from bot.commands.shared.audience import audience, may_show, show_everyone
from bot.commands.shared.handler import Command
from bot.commands.shared.member_lookup import find_member
from bot.commands.shared.options import EVERYONE, MEMBER
from bot.context import Context
from bot.domain.group import Group
from bot.domain.person import Person
from bot.domain.week import Week
from bot.store import focuses, people, totals
from bot.store import progress as stored_progress
from bot.views import progress as view
from bot.views import words

SPEC = Spec(
    "progress",
    "this week, streak, weeks kept, areas, focus and horizon",
    (MEMBER, EVERYONE),
    group="Where you stand",
    is_read_only=True,
    examples=("/progress", "/progress @bo"),
    also="stats stat status me today week mine",
)


def run(context: Context, given: Given) -> Answer:
    """One's own card, or of another member what all may see."""
    asked = given[MEMBER]
    if asked is not None:
        group = context.own_group()
        person = find_member(context, group, asked)
        if person.id != context.person.id:
            return _other(context, given, group, person)
    return _own(context, given)


def _own(context: Context, given: Given) -> Answer:
    shown_to = audience(context, given)
    share = (words.show_everyone("progress", {}),) if may_show(context) else ()
    is_public = shown_to is Audience.PUBLIC
    return Reply(view.own(_details(context), (Actions((words.CHECK_IN, *share)),), is_public=is_public), shown_to)


def _other(context: Context, given: Given, group: Group, person: Person) -> Answer:
    shown_to = audience(context, given, group)
    options = {"member": given.raw["member"]}
    share = () if shown_to is Audience.PUBLIC else show_everyone(context, "progress", options, group)
    return Reply(view.other(stored_progress.of_person(context.tx, person.id, context.now), share), shown_to)


def _details(context: Context) -> view.ProgressDetails:
    week = Week.of(context.today)
    days = totals.days(context.tx, context.person.id, week.monday, week.sunday)
    times, waiting = covered(context)
    pauses = people.pauses(context.tx, context.person.id, context.today)
    return view.ProgressDetails(
        stored_progress.of_person(context.tx, context.person.id, context.now),
        context.now,
        context.today,
        tuple(days[day].minutes if day in days else 0 for day in week.days()),
        [each for each in times if each.minutes],
        waiting,
        focuses.current(context.tx, context.person.id),
        max(
            (pause for pause in pauses if pause.covers(context.today)), key=lambda pause: pause.until_day, default=None
        ),
    )


COMMAND = Command(SPEC, run)
