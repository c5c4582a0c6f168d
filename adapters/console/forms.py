"""Forms that wait for their answers, and `:fill`, which gives them."""

import re
from dataclasses import dataclass

from msgspec.structs import replace

from adapters.console.buttons import ShownCard
from adapters.console.limits import OPEN_FORMS
from bot.chat.card import Block, Card, Line, Note, Tone
from bot.chat.form import FieldKind, Form
from bot.chat.request import Channel
from bot.domain.names import quoted
from bot.errors import Refused

_STRAY = re.compile(r";\s*(\w+)\s*=")


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form before one person, where it was asked for; `origin` is the card whose button opened it."""

    form: Form
    viewer: str
    channel: Channel
    origin: ShownCard | None = None


class OpenForms:
    """All forms that are open, the newest last."""

    def __init__(self) -> None:
        self._forms: list[OpenForm] = []

    def open(self, opened: OpenForm) -> None:
        """Open a form; an older one of the same command is out of date."""
        self._forms = [
            other for other in self._forms if (other.viewer, other.form.command) != (opened.viewer, opened.form.command)
        ][-OPEN_FORMS:]
        self._forms.append(opened)

    def newest(self, viewer: str, room: str | None = None) -> OpenForm:
        """Return the form that a person answers now. Raises `Refused` where none is open."""
        for opened in reversed(self._forms):
            if opened.viewer == viewer and room in (None, opened.channel.id):
                return opened
        raise Refused("No form is open; a command opens one where something is missing.", "/checkin")

    @property
    def latest(self) -> OpenForm | None:
        """The form that was opened last, before whomever; None where none is open."""
        return self._forms[-1] if self._forms else None

    def close(self, opened: OpenForm) -> None:
        """Drop a form that is answered."""
        self._forms = [other for other in self._forms if other is not opened]

    def amend(self, opened: OpenForm, form: Form) -> None:
        """Put a form with other values in the place of the one that is open."""
        amended = OpenForm(form, opened.viewer, opened.channel, opened.origin)
        self._forms = [amended if other is opened else other for other in self._forms]


def fill_in(form: Form, text: str) -> Form:
    """Return the form with what `time=2h; learned=SVD` says. Raises `Refused` naming the fields.

    `;` separates only where a field follows that is not yet given, so that values may hold `;` and `=`.
    """
    values = _values(form, text.strip())
    fields = tuple(replace(field, value=values.get(field.name, field.value), error=()) for field in form.fields)
    return replace(form, fields=fields)


def options_of(form: Form) -> dict[str, str]:
    """Return the options that a form sends back."""
    return {**form.carried, **{field.name: field.value for field in form.fields}}


def errors_of(form: Form) -> Card:
    """Return the sentences that a form came back with, as a card."""
    blocks: list[Block] = [Line(error) for error in form.errors]
    first = next(field.name for field in form.fields if field.error)
    return Card(form.title, (*blocks, Note((f"The form is still open: :fill {first}=…",))), Tone.WRONG)


def _values(form: Form, text: str) -> dict[str, str]:
    if not text:
        return {}
    names = {field.name.casefold(): field.name for field in form.fields}
    marks = re.compile(rf"(?:^|;)\s*({'|'.join(map(re.escape, names))})\s*=", re.IGNORECASE)
    given: dict[str, str] = {}
    name, start = "", 0
    for mark in marks.finditer(text):
        known = names[mark[1].casefold()]
        if known in given or known == name or (not name and mark.start() > 0):
            continue
        if name:
            given[name] = text[start : mark.start()].strip()
        name, start = known, mark.end()
    if not name:
        raise _unknown_field(form, text)
    given[name] = text[start:].strip().removesuffix(";").rstrip()
    _check_fields(form, given)
    return given


def _check_fields(form: Form, given: dict[str, str]) -> None:
    """Raise `Refused` where a field that the form does not have is given; only a long text may look like one."""
    for field in form.fields:
        stray = _STRAY.search(given.get(field.name, ""))
        if stray and field.kind is not FieldKind.LONG:
            raise _unknown_field(form, stray[1])


def _unknown_field(form: Form, text: str) -> Refused:
    typed = text.partition("=")[0].partition(";")[0].strip()
    names = ", ".join(field.name for field in form.fields)
    example = f":fill {form.fields[0].name}=…" if form.fields else ":fill"
    return Refused(f"The form has no field {quoted(typed)}; its fields are {names or 'none'}.", example)
