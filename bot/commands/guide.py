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

LONGEST = 40


def _read_name(text: str, _reading: Reading) -> str:
    return clean(text, LONGEST).casefold().removeprefix("/")


COMMAND_NAME = Option("command", OptionKind.TEXT, "which command", _read_name, hint="checkin", longest=LONGEST)

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
    """The overview, or one command; of two words, the first may stand for all that begin with it."""
    name = given[COMMAND_NAME]
    if not name:
        return Reply(view.overview(context.specs.values(), _version()))
    specs = {name: spec for name, spec in context.specs.items() if not spec.is_button_only}
    found = specs.get(name)
    if found is None:
        begin = [spec for each, spec in specs.items() if each.startswith(f"{name} ")]
        if begin:
            return Reply(view.several(name, begin))
        near = get_close_matches(name[:LONGEST], specs, 1, 0.5) or ["checkin"]
        raise Refused(f"There is no command {quoted(name)}.", f"/guide {near[0]}")
    return Reply(view.of_command(found))


@cache
def _version() -> str:
    try:
        return metadata.version("tenhours")
    except metadata.PackageNotFoundError:
        return ""


COMMAND = Command(SPEC, run)
