"""Members' actions, read from Slack's payloads: pure, so that payloads can be replayed in tests.

The id of an interaction is made from what stays equal when Slack delivers it again (the trigger, or the opening of a
form with its values; the envelope where there is neither) and from what was asked.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import uuid4

from adapters.slack import buttons, commands, forms, inputs
from bot.chat.request import User

PLATFORM = "slack"
CHECK_IN = "check_in"
LOG_THIS = "log_this"

Body = Mapping[str, Any]
"""A payload of Slack, whatever its kind."""


class Surface(StrEnum):
    """The place of a question, and so of its answer. Forms remember it by these words."""

    SLASH = "slash"
    MESSAGE = "message"
    HOME = "home"
    MODAL = "modal"
    FORM = "form"
    SHORTCUT = "shortcut"


@dataclass(frozen=True, kw_only=True)
class MemberAction:
    """Something that a member did, and where: `channel_id` may be a direct one, or "" where there was no channel.

    `is_shared` says that others see the message from which it was done.
    """

    id: str
    team: str
    user_id: str
    user_name: str
    surface: Surface
    channel_id: str = ""
    channel_name: str = ""
    trigger_id: str = ""
    response_url: str = ""
    is_shared: bool = False

    @property
    def has_message(self) -> bool:
        """Return True if the answer can be a message where it was asked."""
        return bool(self.response_url) or not is_direct(self.channel_id)

    @property
    def owner(self) -> User:
        """The member as far as the payload names them: a draft is theirs."""
        return User(PLATFORM, self.team, self.user_id, self.user_name)


@dataclass(frozen=True, kw_only=True)
class SlashCommand(MemberAction):
    """A typed command: `words` is the line that the core reads, still with Slack's escapes."""

    words: str


@dataclass(frozen=True, kw_only=True)
class ButtonPress(MemberAction):
    """A pressed button; `view_id` is the window that it is in, "" on a message."""

    command: str
    options: dict[str, str]
    view_id: str = ""


@dataclass(frozen=True, kw_only=True)
class FormSubmission(MemberAction):
    """A form that was sent: `fields` are its values, `options` those and what the form carried along.

    `opened_on` is the surface on which the form had been opened, `since` the second since 1970 at which Slack handed
    out the `response_url`.
    """

    command: str
    options: dict[str, str]
    fields: dict[str, str] = field(default_factory=dict)
    files: dict[str, inputs.SlackFile] = field(default_factory=dict)
    opened_on: str = ""
    since: int = 0

    @property
    def refillable_fields(self) -> dict[str, str]:
        """The fields that can be filled in again: a file has to be given anew."""
        return {name: value for name, value in self.fields.items() if name not in self.files}


@dataclass(frozen=True, kw_only=True)
class Shortcut(MemberAction):
    """“Check in”, from anywhere, or “Log this”: then `note` is the message to log, as Slack has it."""

    note: str = ""


Interaction = SlashCommand | ButtonPress | FormSubmission | Shortcut
"""An action that is answered with a card or a form."""


@dataclass(frozen=True, kw_only=True)
class FieldSearch(MemberAction):
    """A field of a form that searches while somebody types in it; it is answered with choices."""

    command: str
    field: str
    typed: str


def is_direct(channel_id: str) -> bool:
    """Return True if only the member and the app can read a channel (or there is none at all)."""
    return not channel_id or channel_id.startswith("D")


def read_slash(body: Body, team: str, envelope: str, names: Collection[str]) -> SlashCommand:
    """Return a slash command with what was typed after it; `names` are those of the core's commands."""
    words = commands.make_line(str(body.get("command") or ""), str(body.get("text") or ""), names)
    return SlashCommand(
        id=_interaction_id(body, envelope, words),
        team=team,
        user_id=str(body.get("user_id") or ""),
        user_name=str(body.get("user_name") or ""),
        surface=Surface.SLASH,
        channel_id=str(body.get("channel_id") or ""),
        channel_name=str(body.get("channel_name") or ""),
        trigger_id=str(body.get("trigger_id") or ""),
        response_url=str(body.get("response_url") or ""),
        words=words,
    )


def read_press(body: Body, team: str, envelope: str) -> ButtonPress:
    """Return a pressed button, on a message, in a modal or on the App Home."""
    action = _action_of(body)
    command, options = buttons.read_button(action)
    surface = _surface_of(body)
    common = _common_fields(body, team, surface)
    is_seen_by_others = surface is Surface.MESSAGE and not _is_ephemeral(body)
    return ButtonPress(
        **common,
        id=_interaction_id(body, envelope, buttons.value_of(action)),
        is_shared=is_seen_by_others and not is_direct(common["channel_id"]),
        command=command,
        options=options,
        view_id=str((body.get("view") or {}).get("id") or ""),
    )


def is_link(body: Body) -> bool:
    """Return True if what was pressed is a link, which asks nothing of the bot."""
    return not buttons.value_of(_action_of(body))


def read_form(body: Body, team: str, envelope: str) -> FormSubmission:
    """Return a form that was sent; where it was opened is what it remembers."""
    view = body.get("view") or {}
    origin, values, files = forms.read_origin(view), forms.read_values(view), forms.read_files(view)
    filled_in = [*sorted(values.items()), *sorted(file.id for file in files.values())]
    common = _common_fields(body, team, Surface.FORM)
    interaction_id = _interaction_id(body, envelope, (origin.command, filled_in))
    if origin.nonce:
        interaction_id = _digest("form", origin.nonce, common["user_id"], filled_in)
    opened_in = {"channel_id": origin.channel, "channel_name": origin.channel_name, "response_url": origin.response_url}
    return FormSubmission(
        **{**common, **opened_in},
        id=interaction_id,
        is_shared=origin.is_shared,
        command=origin.command,
        options={**origin.carried, **values},
        fields=values,
        files=files,
        opened_on=origin.surface,
        since=origin.since,
    )


def read_search(body: Body, team: str, envelope: str) -> FieldSearch:
    """Return a field of a form that searches: the field and what was typed so far."""
    origin = forms.read_origin(body.get("view") or {})
    opened_in = {"channel_id": origin.channel, "channel_name": origin.channel_name}
    typed = str(body.get("value") or "")
    return FieldSearch(
        **{**_common_fields(body, team, Surface.FORM), **opened_in},
        id=_interaction_id(body, envelope, typed),
        command=origin.command,
        field=str(body.get("block_id") or ""),
        typed=typed,
    )


def read_shortcut(body: Body, team: str, envelope: str) -> Shortcut:
    """Return a shortcut: “Check in”, or “Log this” with the message that it was chosen on."""
    return Shortcut(
        **_common_fields(body, team, Surface.SHORTCUT),
        id=_interaction_id(body, envelope, body.get("callback_id")),
        note=str((body.get("message") or {}).get("text") or ""),
    )


def make_origin(interaction: Interaction, command: str, carried: dict[str, str], now: int) -> forms.Origin:
    """Return what a form must remember that an interaction opens `now`, in seconds since 1970."""
    return forms.Origin(
        command,
        carried,
        interaction.id,
        interaction.channel_id,
        interaction.channel_name,
        interaction.response_url,
        interaction.surface,
        interaction.is_shared,
        (interaction.since if isinstance(interaction, FormSubmission) else 0) or now,
    )


def _common_fields(body: Body, team: str, surface: Surface) -> dict[str, Any]:
    """Return the fields of a `MemberAction` that all payloads of interactivity have."""
    user, channel = body.get("user") or {}, body.get("channel") or {}
    return {
        "team": team,
        "user_id": str(user.get("id") or ""),
        "user_name": str(user.get("username") or user.get("name") or ""),
        "surface": surface,
        "channel_id": str(channel.get("id") or ""),
        "channel_name": str(channel.get("name") or ""),
        "trigger_id": str(body.get("trigger_id") or ""),
        "response_url": str(body.get("response_url") or ""),
    }


def _action_of(body: Body) -> Body:
    actions: list[Body] = body.get("actions") or [{}]
    return actions[0]


def _surface_of(body: Body) -> Surface:
    kind = (body.get("view") or {}).get("type")
    if kind == "home":
        return Surface.HOME
    return Surface.MODAL if kind else Surface.MESSAGE


def _is_ephemeral(body: Body) -> bool:
    """Return True if only one person sees the message: Slack says so, or sends no copy of it."""
    is_ephemeral = (body.get("container") or {}).get("is_ephemeral")
    return "message" not in body if is_ephemeral is None else bool(is_ephemeral)


def _interaction_id(body: Body, envelope: str, asked_for: object) -> str:
    return _digest("trigger", body.get("trigger_id") or envelope or uuid4().hex, asked_for)


def _digest(*parts: object) -> str:
    return "slack:" + hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()
