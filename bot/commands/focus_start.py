"""`focus start`: pick one thing; while another one runs, finishing it or setting it aside comes first."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.focus_options import DONE, FOCUS, HOURS, START_EXAMPLE, TITLE, named
from bot.commands.turn import Answered, Command, Turn
from bot.domain.focus import Focus, Plan
from bot.domain.goal import goal_in
from bot.domain.week import Week
from bot.errors import Refused
from bot.store import focuses, people
from bot.views import focus as view

SPEC = Spec(
    "focus start",
    "pick the one thing that you study now",
    (TITLE, HOURS, DONE, FOCUS),
    group="Your promise",
    title="Start a focus",
    submit="Start",
    examples=(START_EXAMPLE, "/focus start Goodfellow's book hours: 120 done: I can explain each chapter"),
)


def run(turn: Turn, given: Given) -> Answer:
    """Start it; while another one runs, ask what is to become of that one, unless a button has said so."""
    in_place = turn.request.via is Via.BUTTON and given[FOCUS] is not None
    plan = Plan(given.need(TITLE), given[HOURS], given[DONE])
    running = focuses.current(turn.tx, turn.person.id)
    if running is not None and running.plan == plan:
        raise Refused(f"“{running.title}” is your focus already.", "/checkin 45m")
    aside = _set_aside(turn, given, running)
    started = focuses.start(turn.tx, turn.person.id, plan, turn.now)
    if started is None:
        assert running is not None
        return Reply(view.occupied(running, turn.person, turn.now, given.raw), in_place=in_place)
    goal = goal_in(people.goals(turn.tx, turn.person.id), Week.of(turn.today))
    return Reply(view.started(started, goal, aside), in_place=in_place)


def prefill(turn: Turn, raw: dict[str, str]) -> dict[str, str]:
    """An empty form, unless another focus runs that nobody has decided about."""
    running = focuses.current(turn.tx, turn.person.id)
    if running is not None and raw.get(FOCUS.name) != str(running.number):
        raise Answered(Reply(view.occupied(running, turn.person, turn.now, raw)))
    return {}


def _set_aside(turn: Turn, given: Given, running: Focus | None) -> Focus | None:
    """Set the running focus aside where a button or a form named it; one that has ended since is left as it is."""
    meant = named(turn, given)
    if running is None or meant is None or meant.id != running.id:
        return None
    return focuses.set_aside(turn.tx, running.id, turn.now)


COMMAND = Command(SPEC, run, prefill)
