"""A command's form, made from its options, with the values and errors of each field."""

from collections.abc import Container, Mapping

from bot.chat.command import Option, OptionKind, Reading, Spec
from bot.chat.form import Choice, Field, FieldKind, Form
from bot.chat.text import Text
from bot.domain.names import capitalize

KINDS = {
    OptionKind.LONG: FieldKind.LONG,
    OptionKind.NUMBER: FieldKind.NUMBER,
    OptionKind.DAY: FieldKind.DAY,
    OptionKind.CHOICE: FieldKind.CHOICE,
    OptionKind.FILE: FieldKind.FILE,
    OptionKind.CHANNEL: FieldKind.CHANNEL,
}
MAX_CHOICES = 25


def form(
    spec: Spec,
    values: Mapping[str, str],
    reading: Reading,
    errors: Mapping[str, Text] = {},
    *,
    without: Container[str] = (),
    described: Mapping[str, str] = {},
) -> Form:
    """Return the form of `spec` with `values` in it; those that are no field of it are carried along unseen.

    Fields named by `without` are left out: they are answered already. `described` says of some what becomes of the
    answer here and now, in the place of what is said of them everywhere.
    """
    options = [option for option in spec.form_fields if option.name not in without]
    fields = tuple(
        _field(option, values, reading, errors, described.get(option.name, option.description)) for option in options
    )
    names = {option.name for option in options}
    carried = {name: text for name, text in values.items() if name not in names and text}
    return Form(spec.name, spec.title or spec.summary, fields, carried, spec.submit)


def _field(
    option: Option[object], values: Mapping[str, str], reading: Reading, errors: Mapping[str, Text], description: str
) -> Field:
    choices = option.offer(reading) if option.offer else option.choices
    if option.kind is OptionKind.AREA and len(reading.areas) <= MAX_CHOICES:
        choices = tuple(Choice(area, area) for area in reading.areas)
    return Field(
        option.name,
        option.question or capitalize(option.summary),
        FieldKind.CHOICE if choices else KINDS.get(option.kind, FieldKind.SHORT),
        option.hint,
        values.get(option.name, ""),
        choices,
        option.is_required,
        option.longest,
        errors.get(option.name, ()),
        description,
    )
