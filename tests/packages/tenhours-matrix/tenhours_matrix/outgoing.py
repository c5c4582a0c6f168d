"""Cards and forms as the homeserver's messages: pure functions, within its limits."""

from collections.abc import Iterator

from bot.adapter.http import Json
from bot.chat.button_id import pack
from bot.chat.card import Actions, Button, Card, Facts, Line, Menu, Note
from bot.chat.form import Field, Form
from bot.chat.legible import legible
from bot.chat.plain import plain, plain_text
from bot.chat.text import Mention, Text
from bot.domain.names import cut

TEXT_CHARACTERS = 4_000
BUTTONS = 20
LABEL_CHARACTERS = 40


def message(card: Card) -> Json:
    """Return the message that shows a card. Only real mentions notify anybody, whatever its words look like."""
    words = Card(card.title, tuple(block for block in card.blocks if not isinstance(block, Actions | Menu)))
    buttons = [shown for button in card.buttons() if (shown := _button(button))]
    mentions = sorted({span.user for text in _texts(card) for span in text if isinstance(span, Mention)})
    return {"text": _text(plain(words)), "buttons": buttons[:BUTTONS], "mentions": mentions}


def form_message(form: Form) -> Json:
    """Return the message that shows a form; the homeserver sends its values back together with what it carries."""
    lines = [form.title, *map(_line, form.fields)]
    values = {**form.carried, **{field.name: field.value for field in form.fields}}
    return {"text": _text("\n".join(lines)), "form": {"command": form.command, "values": values}}


def _text(words: str) -> str:
    return cut(legible(words), TEXT_CHARACTERS) or "…"


def _button(button: Button) -> Json | None:
    """Return a button; None for one whose options do not fit an id, which the core never hands out."""
    button_id = pack(button.command, button.options)
    return {"label": cut(legible(button.label), LABEL_CHARACTERS), "id": button_id} if button_id else None


def _texts(card: Card) -> Iterator[Text]:
    for block in card.blocks:
        match block:
            case Line(text) | Note(text):
                yield text
            case Facts(facts):
                yield from (fact.value for fact in facts)
            case _:
                pass


def _line(field: Field) -> str:
    hint = plain_text(field.error) or field.hint or ", ".join(choice.value for choice in field.choices)
    return f"{field.label} ({field.name}): {field.value or '…'}" + (f" — {hint}" if hint else "")
