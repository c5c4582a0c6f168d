"""The commands as Discord registers them: global, with typed options, usable in servers and in direct messages.

No option is marked as required: what is missing, the command's form asks. Two words are a command and its subcommand.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from discord import AppCommandOptionType, AppCommandType

from adapters.discord import limits
from adapters.discord.markup import one_line
from bot.adapter.http import Json
from bot.chat.command import Option, OptionKind, Spec
from bot.domain.names import cut

IN_SERVERS, IN_DIRECT_MESSAGES = 0, 1
INSTALLED_BY_SERVERS = 0
_PLACES: Json = {
    "contexts": [IN_SERVERS, IN_DIRECT_MESSAGES],
    "integration_types": [INSTALLED_BY_SERVERS],
}
OPTION_TYPES = {
    OptionKind.NUMBER: AppCommandOptionType.number,
    OptionKind.MEMBER: AppCommandOptionType.user,
    OptionKind.FILE: AppCommandOptionType.attachment,
    OptionKind.CHANNEL: AppCommandOptionType.channel,
}
CHANNEL_TYPES = (0, 2, 5, 10, 11, 12)
"""Discord's types of channels in which a group can meet: for text, voice and announcements, and threads of these."""
ALONE = "show"
"""The name of a one-word command where others begin with its word: Discord runs no command that has subcommands."""

LOG_THIS = "Log this"
"""The command in the menu of a message: it is what the member learned."""

NOTE_COMMAND, NOTE_OPTION = "checkin", "learned"
"""The command of the core that takes the message, and its option."""

_NAME = re.compile(r"[-_'\w]{1,32}")


def render_commands(specs: Iterable[Spec]) -> list[Json]:
    """Return all commands that people type, as one bulk overwrite; what Discord would refuse is left out."""
    groups: dict[str, list[Spec]] = {}
    for spec in specs:
        first_word = spec.name.split()[0]
        if not spec.is_button_only and _is_name(spec.name):
            groups.setdefault(first_word, []).append(spec)
    menu = [_log_this()] if NOTE_COMMAND in groups else []
    return [_command(first_word, members) for first_word, members in groups.items()][: limits.COMMANDS] + menu


def digest(commands: Sequence[Json], application: int | None) -> str:
    """Return a hash that differs where the commands or the application differ."""
    text = json.dumps([application, commands], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def spec_name(command: str, subcommand: str | None, names: Iterable[str]) -> str:
    """Return the core's name of a command and, perhaps, subcommand; `names` are all that the core has."""
    if subcommand is None:
        return command
    both = f"{command} {subcommand}"
    return command if subcommand == ALONE and both not in names else both


def _log_this() -> Json:
    """Return the command of a message's menu, which has neither description nor options."""
    return {"type": AppCommandType.message.value, "name": LOG_THIS, **_PLACES}


def _command(first_word: str, members: list[Spec]) -> Json:
    is_single = len(members) == 1 and members[0].name == first_word
    subcommands = ", ".join(_subcommand_name(spec) for spec in members)
    description = members[0].summary if is_single else f"{first_word}: {subcommands}"
    options = _options(members[0]) if is_single else [_subcommand(spec) for spec in members][: limits.SUBCOMMANDS]
    return {
        "type": AppCommandType.chat_input.value,
        "name": first_word,
        "description": one_line(description, limits.DESCRIPTION),
        "options": options,
        **_PLACES,
    }


def _subcommand(spec: Spec) -> Json:
    return {
        "type": AppCommandOptionType.subcommand.value,
        "name": _subcommand_name(spec),
        "description": one_line(spec.summary, limits.DESCRIPTION),
        "options": _options(spec),
    }


def _subcommand_name(spec: Spec) -> str:
    return " ".join(spec.name.split()[1:]) or ALONE


def _options(spec: Spec) -> list[Json]:
    return [_option(option) for option in spec.visible if _is_name(option.name)][: limits.OPTIONS]


def _option(option: Option[Any]) -> Json:
    description = f"{option.summary} ({option.hint})" if option.hint else option.summary
    rendered: Json = {
        "type": OPTION_TYPES.get(option.kind, AppCommandOptionType.string).value,
        "name": option.name,
        "description": one_line(description, limits.DESCRIPTION),
        "required": False,
    }
    if option.kind is OptionKind.CHANNEL:
        rendered["channel_types"] = list(CHANNEL_TYPES)
    if rendered["type"] != AppCommandOptionType.string.value:
        return rendered
    if 0 < len(option.choices) <= limits.CHOICES:
        choices = {cut(choice.label, limits.CHOICE_NAME): choice.value for choice in option.choices}
        rendered["choices"] = [{"name": name, "value": value} for name, value in choices.items()]
        return rendered
    rendered["max_length"] = max(1, min(option.longest, limits.OPTION_LENGTH))
    if option.kind.is_suggested:
        rendered["autocomplete"] = True
    return rendered


def _is_name(name: str) -> bool:
    """Return True if Discord takes `name` as a command's, or as a command's and its subcommand's."""
    words = name.split()
    return len(words) in (1, 2) and all(_NAME.fullmatch(word) and word == word.lower() for word in words)
