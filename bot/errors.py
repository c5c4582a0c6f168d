"""Errors that end a request or the program, and what each one means.

TenHoursError            the command line prints its sentence and exits with 1, never a traceback
├── Refused              a member's input cannot be taken; the sentence says why, the example what would be
│   ├── NotAllowed       the member may not do this here
│   └── WrongOptions     several options could not be read, each with its own refusal (`bot.chat.parse`)
├── NotSaved             the database could not take it (full, locked, read-only); nothing was written
├── Misconfigured        a setting is wrong; the sentence names key, value and what was expected
└── SchemaMismatch       the database is of another version than the program

PostError (`bot.chat.delivery`) says what became of a post and never leaves `bot.delivery`. Other exceptions end inside
the module that defines them, or one that its docstring names.
"""


class Typed(str):
    """Words to type, as they stand inside the sentence of a refusal: a command."""

    __slots__ = ()


Sentence = str | tuple[str, ...]
"""A sentence, in parts where some of them are `Typed`."""


class TenHoursError(Exception):
    """The root of errors that a person can cause or mend."""


class Refused(TenHoursError):
    """Wrong input: one sentence that says what was understood, and an example that would be taken.

    `about` names the option that it is about, where that is known.
    """

    def __init__(self, sentence: Sentence, example: str = "") -> None:
        self.parts = (sentence,) if isinstance(sentence, str) else sentence
        super().__init__(self.sentence)
        self.example = example
        self.about = ""

    @property
    def sentence(self) -> str:
        """The sentence as plain words."""
        return "".join(self.parts)


class NotAllowed(Refused):
    """A request that is understood, but not for this member to make."""


class NotSaved(TenHoursError):
    """A transaction that was rolled back as a whole; trying again is safe."""


class Misconfigured(TenHoursError):
    """A setting that cannot be used; the message names key, value and what was expected."""


class SchemaMismatch(TenHoursError):
    """A database whose schema is not the program's; the message holds the command to type."""
