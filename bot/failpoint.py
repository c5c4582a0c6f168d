"""Places at which a test may let the process die or stop, as if the power had gone or the machine were suspended.

In earnest they cost one comparison. `TENHOURS_FAILPOINT=posted` kills the process by SIGKILL when it first reaches
`posted`, `posted:3` the third time; `posted:stop` and `posted:3:stop` stop it by SIGSTOP, until somebody lets it go on.
"""

import os
import signal
import threading
from itertools import count

VARIABLE = "TENHOURS_FAILPOINT"
STOP = "stop"


def _armed(text: str) -> tuple[str, int, signal.Signals]:
    name, *rest = text.split(":")
    times = int(rest.pop(0)) if rest and rest[0].isdecimal() else 1
    return name, times, signal.SIGSTOP if rest == [STOP] else signal.SIGKILL


ARMED, TIMES, SIGNAL = _armed(os.environ.get(VARIABLE, ""))
_reached = count(1)


def reach(name: str) -> None:
    """Die or stop here, if that is what the environment asks for.

    The signal goes to this thread: one to the process may be taken by another, and on a busy machine this one would
    meanwhile go on.
    """
    if name == ARMED and next(_reached) == TIMES:
        signal.pthread_kill(threading.get_ident(), SIGNAL)
