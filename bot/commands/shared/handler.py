"""A command as it runs: its spec, its handler, and what its form is prefilled with."""

from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol, runtime_checkable

from msgspec import Struct

from bot.chat.command import Given, Option, Spec
from bot.chat.request import Answer, Request
from bot.context import Context, Defaults
from bot.errors import Refused
from bot.store.tx import Tx

Handler = Callable[[Context, Given], Answer]
Prefill = Callable[[Context, dict[str, str]], dict[str, str]]
Pin = Callable[[Context, Mapping[str, str]], dict[str, str]]
Prepare = Callable[[Context, Given], object]
RunPiece = Callable[[Context, Given], bool]
Known = Callable[[Context], Container[str]]
Stranger = Callable[[Tx, Request, Defaults], Answer]
Allows = Callable[[Context, Mapping[str, str]], bool]
Describe = Callable[[Context, Mapping[str, str]], Mapping[str, str]]


@runtime_checkable
class Job(Protocol):
    """Hard work on what a member sent, as plain data that can be handed to another process."""

    def work(self) -> object:
        """Do it, and return an outcome that can be handed back."""
        ...


class Command(Struct, frozen=True):
    """A spec and its handler. `prefill` returns the values that stand in the form at first, by option name.

    `pin` returns what a question about some options has to hold fast beside them, so that it means the same whenever it
    is answered: the day, the check-in.
    `known` names the options that the form need not ask for, since the person has answered them before. `describe` says
    in the form what becomes of an answer, by the name of its option, where that depends on who is asked, and where.
    `allows` says of options, as words, whether they can be taken together, for what cannot is never offered. `stranger`
    answers somebody of whom nothing is stored, and stores nothing, where a command makes nobody known.

    `prepare` returns, from a snapshot, what the handler is to find in `Context.prepared`. A `Job` is done before the
    transaction and in a process of its own, and its outcome is found there instead.

    `run_piece` does a part of what would hold up all who write, each in a transaction of its own, and returns True
    while there is more; `run` answers after the last. What a piece has done stands, whatever becomes of the next.
    """

    spec: Spec
    run: Handler
    prefill: Prefill | None = None
    pin: Pin | None = None
    prepare: Prepare | None = None
    known: Known | None = None
    run_piece: RunPiece | None = None
    describe: Describe | None = None
    stranger: Stranger | None = None
    allows: Allows | None = None


@contextmanager
def about(option: Option[Any]) -> Iterator[None]:
    """Name the option that a refusal raised inside is about, so that a form shows it under that field."""
    try:
        yield
    except Refused as refused:
        refused.about = refused.about or option.name
        raise
