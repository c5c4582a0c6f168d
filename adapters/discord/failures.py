"""Failures of calls to Discord, in the outbox's words: not posted and later, never, or nobody knows."""

import aiohttp
import discord

from adapters.discord.interaction import NETWORK
from adapters.discord.library import SERVER_ERROR, TOO_MANY_REQUESTS, retry_after
from bot.chat.delivery import PostError, PostRefused, PostUnsure, RetryLater
from bot.chat.legible import legible
from bot.domain.names import cut

UNKNOWN_CHANNEL = 10003
UNKNOWN_USER = 10013
ALREADY_ANSWERED = 40060
CLOSED_DIRECT_MESSAGES = 50007
MISSING_ACCESS = 50001
MISSING_PERMISSIONS = 50013
NO_SERVER_SHARED = 50278

GONE = frozenset({UNKNOWN_CHANNEL, UNKNOWN_USER, CLOSED_DIRECT_MESSAGES, NO_SERVER_SHARED})
"""Codes of a place that is none for us any more: a deleted channel, a person who takes no messages or has left."""

LEFT = frozenset({UNKNOWN_USER, NO_SERVER_SHARED})
"""Codes of a person who has left."""

FORBIDDEN = frozenset({MISSING_ACCESS, MISSING_PERMISSIONS})
"""Codes of a place that the bot may not see, or not post in."""

UNAUTHORISED = 401
UNAUTHORISED_WAIT_SECONDS = 600.0
REASON_CHARACTERS = 200

FAILURES = (discord.DiscordException, *NETWORK, RuntimeError)
"""All that a call to Discord raises where Discord, the network or a connection that is being closed is at fault."""


def as_post_error(error: BaseException) -> PostError:
    """Return the fate of a post whose call raised `error`."""
    match error:
        case PostError():
            return error
        case discord.RateLimited(retry_after=seconds):
            return RetryLater("Discord's rate limit", seconds)
        case discord.HTTPException():
            return _from_http(error)
        case aiohttp.ClientConnectorError():
            return RetryLater(f"Discord cannot be reached: {_reason(error)}")
        case aiohttp.ClientError() | OSError():
            return PostUnsure(f"the connection broke: {_reason(error) or type(error).__name__}")
        case _:
            return RetryLater(f"not posted: {_reason(error) or type(error).__name__}")


def as_edit_error(error: BaseException) -> PostError:
    """Return the fate of an edit whose call raised `error`; an edit may be repeated without harm."""
    fate = as_post_error(error)
    return RetryLater(str(fate)) if isinstance(fate, PostUnsure) else fate


def is_answered_already(error: BaseException) -> bool:
    """Return True if an answer was refused only because it, or another one before, had arrived."""
    return isinstance(error, discord.HTTPException) and error.code == ALREADY_ANSWERED


def _from_http(error: discord.HTTPException) -> PostError:
    reason = f"{error.status} ({error.code}): {_reason(error)}"
    if error.status == TOO_MANY_REQUESTS:
        return RetryLater("Discord's rate limit", retry_after(error.response.headers), is_everywhere=True)
    if error.status >= SERVER_ERROR:
        return PostUnsure(reason)
    if error.status == UNAUTHORISED:
        return RetryLater(reason, UNAUTHORISED_WAIT_SECONDS, is_everywhere=True)
    return PostRefused(reason, is_gone=error.code in GONE)


def _reason(error: BaseException) -> str:
    text = error.text if isinstance(error, discord.HTTPException) else str(error)
    return cut(" ".join(legible(text).split()), REASON_CHARACTERS)
