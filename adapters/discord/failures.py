"""What went wrong at Discord, in the outbox's words: not posted and later, never, or nobody knows."""

import aiohttp
import discord

from adapters.discord.interaction import NETWORK
from adapters.discord.markup import legible
from bot.chat.delivery import PostError, PostRefused, PostUnsure, RetryLater
from bot.domain.names import cut

UNKNOWN_CHANNEL = 10003
UNKNOWN_USER = 10013
ALREADY_ANSWERED = 40060
CLOSED_DIRECT_MESSAGES = 50007
NO_SERVER_SHARED = 50278

GONE = frozenset({UNKNOWN_CHANNEL, UNKNOWN_USER, CLOSED_DIRECT_MESSAGES, NO_SERVER_SHARED})
"""The place is none for us any more: a channel that was deleted, a person who takes no messages or has left."""

LEFT = frozenset({UNKNOWN_USER, NO_SERVER_SHARED})
UNAUTHORISED, FORBIDDEN, TOO_MANY, SERVER_ERROR = 401, 403, 429, 500
AFTER_BAD_TOKEN = 600.0
REASON = 200

FAILURES = (discord.DiscordException, *NETWORK, RuntimeError)
"""All that a call to Discord raises where Discord, the network or a connection that is being closed is at fault."""


def post_error(error: BaseException) -> PostError:
    """What has become of a post whose call raised `error`."""
    match error:
        case PostError():
            return error
        case discord.RateLimited(retry_after=after):
            return RetryLater("Discord's rate limit", after)
        case discord.HTTPException():
            return _http_error(error)
        case aiohttp.ClientConnectorError():
            return RetryLater(f"Discord cannot be reached: {_said(error)}")
        case aiohttp.ClientError() | OSError():
            return PostUnsure(f"the connection broke: {_said(error) or type(error).__name__}")
        case _:
            return RetryLater(f"not posted: {_said(error) or type(error).__name__}")


def edit_error(error: BaseException) -> PostError:
    """The same for an edit, which may be repeated without harm."""
    found = post_error(error)
    return RetryLater(str(found)) if isinstance(found, PostUnsure) else found


def is_delivered(error: BaseException) -> bool:
    """Whether an answer failed only because it, or the same one before, had arrived."""
    return isinstance(error, discord.HTTPException) and error.code == ALREADY_ANSWERED


def _http_error(error: discord.HTTPException) -> PostError:
    reason = f"{error.status} ({error.code}): {_said(error)}"
    if error.status == TOO_MANY:
        return RetryLater("Discord's rate limit", _retry_after(error), is_everywhere=True)
    if error.status >= SERVER_ERROR:
        return PostUnsure(reason)
    if error.status == UNAUTHORISED:
        return RetryLater(reason, AFTER_BAD_TOKEN, is_everywhere=True)
    return PostRefused(reason, is_gone=error.code in GONE)


def _retry_after(error: discord.HTTPException) -> float | None:
    try:
        return float(error.response.headers.get("Retry-After", ""))
    except ValueError:
        return None


def _said(error: BaseException) -> str:
    text = error.text if isinstance(error, discord.HTTPException) else str(error)
    return cut(" ".join(legible(text).split()), REASON)
