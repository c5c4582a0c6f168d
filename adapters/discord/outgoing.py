"""An answer as what Discord wants to hear: a message, an edit in place or a modal; at once, or after a deferral.

A private answer is ephemeral, and never replaces what others can see.
"""

import io
import logging
from collections.abc import Awaitable, Callable
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


class Easel:
    """Renders cards, with their pictures where charts can be drawn."""

    def __init__(self, pictures: Pictures | None) -> None:
        self._pictures = pictures

    async def draw(self, card: Card, *, as_post: bool = False) -> tuple[Rendered, list[discord.File]]:
        """The rendered card and its files; where a picture cannot be drawn, its words stand in its place."""
        if self._pictures is not None and any(isinstance(block, Picture) for block in card.blocks):
            drawn = render(card, with_pictures=True, as_post=as_post)
            try:
                return drawn, [await self._file(at, picture) for at, picture in enumerate(drawn.pictures)]
            except Exception:
                log.exception("a picture could not be drawn")
        return render(card, as_post=as_post), []

    async def _file(self, at: int, picture: Picture) -> discord.File:
        assert self._pictures is not None
        png = await self._pictures(picture.chart)
        return discord.File(io.BytesIO(png), picture_name(at), description=cut(picture.alt, limits.ALT))


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


async def ask(interaction: Interaction, form: Form, drafts: FormDrafts, easel: Easel) -> None:
    """Show a form; where none can be shown any more, a button that opens it."""
    shown = modal(form)
    may_open = interaction.type is not InteractionType.modal_submit and not interaction.response.is_done()
    if may_open and shown is not None:
        await _twice(interaction, lambda: _open(interaction, shown))
        return
    button = await drafts.keep(form, str(interaction.user.id), str(interaction.id))
    await reply(interaction, Reply(trouble(form, button), is_wrong=True), easel)


async def reply(interaction: Interaction, answer: Reply, easel: Easel) -> None:
    """Show a card."""
    await _twice(interaction, lambda: _show(interaction, answer, easel))


async def follow_up(interaction: Interaction, card: Card, easel: Easel) -> None:
    """Show one more card to the one who asked, and to no one else."""
    drawn, files = await easel.draw(card)
    await interaction.followup.send(ephemeral=True, **_message(drawn, files))


async def deliver(interaction: Interaction, answer: Reply | Ask, drafts: FormDrafts, easel: Easel) -> None:
    """Show an answer, whatever it is. Raises one of `failures.FAILURES` where it did not get through."""
    try:
        if isinstance(answer, Ask):
            await ask(interaction, answer.form, drafts, easel)
        else:
            await reply(interaction, answer, easel)
    except discord.HTTPException as error:
        if not failures.is_delivered(error):
            raise


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


async def _show(interaction: Interaction, answer: Reply, easel: Easel) -> None:
    drawn, files = await easel.draw(answer.card)
    await _send(interaction, answer, drawn, files)


async def _send(interaction: Interaction, answer: Reply, drawn: Rendered, files: list[discord.File]) -> None:
    is_private = answer.audience is Audience.PRIVATE or answer.is_wrong
    deferred = interaction.response.type
    if _stays_in_place(interaction, answer, is_private=is_private):
        if deferred is None:
            await interaction.response.edit_message(**_edit(drawn, files))
        else:
            await interaction.edit_original_response(**_edit(drawn, files))
    elif deferred is None:
        await interaction.response.send_message(ephemeral=is_private, **_message(drawn, files))
    elif deferred is not InteractionResponseType.deferred_channel_message:
        await interaction.followup.send(ephemeral=is_private, **_message(drawn, files))
    elif is_private:
        await interaction.edit_original_response(**_edit(drawn, files))
    else:
        await interaction.edit_original_response(content=SHOWN_BELOW)
        await interaction.followup.send(ephemeral=False, **_message(drawn, files))


def _stays_in_place(interaction: Interaction, answer: Reply, *, is_private: bool) -> bool:
    """Whether the message whose button was pressed is replaced: only by what its readers may read."""
    message = interaction.message
    if not answer.in_place or answer.is_wrong or message is None:
        return False
    return channel_of(interaction).is_direct or message.flags.ephemeral == is_private


def _message(drawn: Rendered, files: list[discord.File]) -> dict[str, Any]:
    message: dict[str, Any] = {"embeds": list(drawn.embeds), "allowed_mentions": pings(drawn)}
    if drawn.content:
        message["content"] = drawn.content
    if files:
        message["files"] = files
    buttons_view = view(drawn.rows)
    if buttons_view is not None:
        message["view"] = buttons_view
    return message


def _edit(drawn: Rendered, files: list[discord.File]) -> dict[str, Any]:
    return {
        "content": drawn.content,
        "embeds": list(drawn.embeds),
        "attachments": files,
        "view": view(drawn.rows),
        "allowed_mentions": discord.AllowedMentions.none(),
    }


def pings(drawn: Rendered) -> discord.AllowedMentions:
    """Exactly the people whom the card mentions."""
    users = [discord.Object(user) for user in sorted(drawn.pings)]
    return discord.AllowedMentions(everyone=False, roles=False, replied_user=False, users=users)
