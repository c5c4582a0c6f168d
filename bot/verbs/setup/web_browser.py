"""Opening a link where there is a screen to open it on."""

import os
import sys

from bot.verbs.setup.conversation import Conversation


async def offer_to_open(link: str, talk: Conversation) -> None:
    """Open a link in the browser of whoever sits there, if they wish; on a server there is none."""
    if talk.is_answered_by_person and has_screen() and await talk.confirm("Open it in your browser?"):
        import webbrowser  # noqa: PLC0415 - only where somebody looks

        webbrowser.open(link)


def has_screen() -> bool:
    """Return True if this is a desktop."""
    return sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
