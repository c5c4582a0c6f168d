"""Interactions from arrival to answer: work is committed first, then the answer is shown, in time or another way."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
from msgspec.structs import replace

from adapters.discord import failures, limits, outgoing, welcome
from adapters.discord.buttons import AGAIN
from adapters.discord.forms import FormDrafts
from adapters.discord.incoming import handed, request_of, typing_of
from adapters.discord.interaction import Callback, Interaction, Json, Kind, TooLarge
from adapters.discord.limits import Timing
from adapters.discord.outgoing import Drawn, Easel
from bot.adapter import Core
from bot.chat.card import Actions, Block, Card, Line, Links, Note, Tone
from bot.chat.request import Answer, Ask, CommandRequest, Reply, Upload, Via
from bot.chat.text import Code
from bot.domain.names import cut

log = logging.getLogger(__name__)
FAULT = Reply(
    Card("", (Line(("Something broke on this side. It is in the log; please try again.",)),), Tone.WRONG), is_wrong=True
)
TOO_OLD = Reply(
    Card(
        "", (Line(("That form is no longer kept. Open it anew, for example with ", Code("/checkin"), ".")),), Tone.WARN
    ),
    is_wrong=True,
)
NOT_YOURS = Reply(
    Card("", (Line(("This is not yours: it opens what someone else has filled in.",)),), Tone.WARN), is_wrong=True
)
EARLIER = Note(("Discord did not confirm this answer to what you did earlier; it counted.",))


class Desk:
    """Serves members: commands, buttons, forms and completions."""

    def __init__(self, core: Core, easel: Easel, drafts: FormDrafts, timing: Timing) -> None:
        self._core = core
        self._easel = easel
        self._drafts = drafts
        self._timing = timing
        self._specs = {spec.name: spec for spec in core.commands}
        self._names = tuple(self._specs)
        self._unheard: OrderedDict[str, Card] = OrderedDict()

    async def interaction(self, interaction: Interaction) -> None:
        """Serve one; whatever goes wrong stays here."""
        try:
            await self._take(interaction)
        except Exception:
            log.exception("an interaction was not served", extra={"request": interaction.id})

    async def _take(self, interaction: Interaction) -> None:
        if interaction.kind is Kind.AUTOCOMPLETE:
            await self._suggest(interaction)
        elif interaction.kind is Kind.COMPONENT and interaction.custom_id.startswith(AGAIN):
            await self._open_again(interaction)
        else:
            await self._serve(interaction, request_of(interaction, self._names))

    async def _serve(self, interaction: Interaction, request: CommandRequest) -> None:
        async with self._deferred_in_time(interaction, self._patience(request)):
            answer = await self._answer(interaction, request)
            drawn = await self._drawn(interaction, answer)
        try:
            await outgoing.show(interaction, answer, drawn, self._drafts)
        except failures.FAILURES as error:
            self._keep_unheard(request, answer, error)
        else:
            await self._offer_unheard(interaction, request)

    async def _answer(self, interaction: Interaction, request: CommandRequest) -> Answer:
        try:
            files, refused = await self._fetched(interaction)
            asked = replace(request, files=files) if files else request
            answer = refused or await self._core.handle(asked)
        except Exception:
            log.exception("request failed", extra={"request": request.id})
            return FAULT
        spec = self._specs.get(request.command)
        if spec is not None and spec.needs_posting and isinstance(answer, Reply) and not answer.is_wrong:
            return _warned(answer, interaction)
        return answer

    async def _drawn(self, interaction: Interaction, answer: Answer) -> Drawn | None:
        """What is to be seen; None of a form that can be shown as it is."""
        if isinstance(answer, Reply):
            return await self._easel.answer(answer, interaction.event.attachment_size_limit)
        if outgoing.is_modal(interaction, answer.form):
            return None
        return await outgoing.offer(interaction, answer.form, self._drafts)

    async def _fetched(self, interaction: Interaction) -> tuple[dict[str, Upload], Reply | None]:
        """The files that came with it, or why one of them is not read: then nothing is done."""
        files: dict[str, Upload] = {}
        for each in handed(interaction, self._names):
            try:
                if each.size > limits.UPLOAD:
                    raise TooLarge
                files[each.option] = Upload(each.name, await interaction.wire.fetch(each.url, limits.UPLOAD))
            except TooLarge:
                return {}, _not_read(each.name, f"is larger than the {limits.UPLOAD >> 20} MB that I read")
            except failures.FAILURES as error:
                log.warning("a file could not be fetched", extra={"error": str(error) or type(error).__name__})
                return {}, _not_read(each.name, "could not be fetched from Discord; please send it once more")
        return files, None

    def _patience(self, request: CommandRequest) -> float:
        """A form must be the first answer, so that what may open one is deferred as late as Discord allows."""
        spec = self._specs.get(request.command)
        may_ask = request.via is not Via.FORM and (spec is None or spec.needs_form(request.options))
        return self._timing.form_within if may_ask else self._timing.defer_after

    @asynccontextmanager
    async def _deferred_in_time(self, interaction: Interaction, after: float) -> AsyncIterator[None]:
        """Tell Discord that the answer takes longer, where it does."""
        deferring: list[asyncio.Task[None]] = []
        loop = asyncio.get_running_loop()
        timer = loop.call_later(
            after, lambda: deferring.append(loop.create_task(outgoing.defer(interaction), name="defer"))
        )
        try:
            yield
        finally:
            timer.cancel()
            if deferring:
                await asyncio.wait(deferring)

    async def _open_again(self, interaction: Interaction) -> None:
        """The form that was kept, filled in as it was sent."""
        kept = await self._drafts.find(interaction.custom_id)
        answer: Answer = TOO_OLD
        if kept is not None:
            answer = Ask(kept.form) if kept.user == interaction.user_id else NOT_YOURS
        try:
            await outgoing.show(interaction, answer, await self._drawn(interaction, answer), self._drafts)
        except failures.FAILURES as error:
            log.warning("a form could not be opened", extra={"request": interaction.id, "error": str(error)})

    async def _suggest(self, interaction: Interaction) -> None:
        typing = typing_of(interaction, self._names)
        choices: list[Json] = []
        try:
            async with asyncio.timeout(self._timing.suggest_within):
                found = await self._core.suggest(*typing) if typing else []
            choices = [
                {"name": cut(choice.label, limits.CHOICE_NAME), "value": choice.value}
                for choice in found
                if choice.label and 0 < len(choice.value) <= limits.CHOICE_VALUE
            ][: limits.CHOICES]
        except Exception:
            log.exception("nothing could be suggested", extra={"request": interaction.id})
        try:
            await interaction.answer(Callback.SUGGESTIONS, {"choices": choices})
        except failures.FAILURES as error:
            log.info("a suggestion came too late", extra={"request": interaction.id, "error": str(error)})

    def _keep_unheard(self, request: CommandRequest, answer: Answer, error: BaseException) -> None:
        """The work stands, and so does the answer, for the member's next command."""
        log.warning(
            "an answer did not get through",
            extra={"request": request.id, "command": request.command, "error": str(error) or type(error).__name__},
        )
        if isinstance(answer, Reply) and not answer.is_wrong and answer.attachment is None:
            self._unheard[request.user.id] = answer.card
            self._unheard.move_to_end(request.user.id)
            while len(self._unheard) > limits.UNHEARD:
                self._unheard.popitem(last=False)

    async def _offer_unheard(self, interaction: Interaction, request: CommandRequest) -> None:
        if request.user.id not in self._unheard or interaction.answered is None:
            return
        card = self._unheard.pop(request.user.id)
        try:
            await outgoing.follow_up(interaction, await self._easel.draw(_above_buttons(card, EARLIER)))
        except failures.FAILURES as error:
            log.warning("an earlier answer did not get through", extra={"request": request.id, "error": str(error)})


def _warned(answer: Reply, interaction: Interaction) -> Reply:
    """What the group needs of this channel and does not have, said before anyone relies on it."""
    event = interaction.event
    fix = welcome.invitation(int(event.application_id), int(event.guild_id) if event.guild_id else None)
    is_thread = event.channel is not None and event.channel.is_thread
    unable = welcome.unable(discord.Permissions(int(event.app_permissions)), fix, is_thread=is_thread)
    return replace(answer, card=_above_buttons(answer.card, *unable))


def _not_read(name: str, why: str) -> Reply:
    return Reply(Card("", (Line((f"{name} {why}.",)),), Tone.WRONG), is_wrong=True)


def _above_buttons(card: Card, *more: Block) -> Card:
    """The card with more in it; the buttons of both stay below."""
    blocks = (*card.blocks, *more)
    return replace(card, blocks=tuple(sorted(blocks, key=lambda block: isinstance(block, Actions | Links))))
