"""`focus finish`: bring a focus to its end by explaining it from first principles; the group hears of it if wanted."""

from msgspec.structs import replace

from bot.chat.command import Given, Option, OptionKind, Reading, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.focus_options import DONE, FOCUS, HOURS, START_EXAMPLE, TITLE, find_focus
from bot.commands.shared.handler import Command
from bot.context import Context
from bot.domain.focus import (
    EXPLANATION_LIMIT,
    LINK_EXAMPLE,
    LINK_LIMIT,
    Focus,
    read_explanation,
    read_link,
)
from bot.errors import Refused
from bot.store import focuses
from bot.views import focus as view


def _read_explanation(text: str, _reading: Reading) -> str:
    return read_explanation(text)


def _read_link(text: str, _reading: Reading) -> str:
    return read_link(text)


EXPLANATION = Option(
    "explanation",
    OptionKind.LONG,
    "explain it from first principles",
    _read_explanation,
    hint="A matrix is what a linear map looks like in a basis: …",
    longest=EXPLANATION_LIMIT,
    is_required=True,
    question="How do you explain it from first principles?",
    description="In your own words, without notes. It's yours until you tell the group.",
)
LINK = Option(
    "link",
    OptionKind.TEXT,
    "a link, if there is one",
    _read_link,
    hint=LINK_EXAMPLE,
    longest=LINK_LIMIT,
    question="Is there a link to it?",
    description="It stands beside what you explained.",
)
NEXT = tuple(
    replace(option, name=f"next_{option.name}", is_required=False, is_hidden=True, is_in_form=False)
    for option in (TITLE, HOURS, DONE)
)
"""The plan of the focus that was about to start when this one was to be finished first."""
NEXT_NAMES = tuple(option.name for option in NEXT)

SPEC = Spec(
    "focus finish",
    "finish your focus by explaining it from first principles",
    (EXPLANATION, LINK, FOCUS, *NEXT),
    group="Your promise",
    title="Finish your focus",
    submit="Finish",
    examples=("/focus finish", "/focus finish A matrix is what a linear map looks like in a basis: …"),
    also="done stop complete",
)


def run(context: Context, given: Given) -> Answer:
    """Save the explanation; a focus cannot be finished twice."""
    running = _find_running(context, given)
    finished = focuses.finish(context.tx, running.id, given.need(EXPLANATION), given[LINK], context.now)
    assert finished is not None
    next_plan = {name.removeprefix("next_"): given.raw[name] for name in NEXT_NAMES if name in given.raw}
    return Reply(view.finished(finished, context.person, context.now, next_plan, may_tell=_may_tell(context)))


def prefill(context: Context, raw: dict[str, str]) -> dict[str, str]:
    """Return nothing but the focus that the form is about."""
    given = Given({FOCUS.name: raw[FOCUS.name]} if raw.get(FOCUS.name) else {}, raw)
    return {FOCUS.name: str(_find_running(context, given).number)}


def _find_running(context: Context, given: Given) -> Focus:
    """Return the focus that runs. Raises `Refused` if there is none, or the one that is named has ended."""
    named = find_focus(context, given)
    if named is not None and named.outcome is not None:
        raise Refused(f"“{named.title}” is {named.outcome} already.", "/focus list")
    running = named or focuses.find_current(context.tx, context.person.id)
    if running is None:
        raise Refused("You have no focus to finish. Start one first.", START_EXAMPLE)
    return running


def _may_tell(context: Context) -> bool:
    """Return True if there is a group that may hear of it: the channel's, elsewhere any of the person's own."""
    here = context.group
    return any(
        not member.is_hidden and not group.asleep and (here is None or group.id == here.id)
        for group, member in context.own_groups()
    )


COMMAND = Command(SPEC, run, prefill)
