"""A command as it runs: its spec, its handler, and what its form is prefilled with."""

from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bot.chat.command import Given, Option, Spec
from bot.chat.request import Answer
from bot.context import Context
from bot.errors import Refused

Handler = Callable[[Context, Given], Answer]
Prefill = Callable[[Context, dict[str, str]], dict[str, str]]
Pin = Callable[[Context, Mapping[str, str]], dict[str, str]]
Prepare = Callable[[Context, Given], object]
Known = Callable[[Context], Container[str]]


@dataclass(frozen=True, slots=True)
class Command:
    """A spec and its handler. `prefill` returns the values that stand in the form at first, by option name.

    `pin` returns what a question about some options has to hold fast beside them, so that it means the same whenever it
    is answered: the day, the check-in.
    `known` names the options that the form need not ask for, since the person has answered them before.

    `prepare` works out on a snapshot, before the transaction, what would hold up all who write: the handler finds it in
    `Context.prepared`, or None for someone who was not known yet.
    """

    spec: Spec
    run: Handler
    prefill: Prefill | None = None
    pin: Pin | None = None
    prepare: Prepare | None = None
    known: Known | None = None


@contextmanager
def about(option: Option[Any]) -> Iterator[None]:
    """Name the option that a refusal raised inside is about, so that a form shows it under that field."""
    try:
        yield
    except Refused as refused:
        refused.about = refused.about or option.name
        raise
