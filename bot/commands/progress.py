"""`progress`: where somebody stands, in one card."""

from bot.chat.card import Actions
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Audience, Reply
from bot.commands.areas import covered
from bot.commands.options import EVERYONE, MEMBER
from bot.commands.seeking import find_member
from bot.commands.showing import audience, may_show, show_everyone
from bot.commands.turn import Command, Turn
from bot.domain.group import Group
from bot.domain.person import Person
from bot.domain.week import Week
from bot.store import focuses, people, standing, totals
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


def run(turn: Turn, given: Given) -> Answer:
    """One's own card, or of another member what all may see."""
    asked = given[MEMBER]
    if asked is not None:
        group = turn.own_group()
        person = find_member(turn, group, asked)
        if person.id != turn.person.id:
            return _other(turn, given, group, person)
    return _own(turn, given)


def _own(turn: Turn, given: Given) -> Answer:
    shown_to = audience(turn, given)
    share = (words.show_everyone("progress", {}),) if may_show(turn) else ()
    is_public = shown_to is Audience.PUBLIC
    return Reply(view.own(_found(turn), (Actions((words.CHECK_IN, *share)),), is_public=is_public), shown_to)


def _other(turn: Turn, given: Given, group: Group, person: Person) -> Answer:
    shown_to = audience(turn, given, group)
    options = {"member": given.raw["member"]}
    share = () if shown_to is Audience.PUBLIC else show_everyone(turn, "progress", options, group)
    return Reply(view.other(standing.standing(turn.tx, person, turn.now), share), shown_to)


def _found(turn: Turn) -> view.Progress:
    week = Week.of(turn.today)
    days = totals.days(turn.tx, turn.person.id, week.monday, week.sunday)
    times, waiting = covered(turn)
    pauses = people.pauses(turn.tx, turn.person.id, turn.today)
    return view.Progress(
        standing.standing(turn.tx, turn.person, turn.now),
        turn.now,
        turn.today,
        tuple(days[day].minutes if day in days else 0 for day in week.days()),
        [each for each in times if each.minutes],
        waiting,
        focuses.current(turn.tx, turn.person.id),
        max((pause for pause in pauses if pause.covers(turn.today)), key=lambda pause: pause.until_day, default=None),
    )


COMMAND = Command(SPEC, run)
