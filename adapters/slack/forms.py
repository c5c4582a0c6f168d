"""A form as a modal, and what was sent back in it as raw options."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct, json

from adapters.slack import inputs, limits
from adapters.slack.markup import plain_object
from adapters.slack.wording import plain_words
from bot.adapter.http import Json
from bot.chat.command import OptionKind
from bot.chat.form import Form
from bot.chat.legible import legible
from bot.domain.names import cut

FORM_CALLBACK = "form"
CARD_CALLBACK = "card"
NO_KINDS: Mapping[str, OptionKind] = {}


class Origin(Struct, frozen=True, omit_defaults=True):
    """The memory of an open form: its command, and where the answer is to be shown.

    `nonce` names this opening of it, so that the same values sent twice from one opening are one request. `surface` is
    the one on which it was opened, `is_shared` says that others see the message there. `since` is the second since
    1970 at which Slack handed out the `response_url`, which is good for half an hour.
    """

    command: str
    carried: dict[str, str] = {}
    nonce: str = ""
    channel: str = ""
    channel_name: str = ""
    response_url: str = ""
    surface: str = ""
    is_shared: bool = False
    since: int = 0


_origins = json.Decoder(Origin)


def render_form(form: Form, origin: Origin, kinds: Mapping[str, OptionKind] = NO_KINDS) -> Json:
    """Return the modal; `kinds` are those of the options that its fields fill."""
    fields = form.fields[: limits.VIEW_BLOCK_COUNT // 2]  # an error below each takes a block of its own
    blocks = [block for field in fields for block in inputs.render_field(field, kinds.get(field.name))]
    return {
        "type": "modal",
        "callback_id": FORM_CALLBACK,
        "title": plain_object(form.title, limits.VIEW_TITLE_LENGTH),
        "submit": plain_object(form.submit, limits.VIEW_TITLE_LENGTH),
        "close": plain_object("Cancel", limits.VIEW_TITLE_LENGTH),
        "private_metadata": _encode(origin),
        "blocks": blocks or [{"type": "section", "text": plain_object(form.title, limits.SECTION_LENGTH)}],
    }


def render_answer(title: str, blocks: list[Json]) -> Json:
    """Return a modal that shows an answer where there is no message to show it in."""
    return {
        "type": "modal",
        "callback_id": CARD_CALLBACK,
        "title": plain_object(title or "Ten Hours", limits.VIEW_TITLE_LENGTH),
        "close": plain_object("Close", limits.VIEW_TITLE_LENGTH),
        "blocks": blocks,
    }


def read_origin(view: Mapping[str, Any]) -> Origin:
    """Return what the form of a view remembered; an empty origin where that cannot be read."""
    try:
        return _origins.decode(str(view.get("private_metadata") or ""))
    except msgspec.DecodeError:
        return Origin("")


def read_values(view: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields as they were filled in, empty ones too."""
    return {name: inputs.read_value(state) for name, state in _states(view)}


def read_files(view: Mapping[str, Any]) -> dict[str, inputs.SlackFile]:
    """Return the files that were put into the form, by field."""
    files = {name: inputs.read_file(state) for name, state in _states(view)}
    return {name: file for name, file in files.items() if file is not None}


def find_errors(form: Form, shown_fields: Mapping[str, str]) -> dict[str, str] | None:
    """Return the sentence for each wrong field.

    None if there is none, or if one is not on the screen: Slack shows no error of a field that it does not know.
    """
    errors = {
        field.name: cut(legible(plain_words(field.error)), limits.ERROR_LENGTH) for field in form.fields if field.error
    }
    return errors if errors and errors.keys() <= shown_fields.keys() else None


def fits(origin: Origin) -> bool:
    """Return True if Slack lets the form remember all of it, but for where the answer might go."""
    return len(_encode_without_url(origin)) <= limits.METADATA_LENGTH


def _encode(origin: Origin) -> str:
    text = json.encode(origin).decode()
    return text if len(text) <= limits.METADATA_LENGTH else _encode_without_url(origin)


def _encode_without_url(origin: Origin) -> str:
    return json.encode(msgspec.structs.replace(origin, response_url="")).decode()


def _states(view: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the state of each field's input."""
    for name, elements in view.get("state", {}).get("values", {}).items():
        yield name, elements.get(inputs.ACTION) or {}
