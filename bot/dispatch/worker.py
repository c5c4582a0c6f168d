"""The process in which a job is done: it takes one from standard input, hands its outcome out, and ends.

What a member sent is read here, so that whatever it holds takes its time and its memory from here alone. Nothing is
logged here: it would quote what members write.
"""

import os
import pickle
import sys
from contextlib import suppress

from msgspec import Struct

MOST_BYTES = 256 * 1024**2
"""Memory for data; a file of the largest size that is taken needs less than half of it."""
NICENESS = 10


class Failure(Struct, frozen=True):
    """What ended a job: the kind of the error and the place where it was raised, without its words."""

    kind: str
    place: str


def main() -> None:
    """Do the job that comes in."""
    _be_modest()
    outgoing = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a library prints is not the outcome
    outcome: object
    try:
        job = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the program that started this one
        outcome = job.work()
    except Exception as error:  # noqa: BLE001 - a library may raise anything
        outcome = _describe(error)
    with outgoing:
        pickle.dump(outcome, outgoing)


def _be_modest() -> None:
    """Leave the processor to those who check in, and take no more memory than a file is worth, where that may be."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on every system

        os.nice(NICENESS)
        resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, MOST_BYTES))


def _describe(error: Exception) -> Failure:
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    place = f"{last.tb_frame.f_globals.get('__name__')}:{last.tb_lineno}" if last is not None else ""
    return Failure(type(error).__name__, place)
