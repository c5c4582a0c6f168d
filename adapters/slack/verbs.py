"""The verbs `tenhours slack manifest` and `slack link`, which print what a new installation needs."""

from collections.abc import Sequence

from adapters.slack.settings import SlackSettings
from bot.adapter.http import Json
from bot.adapter.plugin import Verb
from bot.chat.command import Spec


async def print_manifest(settings: SlackSettings, specs: Sequence[Spec]) -> str:
    """Return the manifest as JSON: for HTTP where only a signing secret is set, else for Socket Mode."""
    from adapters.slack.manifest import format_manifest  # noqa: PLC0415 - this is read at every start

    return format_manifest(_make_manifest(settings, specs))


async def print_link(settings: SlackSettings, specs: Sequence[Spec]) -> str:
    """Return the link that makes the app; where there is one already, what it lacks, too."""
    from adapters.slack.check import check_app  # noqa: PLC0415 - as above
    from adapters.slack.manifest import make_link  # noqa: PLC0415 - as above

    link = make_link(_make_manifest(settings, specs))
    if not settings.bot_token:
        return link
    findings = [f"{finding.subject}: {finding.words}. {finding.what_to_do}" for finding in await check_app(settings)]
    return "\n".join([link, "", "There is an app already:", *(finding.rstrip() for finding in findings)])


def _make_manifest(settings: SlackSettings, specs: Sequence[Spec]) -> Json:
    from adapters.slack.manifest import make_manifest  # noqa: PLC0415 - as above

    is_socket = settings.is_socket or not settings.signing_secret
    return make_manifest(specs, is_socket=is_socket, public_url=settings.public_url)


VERBS = (
    Verb("manifest", "print the manifest that creates the app on Slack", print_manifest),
    Verb("link", "print a link that creates the app on Slack, and what an app that is there lacks", print_link),
)
