"""`guide`: help, made from the definitions of all commands."""

from difflib import get_close_matches
from functools import cache
from importlib import metadata

from bot.chat.command import Given, Option, OptionKind, Reading, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command
from bot.context import Context
from bot.domain.names import clean, quoted
from bot.errors import Refused
from bot.views import guide as view

LONGEST_NAME = 40


def _read_name(text: str, _reading: Reading) -> str:
    return clean(text, LONGEST_NAME).casefold().removeprefix("/")


COMMAND_NAME = Option("command", OptionKind.TEXT, "which command", _read_name, hint="checkin", longest=LONGEST_NAME)

SPEC = Spec(
    "guide",
    "how all this works, or one command",
    (COMMAND_NAME,),
    group="Help",
    is_read_only=True,
    examples=("/guide", "/guide checkin"),
    also="start commands info about",
)


def run(context: Context, given: Given) -> Answer:
    """Show the overview, or one command; of two words, the first may stand for all that begin with it."""
    name = given[COMMAND_NAME]
    if not name:
        return Reply(view.overview(context.specs.values(), _version()))
    specs = {name: spec for name, spec in context.specs.items() if not spec.is_button_only}
    if name not in specs:
        subcommands = [spec for full_name, spec in specs.items() if full_name.startswith(f"{name} ")]
        if subcommands:
            return Reply(view.several(name, subcommands))
        near = get_close_matches(name[:LONGEST_NAME], specs, 1, 0.5) or ["checkin"]
        raise Refused(f"There is no command {quoted(name)}.", f"/guide {near[0]}")
    return Reply(view.of_command(specs[name]))


@cache
def _version() -> str:
    try:
        return metadata.version("tenhours")
    except metadata.PackageNotFoundError:
        return ""


COMMAND = Command(SPEC, run)
