"""*I'm in this week*: a promise for the week, with a plan perhaps; only how many are in is shown to others."""

from bot.chat.command import Given, Option, OptionKind, Reading, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.group_options import GROUP
from bot.commands.shared.handler import Command
from bot.commands.shared.options import hidden_option
from bot.context import Context
from bot.domain.group import PLAN_LIMIT, Group
from bot.domain.names import read_text
from bot.domain.reminder import ReminderRoute
from bot.domain.week import Week
from bot.store import groups, reminders
from bot.views import reminders as view


def _read_plan(text: str, _reading: Reading) -> str:
    return read_text(text, PLAN_LIMIT, "plan", multiline=True)


PLAN = Option(
    "plan",
    OptionKind.LONG,
    "how you plan to do it",
    _read_plan,
    hint="a little every day, before work",
    longest=PLAN_LIMIT,
    question="How do you plan to do it?",
    description="Only you see it. Your last call brings it up; your group sees how many are in.",
)

WEEK = hidden_option("week")
"""The Monday of the week that a post was about; without one, the newest that has begun."""

SPEC = Spec(
    "in",
    "say that you're in this week",
    (PLAN, WEEK, GROUP),
    title="I'm in this week",
    submit="I'm in",
    is_button_only=True,
    shows_form=True,
)


def run(context: Context, given: Given) -> Answer:
    """Save the intention; said again, the new plan holds."""
    group = context.require_own_group()
    week = _week(context, group, given[WEEK])
    groups.save_intention(context.tx, group.id, context.person.id, week.monday, given[PLAN] or None, context.now)
    reminder = reminders.find_choice(context.tx, context.person.id)
    how = ReminderRoute.OFF if reminder is None else reminder.how
    count = groups.count_intentions(context.tx, group.id, week.monday)
    current = Week.of(context.today)
    return Reply(view.intending(group, week, current, count, given[PLAN], how))


def prefill(context: Context, raw: dict[str, str]) -> dict[str, str]:
    """Return the plan that the member wrote before."""
    group = context.require_own_group()
    return {
        "plan": groups.find_plan(context.tx, context.person.id, _week(context, group, raw.get(WEEK.name)).monday) or ""
    }


def _week(context: Context, group: Group, monday: str | None) -> Week:
    """Return the week that is meant: the one that a post named, as long as it is not over for the person.

    Else it is the newest that has begun for the group or the person, who may live a day apart.
    """
    newest = max(Week.of(context.now.astimezone(group.zone).date()), Week.of(context.today))
    named = next((week for week in (newest, newest.plus(1)) if monday == week.monday.isoformat()), None)
    return named or newest


COMMAND = Command(SPEC, run, prefill)
