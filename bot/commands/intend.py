"""*I'm in this week*: a promise for the week, with a plan perhaps; only how many are in is shown to others."""

from bot.chat.command import Given, Kind, Option, Reading, Spec
from bot.chat.request import Answer, Reply
from bot.commands.group_options import GROUP
from bot.commands.turn import Command, Turn
from bot.domain.group import PLAN_LIMIT, Group
from bot.domain.names import read_text
from bot.domain.reminder import How
from bot.domain.week import Week
from bot.store import groups, personal
from bot.views import reminders as view


def _read_plan(text: str, _reading: Reading) -> str:
    return read_text(text, PLAN_LIMIT, "plan", multiline=True)


PLAN = Option(
    "plan",
    Kind.LONG,
    "when and where you will study",
    _read_plan,
    hint="Tue and Thu evening in the library; only you see it",
    longest=PLAN_LIMIT,
)

SPEC = Spec(
    "in",
    "say that you are in this week",
    (PLAN, GROUP),
    title="I'm in this week",
    submit="I'm in",
    is_button_only=True,
    shows_form=True,
)


def run(turn: Turn, given: Given) -> Answer:
    """Keep the intention; said again, the new plan holds."""
    group = turn.own_group()
    week = _week(turn, group)
    groups.intend(turn.tx, group.id, turn.person.id, week.monday, given[PLAN] or None, turn.now)
    chosen = personal.reminders(turn.tx, turn.person.id)
    how = How.OFF if chosen is None else chosen.how
    count = groups.intentions(turn.tx, group.id, week.monday)
    return Reply(view.intending(group, week, count, given[PLAN], how))


def prefill(turn: Turn, _raw: dict[str, str]) -> dict[str, str]:
    """The plan that they wrote before, for members."""
    group = turn.own_group()
    return {"plan": groups.plan(turn.tx, turn.person.id, _week(turn, group).monday) or ""}


def _week(turn: Turn, group: Group) -> Week:
    """The newest week that has begun for the group or the person, who may live a day apart."""
    return max(Week.of(turn.now.astimezone(group.zone).date()), Week.of(turn.today))


COMMAND = Command(SPEC, run, prefill)
