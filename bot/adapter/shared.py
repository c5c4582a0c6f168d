"""The border for a platform that several processes serve together: who does what, where one process alone does all."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from bot.adapter import Adapter

Serve = Callable[[], Coroutine[Any, Any, None]]
"""A way to serve until cancelled, and then to leave the platform in order."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A platform's parts: each process runs `everywhere`, and each of those `alone` is run by one process at a time.

    The latter are shared out by their names. None of them is needed for posts: one process sends all.
    """

    everywhere: Serve
    alone: Mapping[str, Serve] = field(default_factory=dict)


@runtime_checkable
class SharedAdapter(Adapter, Protocol):
    """An adapter that several processes may run at a time, as long as each runs its parts and none `run` itself."""

    @property
    def parts(self) -> Parts | None:
        """What to run instead of `run`; None where the platform is one process's as a whole."""
        ...
