"""`tenhours slack manifest`: prints what a new installation needs."""

from collections.abc import Mapping, Sequence

from adapters.slack.manifest import as_json, manifest
from adapters.slack.settings import read_settings
from bot.adapter import Verb
from bot.chat.command import Spec


async def print_manifest(section: Mapping[str, object], specs: Sequence[Spec]) -> str:
    """The manifest as JSON: for HTTP where only a signing secret is set, else for Socket Mode."""
    settings = read_settings(section)
    is_socket = settings.is_socket or not settings.signing_secret
    return as_json(manifest(specs, is_socket=is_socket, public_url=settings.public_url))


VERBS = (Verb("manifest", "print the manifest from which Slack makes the app", print_manifest),)
