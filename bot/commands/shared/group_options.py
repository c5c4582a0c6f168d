"""Options that the commands about groups and reminders share, and how each is read."""

from dataclasses import dataclass, replace

from bot.chat.command import Option, OptionKind, Reading
from bot.commands.shared.handler import Command, Prefill
from bot.commands.shared.options import ZONE as OWN_ZONE
from bot.commands.shared.options import hidden
from bot.context import Context
from bot.domain.duration import Minutes
from bot.domain.goal import read_goal
from bot.domain.group import GROUP_NAME_LIMIT
from bot.domain.names import read_text
from bot.domain.reminder import RULES, ReminderKind
from bot.domain.schedule import Moment, read_moment

ON = frozenset({"on", "yes"})
OFF = frozenset({"off", "no", "never", "none"})


@dataclass(frozen=True, slots=True)
class When:
    """What was said of a post by the clock: at which moment (None: as before), or not at all."""

    moment: Moment | None
    is_on: bool


def read_when(text: str, default: Moment) -> When:
    """“sun 15:00”, “off” or “on”; what is left out of a moment is taken from `default`. Raises Refused."""
    word = text.strip().casefold()
    if word in OFF:
        return When(None, is_on=False)
    if word in ON:
        return When(None, is_on=True)
    return When(read_moment(text, default, daily=default.weekday is None), is_on=True)


def when(name: str, post: ReminderKind, summary: str) -> Option[When]:
    """An option that moves or switches one kind of post."""
    usual = RULES[post].moment
    return Option(
        name,
        OptionKind.MOMENT,
        summary,
        lambda text, _: read_when(text, usual),
        hint=f"{usual.key}, or off",
        longest=64,
    )


def _read_name(text: str, _reading: Reading) -> str:
    return read_text(text, GROUP_NAME_LIMIT, "name", required=True)


def _read_goal(text: str, _reading: Reading) -> Minutes:
    return read_goal(text)


def empty_for_organisers(context: Context, _raw: dict[str, str]) -> dict[str, str]:
    """The prefill of a form in which nothing stands yet; raises `NotAllowed` for whoever may not run the group."""
    context.organised_group()
    return {}


def form_behind(command: Command, name: str, prefill: Prefill, *, title: str, submit: str = "Save") -> Command:
    """The form of a command that shows something when it is typed alone: what its *Change* button opens."""
    spec = replace(command.spec, name=name, title=title, submit=submit, shows_form=True, is_button_only=True)
    return Command(spec, command.run, prefill)


NAME = Option(
    "name", OptionKind.TEXT, "what the group is called", _read_name, hint="Study hall", longest=GROUP_NAME_LIMIT
)
ZONE = replace(OWN_ZONE, summary="time zone of its posts", is_required=False)
GOAL = Option("goal", OptionKind.DURATION, "hours a week, for new members", _read_goal, hint="10", longest=64)
GROUP = hidden("group")
REPLACE = hidden("replace")
