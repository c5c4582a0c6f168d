"""An adapter in a package of its own, for a small homeserver that speaks lines of JSON over a local socket."""

from collections.abc import Sequence

from bot.adapter import Adapter, Core
from bot.adapter.plugin import Plugin
from bot.adapter.setup import PlatformSetup
from bot.chat.command import Spec
from tenhours_matrix.settings import MatrixSettings
from tenhours_matrix.verbs import VERBS


def create(settings: MatrixSettings, core: Core) -> Adapter:
    """Return the adapter. Raises `Misconfigured` without a token."""
    from tenhours_matrix.adapter import MatrixAdapter  # noqa: PLC0415 - only where it serves

    return MatrixAdapter(settings, core)


def make_setup(specs: Sequence[Spec]) -> PlatformSetup[MatrixSettings]:
    """Return its part of `tenhours setup`."""
    from tenhours_matrix.setup import MatrixSetup  # noqa: PLC0415 - only where it is set up

    del specs
    return MatrixSetup()


PLUGIN = Plugin(create, MatrixSettings, VERBS, setup=make_setup)
