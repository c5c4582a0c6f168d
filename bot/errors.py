"""Every error the program raises on purpose, in one tree.

TenHoursError
├── Refused          what a member typed cannot be taken; the sentence says why, the example what would be
│   └── NotAllowed   the member may not do this here
├── NotSaved         the database could not take it (full, locked, read-only); nothing was written
├── Misconfigured    a setting is wrong; the sentence names key, value and what was expected
└── SchemaMismatch   the database is of another version than the program
"""


class TenHoursError(Exception):
    """The root: the command line prints its sentence and exits with 1, never a traceback."""


class Refused(TenHoursError):
    """Wrong input: one sentence that says what was understood, and an example that would be taken.

    `about` names the option that it is about, where that is known.
    """

    def __init__(self, sentence: str, example: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.example = example
        self.about = ""


class NotAllowed(Refused):
    """The member is known, the wish is understood, but it is not theirs to have."""


class NotSaved(TenHoursError):
    """The transaction was rolled back as a whole; trying again is safe."""


class Misconfigured(TenHoursError):
    """A setting that cannot be used; the message names key, value and what was expected."""


class SchemaMismatch(TenHoursError):
    """The file's schema is not the program's; the message holds the command to type."""
