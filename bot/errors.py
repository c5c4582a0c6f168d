"""Errors that end a request or the program, and what each one means.

TenHoursError            the command line prints its sentence and exits with 1 (78 if misconfigured), no traceback
├── Refused              a member's input cannot be taken; the sentence says why, the example what would be
│   ├── NotAllowed       the member may not do this here
│   ├── Understood       a reader knows what is meant, but it cannot be taken as it stands
│   ├── WrongOptions     several options could not be read, each with its own refusal (`bot.chat.reading`)
│   ├── Unclear          a line has several readings, which are to be asked about (`bot.chat.reading`)
│   └── UnknownCommand   a line begins with no command; it says which may be meant (`bot.chat.reading`)
├── NotSaved             the database could not take it (full, locked, read-only); nothing was written
│   └── PerhapsSaved     the connection was lost at the very end, and nobody knows whether it was written
├── Misconfigured        a setting is wrong; the sentence names key, value and what was expected
└── SchemaMismatch       the database is of another version than the program
    └── ForeignDatabase  the file holds the database of another program

PostError (`bot.chat.delivery`) says what became of a post and never leaves `bot.delivery`. Other exceptions end inside
the module that defines them, or one that its docstring names.
"""

from collections.abc import Sequence
from typing import NamedTuple

EXIT_CONFIG = 78
"""The status for settings that are wrong, as sysexits.h has it: to start again is of no use before they are mended."""

EXIT_TRY_AGAIN = 75
"""The status for something that is to be gone on with, as sysexits.h has it."""


class Typed(str):
    """Words to type, as they stand inside the sentence of a refusal: a command."""

    __slots__ = ()


Sentence = str | tuple[str, ...]
"""A sentence, in parts where some of them are `Typed`."""


class Offer(NamedTuple):
    """Something that may have been meant: words for a button, and those that stand for the option then ("": none)."""

    label: str
    words: str


class TenHoursError(Exception):
    """The root of errors that a person can cause or mend."""


class Refused(TenHoursError):
    """Wrong input: one sentence that says what was understood, and an example that would be taken.

    `about` names the option that it is about, where that is known; `offers` are what may be meant in its place, so that
    it is a question rather than an error.
    """

    def __init__(self, sentence: Sentence, example: str = "", offers: Sequence[Offer] = ()) -> None:
        self.parts = (sentence,) if isinstance(sentence, str) else sentence
        super().__init__(self.sentence)
        self.example = example
        self.offers = tuple(offers)
        self.about = ""

    @property
    def sentence(self) -> str:
        """The sentence as plain words."""
        return "".join(self.parts)


class NotAllowed(Refused):
    """A request that is understood, but not for this member to make."""


class Understood(Refused):
    """Words that are surely a value of the option, but are not taken as they stand.

    Either they have several meanings, which are the `offers`, or their meaning is out of bounds ("25h", "tomorrow").
    A plain `Refused` says instead that they are no such value, so they may belong to another option.
    """


class NotSaved(TenHoursError):
    """A transaction that was rolled back as a whole; trying again is safe."""


class PerhapsSaved(NotSaved):
    """A transaction of which nobody knows whether it was committed; to try again is safe for what may be done twice."""


class Misconfigured(TenHoursError):
    """Settings that cannot be used: a sentence for each, which names key, value and what was expected."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class SchemaMismatch(TenHoursError):
    """A database whose schema is not the program's; the message holds the command to type."""


class ForeignDatabase(SchemaMismatch):
    """The database of another program, where one of ours was meant."""
