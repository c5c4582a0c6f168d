"""A short visit to Discord's API without a gateway."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord

from adapters.discord import failures, limits
from adapters.discord.settings import UNKNOWN_TO_DISCORD, DiscordSettings, required_token
from bot.chat.legible import legible
from bot.domain.names import cut
from bot.errors import Misconfigured, TenHoursError


@asynccontextmanager
async def visit(settings: DiscordSettings) -> AsyncIterator[discord.Client]:
    """Log in for as long as the block lasts.

    Raises `Misconfigured` where the token is missing or wrong, `TenHoursError` where Discord does not answer as it
    should.
    """
    token = required_token(settings)
    try:
        async with discord.Client(
            intents=discord.Intents(guilds=True), max_ratelimit_timeout=limits.RATE_LIMIT_SECONDS
        ) as client:
            await client.login(token)
            yield client
    except discord.LoginFailure as error:
        raise Misconfigured(UNKNOWN_TO_DISCORD) from error
    except failures.FAILURES as error:
        reason = cut(legible(str(error)), limits.DESCRIPTION) or type(error).__name__
        raise TenHoursError(f"Discord did not answer as it should: {reason}.") from error


def application_id(client: discord.Client) -> int:
    """Return the id of the application that the token belongs to. Raises `TenHoursError` where Discord told none."""
    if client.application_id is None:
        raise TenHoursError("Discord did not say which application the token belongs to.")
    return client.application_id
