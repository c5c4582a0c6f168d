"""The section `[console]` of the settings."""

from bot.adapter.plugin import AdapterSettings


class ConsoleSettings(AdapterSettings, frozen=True):
    """There is nothing to set."""

    @property
    def is_configured(self) -> bool:
        """Return False: the console is served where somebody sits, not by `tenhours run`."""
        return False
