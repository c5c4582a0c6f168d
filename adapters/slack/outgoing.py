"""An answer on its way back: in the acknowledgement, by response_url, as a modal, or as a last resort directly.

Commit first, reply second: nothing here can undo what the core has done, and nothing that fails here is asked again.
"""

import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from adapters.slack import forms, limits
from adapters.slack.client import WebApi
from adapters.slack.files import Files
from adapters.slack.incoming import Come, Surface, is_direct, origin_for
from adapters.slack.markup import Json
from adapters.slack.pictures import Pictures
from adapters.slack.posting import QUIET, Posting
from adapters.slack.render import message, view_blocks, words_of
from adapters.slack.tasks import BackgroundTasks
from adapters.slack.wording import here
from adapters.slack.workspaces import Workspaces, called
from bot.adapter import Core
from bot.chat.card import Actions, Button, Card, Line, Note, Style, Tone
from bot.chat.chart import Chart
from bot.chat.delivery import PostError, PostRefused, PostUnsure
from bot.chat.form import FieldKind, Form
from bot.chat.request import Answer, Ask, Attachment, Audience, Reply
from bot.domain.names import cut

log = logging.getLogger(__name__)

USED = "exchanged_trigger_id"
"""The form of this trigger is open already: the same command, delivered again."""

TRIGGER = "trigger"
"""In all that Slack says of a form that came too late."""
MAY_NOT_READ = "I may not take files in this workspace: the app needs the permission files:read."
NO_FILES = Reply(Card("", (Line((MAY_NOT_READ,)),), Tone.WRONG), is_wrong=True)
NOT_CONFIRMED = Note(("Slack did not confirm that everyone sees this.",))
IN_CHANNEL = "in_channel"
Way = Callable[[Come, Json], Awaitable[None]]
"""One way to show a drawn reply; raises a `PostError` where it is closed."""


@dataclass(frozen=True)
class Outgoing:
    """Brings answers to where they were asked for."""

    core: Core
    web: WebApi
    workspaces: Workspaces
    posting: Posting
    pictures: Pictures
    files: Files
    tasks: BackgroundTasks

    async def answer(self, come: Come, answer: Answer) -> Json:
        """Deliver an answer; what is returned belongs into the acknowledgement, if that has not gone yet."""
        if isinstance(answer, Ask):
            return await self._ask(come, answer.form)
        if answer.attachment is not None:
            self.tasks.leave(self._hand_over(come, answer, answer.attachment), f"file {come.id}")
            return {}
        if come.surface is Surface.FORM:
            return self._sent(come, answer)
        if come.surface is Surface.SLASH and not come.is_late and not self.pictures.wanted(answer.card):
            return _reply_body(come, answer, message(answer.card))
        if come.surface in (Surface.HOME, Surface.MODAL, Surface.SHORTCUT) and not come.has_message:
            await self._show_view(come, answer.card)
            return {}
        self.tasks.leave(self.reply(come, answer), f"reply {come.id}")
        return {}

    async def reply(self, come: Come, reply: Reply) -> None:
        """Show a reply as a message, wherever that still works; what others see rather never than twice."""
        for way in self._ways(come):

            async def show(files: Mapping[Chart, str], way: Way = way) -> None:
                await way(come, _reply_body(come, reply, message(reply.card, files)))

            try:
                await self.pictures.shown(come.team, reply.card, show)
            except PostError as error:
                if isinstance(error, PostUnsure) and _is_public(reply):
                    log.warning("perhaps not shown to everyone", extra={"request": come.id})
                    await self.reply(
                        come, replace(reply, card=reply.card.plus(NOT_CONFIRMED), audience=Audience.PRIVATE)
                    )
                    return
                log.info("an answer goes another way", extra={"request": come.id, "reason": str(error)})
            else:
                return
        log.warning("an answer could not be shown", extra={"request": come.id})

    async def _hand_over(self, come: Come, reply: Reply, attachment: Attachment) -> None:
        note = await self.files.hand_over(come.team, come.user, attachment, come.id)
        await self.reply(come, replace(reply, card=reply.card.plus(note), attachment=None))

    def _ways(self, come: Come) -> Iterator[Way]:
        if come.response_url:
            yield self._by_url
        if not is_direct(come.place):
            yield self._in_channel
        yield self._directly

    async def _by_url(self, come: Come, body: Json) -> None:
        await self.web.respond(come.response_url, body)

    async def _in_channel(self, come: Come, body: Json) -> None:
        client = await self.workspaces.client(come.team)
        drawn = {"channel": come.place, "text": body["text"], "blocks": body["blocks"]}
        if body["response_type"] == IN_CHANNEL:
            await called(client.chat_postMessage(**drawn, **QUIET))
        else:
            await called(client.chat_postEphemeral(user=come.user, **drawn))

    async def _directly(self, come: Come, body: Json) -> None:
        client = await self.workspaces.client(come.team)
        channel = await self.posting.direct(come.team, come.user)
        await called(client.chat_postMessage(channel=channel, text=body["text"], blocks=body["blocks"], **QUIET))

    def _sent(self, come: Come, reply: Reply) -> Json:
        """After a form: wrong input keeps it open, an answer closes it or takes its place."""
        if reply.is_wrong and not come.is_late and come.fields:
            words = cut(words_of(reply.card), limits.ERROR)
            return {"response_action": "errors", "errors": {next(iter([*come.files, *come.fields])): words}}
        if come.has_message or come.is_late or come.opened_on in (Surface.SLASH, Surface.MESSAGE):
            self.tasks.leave(self.reply(come, reply), f"reply {come.id}")
            return {}
        return {"response_action": "update", "view": _card_view(reply.card)}

    async def _ask(self, come: Come, form: Form) -> Json:
        if come.surface is not Surface.FORM:
            await self._open(come, form)
            return {}
        if not come.is_late:
            errors = forms.errors_of(form, come.fields)
            if errors:
                return {"response_action": "errors", "errors": errors}
            view = await self._view(come, form)
            if not come.is_late:
                return {"response_action": "update", "view": view}
        self.tasks.leave(self._ask_again(come, form), f"ask {come.id}")
        return {}

    async def _open(self, come: Come, form: Form) -> None:
        client = await self.workspaces.client(come.team)
        show = client.views_push if come.surface is Surface.MODAL else client.views_open
        try:
            await called(show(trigger_id=come.trigger, view=await self._view(come, form)))
        except PostError as error:
            if _takes_files(form) and isinstance(error, PostRefused) and TRIGGER not in str(error):
                self.tasks.leave(self.reply(come, NO_FILES), f"reply {come.id}")
            elif str(error) != USED:
                log.warning("a form could not be opened", extra={"request": come.id, "reason": str(error)})
                self.tasks.leave(self._ask_again(come, form), f"ask {come.id}")

    async def _ask_again(self, come: Come, form: Form) -> None:
        """A button that opens the form, where Slack gave no time to open it at once."""
        values = {field.name: field.value for field in form.fields if field.value}
        draft = await self.core.draft(come.owner, form.command, {**form.carried, **come.typed, **values})
        wrong = tuple(Line(field.error) for field in form.fields if field.error)
        said = wrong or (Note(("That took longer than Slack waits for.",)),)
        button = Button("Try again" if wrong else "Open the form", draft, style=Style.PRIMARY, opens_form=True)
        tone = Tone.WRONG if wrong else Tone.NEUTRAL
        await self.reply(come, Reply(Card(form.title, (*said, Actions((button,))), tone), is_wrong=True))

    async def _show_view(self, come: Come, card: Card) -> None:
        client = await self.workspaces.client(come.team)
        view = _card_view(card)
        try:
            if come.surface is Surface.MODAL:
                shown = await called(client.views_update(view_id=come.view, view=view))
            else:
                shown = await called(client.views_open(trigger_id=come.trigger, view=view))
        except PostError as error:
            log.warning("a card could not be shown", extra={"request": come.id, "reason": str(error)})
            self.tasks.leave(self.reply(come, Reply(card)), f"reply {come.id}")
            return
        if self.pictures.wanted(card):
            self.tasks.leave(self._illustrate(come, card, shown["view"]), f"pictures {come.id}")

    async def _illustrate(self, come: Come, card: Card, shown: Json) -> None:
        """Put the pictures into a window that could not wait for them, unless it shows something else by now."""
        client = await self.workspaces.client(come.team)
        known = {"view_id": str(shown["id"]), "hash": shown.get("hash")}

        async def show(files: Mapping[Chart, str]) -> None:
            if files:
                await called(client.views_update(view=_card_view(card, files), **known))

        try:
            await self.pictures.shown(come.team, card, show)
        except PostError as error:
            log.info("a window stays without its pictures", extra={"request": come.id, "reason": str(error)})

    async def _view(self, come: Come, form: Form) -> Json:
        """The form; what it carries along is kept by the core where Slack has no room for it."""
        origin = origin_for(come, form.command, form.carried)
        if not forms.fits(origin):
            origin = origin_for(come, await self.core.draft(come.owner, form.command, form.carried), {})
        spec = next((spec for spec in self.core.commands if spec.name == form.command), None)
        return forms.view(form, origin, {option.name: option.kind for option in spec.options} if spec else {})


def _takes_files(form: Form) -> bool:
    return any(field.kind is FieldKind.FILE for field in form.fields)


def _card_view(card: Card, files: Mapping[Chart, str] = {}) -> Json:
    card = here(card)
    fits = len(card.title) <= limits.VIEW_TITLE
    return forms.card_view(card.title if fits else "", view_blocks(card, files, with_title=not fits))


def _is_public(reply: Reply) -> bool:
    return reply.audience is Audience.PUBLIC and not reply.is_wrong


def _reply_body(come: Come, reply: Reply, drawn: Json) -> dict[str, Any]:
    """What Slack is told; a private answer never takes the place of what others see, nor the other way round."""
    is_public = _is_public(reply)
    body: dict[str, Any] = {**drawn, "response_type": IN_CHANNEL if is_public else "ephemeral"}
    is_on_message = Surface.MESSAGE in (come.surface, come.opened_on)
    if is_on_message:
        body["replace_original"] = reply.in_place and is_public == come.is_shared
    return body
