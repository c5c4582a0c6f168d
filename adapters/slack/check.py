"""The findings of `tenhours check` about Slack: tokens, scopes and address, each with what to do."""

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.slack.client import WebApi
from adapters.slack.failures import error_code
from adapters.slack.manifest import NEW_EVENTS, OPTIONAL_SCOPES, SCOPES
from adapters.slack.settings import SlackSettings
from adapters.slack.workspaces import Workspaces
from bot.adapter import Finding

TOKEN, APP_TOKEN, PERMISSIONS, MODE = "Slack token", "Slack app token", "Slack permissions", "Slack connection"
EVENTS = "Slack events"
REINSTALL = "Update the app from `tenhours slack manifest` and install it again."
UNTOLD_EVENTS = (
    f"Slack doesn't tell which ones the app gets; one that was made from an earlier manifest lacks "
    f"{', '.join(NEW_EVENTS)} until the new one is pasted under App Manifest"
)


async def check_all(settings: SlackSettings, workspaces: Workspaces, api: WebApi) -> list[Finding]:
    """Return all that can be told without changing anything."""
    findings = await _check_token(workspaces) if settings.bot_token else []
    if settings.is_socket:
        findings.append(await _check_app_token(settings, api))
    else:
        findings.append(Finding(MODE, True, f"by HTTP, listening on {settings.listen}"))
    if settings.is_installable:
        findings.append(Finding("Slack installations", True, "tokens are encrypted on disk"))
    return findings


async def check_app(settings: SlackSettings) -> list[Finding]:
    """Return what can be told of the app whose token is set."""
    api = WebApi()
    try:
        return await _check_token(Workspaces(settings.bot_token, None, api.client))
    finally:
        await api.close()


async def _check_token(workspaces: Workspaces) -> list[Finding]:
    try:
        workspace = await workspaces.identify()
    except SlackApiError as error:
        advice = "Copy the bot token from “OAuth & Permissions” to [slack] bot_token."
        return [Finding(TOKEN, False, f"Slack answers {error_code(error)}", advice)]
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return [_unreachable(TOKEN, error)]
    findings = [Finding(TOKEN, True, f"speaks for workspace {workspace.team}")]
    if workspace.scopes:
        findings.append(_check_scopes(workspace.scopes))
    return [*findings, Finding(EVENTS, True, UNTOLD_EVENTS)]


def _check_scopes(granted: frozenset[str]) -> Finding:
    missing = [scope for scope in SCOPES if scope not in granted]
    if missing:
        return Finding(PERMISSIONS, False, f"missing {', '.join(missing)}", REINSTALL)
    left_out = [scope for scope in OPTIONAL_SCOPES if scope not in granted]
    words = f"all that the app needs, but not {', '.join(left_out)}" if left_out else "all granted"
    return Finding(PERMISSIONS, True, words)


async def _check_app_token(settings: SlackSettings, api: WebApi) -> Finding:
    try:
        await api.client(None).apps_connections_open(app_token=settings.app_token)
    except SlackApiError as error:
        advice = "Create an app-level token with connections:write under “Basic Information”."
        return Finding(APP_TOKEN, False, f"Slack answers {error_code(error)}", advice)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return _unreachable(APP_TOKEN, error)
    return Finding(APP_TOKEN, True, "Socket Mode can connect")


def _unreachable(subject: str, error: Exception) -> Finding:
    return Finding(subject, False, f"can't reach Slack: {type(error).__name__}", "Check the network.")
