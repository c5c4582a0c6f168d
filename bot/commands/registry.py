"""Every command, in the order of the guide: the one list that all adapters, the help and the tests are made from."""

from bot.chat.command import Spec
from bot.commands import checkin, edit, undo
from bot.commands.turn import Command

COMMANDS: tuple[Command, ...] = (
    checkin.COMMAND,
    undo.COMMAND,
    edit.COMMAND,
)

BY_NAME: dict[str, Command] = {command.spec.name: command for command in COMMANDS}
SPECS: dict[str, Spec] = {command.spec.name: command.spec for command in COMMANDS}
