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
from adapters.discord.markup import legible
from bot.chat.command import Option, OptionKind, Spec
from bot.domain.names import cut

Json = dict[str, Any]

IN_SERVERS, DIRECT = 0, 1
INSTALLED_BY_SERVERS = 0
TYPES = {
    OptionKind.NUMBER: AppCommandOptionType.number,
    OptionKind.MEMBER: AppCommandOptionType.user,
    OptionKind.FILE: AppCommandOptionType.attachment,
}
ALONE = "show"
"""What a one-word command is called where others begin with its word: Discord runs no command that has subcommands."""

_NAME = re.compile(r"[-_'\w]{1,32}")


def tree(specs: Iterable[Spec]) -> list[Json]:
    """All commands that people type, as one bulk overwrite; what Discord would refuse is left out."""
    groups: dict[str, list[Spec]] = {}
    for spec in specs:
        first = spec.name.split()[0]
        if not spec.is_button_only and _is_name(spec.name):
            groups.setdefault(first, []).append(spec)
    return [_command(first, members) for first, members in groups.items()][: limits.COMMANDS]


def digest(commands: Sequence[Json], application: int | None) -> str:
    """What tells one tree from another, for one application."""
    text = json.dumps([application, commands], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def spec_name(command: str, subcommand: str | None, names: Iterable[str]) -> str:
    """The core's name of a command and, perhaps, subcommand."""
    if subcommand is None:
        return command
    both = f"{command} {subcommand}"
    return command if subcommand == ALONE and both not in names else both


def _command(first: str, members: list[Spec]) -> Json:
    alone = len(members) == 1 and members[0].name == first
    description = members[0].summary if alone else f"{first}: {', '.join(_last(spec) for spec in members)}"
    options = _options(members[0]) if alone else [_subcommand(spec) for spec in members][: limits.SUBCOMMANDS]
    return {
        "type": AppCommandType.chat_input.value,
        "name": first,
        "description": _described(description),
        "options": options,
        "contexts": [IN_SERVERS, DIRECT],
        "integration_types": [INSTALLED_BY_SERVERS],
    }


def _subcommand(spec: Spec) -> Json:
    return {
        "type": AppCommandOptionType.subcommand.value,
        "name": _last(spec),
        "description": _described(spec.summary),
        "options": _options(spec),
    }


def _last(spec: Spec) -> str:
    return " ".join(spec.name.split()[1:]) or ALONE


def _options(spec: Spec) -> list[Json]:
    return [_option(option) for option in spec.visible if _is_name(option.name)][: limits.OPTIONS]


def _option(option: Option[Any]) -> Json:
    drawn: Json = {
        "type": TYPES.get(option.kind, AppCommandOptionType.string).value,
        "name": option.name,
        "description": _described(f"{option.summary} ({option.hint})" if option.hint else option.summary),
        "required": False,
    }
    if drawn["type"] != AppCommandOptionType.string.value:
        return drawn
    if 0 < len(option.choices) <= limits.CHOICES:
        named = {cut(choice.label, limits.CHOICE_NAME): choice.value for choice in option.choices}
        drawn["choices"] = [{"name": name, "value": value} for name, value in named.items()]
        return drawn
    drawn["max_length"] = max(1, min(option.longest, limits.OPTION_LENGTH))
    if option.kind.is_suggested:
        drawn["autocomplete"] = True
    return drawn


def _described(text: str) -> str:
    return cut(" ".join(legible(text).split()), limits.DESCRIPTION) or "…"


def _is_name(name: str) -> bool:
    parts = name.split()
    return 0 < len(parts) <= len(("command", "subcommand")) and all(
        _NAME.fullmatch(part) and part == part.lower() for part in parts
    )
