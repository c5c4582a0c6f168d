"""The console: the bot in a terminal, for trying it out, for scripts, and for the demo."""

from adapters.console.client import Console, create

__all__ = ["Console", "create"]
