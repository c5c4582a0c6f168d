"""An adapter in a package of its own, for a small homeserver that speaks lines of JSON over a local socket."""

from bot.adapter import Adapter, Core
from bot.adapter.plugin import Plugin
from tenhours_matrix.settings import MatrixSettings
from tenhours_matrix.verbs import VERBS


def create(settings: MatrixSettings, core: Core) -> Adapter:
    """Return the adapter. Raises `Misconfigured` without a token."""
    from tenhours_matrix.adapter import MatrixAdapter  # noqa: PLC0415 - only where it serves

    return MatrixAdapter(settings, core)


PLUGIN = Plugin(create, MatrixSettings, VERBS)
