"""An answer on its way back: in the acknowledgement, by response_url, as a modal, or as a last resort directly.

Commit first, reply second: nothing here can undo what the core has done, and nothing that fails here is asked again.
"""

import logging
from dataclasses import dataclass
from typing import Any

from adapters.slack import forms, limits
from adapters.slack.incoming import Come, Surface, is_direct, origin_for
from adapters.slack.markup import Json, legible
from adapters.slack.pictures import Pictures
from adapters.slack.posting import Posting
from adapters.slack.render import message, view_blocks
from adapters.slack.tasks import Tasks
from adapters.slack.web import Web
from adapters.slack.workspaces import Workspaces, called
from bot.adapter import Core
from bot.chat.card import Actions, Button, Card, Line, Note, Style, Tone
from bot.chat.delivery import PostError, PostRefused
from bot.chat.form import Form
from bot.chat.plain import plain
from bot.chat.request import Answer, Ask, Audience, Reply
from bot.domain.names import cut

log = logging.getLogger(__name__)

USED = "exchanged_trigger_id"
"""The form of this trigger is open already: the same command, delivered again."""


@dataclass(frozen=True)
class Outgoing:
    """Brings answers to where they were asked for."""

    core: Core
    web: Web
    workspaces: Workspaces
    posting: Posting
    pictures: Pictures
    tasks: Tasks

    async def answer(self, come: Come, answer: Answer) -> Json:
        """Deliver an answer; what is returned belongs into the acknowledgement, if that has not gone yet."""
        if isinstance(answer, Ask):
            return await self._ask(come, answer.form)
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
        """Show a reply as a message, wherever that still works."""
        files = await self.pictures.files(come.team, reply.card)
        drawings = [message(reply.card, files), message(reply.card)] if files else [message(reply.card)]
        for drawn in drawings:
            if come.response_url and await self.web.respond(come.response_url, _reply_body(come, reply, drawn)):
                return
        for drawn in drawings:
            if await self._reply_otherwise(come, reply, drawn):
                return

    async def _reply_otherwise(self, come: Come, reply: Reply, drawn: Json) -> bool:
        """By the channel, to all or to one; else directly to whoever asked."""
        try:
            client = await self.workspaces.client(come.team)
            if not is_direct(come.place):
                try:
                    if reply.audience is Audience.PUBLIC:
                        await called(client.chat_postMessage(channel=come.place, **drawn))
                    else:
                        await called(client.chat_postEphemeral(channel=come.place, user=come.user, **drawn))
                except PostRefused as refused:
                    log.info("not in this channel", extra={"channel": come.place, "reason": str(refused)})
                else:
                    return True
            channel = await self.posting.direct(come.team, come.user)
            await called(client.chat_postMessage(channel=channel, **drawn))
        except PostError as error:
            log.warning("an answer could not be shown", extra={"request": come.id, "reason": str(error)})
            return False
        return True

    def _sent(self, come: Come, reply: Reply) -> Json:
        """After a form: wrong input keeps it open, an answer closes it or takes its place."""
        if reply.is_wrong and not come.is_late and come.fields:
            words = cut(legible(plain(reply.card)).strip(), limits.ERROR)
            return {"response_action": "errors", "errors": {next(iter(come.fields)): words}}
        if come.has_message or come.is_late or come.opened_on in (Surface.SLASH, Surface.MESSAGE):
            self.tasks.leave(self.reply(come, reply), f"reply {come.id}")
            return {}
        return {"response_action": "update", "view": _card_view(reply.card)}

    async def _ask(self, come: Come, form: Form) -> Json:
        if come.surface is not Surface.FORM:
            await self._open(come, form)
            return {}
        if come.is_late:
            self.tasks.leave(self._ask_again(come, form), f"ask {come.id}")
            return {}
        errors = forms.errors_of(form, come.fields)
        if errors:
            return {"response_action": "errors", "errors": errors}
        return {"response_action": "update", "view": self._view(come, form)}

    async def _open(self, come: Come, form: Form) -> None:
        client = await self.workspaces.client(come.team)
        show = client.views_push if come.surface is Surface.MODAL else client.views_open
        try:
            await called(show(trigger_id=come.trigger, view=self._view(come, form)))
        except PostError as error:
            if str(error) != USED:
                log.warning("a form could not be opened", extra={"request": come.id, "reason": str(error)})
                self.tasks.leave(self._ask_again(come, form), f"ask {come.id}")

    async def _ask_again(self, come: Come, form: Form) -> None:
        """A button that opens the form, where Slack gave no time to open it at once."""
        values = {field.name: field.value for field in form.fields if field.value}
        draft = await self.core.draft(form.command, {**form.carried, **come.fields, **values})
        wrong = tuple(Line((field.wrong,)) for field in form.fields if field.wrong)
        said = wrong or (Note(("That took longer than Slack waits for.",)),)
        button = Button("Try again" if wrong else "Open the form", draft, style=Style.PRIMARY, opens_form=True)
        tone = Tone.WRONG if wrong else Tone.NEUTRAL
        await self.reply(come, Reply(Card(form.title, (*said, Actions((button,))), tone), is_wrong=True))

    async def _show_view(self, come: Come, card: Card) -> None:
        client = await self.workspaces.client(come.team)
        view = _card_view(card)
        try:
            if come.surface is Surface.MODAL:
                await called(client.views_update(view_id=come.view, view=view))
            else:
                await called(client.views_open(trigger_id=come.trigger, view=view))
        except PostError as error:
            log.warning("a card could not be shown", extra={"request": come.id, "reason": str(error)})
            self.tasks.leave(self.reply(come, Reply(card)), f"reply {come.id}")

    def _view(self, come: Come, form: Form) -> Json:
        return forms.view(form, origin_for(come, form.command, form.carried), self.core.now().date())


def _card_view(card: Card) -> Json:
    fits = len(card.title) <= limits.VIEW_TITLE
    return forms.card_view(card.title if fits else "", view_blocks(card, with_title=not fits))


def _reply_body(come: Come, reply: Reply, drawn: Json) -> dict[str, Any]:
    """What Slack is told; a private answer never takes the place of what others see, nor the other way round."""
    is_public = reply.audience is Audience.PUBLIC and not reply.is_wrong
    body: dict[str, Any] = {**drawn, "response_type": "in_channel" if is_public else "ephemeral"}
    is_on_message = Surface.MESSAGE in (come.surface, come.opened_on)
    if is_on_message:
        body["replace_original"] = reply.in_place and is_public == come.is_shared
    return body
