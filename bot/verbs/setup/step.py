"""A step of `tenhours setup`: a look at whether it is done, and what does it."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from bot.verbs.setup.conversation import Conversation


class Outcome(Enum):
    """What came of a step."""

    DONE = auto()
    TO_BE_CONTINUED = auto()


@dataclass(frozen=True, slots=True)
class State:
    """Whether a step is done, in words without a dot. `warning` names what works less well."""

    is_done: bool
    words: str
    warning: str = ""


class Step(Protocol):
    """A step."""

    @property
    def title(self) -> str:
        """What it is about, in a word or two."""
        ...

    async def look(self) -> State:
        """Return how it stands, asked of whoever knows. Raises `TenHoursError` where nobody answers."""
        ...

    async def do(self, talk: Conversation) -> Outcome:
        """Do it. Whatever it saves is confirmed before, and whole."""
        ...
