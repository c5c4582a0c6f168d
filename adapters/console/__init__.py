"""The console: the bot in a terminal, for trying it out, for scripts, and for the demo."""

from adapters.console.settings import ConsoleSettings
from bot.adapter import Core, Terminal
from bot.adapter.plugin import Plugin


def create(settings: ConsoleSettings, core: Core) -> Terminal:  # noqa: ARG001 - every adapter gets both
    """Return the console; it has no settings."""
    from adapters.console.adapter import ConsoleAdapter  # noqa: PLC0415 - only where somebody sits

    return ConsoleAdapter(core)


PLUGIN = Plugin(create, ConsoleSettings)
