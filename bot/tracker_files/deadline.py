"""A limit of time for reading a file: whatever it holds, it ends with a sentence, and at once when it is called off."""

import time

from bot.errors import Refused


class Deadline:
    """A number of seconds from now on."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until = time.monotonic() + seconds
        self._is_stopped = False

    def stop(self) -> None:
        """Let the next check be the last."""
        self._is_stopped = True

    def check(self) -> None:
        """Raise `Refused` when the time is over, or the reading is not wanted any more."""
        if self._is_stopped:
            raise Refused("Reading was stopped.")
        if time.monotonic() > self._until:
            raise Refused(f"Reading that file took more than {self._seconds:g} seconds. Bring it in by parts.")
