"""An answer as what Discord wants to hear: a message, an edit in place or a modal; at once, or after a deferral.

A private answer is ephemeral, and never replaces what others can see.
"""

import io
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import discord
from discord import InteractionResponseType, InteractionType

from adapters.discord import Pictures, buttons, failures, limits
from adapters.discord.forms import FormDrafts, modal, trouble
from adapters.discord.incoming import Interaction, channel_of
from adapters.discord.render import Rendered, picture_name, render
from bot.chat.card import Card, Picture
from bot.chat.form import Form
from bot.chat.request import Ask, Audience, Reply
from bot.domain.names import cut

log = logging.getLogger(__name__)
SHOWN_BELOW = "Shown to everyone."


@dataclass(frozen=True, slots=True)
class Drawn:
    """A rendered card with its pictures, each as PNG."""

    rendered: Rendered
    pngs: tuple[bytes, ...] = ()

    def files(self) -> list[discord.File]:
        """The pictures as files, fresh for each call: sending uses them up."""
        named = enumerate(zip(self.pngs, self.rendered.pictures, strict=True))
        return [
            discord.File(io.BytesIO(png), picture_name(at), description=cut(picture.alt, limits.ALT))
            for at, (png, picture) in named
        ]


class Easel:
    """Renders cards, with their pictures where charts can be drawn."""

    def __init__(self, pictures: Pictures | None) -> None:
        self._pictures = pictures

    async def draw(self, card: Card, *, as_post: bool = False) -> Drawn:
        """The rendered card; where a picture cannot be drawn, its words stand in its place."""
        if self._pictures is not None and any(isinstance(block, Picture) for block in card.blocks):
            rendered = render(card, with_pictures=True, as_post=as_post)
            try:
                return Drawn(rendered, tuple([await self._pictures(each.chart) for each in rendered.pictures]))
            except Exception:
                log.exception("a picture could not be drawn")
        return Drawn(render(card, as_post=as_post))


def view(rows: tuple[buttons.Row, ...]) -> discord.ui.View | None:
    """The buttons, as discord.py sends them. It is stopped at once: nothing is kept for a press."""
    if not rows:
        return None
    drawn = discord.ui.View(timeout=None)
    for at, row in enumerate(rows):
        for button in row:
            button.row = at
            drawn.add_item(button)
    drawn.stop()
    return drawn


async def defer(interaction: Interaction) -> None:
    """Say that the answer takes longer: in private, for what is wrong or asked is always private."""
    if interaction.response.is_done():
        return
    try:
        await interaction.response.defer(ephemeral=True, thinking=interaction.message is None)
    except failures.FAILURES as error:
        log.info("not deferred", extra={"request": str(interaction.id), "error": str(error)})


async def deliver(interaction: Interaction, answer: Reply | Ask, drafts: FormDrafts, easel: Easel) -> None:
    """Show an answer, whatever it is."""
    drawn = await easel.draw(answer.card) if isinstance(answer, Reply) else None
    await show(interaction, answer, drawn, drafts)


async def show(interaction: Interaction, answer: Reply | Ask, drawn: Drawn | None, drafts: FormDrafts) -> None:
    """Show an answer that is drawn already. Raises one of `failures.FAILURES` where it did not get through."""
    try:
        if isinstance(answer, Ask):
            await _ask(interaction, answer.form, drafts)
        elif drawn is not None:
            await _twice(interaction, lambda: _send(interaction, answer, drawn))
    except discord.HTTPException as error:
        if not failures.is_delivered(error):
            raise


async def follow_up(interaction: Interaction, drawn: Drawn) -> None:
    """Show one more card to the one who asked, and to no one else."""
    await interaction.followup.send(ephemeral=True, **message(drawn))


async def _ask(interaction: Interaction, form: Form, drafts: FormDrafts) -> None:
    """A form; where none can be shown any more, a button that opens it."""
    shown = modal(form)
    may_open = interaction.type is not InteractionType.modal_submit and not interaction.response.is_done()
    if may_open and shown is not None:
        await _twice(interaction, lambda: _open(interaction, shown))
        return
    card = trouble(form, await drafts.keep(form, str(interaction.user.id), str(interaction.id)))
    offer = Drawn(render(card))
    await _twice(interaction, lambda: _send(interaction, Reply(card, is_wrong=True), offer))


async def _twice(interaction: Interaction, call: Callable[[], Awaitable[None]]) -> None:
    """Once more where the connection broke before Discord said that it has the answer: it takes only one."""
    try:
        await call()
    except failures.NETWORK:
        if interaction.response.is_done():
            raise
        await call()


async def _open(interaction: Interaction, shown: discord.ui.Modal) -> None:
    await interaction.response.send_modal(shown)


async def _send(interaction: Interaction, answer: Reply, drawn: Drawn) -> None:
    is_private = answer.audience is Audience.PRIVATE or answer.is_wrong
    deferred = interaction.response.type
    if _stays_in_place(interaction, answer, is_private=is_private):
        if deferred is None:
            await interaction.response.edit_message(**edit(drawn))
        else:
            await interaction.edit_original_response(**edit(drawn))
    elif deferred is None:
        await interaction.response.send_message(ephemeral=is_private, **message(drawn))
    elif deferred is not InteractionResponseType.deferred_channel_message:
        await interaction.followup.send(ephemeral=is_private, **message(drawn))
    elif is_private:
        await interaction.edit_original_response(**edit(drawn))
    else:
        await interaction.edit_original_response(content=SHOWN_BELOW)
        await interaction.followup.send(ephemeral=False, **message(drawn))


def _stays_in_place(interaction: Interaction, answer: Reply, *, is_private: bool) -> bool:
    """Whether the message whose button was pressed is replaced: only by what its readers may read."""
    message = interaction.message
    if not answer.in_place or answer.is_wrong or message is None:
        return False
    return channel_of(interaction).is_direct or message.flags.ephemeral == is_private


def edit(drawn: Drawn) -> dict[str, Any]:
    """What replaces everything in a message; nobody is notified by that."""
    return {
        "content": drawn.rendered.content,
        "embeds": list(drawn.rendered.embeds),
        "attachments": drawn.files(),
        "view": view(drawn.rendered.rows),
        "allowed_mentions": discord.AllowedMentions.none(),
    }


def message(drawn: Drawn) -> dict[str, Any]:
    """A new message; what it does not have is left out."""
    optional = {"content": drawn.rendered.content, "files": drawn.files(), "view": view(drawn.rendered.rows)}
    return {
        "embeds": list(drawn.rendered.embeds),
        "allowed_mentions": pings(drawn.rendered),
        **{name: value for name, value in optional.items() if value},
    }


def pings(rendered: Rendered) -> discord.AllowedMentions:
    """Exactly the people whom the card mentions."""
    users = [discord.Object(user) for user in sorted(rendered.pings)]
    return discord.AllowedMentions(everyone=False, roles=False, replied_user=False, users=users)
