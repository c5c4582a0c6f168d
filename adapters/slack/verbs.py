"""The verbs `tenhours slack manifest` and `slack link`, for a new installation, and `slack rotate`, for a new key."""

from collections.abc import Sequence

from adapters.slack.settings import SlackSettings
from bot.adapter import Memory
from bot.adapter.http import Json
from bot.adapter.plugin import MemoryVerb, Verb
from bot.chat.command import Spec
from bot.errors import Misconfigured


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


async def rotate_tokens(settings: SlackSettings, memory: Memory) -> str:
    """Encrypt the tokens of all workspaces with the first key, so that the others can be taken out of the settings."""
    from adapters.slack.oauth import Installations  # noqa: PLC0415 - as above

    if not settings.encryption_key:
        raise Misconfigured("[slack] encryption_key is missing: expected the new key, a comma, and the old one.")
    count = await Installations(memory, settings.encryption_key).rotate()
    if not count:
        return "No workspace has installed the app."
    tokens = "1 token is" if count == 1 else f"{count} tokens are"
    return f"{tokens} encrypted with the first key. You can remove the others from encryption_key."


async def print_key(settings: SlackSettings, specs: Sequence[Spec]) -> str:
    """Return a new key for `encryption_key`, made from the system's randomness."""
    from cryptography.fernet import Fernet  # noqa: PLC0415 - as above

    del settings, specs
    return Fernet.generate_key().decode()


VERBS = (
    Verb("manifest", "print the manifest that creates the app on Slack", print_manifest),
    Verb("link", "print the link that creates the app on Slack, and what an existing app lacks", print_link),
    Verb("key", "print a new encryption_key, for tokens of many workspaces", print_key),
    MemoryVerb("rotate", "encrypt the tokens of workspaces with the first encryption_key", rotate_tokens),
)
