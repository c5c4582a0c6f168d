"""The command-line verb of Matrix: `tenhours matrix topic`."""

from collections.abc import Sequence

from bot.adapter.plugin import Verb
from bot.chat.command import Spec
from tenhours_matrix.settings import MatrixSettings


async def print_topic(settings: MatrixSettings, specs: Sequence[Spec]) -> str:
    """Return a topic for the room: every command that can be typed."""
    del settings
    return " · ".join(f"/{spec.name}" for spec in specs if not spec.is_button_only)


VERBS = (Verb("topic", "print a topic for the room, with all commands", print_topic),)
