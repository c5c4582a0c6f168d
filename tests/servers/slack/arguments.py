"""What Slack's methods and response URLs must be told and may be told, as its documentation has it."""

from collections.abc import Iterator
from typing import Any

from tests.servers.slack.elements import of_keys, of_length

Json = dict[str, Any]

_SHOWN = "blocks attachments link_names parse thread_ts metadata"
_POST = f"{_SHOWN} text mrkdwn unfurl_links unfurl_media reply_broadcast icon_emoji icon_url username"

ARGUMENTS = {
    "auth.test": ("", ""),
    "auth.revoke": ("", "test"),
    "apps.connections.open": ("", ""),
    "users.info": ("user", "include_locale"),
    "users.conversations": ("", "types exclude_archived limit cursor team_id user"),
    "conversations.open": ("", "users channel return_im prevent_creation"),
    "conversations.info": ("channel", "include_locale include_num_members"),
    "conversations.list": ("", "types exclude_archived limit cursor team_id"),
    "conversations.history": ("channel", "oldest latest inclusive limit cursor include_all_metadata"),
    "chat.postMessage": ("channel", _POST),
    "chat.postEphemeral": ("channel user", f"{_SHOWN} text icon_emoji icon_url username"),
    "chat.update": ("channel ts", f"{_SHOWN} text reply_broadcast file_ids"),
    "views.open": ("view trigger_id", "interactivity_pointer"),
    "views.push": ("view trigger_id", "interactivity_pointer"),
    "views.update": ("view", "view_id external_id hash"),
    "views.publish": ("view user_id", "hash"),
    "files.getUploadURLExternal": ("filename length", "alt_txt snippet_type"),
    "files.completeUploadExternal": ("files", "channel_id channels thread_ts initial_comment blocks"),
    "oauth.v2.access": ("", "code client_id client_secret redirect_uri grant_type refresh_token"),
}
"""Required and optional arguments, the token apart."""

ANSWER = (
    "blocks attachments response_type replace_original delete_original thread_ts mrkdwn unfurl_links "
    "unfurl_media metadata"
)
RESPONSE_TYPES = ("ephemeral", "in_channel")
TEXT = 40_000


def faults_of_call(method: str, args: Json) -> list[str]:
    """Return all that Slack would refuse in the arguments of a method, blocks and views apart."""
    required, optional = ARGUMENTS[method]
    faults = [*of_keys(args, method, required, optional)]
    if "metadata" in args:
        faults += _of_metadata(args["metadata"])
    if method.startswith("files.") and "alt_txt" in args:
        faults += of_length(args["alt_txt"], 1000, "alt_txt")
    if method == "files.completeUploadExternal":
        for file in args["files"]:
            faults += of_keys(file, "file", "id", "title")
    return faults


def faults_of_answer(body: Json) -> list[str]:
    """Return all that Slack would refuse in an acknowledgement with words, or at a response_url, blocks apart."""
    faults = [*of_keys(body, "answer", "text", ANSWER)]
    if body.get("response_type", "ephemeral") not in RESPONSE_TYPES:
        faults.append(f"response_type {body['response_type']}")
    return faults


def faults_of_fallback(body: Json) -> list[str]:
    """Return a fault unless a message has words for notifications and screen readers."""
    return [*of_length(body.get("text"), TEXT, "fallback text")]


def _of_metadata(metadata: Json) -> Iterator[str]:
    yield from of_keys(metadata, "metadata", "event_type event_payload")
    yield from of_length(metadata.get("event_type"), 80, "event_type")
    if not isinstance(metadata.get("event_payload"), dict):
        yield "metadata: event_payload is no object"
