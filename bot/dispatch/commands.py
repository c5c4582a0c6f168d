"""The registry of commands, loaded when the first of them is needed.

With all that they read and show they are a third of what the program imports, and nobody can use one before a platform
is connected. An adapter that needs them earlier, or wants them ready for the first member, asks for `Core.commands`.
"""

from collections.abc import Mapping
from functools import cache

from bot.chat.command import Spec
from bot.commands.shared.handler import Command


@cache
def commands_by_name() -> Mapping[str, Command]:
    """Return all commands, by name."""
    from bot.commands import registry  # noqa: PLC0415 - see above

    return registry.BY_NAME


@cache
def specs_by_name(*, has_pages: bool = True) -> Mapping[str, Spec]:
    """Return the specs of all commands by name, or of those that an installation without pages has."""
    from bot.commands import registry  # noqa: PLC0415 - see above

    return registry.list_specs(has_pages=has_pages)
