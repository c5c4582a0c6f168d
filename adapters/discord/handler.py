"""Interactions from arrival to answer: work is committed first, then the answer is shown, in time or another way."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cached_property, partial

import discord
from msgspec.structs import replace

from adapters.discord import failures, limits, welcome
from adapters.discord.buttons import FORGOTTEN_FORM_PREFIX
from adapters.discord.channels import FindGuild, find_channels
from adapters.discord.incoming import RemoteFile, read_files, read_request, read_typing
from adapters.discord.interaction import CallbackType, Interaction, InteractionKind, NotDiscords
from adapters.discord.limits import Timing
from adapters.discord.outgoing import Outgoing
from bot.adapter import Core
from bot.adapter.bounded import BoundedDict
from bot.adapter.http import Json
from bot.chat.card import Card, Line, Note, Tone
from bot.chat.command import Spec
from bot.chat.form import Choice
from bot.chat.request import Answer, CommandRequest, OfferedFile, Reply, Via
from bot.chat.text import Code
from bot.domain.names import cut
from bot.errors import Refused

log = logging.getLogger(__name__)
FAULT = Reply(
    Card("", (Line(("Something broke on my side. It's in the log; try again in a minute.",)),), Tone.WRONG),
    is_wrong=True,
)
FORGOTTEN_FORM = Reply(
    Card(
        "",
        (Line(("That form is too old to open. Type the command again, for example ", Code("/checkin"), ".")),),
        Tone.WARN,
    ),
    is_wrong=True,
)
EARLIER = Note(("Discord didn't confirm this when you did it. It counted.",))


class InteractionHandler:
    """Serves members: commands, buttons, forms and completions."""

    def __init__(self, core: Core, outgoing: Outgoing, timing: Timing, find_guild: FindGuild) -> None:
        self._core = core
        self._find_guild = find_guild
        self._outgoing = outgoing
        self._timing = timing
        self._unconfirmed = BoundedDict[str, Card](limits.UNCONFIRMED_ANSWERS)

    @cached_property
    def _specs(self) -> Mapping[str, Spec]:
        """The commands by name; not asked for before the first is used, or the adapter has registered them."""
        return {spec.name: spec for spec in self._core.commands}

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(self._specs)

    async def handle(self, interaction: Interaction) -> None:
        """Serve one interaction; whatever goes wrong stays here."""
        try:
            if interaction.kind is InteractionKind.AUTOCOMPLETE:
                await self._suggest(interaction)
            else:
                await self._serve(interaction)
        except Exception:
            log.exception("an interaction was not served", extra={"request": interaction.id})

    async def _serve(self, interaction: Interaction) -> None:
        request = read_request(interaction, self._names)
        async with self._deferred_in_time(interaction, self._defer_after(request)):
            answer = await self._answer(interaction, request)
            rendered = await self._outgoing.render(interaction, answer)
        try:
            await self._outgoing.show(interaction, answer, rendered)
        except failures.FAILURES as error:
            self._save_unconfirmed(request, answer, error)
        else:
            await self._offer_unconfirmed(interaction, request)

    async def _answer(self, interaction: Interaction, request: CommandRequest) -> Answer:
        if interaction.custom_id.startswith(FORGOTTEN_FORM_PREFIX):
            return FORGOTTEN_FORM
        try:
            channels = find_channels(interaction, request, self._specs.get(request.command), self._find_guild)
            request = replace(request, offered=self._offer_files(interaction), channels=channels)
            answer = await self._core.handle(request)
        except Exception:
            log.exception("request failed", extra={"request": request.id})
            return FAULT
        spec = self._specs.get(request.command)
        if spec is not None and spec.needs_posting and isinstance(answer, Reply) and not answer.is_wrong:
            return _with_posting_warning(answer, interaction)
        return answer

    def _offer_files(self, interaction: Interaction) -> dict[str, OfferedFile]:
        """Return the files that came with it as the core takes them, by option: it fetches what it wants."""
        return {
            file.option: OfferedFile(file.name, file.size, partial(_fetch, interaction, file))
            for file in read_files(interaction, self._names)
        }

    def _defer_after(self, request: CommandRequest) -> float:
        """Return the seconds until a deferral: a form must be the first answer, so what may open one waits longer."""
        spec = self._specs.get(request.command)
        may_ask = request.via is not Via.FORM and (spec is None or spec.needs_form(request.options))
        return self._timing.form_within if may_ask else self._timing.defer_after

    @asynccontextmanager
    async def _deferred_in_time(self, interaction: Interaction, after: float) -> AsyncIterator[None]:
        """Tell Discord that the answer takes longer, once the block has taken `after` seconds."""
        deferring: list[asyncio.Task[None]] = []
        loop = asyncio.get_running_loop()
        timer = loop.call_later(
            after, lambda: deferring.append(loop.create_task(self._outgoing.defer(interaction), name="defer"))
        )
        try:
            yield
        finally:
            timer.cancel()
            if deferring:
                await asyncio.wait(deferring)

    async def _suggest(self, interaction: Interaction) -> None:
        typing = read_typing(interaction, self._names)
        choices: list[Json] = []
        try:
            async with asyncio.timeout(self._timing.suggest_within):
                choices = _choices(await self._core.suggest(*typing) if typing else [])
        except Exception:
            log.exception("nothing could be suggested", extra={"request": interaction.id})
        try:
            await interaction.answer(CallbackType.CHOICES, {"choices": choices})
        except failures.FAILURES as error:
            log.info("a suggestion came too late", extra={"request": interaction.id, "error": str(error)})

    def _save_unconfirmed(self, request: CommandRequest, answer: Answer, error: BaseException) -> None:
        """Hold an answer that did not get through for the member's next command: the work stands, and so does it."""
        log.warning(
            "an answer did not get through",
            extra={"request": request.id, "command": request.command, "error": str(error) or type(error).__name__},
        )
        if isinstance(answer, Reply) and not answer.is_wrong and answer.attachment is None:
            self._unconfirmed[request.user.id] = answer.card

    async def _offer_unconfirmed(self, interaction: Interaction, request: CommandRequest) -> None:
        if request.user.id not in self._unconfirmed or interaction.answered is None:
            return
        card = self._unconfirmed.pop(request.user.id)
        try:
            await self._outgoing.follow_up(interaction, card.above_controls(EARLIER))
        except failures.FAILURES as error:
            log.warning("an earlier answer did not get through", extra={"request": request.id, "error": str(error)})


def _choices(choices: list[Choice]) -> list[Json]:
    return [
        {"name": cut(choice.label, limits.CHOICE_NAME), "value": choice.value}
        for choice in choices
        if choice.label and 0 < len(choice.value) <= limits.CHOICE_VALUE
    ][: limits.CHOICES]


def _with_posting_warning(answer: Reply, interaction: Interaction) -> Reply:
    """Return the answer with what the bot lacks for posting in this channel, before anyone relies on it."""
    event = interaction.event
    invite_url = welcome.invite_url(int(event.application_id), int(event.guild_id) if event.guild_id else None)
    is_thread = event.channel is not None and event.channel.is_thread
    permissions = discord.Permissions(int(event.app_permissions))
    warning = welcome.posting_warning(permissions, invite_url, is_thread=is_thread)
    return replace(answer, card=answer.card.above_controls(*warning))


async def _fetch(interaction: Interaction, file: RemoteFile, limit: int) -> bytes:
    """Return a file of at most `limit` bytes. Raises `TooLarge`, or `Refused` where Discord does not give it."""
    try:
        return await interaction.session.fetch(file.url, limit)
    except (*failures.FAILURES, NotDiscords) as error:
        log.warning("a file could not be fetched", extra={"error": str(error) or type(error).__name__})
        raise Refused("Discord didn't hand me that file. Send it again.") from None
