"""Failures of calls to Discord, in the outbox's words: not posted and later, never, or nobody knows."""

import aiohttp
import discord

from adapters.discord.interaction import NETWORK
from adapters.discord.library import RATE_LIMIT, SERVER_ERROR, TOO_MANY_REQUESTS, Tries, is_json, retry_after
from bot.chat.delivery import PostError, PostRefused, PostUnsure, RetryLater
from bot.chat.legible import legible
from bot.domain.names import cut

UNKNOWN_CHANNEL = 10003
UNKNOWN_MEMBER = 10007
UNKNOWN_MESSAGE = 10008
UNKNOWN_USER = 10013
ALREADY_ANSWERED = 40060
MISSING_ACCESS = 50001
CLOSED_DIRECT_MESSAGES = 50007
MISSING_PERMISSIONS = 50013
NO_SERVER_SHARED = 50278
OPENED_TOO_FAST = 40003

CLOSED = frozenset({CLOSED_DIRECT_MESSAGES, NO_SERVER_SHARED})
"""Codes of a person who takes no direct messages from the bot."""

NOT_ALLOWED = frozenset({MISSING_ACCESS, MISSING_PERMISSIONS})
"""Codes of a permission that is missing, and may be given."""

LEFT = frozenset({UNKNOWN_USER, UNKNOWN_MEMBER, NO_SERVER_SHARED})
"""Codes of a person who has left."""

WORDS = {
    UNKNOWN_CHANNEL: "the channel was deleted",
    UNKNOWN_MEMBER: "the person has left the server",
    UNKNOWN_MESSAGE: "the message was deleted",
    UNKNOWN_USER: "the person's account is gone",
    MISSING_ACCESS: "I may not see the channel",
    CLOSED_DIRECT_MESSAGES: "the person takes no direct messages from me",
    MISSING_PERMISSIONS: "I may not post in the channel",
    NO_SERVER_SHARED: "the person is on no server with me any more",
}
"""Reasons of a refusal for people, by Discord's code; `access.say_refusal` knows more of a channel."""

UNAUTHORISED = 401
UNAUTHORISED_WAIT_SECONDS = 600.0
OPENED_TOO_FAST_WAIT_SECONDS = 60.0
"""The wait after direct messages were opened too fast, for which Discord names no time."""

REASON_CHARACTERS = 200

FAILURES = (discord.DiscordException, *NETWORK, RuntimeError)
"""All that a call to Discord raises where Discord, the network or a connection that is being closed is at fault."""


def as_post_error(error: BaseException) -> PostError:
    """Return the fate of a post whose call raised `error`."""
    match error:
        case PostError():
            return error
        case discord.RateLimited(retry_after=seconds):
            return RetryLater(RATE_LIMIT, seconds)
        case discord.HTTPException():
            return _from_http(error)
        case aiohttp.ClientConnectorError():
            return RetryLater(f"Discord cannot be reached: {_reason(error)}")
        case aiohttp.ClientError() | OSError():
            return PostUnsure(f"the connection broke: {_reason(error) or type(error).__name__}")
        case _:
            return RetryLater(f"not posted: {_reason(error) or type(error).__name__}")


def as_fate(error: BaseException, tries: Tries) -> PostError:
    """Return the fate of a post whose call raised `error` after some tries.

    What was unsure once stays unsure, whatever came of the later tries; what never left was not posted.
    """
    fate = as_post_error(error)
    if tries.is_unknown and not isinstance(fate, PostUnsure):
        after, is_everywhere = (fate.after, fate.is_everywhere) if isinstance(fate, RetryLater) else (None, False)
        return PostUnsure(f"it may have been taken, then: {fate}", after, is_everywhere=is_everywhere)
    if isinstance(fate, PostUnsure) and not tries.has_left:
        return RetryLater(str(fate))
    return fate


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
        return RetryLater(RATE_LIMIT, retry_after(error.response.headers), is_everywhere=True)
    if error.status >= SERVER_ERROR or not is_json(error.response.headers):
        return PostUnsure(reason)
    if error.status == UNAUTHORISED:
        return RetryLater(reason, UNAUTHORISED_WAIT_SECONDS, is_everywhere=True)
    if not (error.code or error.text.startswith(f"{error.status}: ")):  # as Discord writes it where it has no code
        return PostUnsure(reason)
    code = error.code
    if code == OPENED_TOO_FAST:
        return RetryLater(reason, OPENED_TOO_FAST_WAIT_SECONDS)
    words = WORDS.get(code, reason)
    return PostRefused(words, is_gone=code == UNKNOWN_CHANNEL, is_closed=code in CLOSED, may_pass=code in NOT_ALLOWED)


def _reason(error: BaseException) -> str:
    text = error.text if isinstance(error, discord.HTTPException) else str(error)
    return cut(" ".join(legible(text).split()), REASON_CHARACTERS)
