"""Telling systemd how it goes, by its own protocol: a line of text in a datagram.

It is thirty lines, and the packages that do it are no longer kept or bring a C library along.
"""

import os
import socket
from collections.abc import Mapping
from contextlib import suppress

READY, STOPPING, ALIVE = "READY=1", "STOPPING=1", "WATCHDOG=1"


class Notifier:
    """Tells the service manager, where there is one that wants to hear."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._address = environ.get("NOTIFY_SOCKET", "")
        self.interval = _watchdog(environ)

    def tell(self, *lines: str) -> None:
        """Send these lines; nobody who listens, or who does not any more, is no error."""
        if not self._address:
            return
        address = f"\0{self._address[1:]}" if self._address.startswith("@") else self._address
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
            out.setblocking(False)  # one who does not read must not hold up the program
            out.sendto("\n".join(lines).encode(), address)


def _watchdog(environ: Mapping[str, str]) -> float | None:
    """Return half the seconds within which a sign of life is expected; None where none is, or another process's."""
    try:
        process_id = int(environ.get("WATCHDOG_PID", os.getpid()))
        seconds = int(environ["WATCHDOG_USEC"]) / 2_000_000
    except (KeyError, ValueError):
        return None
    return seconds if process_id == os.getpid() and seconds > 0 else None
