"""What Slack sends, as one thing that came: pure, so that payloads can be replayed in tests.

The id of a request is made from what stays equal when Slack delivers it again (the trigger, or the opening of a form
with its values; the envelope where there is neither) and from what was asked.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from uuid import uuid4

from adapters.slack import buttons, commands, forms, inputs
from bot.chat.request import Channel, CommandRequest, Request, TextRequest, Upload, User, Via

PLATFORM = "slack"
CHECK_IN = "check_in"
LOG_THIS = "log_this"

Body = Mapping[str, Any]


class Surface(StrEnum):
    """Where it was asked, and so where the answer can be shown."""

    SLASH = "slash"
    MESSAGE = "message"
    HOME = "home"
    MODAL = "modal"
    FORM = "form"
    SHORTCUT = "shortcut"


@dataclass
class Come:
    """One thing that a member did. `place` is Slack's id of the channel, direct ones too; `opened_on` is where a form
    that was sent had been opened; `note` is the message that is to be logged, as Slack has it.

    `is_shared` says that the pressed message is seen by others; `is_late` that the acknowledgement has gone without
    the answer.
    """

    id: str
    team: str
    user: str
    user_name: str
    surface: Surface
    place: str = ""
    place_name: str = ""
    command: str = ""
    words: str = ""
    note: str = ""
    options: dict[str, str] = field(default_factory=dict)
    via: Via = Via.SLASH
    trigger: str = ""
    response_url: str = ""
    view: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    files: dict[str, inputs.Handed] = field(default_factory=dict)
    opened_on: str = ""
    is_shared: bool = False
    is_late: bool = False

    @property
    def channel(self) -> Channel:
        """Where it was said; direct messages have no id."""
        return Channel(PLATFORM, self.team, None if is_direct(self.place) else self.place, self.place_name)

    @property
    def has_message(self) -> bool:
        """Whether the answer can be a message where it was asked."""
        return bool(self.response_url) or not is_direct(self.place)

    @property
    def owner(self) -> User:
        """Whose draft it is where something has to be kept."""
        return User(PLATFORM, self.team, self.user, self.user_name)

    @property
    def typed(self) -> dict[str, str]:
        """The fields that can be filled in again: a file has to be given anew."""
        return {name: value for name, value in self.fields.items() if name not in self.files}

    def request(self, user: User, files: dict[str, Upload] | None = None) -> Request:
        """The request for the core."""
        if self.words:
            return TextRequest(self.id, user, self.channel, self.words, files or {})
        options = dict(self.options)
        return CommandRequest(self.id, user, self.channel, self.command, options, self.via, files or {})


def is_direct(place: str) -> bool:
    """Whether only the member and the app can read a channel (or there is none at all)."""
    return not place or place.startswith("D")


def from_slash(body: Body, team: str, envelope: str, names: Collection[str]) -> Come:
    """A slash command with what was typed after it."""
    words = commands.line_of(str(body.get("command") or ""), commands.text_of(body), names)
    return Come(
        _request_id(body, envelope, words),
        team,
        str(body.get("user_id") or ""),
        str(body.get("user_name") or ""),
        Surface.SLASH,
        place=str(body.get("channel_id") or ""),
        place_name=str(body.get("channel_name") or ""),
        words=words,
        trigger=str(body.get("trigger_id") or ""),
        response_url=str(body.get("response_url") or ""),
    )


def from_press(body: Body, team: str, envelope: str) -> Come:
    """A pressed button, on a message, in a modal or on the App Home."""
    action = _action_of(body)
    command, options = buttons.pressed(action)
    come = _interaction(body, team, envelope, _pressed_on(body), action.get("value"))
    is_shared = come.surface is Surface.MESSAGE and not _is_ephemeral(body) and not is_direct(come.place)
    return replace(come, command=command, options=options, via=Via.BUTTON, is_shared=is_shared)


def is_link(body: Body) -> bool:
    """Return True if what was pressed is a link, which asks nothing of the bot."""
    return buttons.is_link(_action_of(body))


def from_form(body: Body, team: str, envelope: str) -> Come:
    """A form that was sent."""
    sent = body.get("view") or {}
    origin, values, files = forms.origin_of(sent), forms.values_of(sent), forms.files_of(sent)
    filled_in = [*sorted(values.items()), *sorted(file.id for file in files.values())]
    come = _interaction(body, team, envelope, Surface.FORM, (origin.command, filled_in))
    if origin.nonce:
        come = replace(come, id=_digest("form", origin.nonce, come.user, filled_in))
    return replace(
        come,
        command=origin.command,
        options={**origin.carried, **values},
        via=Via.FORM,
        place=origin.channel,
        place_name=origin.channel_name,
        response_url=origin.response_url,
        fields=values,
        files=files,
        opened_on=origin.surface,
        is_shared=origin.is_shared,
    )


def from_search(body: Body, team: str, envelope: str) -> Come:
    """A field of a form that searches while somebody types in it: the field and what was typed so far."""
    origin = forms.origin_of(body.get("view") or {})
    come = _interaction(body, team, envelope, Surface.FORM, body.get("value"))
    typed = {str(body.get("block_id") or ""): str(body.get("value") or "")}
    return replace(come, command=origin.command, fields=typed, place=origin.channel, place_name=origin.channel_name)


def from_shortcut(body: Body, team: str, envelope: str) -> Come:
    """“Check in”, from anywhere, or “Log this”, of a message whose words go into the note."""
    note = str((body.get("message") or {}).get("text") or "")
    come = _interaction(body, team, envelope, Surface.SHORTCUT, body.get("callback_id"))
    return replace(come, command="checkin", note=note, is_shared=True)


def origin_for(come: Come, command: str, carried: dict[str, str]) -> forms.Origin:
    """What a form that is opened now must remember."""
    return forms.Origin(
        command,
        carried,
        come.id,
        come.place,
        come.place_name,
        come.response_url,
        come.surface,
        come.is_shared,
    )


def _interaction(body: Body, team: str, envelope: str, surface: Surface, asked: object) -> Come:
    user, channel = body.get("user") or {}, body.get("channel") or {}
    return Come(
        _request_id(body, envelope, asked),
        team,
        str(user.get("id") or ""),
        str(user.get("username") or user.get("name") or ""),
        surface,
        place=str(channel.get("id") or ""),
        place_name=str(channel.get("name") or ""),
        trigger=str(body.get("trigger_id") or ""),
        response_url=str(body.get("response_url") or ""),
        view=str((body.get("view") or {}).get("id") or ""),
    )


def _action_of(body: Body) -> Body:
    actions: list[Body] = body.get("actions") or [{}]
    return actions[0]


def _pressed_on(body: Body) -> Surface:
    kind = (body.get("view") or {}).get("type")
    if kind == "home":
        return Surface.HOME
    return Surface.MODAL if kind else Surface.MESSAGE


def _is_ephemeral(body: Body) -> bool:
    """Slack says so, and sends no copy of a message that only one person sees."""
    said = (body.get("container") or {}).get("is_ephemeral")
    return "message" not in body if said is None else bool(said)


def _request_id(body: Body, envelope: str, asked: object) -> str:
    return _digest("trigger", body.get("trigger_id") or envelope or uuid4().hex, asked)


def _digest(*parts: object) -> str:
    return "slack:" + hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()
