"""`focus start`: pick one thing; while another one runs, finishing it or setting it aside comes first."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.focus_options import DONE, FOCUS, HOURS, START_EXAMPLE, TITLE, find_focus
from bot.commands.shared.handler import Command
from bot.context import Answered, Context
from bot.domain.focus import Focus, FocusPlan
from bot.domain.goal import goal_in
from bot.domain.week import Week
from bot.errors import Refused
from bot.store import focuses, people
from bot.views import focus as view

SPEC = Spec(
    "focus start",
    "pick the one thing to study now",
    (TITLE, HOURS, DONE, FOCUS),
    group="Your promise",
    title="Start a focus",
    submit="Start",
    examples=(START_EXAMPLE, "/focus start Goodfellow's book hours: 120 done: I can explain each chapter"),
)


def run(context: Context, given: Given) -> Answer:
    """Start it; while another one runs, ask what is to become of that one, unless a button has said so."""
    in_place = context.request.via is Via.BUTTON and given[FOCUS] is not None
    plan = FocusPlan(given.need(TITLE), given[HOURS], given[DONE])
    running = focuses.find_current(context.tx, context.person.id)
    if running is not None and running.plan == plan:
        raise Refused(f"“{running.title}” is your focus already.", "/checkin 45m")
    set_aside = _set_aside(context, given, running)
    started = focuses.start(context.tx, context.person.id, plan, context.now)
    if started is None:
        assert running is not None
        return Reply(view.occupied(running, context.person, context.now, given.raw), in_place=in_place)
    goal = goal_in(people.list_goals(context.tx, context.person.id), Week.of(context.today))
    return Reply(view.started(started, goal, set_aside), in_place=in_place)


def prefill(context: Context, raw: dict[str, str]) -> dict[str, str]:
    """Leave the form empty. Raises `Answered` while another focus runs that nobody has decided about."""
    running = focuses.find_current(context.tx, context.person.id)
    if running is not None and raw.get(FOCUS.name) != str(running.number):
        raise Answered(Reply(view.occupied(running, context.person, context.now, raw)))
    return {}


def _set_aside(context: Context, given: Given, running: Focus | None) -> Focus | None:
    """Set the running focus aside where a button or a form named it; one that has ended since is left as it is."""
    named = find_focus(context, given)
    if running is None or named is None or named.id != running.id:
        return None
    return focuses.set_aside(context.tx, running.id, context.now)


COMMAND = Command(SPEC, run, prefill)
