"""`guide`: help, made from the definitions of all commands."""

from difflib import get_close_matches
from functools import cache
from importlib import metadata

from bot.chat.command import Given, Option, OptionKind, Reading, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command, about
from bot.commands.shared.options import hidden_option
from bot.context import Context
from bot.domain.names import clean, quoted
from bot.errors import Offer, Refused, Typed
from bot.views import guide as view

LONGEST_NAME = 40
MOST_NEAR = 3
NEAR = 0.6
"""Likeness of the commands that are offered in the place of one that there is not."""


def _read_name(text: str, _reading: Reading) -> str:
    return clean(text, LONGEST_NAME).casefold().removeprefix("/")


COMMAND_NAME = Option("command", OptionKind.TEXT, "which command", _read_name, hint="checkin", longest=LONGEST_NAME)

SUBJECT = hidden_option("subject")
BACK = hidden_option("back")

SPEC = Spec(
    "guide",
    "how this works, or how to use one command",
    (COMMAND_NAME, SUBJECT, BACK),
    group="Help",
    is_read_only=True,
    examples=("/guide", "/guide checkin"),
    also="start commands info about",
)


def run(context: Context, given: Given) -> Answer:
    """Show the overview, or one command; of two words, the first may stand for all that begin with it."""
    name, subject = given[COMMAND_NAME], given[SUBJECT]
    specs = {name: spec for name, spec in context.specs.items() if not spec.is_button_only}
    if subject:
        return Reply(view.of_subject(subject, _list_of_subject(specs, subject)), in_place=True)
    if not name:
        goal = context.group.goal if context.group is not None else context.defaults.goal
        return Reply(view.overview(specs.values(), goal, _version()), in_place=given[BACK] is not None)
    if name not in specs:
        subcommands = [spec for full_name, spec in specs.items() if full_name.startswith(f"{name} ")]
        if subcommands:
            return Reply(view.several(name, subcommands))
        with about(COMMAND_NAME):
            raise _refuse_name(name, specs)
    return Reply(view.of_command(specs[name]))


def _refuse_name(name: str, specs: dict[str, Spec]) -> Refused:
    """Return the refusal of a command that there is not, with the ones that are spelt much like it."""
    near = get_close_matches(name[:LONGEST_NAME], specs, MOST_NEAR, NEAR)
    if not near:
        return Refused(f"There's no command {quoted(name)}.", "/guide")
    meant = [part for other in near for part in (" or ", Typed(f"/{other}"))][1:]
    sentence = (f"There's no command {quoted(name)}. Did you mean ", *meant, "?")
    return Refused(sentence, offers=[Offer(f"/{other}", other) for other in near])


def _list_of_subject(specs: dict[str, Spec], subject: str) -> list[Spec]:
    """Return the commands of a subject. Raises `Refused` for one that there is not: a button may be old."""
    of_subject = [spec for spec in specs.values() if spec.group == subject]
    if not of_subject:
        raise Refused("There are no commands of that kind any more.", "/guide")
    return of_subject


@cache
def _version() -> str:
    try:
        return metadata.version("tenhours")
    except metadata.PackageNotFoundError:
        return ""


COMMAND = Command(SPEC, run)
