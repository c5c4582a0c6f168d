"""The form of a command: at most five fields, made from its options."""

from enum import StrEnum

from msgspec import Struct, field

from bot.chat.text import Bold, Text


class FieldKind(StrEnum):
    """The type of a field; an adapter uses its nearest native input."""

    SHORT = "short"
    LONG = "long"
    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"
    FILE = "file"
    CHANNEL = "channel"


class Choice(Struct, frozen=True):
    """One thing to pick: the words that are shown, and the value that is sent."""

    label: str
    value: str


class Field(Struct, frozen=True):
    """One input: `label` asks, `description` says what becomes of the answer, and `hint` is one example to type.

    `value` stands in it at first; `error` says what was wrong with the value that was sent before.
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.SHORT
    hint: str = ""
    value: str = ""
    choices: tuple[Choice, ...] = ()
    is_required: bool = False
    longest: int = 200
    error: Text = ()
    description: str = ""


class Form(Struct, frozen=True):
    """A form, sent back as a request for `command` with the fields and `carried` as its options."""

    command: str
    title: str
    fields: tuple[Field, ...]
    carried: dict[str, str] = field(default_factory=dict)
    submit: str = "Send"

    @property
    def has_errors(self) -> bool:
        """True if it is shown again because something in it was wrong."""
        return any(field.error for field in self.fields)

    @property
    def errors(self) -> tuple[Text, ...]:
        """What was wrong, each behind the question of its field, for where it cannot stand beside it."""
        return tuple((*_ask(field.label), *field.error) for field in self.fields if field.error)


def _ask(label: str) -> Text:
    if not label:
        return ()
    return (Bold(label), " " if label.endswith("?") else ": ")
