"""Forms, made from the definitions of commands: errors stand under their fields, and nothing typed is lost."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from adapters.web import links
from adapters.web.controls import hidden
from adapters.web.frame import Frame
from adapters.web.html import EMPTY, Html, attribute, join, tag
from adapters.web.spans import text
from bot.chat.card import Button
from bot.chat.form import Choice, Field, FieldKind, Form

NO_CHOICE = "Choose…"
ON_ENTER = tag("button", "Send", tabindex="-1", aria_hidden="true", cls="vh")
"""The first button of a form is what Enter presses: without it, that would be one with a time of its own."""
HALF_WIDTH = frozenset({"time", "day", "area", "until", "from"})
"""Fields whose answers are short, so that several stand side by side."""
ROWS = 3


@dataclass(frozen=True, slots=True)
class Extra:
    """What a form has beside its fields: buttons that send it with one field filled, and whether it is the page's."""

    quick: tuple[Button, ...] = ()
    is_main: bool = True


def render(frame: Frame, form: Form, extra: Extra | None = None) -> Html:
    """Return a form; the first field that was wrong has the focus."""
    extra = extra or Extra()
    wrong = next((field.name for field in form.fields if field.error), None)
    fields = [
        _field(form.command, field, is_first_wrong=field.name == wrong) for field in form.fields if _is_shown(field)
    ]
    quick = [_quick(button) for button in extra.quick]
    name = form.command.replace(" ", "-")
    return tag(
        "form",
        hidden(frame, form.command, form.carried, is_form=True),
        join((ON_ENTER, tag("div", *quick, cls="quick"))) if quick else EMPTY,
        *fields,
        tag("p", tag("button", form.submit, cls="main" if extra.is_main else ""), cls="send"),
        method="post",
        action=links.DO,
        cls="form",
        id=f"form-{name}",
        aria_label=form.title,
    )


def refill(form: Form, refused: Form | None) -> Form:
    """Return a page's form with the values and errors of the one that was refused, and the page's own choices."""
    if refused is None:
        return form
    sent = {field.name: field for field in refused.fields}
    fields = (
        replace(field, value=sent[field.name].value, error=sent[field.name].error) if field.name in sent else field
        for field in form.fields
    )
    return replace(form, fields=tuple(fields), carried={**form.carried, **refused.carried})


def _is_shown(field: Field) -> bool:
    """Return False for what only a platform can ask: files and channels."""
    return field.kind not in (FieldKind.FILE, FieldKind.CHANNEL)


def _quick(button: Button) -> Html:
    """Return a button that sends its form with one field filled in."""
    name, value = next(iter(button.options.items()))
    return tag("button", button.label, name=f"{links.PRESSED_PREFIX}{name}", value=value, formnovalidate=True)


def _field(command: str, field: Field, *, is_first_wrong: bool) -> Html:
    base = f"{command.replace(' ', '-')}-{field.name}"
    described = [
        f"{base}-{part}" for part, is_there in (("help", field.description), ("error", field.error)) if is_there
    ]
    attributes: dict[str, str | bool | int | None] = {
        "id": base,
        "name": f"{links.OPTION_PREFIX}{field.name}",
        "required": field.is_required,
        "aria_describedby": " ".join(described) or None,
        "aria_invalid": "true" if field.error else None,
        "autofocus": is_first_wrong,
    }
    half = " half" if field.name in HALF_WIDTH else ""
    return tag(
        "div",
        tag("label", field.label or field.name.capitalize(), for_=base),
        _control(field, attributes),
        tag("p", field.description, id=f"{base}-help", cls="help") if field.description else EMPTY,
        tag("p", text(field.error), id=f"{base}-error", cls="error") if field.error else EMPTY,
        cls=f"field f-{field.name}{half}{' wrong' if field.error else ''}",
    )


def _control(field: Field, attributes: dict[str, str | bool | int | None]) -> Html:
    if field.kind is FieldKind.CHOICE:
        return tag("select", *_options(field), **attributes)
    if field.kind is FieldKind.LONG:
        return tag(
            "textarea",
            Html(f"\n{attribute(field.value)}"),  # a line's end right behind the tag is no part of the value
            rows=ROWS,
            maxlength=field.longest,
            placeholder=field.hint or None,
            dir="auto",
            **attributes,
        )
    is_day = field.kind is FieldKind.DAY and _is_day(field.value)
    return tag(
        "input",
        type="date" if is_day else "text",
        value=field.value or None,
        placeholder=None if is_day else field.hint or None,
        maxlength=None if is_day else field.longest,
        inputmode="numeric" if field.kind is FieldKind.NUMBER else None,
        autocomplete="off",
        dir="auto",
        **attributes,
    )


def _options(field: Field) -> Iterable[Html]:
    """Yield what can be picked; a value that is none of it stays there, so that nothing typed is lost."""
    choices = list(field.choices)
    if field.value and all(choice.value != field.value for choice in choices):
        choices.insert(0, Choice(field.value, field.value))
    if not field.is_required or not field.value:
        yield tag("option", NO_CHOICE, value="")
    for choice in choices:
        yield tag("option", choice.label, value=choice.value, selected=choice.value == field.value)


def _is_day(value: str) -> bool:
    """Return True for no day at all, and for one as a browser's calendar has it."""
    try:
        return not value or bool(date.fromisoformat(value))
    except ValueError:
        return False
