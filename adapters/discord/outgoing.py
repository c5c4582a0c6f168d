"""An answer on its way to Discord: a message, an edit in place or a modal; at once, or after a deferral.

A private answer is ephemeral, made of parts, and never replaces what others can see. No answer notifies anybody.
"""

import logging
from collections.abc import Awaitable, Callable

import discord

from adapters.discord import failures, forms
from adapters.discord.bodies import answer_body, edit_body
from adapters.discord.incoming import read_channel, read_user
from adapters.discord.interaction import (
    COMPONENTS_V2,
    DEFERRALS,
    EPHEMERAL,
    NETWORK,
    CallbackType,
    Interaction,
    InteractionKind,
)
from adapters.discord.layouts import Layout, Rendered, render
from adapters.discord.render import Renderer
from bot.adapter import Core
from bot.chat.card import Card
from bot.chat.form import Form
from bot.chat.request import Answer, Audience, Reply

log = logging.getLogger(__name__)
SHOWN_TO_ALL = "Shown to everyone."
NOT_CONFIRMED = "Discord didn't confirm that everyone sees this:"
OFFER = Reply(Card(""), is_wrong=True)
"""The manner in which the button that opens a form is sent: to nobody but who asked."""


class Outgoing:
    """Renders answers and brings them to where they were asked for."""

    def __init__(self, core: Core, renderer: Renderer) -> None:
        self._core = core
        self._renderer = renderer

    async def defer(self, interaction: Interaction) -> None:
        """Say that the answer takes longer: in private, for what is wrong or asked is always private."""
        if interaction.answered is not None:
            return
        is_command = interaction.event.message is None
        kind = CallbackType.DEFERRED_MESSAGE if is_command else CallbackType.DEFERRED_EDIT
        data = {"flags": EPHEMERAL} if is_command else None
        try:
            await _try_twice(interaction, lambda: interaction.answer(kind, data))
        except failures.FAILURES as error:
            if failures.is_answered_already(error):
                interaction.answered = kind
                return
            log.info("perhaps not deferred", extra={"request": interaction.id, "error": str(error)})

    async def render(self, interaction: Interaction, answer: Answer) -> Rendered | None:
        """Return what is to be seen of an answer; None of a form that can be shown as it is."""
        if isinstance(answer, Reply):
            layout = _layout_of(interaction, answer)
            return await self._renderer.reply(answer, layout, interaction.event.attachment_size_limit)
        return None if _can_open(interaction, answer.form) else await self._offer(interaction, answer.form)

    async def show(self, interaction: Interaction, answer: Answer, rendered: Rendered | None) -> None:
        """Show an answer that is rendered already. Raises one of `failures.FAILURES` where it did not get through."""
        try:
            await self._show(interaction, answer, rendered)
        except discord.HTTPException as error:
            if not failures.is_answered_already(error):
                raise
            deferral = next(iter(interaction.unconfirmed & DEFERRALS), None)
            if interaction.answered is None and deferral is not None:
                is_certain = interaction.unconfirmed <= DEFERRALS
                interaction.answered = deferral
                await self._fill_in(interaction, answer, rendered, is_certain=is_certain)

    async def follow_up(self, interaction: Interaction, card: Card) -> None:
        """Show one more card to the one who asked, and to no one else."""
        rendered = await self._renderer.card(card, Layout.PARTS)
        await interaction.follow_up(answer_body(rendered, is_private=True), rendered.files)

    async def _fill_in(
        self, interaction: Interaction, answer: Answer, rendered: Rendered | None, *, is_certain: bool
    ) -> None:
        """Bring an answer where Discord has one already: the deferral, or, unless that is certain, this very answer.

        Then what is for everybody is not put beside it, and who asked is told.
        """
        if is_certain or rendered is None or not isinstance(answer, Reply) or not _is_for_all(answer):
            await self._show(interaction, answer, rendered)
        elif _stays_in_place(interaction, answer) or interaction.answered is CallbackType.DEFERRED_MESSAGE:
            await interaction.edit_answer(edit_body(rendered.under(NOT_CONFIRMED)), rendered.files)
        else:
            body = answer_body(rendered.under(NOT_CONFIRMED), is_private=True)
            await interaction.follow_up(body, rendered.files)

    async def _show(self, interaction: Interaction, answer: Answer, rendered: Rendered | None) -> None:
        if isinstance(answer, Reply):
            assert rendered is not None
            await _try_twice(interaction, lambda: _send(interaction, answer, rendered))
        elif rendered is None and _can_open(interaction, answer.form):
            modal = forms.render_modal(answer.form)
            await _try_twice(interaction, lambda: interaction.answer(CallbackType.FORM, modal))
        else:
            offer = rendered or await self._offer(interaction, answer.form)
            await _try_twice(interaction, lambda: _send(interaction, OFFER, offer))

    async def _offer(self, interaction: Interaction, form: Form) -> Rendered:
        """Return a button that opens a form which cannot be shown, and what is wrong in it."""
        command = await self._core.draft(read_user(interaction), form.command, forms.values_of(form))
        return render(forms.offer_card(form, command), Layout.PARTS)


async def _send(interaction: Interaction, answer: Reply, rendered: Rendered) -> None:
    is_private = not _is_for_all(answer)
    deferral = interaction.answered
    if _stays_in_place(interaction, answer):
        if deferral is None:
            await interaction.answer(CallbackType.EDIT, edit_body(rendered), rendered.files)
        else:
            await interaction.edit_answer(edit_body(rendered), rendered.files)
    elif deferral is None:
        body = answer_body(rendered, is_private=is_private)
        await interaction.answer(CallbackType.MESSAGE, body, rendered.files)
    elif deferral is not CallbackType.DEFERRED_MESSAGE:
        await interaction.follow_up(answer_body(rendered, is_private=is_private), rendered.files)
    elif is_private:
        await interaction.edit_answer(edit_body(rendered), rendered.files)
    else:
        await _send_to_all(interaction, rendered)


async def _send_to_all(interaction: Interaction, rendered: Rendered) -> None:
    """Show to everyone what was deferred in private, once; where that is not certain, who asked sees it there."""
    await interaction.edit_answer({"content": SHOWN_TO_ALL})
    try:
        await interaction.follow_up(answer_body(rendered, is_private=False), rendered.files)
    except failures.FAILURES as error:
        log.warning("perhaps not shown to everyone", extra={"request": interaction.id, "error": str(error)})
        await interaction.edit_answer(edit_body(rendered.under(NOT_CONFIRMED)), rendered.files)


async def _try_twice(interaction: Interaction, call: Callable[[], Awaitable[None]]) -> None:
    """Call again where the connection broke before Discord said that it has an answer: it takes only one."""
    try:
        await call()
    except NETWORK:
        if interaction.answered is not None:
            raise
        await call()


def _can_open(interaction: Interaction, form: Form) -> bool:
    """Return True if a form can be shown now: not in answer to another one, and not late."""
    is_first = interaction.kind is not InteractionKind.FORM and interaction.answered is None
    return is_first and forms.render_modal(form) is not None


def _is_for_all(answer: Reply) -> bool:
    return answer.audience is Audience.PUBLIC and not answer.is_wrong and answer.attachment is None


def _layout_of(interaction: Interaction, answer: Reply) -> Layout:
    """Return the layout: an edited message keeps its own, what all see is text, what its reader alone sees is parts."""
    pressed = interaction.event.message
    if pressed is not None and _stays_in_place(interaction, answer):
        return Layout.PARTS if pressed.flags & COMPONENTS_V2 else Layout.TEXT
    return Layout.TEXT if _is_for_all(answer) else Layout.PARTS


def _stays_in_place(interaction: Interaction, answer: Reply) -> bool:
    """Return True if the message whose button was pressed is replaced: only by what its readers may read."""
    pressed = interaction.event.message
    if not answer.in_place or answer.is_wrong or pressed is None:
        return False
    return read_channel(interaction).is_direct or bool(pressed.flags & EPHEMERAL) != _is_for_all(answer)
