"""The findings of `tenhours check` about Discord: token, application, servers and their permissions."""

from collections.abc import Mapping
from typing import Any

import discord

from adapters.discord import welcome
from adapters.discord.settings import DiscordSettings
from adapters.discord.visit import visit
from bot.adapter import Finding
from bot.chat.legible import legible
from bot.domain.names import cut
from bot.errors import Misconfigured, TenHoursError

MAX_SERVERS = 200
NAME_CHARACTERS = 60
"""Of a server's name in a finding."""


async def findings(settings: DiscordSettings) -> list[Finding]:
    """Look at the token, at the way interactions take, and at what each server grants."""
    try:
        async with visit(settings) as client:
            servers = await client.http.get_guilds(MAX_SERVERS)
            return [
                Finding("discord token", True, f"belongs to {client.user}"),
                _endpoint(client),
                *(await _find_shards(client, settings.shards)),
                *(_server(server) for server in servers),
            ]
    except Misconfigured as error:
        return [Finding("discord token", False, str(error), "copy it again from the developer portal, page Bot")]
    except TenHoursError as error:
        return [Finding("discord", False, str(error), "check the network, and Discord's status page")]


def _endpoint(client: discord.Client) -> Finding:
    address = client.application.interactions_endpoint_url if client.application else None
    if not address:
        return Finding("discord interactions", True, "come over the gateway")
    what_to_do = "remove the Interactions Endpoint URL in the developer portal, page General Information"
    return Finding("discord interactions", False, "go to a web address and not to the bot", what_to_do)


async def _find_shards(client: discord.Client, count: int) -> list[Finding]:
    """Say whether Discord asks for more shards than are set; one alone is divided as it asks."""
    if count == 1:
        return []
    advised, _, _ = await client.http.get_bot_gateway()
    if advised <= count:
        return [Finding("discord shards", True, f"{count}; Discord advises {advised} or more")]
    return [
        Finding(
            "discord shards", False, f"{count}; Discord advises {advised}", f"set [discord] shards = {advised} or more"
        )
    ]


def _server(server: Mapping[str, Any]) -> Finding:
    granted = discord.Permissions(int(server.get("permissions") or 0))
    names = welcome.missing_names(granted, {**welcome.NEEDED, **welcome.WANTED})
    subject = f"discord server {cut(legible(str(server.get('name'))), NAME_CHARACTERS)}"
    if names:
        return Finding(
            subject, False, f"doesn't grant {', '.join(names)}", "allow it for the bot's role, or invite the bot again"
        )
    return Finding(subject, True, "grants what the bot needs; a channel's own settings may still take it away")
