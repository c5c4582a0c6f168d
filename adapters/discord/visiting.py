"""Short visits to Discord's API without a gateway: `tenhours check`, `discord invite`, `discord sync`."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import discord

from adapters.discord import commands, failures, limits, welcome
from adapters.discord.adapter import UNKNOWN_TO_DISCORD, token_of
from adapters.discord.markup import legible
from bot.adapter import Finding
from bot.chat.command import Spec
from bot.domain.names import cut
from bot.errors import Misconfigured, TenHoursError

MOST_SERVERS = 200
SHOWN = 60


async def invite_link(settings: Mapping[str, object]) -> str:
    """The link that adds the bot to a server, with the least permissions."""
    async with _visit(token_of(settings)) as client:
        return welcome.invitation(_application(client))


async def register(settings: Mapping[str, object], specs: Sequence[Spec]) -> str:
    """Register all commands anew; what to tell whoever asked for it."""
    tree = commands.tree(specs)
    async with _visit(token_of(settings)) as client:
        await client.http.bulk_upsert_global_commands(_application(client), tree)
    return f"{len(tree)} commands are registered; Discord shows them within a minute."


async def findings(token: str) -> list[Finding]:
    """Whether the token is known, interactions reach the gateway, and each server grants what is needed."""
    try:
        async with _visit(token) as client:
            servers = await client.http.get_guilds(MOST_SERVERS)
            return [
                Finding("discord token", True, f"belongs to {client.user}"),
                _endpoint(client),
                *(_server(server) for server in servers),
            ]
    except Misconfigured as error:
        return [Finding("discord token", False, str(error), "copy it anew from the developer portal, page Bot")]
    except TenHoursError as error:
        return [Finding("discord", False, str(error), "look at the network, and at Discord's status page")]


@asynccontextmanager
async def _visit(token: str) -> AsyncIterator[discord.Client]:
    """Raises `Misconfigured` where the token is wrong, `TenHoursError` where Discord does not answer as it should."""
    try:
        async with discord.Client(
            intents=discord.Intents(guilds=True), max_ratelimit_timeout=limits.RATE_LIMIT
        ) as client:
            await client.login(token)
            yield client
    except discord.LoginFailure as error:
        raise Misconfigured(UNKNOWN_TO_DISCORD) from error
    except failures.FAILURES as error:
        said = cut(legible(str(error)), limits.DESCRIPTION) or type(error).__name__
        raise TenHoursError(f"Discord did not answer as it should: {said}.") from error


def _application(client: discord.Client) -> int:
    if client.application_id is None:
        raise TenHoursError("Discord did not say which application the token belongs to.")
    return client.application_id


def _endpoint(client: discord.Client) -> Finding:
    address = client.application.interactions_endpoint_url if client.application else None
    if not address:
        return Finding("discord interactions", True, "come over the gateway")
    what_to_do = "remove the Interactions Endpoint URL in the developer portal, page General Information"
    return Finding("discord interactions", False, "go to a web address instead of the gateway", what_to_do)


def _server(server: Mapping[str, Any]) -> Finding:
    granted = discord.Permissions(int(server.get("permissions") or 0))
    names = welcome.missing(granted, {**welcome.NEEDED, **welcome.WANTED})
    subject = f"discord server {cut(legible(str(server.get('name'))), SHOWN)}"
    if names:
        return Finding(
            subject, False, f"does not grant {', '.join(names)}", "allow it to the bot's role, or invite it again"
        )
    return Finding(subject, True, "grants what is needed, unless a channel of its own takes it away")
