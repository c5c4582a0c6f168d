"""Slack's errors in the outbox's words: not posted and later, never, or nobody knows."""

from http import HTTPStatus

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.chat.delivery import PostError, PostRefused, PostUnsure, RetryLater

GONE = frozenset("account_inactive app_uninstalled channel_not_found is_archived team_not_found token_revoked".split())
"""Errors of a channel that no longer exists for us: nothing more is to be posted there."""

CLOSED = frozenset("cannot_dm_bot messages_tab_disabled user_disabled user_not_found users_not_found".split())
"""Errors of a person who takes no direct messages from the app."""

LEFT = frozenset("user_disabled user_not_found users_not_found".split())
"""Errors of a person who is in the workspace no more: deactivated, or gone."""

NOT_ALLOWED = frozenset(
    """
    access_denied ekm_access_denied missing_scope no_permission not_in_channel restricted_action
    restricted_action_non_threadable_channel restricted_action_read_only_channel restricted_action_thread_only_channel
    """.split()
)
"""Errors of a permission or an invitation that is missing, and may be given."""

LATER = frozenset(
    """
    accesslimited invalid_auth message_limit_exceeded not_authed rate_limited ratelimited service_unavailable
    team_added_to_org token_expired
    """.split()
)
"""Errors of a post that did not happen for a reason that may go away: a limit, a token that is being replaced."""

UNSURE = frozenset("fatal_error internal_error request_timeout".split())
"""Errors of which Slack says that some part may have succeeded."""

NOT_INSTALLED = "the app is not installed in this workspace any more"
RATE_LIMITED = "ratelimited"


def post_error(error: Exception) -> PostError:
    """Return how surely a post did not happen, from what its call raised. Raises what is no failure of Slack's."""
    if isinstance(error, PostError):
        return error
    if isinstance(error, SlackApiError):
        return _read_answer(error)
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return RetryLater(f"Slack cannot be reached: {error}")
    if isinstance(error, aiohttp.ClientError | TimeoutError | ConnectionError | SlackClientError):
        return PostUnsure(f"the connection to Slack broke: {type(error).__name__}")
    raise error


def error_code(error: SlackApiError) -> str:
    """Return Slack's own word for what went wrong; "" where there was no readable answer."""
    data = getattr(error.response, "data", None)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def _read_answer(error: SlackApiError) -> PostError:
    # The library hands on its own response, or aiohttp's where the body was no JSON. Without a word of Slack's it is
    # the page of a proxy or of a captive network, whatever its status: nobody knows what became of the call.
    status = getattr(error.response, "status_code", getattr(error.response, "status", HTTPStatus.OK))
    code = error_code(error)
    if status == HTTPStatus.TOO_MANY_REQUESTS or code in LATER:
        return RetryLater(code or RATE_LIMITED, _retry_after(error))
    if not code or code in UNSURE or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return PostUnsure(code or f"the answer of Slack, with status {status}, can't be read")
    return PostRefused(code, is_gone=code in GONE, is_closed=code in CLOSED, may_pass=code in NOT_ALLOWED)


def _retry_after(error: SlackApiError) -> float | None:
    """Return the seconds that Slack asks to wait, None where it does not say."""
    headers = getattr(error.response, "headers", None) or {}
    value = next((value for name, value in headers.items() if name.lower() == "retry-after"), None)
    try:
        return float(value) if value is not None else None
    except ValueError:
        return None
