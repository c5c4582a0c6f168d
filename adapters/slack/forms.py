"""A form as a modal, and what was sent back in it as raw options."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct, json

from adapters.slack import inputs, limits
from adapters.slack.markup import Json, legible, plain_object
from adapters.slack.wording import words
from bot.chat.command import OptionKind
from bot.chat.form import Form
from bot.domain.names import cut

CALLBACK = "form"
CARD = "card"
_NOTHING: Mapping[str, OptionKind] = {}


class Origin(Struct, frozen=True, omit_defaults=True):
    """What a form must remember while it is open: its command, and where the answer is to be shown.

    `nonce` names this opening of it, so that the same values sent twice from one opening are one request.
    """

    command: str
    carried: dict[str, str] = {}
    nonce: str = ""
    channel: str = ""
    channel_name: str = ""
    response_url: str = ""
    surface: str = ""
    is_shared: bool = False


_origins = json.Decoder(Origin)


def view(form: Form, origin: Origin, kinds: Mapping[str, OptionKind] = _NOTHING) -> Json:
    """The modal; `kinds` are those of the options that its fields fill."""
    fields = form.fields[: limits.VIEW_BLOCKS // 2]
    blocks = [block for field in fields for block in inputs.drawn(field, kinds.get(field.name))]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain_object(form.title, limits.VIEW_TITLE),
        "submit": plain_object(form.submit, limits.VIEW_TITLE),
        "close": plain_object("Cancel", limits.VIEW_TITLE),
        "private_metadata": _metadata(origin),
        "blocks": blocks or [{"type": "section", "text": plain_object(form.title, limits.SECTION)}],
    }


def card_view(title: str, blocks: list[Json]) -> Json:
    """A modal that shows an answer where there is no message to show it in."""
    return {
        "type": "modal",
        "callback_id": CARD,
        "title": plain_object(title or "Ten Hours", limits.VIEW_TITLE),
        "close": plain_object("Close", limits.VIEW_TITLE),
        "blocks": blocks,
    }


def origin_of(sent: Mapping[str, Any]) -> Origin:
    """What the form remembered; nothing where it cannot be read."""
    try:
        return _origins.decode(str(sent.get("private_metadata") or ""))
    except msgspec.DecodeError:
        return Origin("")


def values_of(sent: Mapping[str, Any]) -> dict[str, str]:
    """The fields as they were filled in, empty ones too."""
    return {name: inputs.value(given) for name, given in _given(sent)}


def files_of(sent: Mapping[str, Any]) -> dict[str, inputs.Handed]:
    """The files that were put into it, by field."""
    found = {name: inputs.handed(given) for name, given in _given(sent)}
    return {name: file for name, file in found.items() if file is not None}


def errors_of(form: Form, names: Mapping[str, str]) -> dict[str, str] | None:
    """The sentences that belong under fields which are on the screen; None where one belongs nowhere there."""
    wrong = {field.name: cut(legible(words(field.error)), limits.ERROR) for field in form.fields if field.error}
    return wrong if wrong and wrong.keys() <= names.keys() else None


def fits(origin: Origin) -> bool:
    """Whether Slack lets the form remember all of it, but for where the answer might go."""
    return len(json.encode(msgspec.structs.replace(origin, response_url="")).decode()) <= limits.METADATA


def _metadata(origin: Origin) -> str:
    text = json.encode(origin).decode()
    if len(text) > limits.METADATA:
        text = json.encode(msgspec.structs.replace(origin, response_url="")).decode()
    return text


def _given(sent: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, elements in sent.get("state", {}).get("values", {}).items():
        yield name, elements.get(inputs.ACTION) or {}
