"""An answer as what Discord wants to hear: a message, an edit in place or a modal; at once, or after a deferral.

A private answer is ephemeral, and never replaces what others can see.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import discord

from adapters.discord import Pictures, failures, limits
from adapters.discord.forms import FormDrafts, modal, trouble
from adapters.discord.incoming import channel_of
from adapters.discord.interaction import EPHEMERAL, NETWORK, Callback, File, Interaction, Json, Kind, attached
from adapters.discord.render import Rendered, picture_name, render
from bot.chat.card import Card, Line, Picture, Tone
from bot.chat.form import Form
from bot.chat.request import Answer, Attachment, Audience, Reply
from bot.domain.names import cut

log = logging.getLogger(__name__)
SHOWN_BELOW = "Shown to everyone."
LATER = frozenset({Callback.LATER_MESSAGE, Callback.LATER_EDIT})
NOT_CONFIRMED = "Discord did not confirm that everyone sees this:"
OFFER = Reply(Card(""), is_wrong=True)
"""How the button that opens a form is sent: to nobody but who asked."""

PNG = "image/png"
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Drawn:
    """A rendered card with its pictures, each as PNG, and perhaps a file for the one who asked."""

    rendered: Rendered
    files: tuple[File, ...] = ()


class Easel:
    """Renders cards, with their pictures where charts can be drawn."""

    def __init__(self, pictures: Pictures | None) -> None:
        self._pictures = pictures

    def _has_pictures(self, card: Card) -> bool:
        return self._pictures is not None and any(isinstance(block, Picture) for block in card.blocks)

    async def draw(self, card: Card, *, as_post: bool = False) -> Drawn:
        """The rendered card; where a picture cannot be drawn, its words stand in its place."""
        if self._pictures is not None and self._has_pictures(card):
            rendered = render(card, with_pictures=True, as_post=as_post)
            try:
                pngs = [await self._pictures(each.chart) for each in rendered.pictures]
            except Exception:
                log.exception("a picture could not be drawn")
            else:
                return Drawn(rendered, tuple(_pictured(pngs, rendered.pictures)))
        return Drawn(render(card, as_post=as_post))

    async def answer(self, answer: Reply, most: int) -> Drawn:
        """What a reply looks like, with the file that goes out with it if that has at most `most` bytes."""
        if answer.attachment is None:
            return await self.draw(answer.card)
        if len(answer.attachment.content) > most:
            return await self.draw(_too_large(answer.attachment, most))
        drawn = await self.draw(answer.card)
        sent = File(answer.attachment.name, answer.attachment.media_type, answer.attachment.content)
        return Drawn(drawn.rendered, (*drawn.files, sent))


async def defer(interaction: Interaction) -> None:
    """Say that the answer takes longer: in private, for what is wrong or asked is always private."""
    if interaction.answered is not None:
        return
    is_typed = interaction.event.message is None
    kind, data = (Callback.LATER_MESSAGE, {"flags": EPHEMERAL}) if is_typed else (Callback.LATER_EDIT, None)
    try:
        await _twice(interaction, lambda: interaction.answer(kind, data))
    except failures.FAILURES as error:
        if failures.is_delivered(error):
            interaction.answered = kind
            return
        log.info("perhaps not deferred", extra={"request": interaction.id, "error": str(error)})


async def show(interaction: Interaction, answer: Answer, drawn: Drawn | None, drafts: FormDrafts) -> None:
    """Show an answer that is drawn already. Raises one of `failures.FAILURES` where it did not get through."""
    try:
        await _show(interaction, answer, drawn, drafts)
    except discord.HTTPException as error:
        if not failures.is_delivered(error):
            raise
        deferral = next(iter(interaction.maybe & LATER), None)
        if interaction.answered is None and deferral is not None:
            is_certain = interaction.maybe <= LATER
            interaction.answered = deferral
            await _fill_in(interaction, answer, drawn, drafts, is_certain=is_certain)


async def _fill_in(
    interaction: Interaction, answer: Answer, drawn: Drawn | None, drafts: FormDrafts, *, is_certain: bool
) -> None:
    """Discord has an answer already: the deferral, or, where that is not `is_certain`, perhaps this very answer.

    Then what is for everybody is not put beside it, and who asked is told.
    """
    if is_certain or drawn is None or not isinstance(answer, Reply) or not _is_for_all(answer):
        await _show(interaction, answer, drawn, drafts)
    elif _stays_in_place(interaction, answer, is_private=False) or interaction.answered is Callback.LATER_MESSAGE:
        await interaction.edit_answer({**edit(drawn), "content": NOT_CONFIRMED}, drawn.files)
    else:
        await interaction.follow_up({**message(drawn), "content": NOT_CONFIRMED, "flags": EPHEMERAL}, drawn.files)


def _is_for_all(answer: Reply) -> bool:
    return answer.audience is Audience.PUBLIC and not answer.is_wrong and answer.attachment is None


def is_modal(interaction: Interaction, form: Form) -> bool:
    """Whether a form can be shown now: not in answer to another one, and not late."""
    return interaction.kind is not Kind.FORM and interaction.answered is None and modal(form) is not None


async def offer(interaction: Interaction, form: Form, drafts: FormDrafts) -> Drawn:
    """A button that opens a form which cannot be shown, and what is wrong in it."""
    return Drawn(render(trouble(form, await drafts.keep(form, interaction.user_id, interaction.id))))


async def follow_up(interaction: Interaction, drawn: Drawn) -> None:
    """Show one more card to the one who asked, and to no one else."""
    await interaction.follow_up({**message(drawn), "flags": EPHEMERAL}, drawn.files)


async def _show(interaction: Interaction, answer: Answer, drawn: Drawn | None, drafts: FormDrafts) -> None:
    if isinstance(answer, Reply):
        assert drawn is not None
        await _twice(interaction, lambda: _send(interaction, answer, drawn))
    elif drawn is None and is_modal(interaction, answer.form):
        await _twice(interaction, lambda: interaction.answer(Callback.FORM, modal(answer.form)))
    else:
        offered = drawn or await offer(interaction, answer.form, drafts)
        await _twice(interaction, lambda: _send(interaction, OFFER, offered))


async def _twice(interaction: Interaction, call: Callable[[], Awaitable[None]]) -> None:
    """Once more where the connection broke before Discord said that it has the answer: it takes only one."""
    try:
        await call()
    except NETWORK:
        if interaction.answered is not None:
            raise
        await call()


async def _send(interaction: Interaction, answer: Reply, drawn: Drawn) -> None:
    is_private = not _is_for_all(answer)
    deferred = interaction.answered
    if _stays_in_place(interaction, answer, is_private=is_private):
        if deferred is None:
            await interaction.answer(Callback.EDIT, edit(drawn), drawn.files)
        else:
            await interaction.edit_answer(edit(drawn), drawn.files)
    elif deferred is None:
        await interaction.answer(Callback.MESSAGE, _told(drawn, is_private=is_private), drawn.files)
    elif deferred is not Callback.LATER_MESSAGE:
        await interaction.follow_up(_told(drawn, is_private=is_private), drawn.files)
    elif is_private:
        await interaction.edit_answer(edit(drawn), drawn.files)
    else:
        await interaction.edit_answer({"content": SHOWN_BELOW})
        try:
            await interaction.follow_up(message(drawn), drawn.files)
        except failures.FAILURES as error:
            log.warning("perhaps not shown to everyone", extra={"request": interaction.id, "error": str(error)})
            await interaction.edit_answer({**edit(drawn), "content": NOT_CONFIRMED}, drawn.files)


def _stays_in_place(interaction: Interaction, answer: Reply, *, is_private: bool) -> bool:
    """Whether the message whose button was pressed is replaced: only by what its readers may read."""
    pressed = interaction.event.message
    if not answer.in_place or answer.is_wrong or pressed is None:
        return False
    return channel_of(interaction).is_direct or bool(pressed.flags & EPHEMERAL) == is_private


def edit(drawn: Drawn) -> Json:
    """What replaces everything in a message; nobody is notified by that."""
    return {
        "content": drawn.rendered.content,
        "embeds": drawn.rendered.embeds,
        "components": drawn.rendered.rows,
        "attachments": attached(drawn.files),
        "allowed_mentions": {"parse": []},
    }


def message(drawn: Drawn) -> Json:
    """A new message, which notifies exactly the people whom the card mentions; what it does not have is left out."""
    mentions: Json = {"parse": [], "users": [str(user) for user in drawn.rendered.pings]}
    optional = {
        "content": drawn.rendered.content,
        "components": drawn.rendered.rows,
        "attachments": attached(drawn.files),
    }
    return {
        "embeds": drawn.rendered.embeds,
        "allowed_mentions": mentions if drawn.rendered.pings else {"parse": []},
        **{name: value for name, value in optional.items() if value},
    }


def _told(drawn: Drawn, *, is_private: bool) -> Json:
    return {**message(drawn), "flags": EPHEMERAL} if is_private else message(drawn)


def _pictured(pngs: list[bytes], pictures: tuple[Picture, ...]) -> list[File]:
    named = enumerate(zip(pngs, pictures, strict=True))
    return [File(picture_name(at), PNG, png, cut(picture.alt, limits.ALT)) for at, (png, picture) in named]


def _too_large(file: Attachment, most: int) -> Card:
    size = f"{len(file.content) / MEGABYTE:.1f} MB, more than the {most // MEGABYTE} MB that Discord takes here"
    words = f"{file.name} has {size}. Whoever runs this bot can hand it to you."
    return Card("", (Line((words,)),), Tone.WARN)
