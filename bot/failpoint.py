"""Places at which a test may let the process die, as if the power had gone; in earnest they cost one comparison.

`TENHOURS_FAILPOINT=posted` kills the process by SIGKILL when it first reaches `posted`, `posted:3` the third time.
"""

import os
import signal
from itertools import count

VARIABLE = "TENHOURS_FAILPOINT"


def _armed(text: str) -> tuple[str, int]:
    name, _, times = text.partition(":")
    return name, int(times or 1)


ARMED, TIMES = _armed(os.environ.get(VARIABLE, ""))
_reached = count(1)


def reach(name: str) -> None:
    """Die here, if that is what the environment asks for."""
    if name == ARMED and next(_reached) == TIMES:
        os.kill(os.getpid(), signal.SIGKILL)
