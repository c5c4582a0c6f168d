"""`mydata import`: history from a time tracker's file, looked at first and imported by a button."""

from bot.chat.command import Given
from bot.chat.request import Answer
from bot.commands.shared.handler import Command
from bot.commands.shared.import_specs import BRING_SPEC, CHOOSE_SPEC, LOOK_SPEC, SPEC
from bot.context import Context


def run(context: Context, given: Given) -> Answer:
    """Store the file for a while, and show a preview; nothing is imported yet."""
    from bot.commands.shared import import_file  # noqa: PLC0415 - timesheets are a tenth of all commands to load, and rare

    return import_file.receive(context, given)


def look(context: Context, given: Given) -> Answer:
    """Show a preview of the file that was sent a moment ago, by other choices."""
    from bot.commands.shared import import_file  # noqa: PLC0415

    return import_file.look(context, given, given.raw)


def bring(context: Context, given: Given) -> Answer:
    """Import the file's entries, and delete the file."""
    from bot.commands.shared import import_file  # noqa: PLC0415

    return import_file.bring(context, given)


def _prefill(context: Context, raw: dict[str, str]) -> dict[str, str]:
    from bot.commands.shared import import_file  # noqa: PLC0415

    return import_file.project_lines(context, raw)


COMMAND = Command(SPEC, run)
LOOK = Command(LOOK_SPEC, look)
CHOOSE = Command(CHOOSE_SPEC, look, _prefill)
BRING = Command(BRING_SPEC, bring)
