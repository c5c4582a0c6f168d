"""Cards and replies as messages, with their pictures drawn; how they look is decided in `layouts`."""

import logging

from msgspec.structs import replace

from adapters.discord.files import File
from adapters.discord.layouts import Layout, Rendered, describe, picture_name, render
from bot.charts.picture import DrawPicture
from bot.chat.card import Card, Line, Picture, Tone
from bot.chat.request import Attachment, Reply

log = logging.getLogger(__name__)
PNG = "image/png"
MEGABYTE = 1024 * 1024


class Renderer:
    """Renders cards, with their pictures where charts can be drawn."""

    def __init__(self, pictures: DrawPicture | None) -> None:
        self._pictures = pictures

    async def card(self, card: Card, layout: Layout) -> Rendered:
        """Return the rendered card; where a picture cannot be drawn, its words stand in its place."""
        if self._pictures is not None and any(isinstance(block, Picture) for block in card.blocks):
            rendered = render(card, layout, with_pictures=True)
            try:
                pngs = [await self._pictures(picture.chart) for picture in rendered.pictures]
            except Exception:
                log.exception("a picture could not be drawn")
            else:
                return replace(rendered, files=_picture_files(pngs, rendered.pictures))
        return render(card, layout)

    async def reply(self, reply: Reply, layout: Layout, limit: int) -> Rendered:
        """Return the rendered reply, with the file that goes out with it if that has at most `limit` bytes."""
        attachment = reply.attachment
        if attachment is None:
            return await self.card(reply.card, layout)
        if len(attachment.content) > limit:
            return await self.card(_too_large(attachment, limit), layout)
        rendered = await self.card(reply.card, layout)
        return rendered.with_file(File(attachment.name, attachment.media_type, attachment.content))


def _picture_files(pngs: list[bytes], pictures: tuple[Picture, ...]) -> tuple[File, ...]:
    drawn = enumerate(zip(pngs, pictures, strict=True))
    return tuple(File(picture_name(at), PNG, png, describe(picture)) for at, (png, picture) in drawn)


def _too_large(attachment: Attachment, limit: int) -> Card:
    megabytes = len(attachment.content) / MEGABYTE
    size = f"{megabytes:.1f} MB, more than the {limit // MEGABYTE} MB that Discord takes here"
    words = f"{attachment.name} has {size}. Whoever runs this bot can hand it to you."
    return Card("", (Line((words,)),), Tone.WARN)
