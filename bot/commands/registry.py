"""Every command, in the order of the guide: the one list that all adapters, the help and the tests are made from."""

from bot.chat.command import Spec
from bot.commands import (
    checkin,
    edit,
    group_areas,
    group_hide,
    group_join,
    group_leave,
    group_members,
    group_organisers,
    group_schedule,
    group_settings,
    group_start,
    intend,
    reminders,
    snooze,
    undo,
    why,
)
from bot.commands.turn import Command

COMMANDS: tuple[Command, ...] = (
    checkin.COMMAND,
    undo.COMMAND,
    edit.COMMAND,
    reminders.COMMAND,
    group_start.COMMAND,
    group_join.COMMAND,
    group_leave.COMMAND,
    group_hide.HIDE_COMMAND,
    group_hide.SHOW_COMMAND,
    group_settings.COMMAND,
    group_schedule.COMMAND,
    group_areas.COMMAND,
    group_organisers.COMMAND,
    group_members.COMMAND,
    intend.COMMAND,
    snooze.COMMAND,
    why.COMMAND,
    reminders.FORM,
    group_settings.FORM,
    group_schedule.FORM,
    group_areas.FORM,
    group_organisers.FORM,
    group_members.FORM,
)

BY_NAME: dict[str, Command] = {command.spec.name: command for command in COMMANDS}
SPECS: dict[str, Spec] = {command.spec.name: command.spec for command in COMMANDS}
