"""An interaction as a request: who speaks, where, and which command with which raw options."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import discord
from discord import AppCommandOptionType, InteractionType

from adapters.discord.commands import spec_name
from adapters.discord.forms import submitted
from bot.chat.button_id import unpack
from bot.chat.request import Channel, Request, User, Via

PLATFORM = "discord"
Client = discord.AutoShardedClient
Interaction = discord.Interaction[Client]

_SUB = (AppCommandOptionType.subcommand.value, AppCommandOptionType.subcommand_group.value)


class Typing(NamedTuple):
    """An option that is being typed, in the request that it belongs to."""

    request: Request
    option: str
    typed: str


def request_of(interaction: Interaction, names: Sequence[str]) -> Request | None:
    """The request; None for kinds of interaction that ask nothing of us."""
    data: Mapping[str, Any] = interaction.data or {}
    if interaction.type in (InteractionType.application_command, InteractionType.autocomplete):
        command, options = _command(data, names)
        return _request(interaction, command, {each["name"]: _value(each) for each in options}, Via.SLASH)
    pressed = unpack(str(data.get("custom_id") or ""))
    if interaction.type is InteractionType.component:
        return _request(interaction, pressed.command, pressed.options, Via.BUTTON)
    if interaction.type is InteractionType.modal_submit:
        fields = submitted(data.get("components") or [])
        return _request(interaction, pressed.command, {**pressed.options, **fields}, Via.FORM)
    return None


def typing_of(interaction: Interaction, names: Sequence[str]) -> Typing | None:
    """What is being typed; None where Discord does not say in which option."""
    request = request_of(interaction, names)
    _, options = _command(interaction.data or {}, names)
    focused = next((each for each in options if each.get("focused")), None)
    return Typing(request, focused["name"], _value(focused)) if request and focused else None


def custom_id_of(interaction: Interaction) -> str:
    """The id of the button that was pressed or the form that was sent; "" for commands."""
    data: Mapping[str, Any] = interaction.data or {}
    return str(data.get("custom_id") or "")


def user_of(interaction: Interaction) -> User:
    """Who speaks, with the permissions that Discord has worked out for them here and now."""
    may = interaction.permissions
    return User(
        PLATFORM,
        "",
        str(interaction.user.id),
        interaction.user.display_name,
        may_organise=may.administrator or may.manage_guild,
        may_start=may.administrator or may.manage_channels,
    )


def channel_of(interaction: Interaction) -> Channel:
    """Where it was said; a direct message has neither server nor id."""
    if interaction.guild_id is None:
        return Channel(PLATFORM, "", None)
    channel = interaction.channel
    name = getattr(channel, "name", None) or ""
    return Channel(PLATFORM, str(interaction.guild_id), str(channel.id) if channel else None, name)


def _request(interaction: Interaction, command: str, options: dict[str, str], via: Via) -> Request:
    return Request(
        id=str(interaction.id),
        user=user_of(interaction),
        channel=channel_of(interaction),
        command=command,
        options=options,
        via=via,
        locale=str(interaction.locale),
    )


def _command(data: Mapping[str, Any], names: Sequence[str]) -> tuple[str, list[Mapping[str, Any]]]:
    words, options = [str(data.get("name") or "")], list(data.get("options") or [])
    while options and options[0].get("type") in _SUB:
        words.append(str(options[0]["name"]))
        options = list(options[0].get("options") or [])
    return spec_name(words[0], " ".join(words[1:]) or None, names), list(_filled(options))


def _filled(options: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    return (each for each in options if "name" in each and "value" in each)


def _value(option: Mapping[str, Any]) -> str:
    value = option["value"]
    if option.get("type") == AppCommandOptionType.user.value:
        return f"<@{value}>"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
