"""An answer on its way back: in the acknowledgement, by response_url, as a modal, or as a last resort directly.

Commit first, reply second: nothing here can undo what the core has done, and nothing that fails here is asked again.
A member gets a message for each interaction at most, and most of them by ways that Slack does not limit; so none of
these waits for its turn, as posts do.
"""

import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace
from slack_bolt.async_app import AsyncAck

from adapters.slack import forms, limits
from adapters.slack.client import WebApi
from adapters.slack.files import Files
from adapters.slack.incoming import (
    ButtonPress,
    FormSubmission,
    Interaction,
    Shortcut,
    SlashCommand,
    Surface,
    is_direct,
    make_origin,
)
from adapters.slack.pictures import FileIds, Pictures
from adapters.slack.posting import QUIET, Posting
from adapters.slack.render import plain_card, render_answer, render_view_blocks
from adapters.slack.tasks import BackgroundTasks
from adapters.slack.wording import translate_card
from adapters.slack.workspaces import Workspaces, call
from bot.adapter import Core
from bot.adapter.http import Json
from bot.chat.card import Actions, Button, Card, Line, Note, Style, Tone
from bot.chat.delivery import PostError, PostRefused, PostUnsure
from bot.chat.form import FieldKind, Form
from bot.chat.request import Answer, Ask, Attachment, Audience, Reply
from bot.domain.names import cut

log = logging.getLogger(__name__)

FORM_IS_OPEN = "exchanged_trigger_id"
"""The error of a trigger whose form is open already: the same command was delivered again."""

TRIGGER = "trigger"
"""The word in every error of a form that came too late."""

MAY_NOT_READ = "I can't take files in this workspace yet: the app needs the permission files:read."
NO_FILES = Reply(Card("", (Line((MAY_NOT_READ,)),), Tone.WRONG), is_wrong=True)
NOT_CONFIRMED = Note(("Slack didn't confirm that everyone sees this.",))
TOO_LATE = Note(("That took longer than Slack waits for.",))
IN_CHANNEL = "in_channel"
Way = Callable[[Interaction, Json], Awaitable[None]]
"""One way to show a rendered reply; raises a `PostError` where it is closed."""


class Acknowledgement:
    """The one answer that Slack waits for; what comes after it `is_sent` has to take another way."""

    def __init__(self, ack: AsyncAck) -> None:
        self._ack = ack
        self.is_sent = False

    async def send(self, body: Json | None = None) -> None:
        """Acknowledge, with an answer in it if there is one."""
        self.is_sent = True
        await self._ack(body or "")


@dataclass(frozen=True)
class Outgoing:
    """The ways of answers to where they were asked for."""

    core: Core
    api: WebApi
    workspaces: Workspaces
    posting: Posting
    pictures: Pictures
    files: Files
    tasks: BackgroundTasks

    async def answer(self, interaction: Interaction, answer: Answer, acknowledgement: Acknowledgement) -> Json:
        """Bring an answer; return what belongs into the acknowledgement, if that has not been sent yet.

        Raises a `PostError` where Slack cannot even be spoken to. Slow ways go on in the background.
        """
        if isinstance(answer, Ask):
            return await self._ask(interaction, answer.form, acknowledgement)
        if answer.attachment is not None:
            self._spawn_file(interaction, answer, answer.attachment)
            return {}
        match interaction:
            case FormSubmission():
                return self._answer_form(interaction, answer, acknowledgement)
            case SlashCommand() if not acknowledgement.is_sent and not self.pictures.needs_upload(answer.card):
                return _reply_body(interaction, answer, render_answer(answer.card))
            case ButtonPress(surface=Surface.HOME | Surface.MODAL) | Shortcut() if not interaction.has_message:
                await self._show_view(interaction, answer.card)
            case _:
                self._spawn_reply(interaction, answer)
        return {}

    async def reply(self, interaction: Interaction, reply: Reply) -> None:
        """Show a reply as a message, wherever that still works; what others see rather never than twice."""
        for way in self._ways(interaction):

            async def show(files: FileIds, way: Way = way) -> None:
                await way(interaction, _reply_body(interaction, reply, render_answer(reply.card, files)))

            try:
                await self.pictures.show(interaction.team, reply.card, show)
            except PostError as error:
                if isinstance(error, PostUnsure) and _is_public(reply):
                    log.warning("perhaps not shown to everyone", extra={"request": interaction.id})
                    private = replace(reply, card=reply.card.plus(NOT_CONFIRMED), audience=Audience.PRIVATE)
                    await self.reply(interaction, private)
                    return
                log.info("an answer goes another way", extra={"request": interaction.id, "reason": str(error)})
            else:
                return
        log.warning("an answer could not be shown", extra={"request": interaction.id})

    def _spawn_reply(self, interaction: Interaction, reply: Reply) -> None:
        self.tasks.spawn(self.reply(interaction, reply), f"reply {interaction.id}")

    def _spawn_file(self, interaction: Interaction, reply: Reply, attachment: Attachment) -> None:
        self.tasks.spawn(self._send_file(interaction, reply, attachment), f"file {interaction.id}")

    def _spawn_offer(self, interaction: Interaction, form: Form) -> None:
        self.tasks.spawn(self._offer_form(interaction, form), f"ask {interaction.id}")

    async def _send_file(self, interaction: Interaction, reply: Reply, attachment: Attachment) -> None:
        note = await self.files.send(interaction.team, interaction.user_id, attachment, interaction.id)
        await self.reply(interaction, replace(reply, card=reply.card.plus(note), attachment=None))

    def _ways(self, interaction: Interaction) -> Iterator[Way]:
        if interaction.response_url and not self._has_expired(interaction):
            yield self._by_url
        if not is_direct(interaction.channel_id):
            yield self._in_channel
        yield self._directly

    def _has_expired(self, interaction: Interaction) -> bool:
        """Return True if a form was open for longer than its response URL is good."""
        since = interaction.since if isinstance(interaction, FormSubmission) else 0
        return bool(since) and self._seconds() - since >= limits.RESPONSE_URL_SECONDS

    def _seconds(self) -> int:
        return int(self.core.now().timestamp())

    async def _by_url(self, interaction: Interaction, body: Json) -> None:
        await self.api.respond(interaction.response_url, body)

    async def _in_channel(self, interaction: Interaction, body: Json) -> None:
        client = await self.workspaces.client(interaction.team)
        message = {"channel": interaction.channel_id, "text": body["text"], "blocks": body["blocks"]}
        if body["response_type"] == IN_CHANNEL:
            await call(client.chat_postMessage(**message, **QUIET))
        else:
            await call(client.chat_postEphemeral(user=interaction.user_id, **message))

    async def _directly(self, interaction: Interaction, body: Json) -> None:
        client = await self.workspaces.client(interaction.team)
        channel = await self.posting.open_direct(interaction.team, interaction.user_id)
        await call(client.chat_postMessage(channel=channel, text=body["text"], blocks=body["blocks"], **QUIET))

    def _answer_form(self, submission: FormSubmission, reply: Reply, acknowledgement: Acknowledgement) -> Json:
        """After a form: wrong input keeps it open, an answer closes it or takes its place."""
        if reply.is_wrong and not acknowledgement.is_sent and submission.fields:
            # An error has to stand under a field. A file is blamed first: what is in it could not be seen before.
            field = next(iter([*submission.files, *submission.fields]))
            return _errors({field: cut(plain_card(reply.card), limits.ERROR_LENGTH)})
        was_opened_on_message = submission.opened_on in (Surface.SLASH, Surface.MESSAGE)
        if submission.has_message or acknowledgement.is_sent or was_opened_on_message:
            self._spawn_reply(submission, reply)
            return {}
        return _update(_render_answer(reply.card))

    async def _ask(self, interaction: Interaction, form: Form, acknowledgement: Acknowledgement) -> Json:
        """Ask by a form.

        One that follows another form can only be shown by the acknowledgement of the first: Slack hands out no trigger
        to open it with. What was wrong is said under the fields of the form that is still open; only where one of them
        is not among them does the new form take its place. Once the acknowledgement is sent, a button has to offer it.
        """
        if not isinstance(interaction, FormSubmission):
            await self._open_form(interaction, form)
            return {}
        if not acknowledgement.is_sent:
            errors = forms.find_errors(form, interaction.fields)
            if errors:
                return _errors(errors)
            view = await self._render_form(interaction, form)
            if not acknowledgement.is_sent:  # the core may have taken its time to store what the form carries along
                return _update(view)
        self._spawn_offer(interaction, form)
        return {}

    async def _open_form(self, interaction: Interaction, form: Form) -> None:
        client = await self.workspaces.client(interaction.team)
        show = client.views_push if interaction.surface is Surface.MODAL else client.views_open
        try:
            await call(show(trigger_id=interaction.trigger_id, view=await self._render_form(interaction, form)))
        except PostError as error:
            is_refused = isinstance(error, PostRefused) and TRIGGER not in str(error)
            if is_refused and _takes_files(form):  # without files:read Slack takes no form with a field for a file
                self._spawn_reply(interaction, NO_FILES)
            elif str(error) != FORM_IS_OPEN:
                log.warning("a form could not be opened", extra={"request": interaction.id, "reason": str(error)})
                self._spawn_offer(interaction, form)

    async def _offer_form(self, interaction: Interaction, form: Form) -> None:
        """Reply with a button that opens the form, where Slack gave no time to open it at once."""
        typed = interaction.refillable_fields if isinstance(interaction, FormSubmission) else {}
        values = {field.name: field.value for field in form.fields if field.value}
        draft = await self.core.draft(interaction.owner, form.command, {**form.carried, **typed, **values})
        errors = tuple(Line(error) for error in form.errors)
        label = "Try again" if errors else "Open the form"
        button = Button(label, draft, style=Style.PRIMARY, opens_form=True)
        blocks = (*(errors or (TOO_LATE,)), Actions((button,)))
        card = Card(form.title, blocks, Tone.WRONG if errors else Tone.NEUTRAL)
        await self.reply(interaction, Reply(card, is_wrong=True))

    async def _show_view(self, interaction: ButtonPress | Shortcut, card: Card) -> None:
        client = await self.workspaces.client(interaction.team)
        view = _render_answer(card)
        try:
            if isinstance(interaction, ButtonPress) and interaction.surface is Surface.MODAL:
                shown = await call(client.views_update(view_id=interaction.view_id, view=view))
            else:
                shown = await call(client.views_open(trigger_id=interaction.trigger_id, view=view))
        except PostError as error:
            log.warning("a card could not be shown", extra={"request": interaction.id, "reason": str(error)})
            self._spawn_reply(interaction, Reply(card))
            return
        if self.pictures.needs_upload(card):
            self.tasks.spawn(self._illustrate(interaction, card, shown["view"]), f"pictures {interaction.id}")

    async def _illustrate(self, interaction: Interaction, card: Card, shown: Json) -> None:
        """Put the pictures into a window that could not wait for them, unless it shows something else by now."""
        client = await self.workspaces.client(interaction.team)
        version = {"view_id": str(shown["id"]), "hash": shown.get("hash")}

        async def show(files: FileIds) -> None:
            if files:
                await call(client.views_update(view=_render_answer(card, files), **version))

        try:
            await self.pictures.show(interaction.team, card, show)
        except PostError as error:
            log.info("a window stays without its pictures", extra={"request": interaction.id, "reason": str(error)})

    async def _render_form(self, interaction: Interaction, form: Form) -> Json:
        """Return the form; what it carries along is stored by the core where Slack has no room for it."""
        now = self._seconds()
        origin = make_origin(interaction, form.command, form.carried, now)
        if not forms.fits(origin):
            draft = await self.core.draft(interaction.owner, form.command, form.carried)
            origin = make_origin(interaction, draft, {}, now)
        spec = next((spec for spec in self.core.commands if spec.name == form.command), None)
        return forms.render_form(form, origin, {option.name: option.kind for option in spec.options} if spec else {})


def _errors(errors: dict[str, str]) -> Json:
    return {"response_action": "errors", "errors": errors}


def _update(view: Json) -> Json:
    return {"response_action": "update", "view": view}


def _takes_files(form: Form) -> bool:
    return any(field.kind is FieldKind.FILE for field in form.fields)


def _render_answer(card: Card, files: FileIds | None = None) -> Json:
    """Return a card as a modal, its title in the window's frame where it fits there."""
    card = translate_card(card)
    fits = len(card.title) <= limits.VIEW_TITLE_LENGTH
    blocks = render_view_blocks(card, files or {}, with_title=not fits)
    return forms.render_answer(card.title if fits else "", blocks)


def _is_public(reply: Reply) -> bool:
    return reply.audience is Audience.PUBLIC and not reply.is_wrong


def _reply_body(interaction: Interaction, reply: Reply, message: Json) -> dict[str, Any]:
    """Return a message for an acknowledgement or a response_url.

    A private answer never takes the place of what others see, nor the other way round.
    """
    is_public = _is_public(reply)
    body: dict[str, Any] = {**message, "response_type": IN_CHANNEL if is_public else "ephemeral"}
    opened_on = interaction.opened_on if isinstance(interaction, FormSubmission) else ""
    if Surface.MESSAGE in (interaction.surface, opened_on):
        body["replace_original"] = reply.in_place and is_public == interaction.is_shared
    return body
