"""An interaction as a request: who speaks, where, and which command with which raw options."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import discord
from discord import AppCommandOptionType, AppCommandType

from adapters.discord import limits
from adapters.discord.commands import NOTE_COMMAND, NOTE_OPTION, spec_name
from adapters.discord.forms import read_fields
from adapters.discord.interaction import Interaction, InteractionKind
from bot.chat.button_id import unpack
from bot.chat.request import Channel, CommandRequest, User, Via
from bot.domain.names import cut

PLATFORM = "discord"

_SUBCOMMANDS = (AppCommandOptionType.subcommand.value, AppCommandOptionType.subcommand_group.value)
_USER = AppCommandOptionType.user.value
_FILE = AppCommandOptionType.attachment.value
_CHANNEL = AppCommandOptionType.channel.value
_MESSAGE_MENU = AppCommandType.message.value
_MENTION = re.compile(r"<@!?(\d{1,20})>")
_EMOJI = re.compile(r"<a?(:\w{1,32}:)\d{1,20}>")
_ADMINISTRATOR = discord.Permissions.administrator.flag
_MAY_ORGANISE = _ADMINISTRATOR | discord.Permissions.manage_guild.flag
_MAY_START = _ADMINISTRATOR | discord.Permissions.manage_channels.flag


class Typing(NamedTuple):
    """An option that is being typed, in the request that it belongs to."""

    request: CommandRequest
    option: str
    typed: str


class RemoteFile(NamedTuple):
    """A file that came with an interaction, still at Discord; `size` is in bytes."""

    option: str
    name: str
    size: int
    url: str


def read_request(interaction: Interaction, names: Sequence[str]) -> CommandRequest:
    """Return the request; a file's words are its name, and its bytes are still to be fetched (`read_files`)."""
    data = interaction.event.data
    if data.get("type") == _MESSAGE_MENU:
        note = _note(data)
        return _request(interaction, NOTE_COMMAND, {NOTE_OPTION: note} if note else {}, Via.SLASH)
    if interaction.kind in (InteractionKind.COMMAND, InteractionKind.AUTOCOMPLETE):
        command, filled = _command(data, names)
        return _request(interaction, command, {option["name"]: _value(option, data) for option in filled}, Via.SLASH)
    pressed = unpack(interaction.custom_id)
    if interaction.kind is InteractionKind.COMPONENT:
        return _request(interaction, pressed.command, pressed.options, Via.BUTTON)
    fields = read_fields(data.get("components") or [])
    options = {name: _file_names(data, value) if isinstance(value, list) else value for name, value in fields.items()}
    return _request(interaction, pressed.command, {**pressed.options, **options}, Via.FORM)


def read_typing(interaction: Interaction, names: Sequence[str]) -> Typing | None:
    """Return the option that is being typed; None where Discord does not say in which."""
    data = interaction.event.data
    _, filled = _command(data, names)
    focused = next((option for option in filled if option.get("focused")), None)
    if focused is None:
        return None
    return Typing(read_request(interaction, names), focused["name"], _value(focused, data))


def read_files(interaction: Interaction, names: Sequence[str]) -> list[RemoteFile]:
    """Return the files that came with an interaction."""
    data = interaction.event.data
    attachments = _attachments(data)
    if not attachments:
        return []
    if interaction.kind is InteractionKind.FORM:
        fields = read_fields(data.get("components") or []).items()
        ids = [(name, str(value[0])) for name, value in fields if isinstance(value, list) and value]
    else:
        _, filled = _command(data, names)
        ids = [(option["name"], str(option["value"])) for option in filled if option.get("type") == _FILE]
    return [_remote_file(name, attachments[key]) for name, key in ids if key in attachments]


def read_user(interaction: Interaction) -> User:
    """Return who speaks, and what they may do here."""
    speaker, member = interaction.speaker, interaction.event.member
    nick, permissions = (member.nick, int(member.permissions)) if member is not None else (None, 0)
    return User(
        PLATFORM,
        "",
        interaction.user_id,
        speaker.global_name or speaker.username,
        may_organise=bool(permissions & _MAY_ORGANISE),
        may_start=bool(permissions & _MAY_START),
        nickname=nick or "",
    )


def read_channel(interaction: Interaction) -> Channel:
    """Return the channel; a direct message has neither server nor id."""
    event = interaction.event
    if event.guild_id is None:
        return Channel(PLATFORM, "", None)
    key, name = (event.channel.id, event.channel.name) if event.channel is not None else (event.channel_id, None)
    return Channel(PLATFORM, str(event.guild_id), None if key is None else str(key), name or "")


def _request(interaction: Interaction, command: str, options: dict[str, str], via: Via) -> CommandRequest:
    return CommandRequest(
        id=interaction.id,
        user=read_user(interaction),
        channel=read_channel(interaction),
        command=command,
        options=options,
        via=via,
    )


def _note(data: Mapping[str, Any]) -> str:
    """Return the text of the message that a menu was opened on, with names in the place of mentions."""
    messages = (data.get("resolved") or {}).get("messages") or {}
    message = messages.get(str(data.get("target_id"))) or {}
    mentioned = message.get("mentions") or []
    names = {str(user["id"]): str(user.get("global_name") or user["username"]) for user in mentioned}
    text = _MENTION.sub(lambda mention: f"@{names.get(mention[1], 'someone')}", str(message.get("content") or ""))
    return cut(_EMOJI.sub(r"\1", text).strip(), limits.NOTE)


def _command(data: Mapping[str, Any], names: Sequence[str]) -> tuple[str, list[Mapping[str, Any]]]:
    """Return the core's name of the command and its options, those of its subcommand where it has one."""
    words, options = [str(data.get("name") or "")], list(data.get("options") or [])
    while options and options[0].get("type") in _SUBCOMMANDS:
        words.append(str(options[0]["name"]))
        options = list(options[0].get("options") or [])
    return spec_name(words[0], " ".join(words[1:]) or None, names), list(_filled(options))


def _filled(options: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    return (option for option in options if "name" in option and "value" in option)


def _value(option: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    value = option["value"]
    if option.get("type") == _USER:
        return f"<@{value}>"
    if option.get("type") == _CHANNEL:
        return f"<#{value}>"
    if option.get("type") == _FILE:
        return _file_names(data, [value])
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _file_names(data: Mapping[str, Any], ids: Sequence[object]) -> str:
    attachments = _attachments(data)
    return ", ".join(_file_name(attachments[str(key)]) for key in ids if str(key) in attachments)


def _file_name(attachment: Mapping[str, Any]) -> str:
    return str(attachment.get("filename") or "file")


def _remote_file(option: str, attachment: Mapping[str, Any]) -> RemoteFile:
    size, url = int(attachment.get("size") or 0), str(attachment.get("url") or "")
    return RemoteFile(option, _file_name(attachment), size, url)


def _attachments(data: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    return (data.get("resolved") or {}).get("attachments") or {}
