"""An interaction as a request: who speaks, where, and which command with which raw options."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import discord
from discord import AppCommandOptionType

from adapters.discord.commands import spec_name
from adapters.discord.forms import submitted
from adapters.discord.interaction import Interaction, Kind
from bot.chat.button_id import unpack
from bot.chat.request import Channel, CommandRequest, User, Via

PLATFORM = "discord"

_SUB = (AppCommandOptionType.subcommand.value, AppCommandOptionType.subcommand_group.value)
_USER = AppCommandOptionType.user.value
_FILE = AppCommandOptionType.attachment.value
_ADMINISTRATOR = discord.Permissions.administrator.flag
_MAY_ORGANISE = _ADMINISTRATOR | discord.Permissions.manage_guild.flag
_MAY_START = _ADMINISTRATOR | discord.Permissions.manage_channels.flag


class Typing(NamedTuple):
    """An option that is being typed, in the request that it belongs to."""

    request: CommandRequest
    option: str
    typed: str


class Handed(NamedTuple):
    """A file that came with an interaction, still at Discord."""

    option: str
    name: str
    size: int
    url: str


def request_of(interaction: Interaction, names: Sequence[str]) -> CommandRequest:
    """The request; a file's words are its name, and its bytes are still to be fetched (`handed`)."""
    data = interaction.event.data
    if interaction.kind in (Kind.COMMAND, Kind.AUTOCOMPLETE):
        command, options = _command(data, names)
        return _request(interaction, command, {each["name"]: _value(each, data) for each in options}, Via.SLASH)
    pressed = unpack(interaction.custom_id)
    if interaction.kind == Kind.COMPONENT:
        return _request(interaction, pressed.command, pressed.options, Via.BUTTON)
    fields = submitted(data.get("components") or [])
    named = {name: _file_names(data, value) if isinstance(value, list) else value for name, value in fields.items()}
    return _request(interaction, pressed.command, {**pressed.options, **named}, Via.FORM)


def typing_of(interaction: Interaction, names: Sequence[str]) -> Typing | None:
    """What is being typed; None where Discord does not say in which option."""
    _, options = _command(interaction.event.data, names)
    focused = next((each for each in options if each.get("focused")), None)
    if focused is None:
        return None
    return Typing(request_of(interaction, names), focused["name"], _value(focused, interaction.event.data))


def handed(interaction: Interaction, names: Sequence[str]) -> list[Handed]:
    """The files that came with it."""
    data = interaction.event.data
    known = _attachments(data)
    if not known:
        return []
    if interaction.kind == Kind.FORM:
        fields = submitted(data.get("components") or []).items()
        ids = [(name, str(value[0])) for name, value in fields if isinstance(value, list) and value]
    else:
        ids = [(each["name"], str(each["value"])) for each in _command(data, names)[1] if each.get("type") == _FILE]
    return [
        Handed(option, _name(known[key]), int(known[key].get("size") or 0), str(known[key].get("url") or ""))
        for option, key in ids
        if key in known
    ]


def user_of(interaction: Interaction) -> User:
    """Who speaks, and what they may do here."""
    speaker, member = interaction.speaker, interaction.event.member
    nick, permissions = (member.nick, int(member.permissions)) if member is not None else (None, 0)
    return User(
        PLATFORM,
        "",
        interaction.user_id,
        nick or speaker.global_name or speaker.username,
        may_organise=bool(permissions & _MAY_ORGANISE),
        may_start=bool(permissions & _MAY_START),
    )


def channel_of(interaction: Interaction) -> Channel:
    """Where it was said; a direct message has neither server nor id."""
    event = interaction.event
    if event.guild_id is None:
        return Channel(PLATFORM, "", None)
    place = event.channel
    where = place.id if place is not None else event.channel_id
    known = str(where) if where is not None else None
    return Channel(PLATFORM, str(event.guild_id), known, (place.name if place is not None else None) or "")


def _request(interaction: Interaction, command: str, options: dict[str, str], via: Via) -> CommandRequest:
    return CommandRequest(
        id=interaction.id,
        user=user_of(interaction),
        channel=channel_of(interaction),
        command=command,
        options=options,
        via=via,
    )


def _command(data: Mapping[str, Any], names: Sequence[str]) -> tuple[str, list[Mapping[str, Any]]]:
    words, options = [str(data.get("name") or "")], list(data.get("options") or [])
    while options and options[0].get("type") in _SUB:
        words.append(str(options[0]["name"]))
        options = list(options[0].get("options") or [])
    return spec_name(words[0], " ".join(words[1:]) or None, names), list(_filled(options))


def _filled(options: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    return (each for each in options if "name" in each and "value" in each)


def _value(option: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    value = option["value"]
    if option.get("type") == _USER:
        return f"<@{value}>"
    if option.get("type") == _FILE:
        return _file_names(data, [value])
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _file_names(data: Mapping[str, Any], ids: Sequence[object]) -> str:
    known = _attachments(data)
    return ", ".join(_name(known[str(key)]) for key in ids if str(key) in known)


def _name(attachment: Mapping[str, Any]) -> str:
    return str(attachment.get("filename") or "file")


def _attachments(data: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    return (data.get("resolved") or {}).get("attachments") or {}
