"""The verb `tenhours slack manifest`, which prints what a new installation needs."""

from collections.abc import Sequence

from adapters.slack.settings import SlackSettings
from bot.adapter.plugin import Verb
from bot.chat.command import Spec


async def print_manifest(settings: SlackSettings, specs: Sequence[Spec]) -> str:
    """Return the manifest as JSON: for HTTP where only a signing secret is set, else for Socket Mode."""
    from adapters.slack.manifest import format_manifest, make_manifest  # noqa: PLC0415 - this is read at every start

    is_socket = settings.is_socket or not settings.signing_secret
    return format_manifest(make_manifest(specs, is_socket=is_socket, public_url=settings.public_url))


VERBS = (Verb("manifest", "print the manifest that creates the app on Slack", print_manifest),)
