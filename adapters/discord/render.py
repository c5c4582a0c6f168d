"""A card as an embed with buttons, and its pictures and file.

What Discord is sent can be read in a snapshot: `render` is pure. Text stands in the description until facts come,
which are fields; text after them is a field too, so that the order stays. Small print at the end is the footer.
Whatever is too long is cut with "…"; nothing here raises.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from adapters.discord import limits
from adapters.discord.buttons import render_rows
from adapters.discord.files import File
from adapters.discord.markup import MORE, defuse_everyone, escape, fit, mark_text, mentioned_users
from adapters.discord.tables import render_table
from bot.adapter.http import Json
from bot.charts.picture import DrawPicture
from bot.chat.card import (
    Actions,
    Bar,
    Block,
    Card,
    Controls,
    Facts,
    Line,
    Links,
    Menu,
    Note,
    Picture,
    Quote,
    Table,
    Tone,
)
from bot.chat.legible import legible
from bot.chat.plain import draw_blocks, plain_text
from bot.chat.request import Attachment, Reply
from bot.chat.text import Bold, Code, Text
from bot.domain.names import cut

log = logging.getLogger(__name__)
EMPTY_FIELD_NAME = "\u200b"
SMALL = "-# "
MAX_PINGS = 80
"""Mentions notify only outside of embeds; so many surely fit there."""

COLOURS = {
    Tone.NEUTRAL: 0x5865F2,
    Tone.GOOD: 0x3BA55D,
    Tone.PROUD: 0xF1B82D,
    Tone.WARN: 0xE67E22,
    Tone.WRONG: 0xD83C3E,
}
PNG = "image/png"
MEGABYTE = 1024 * 1024

Paragraph = Callable[[int], str]
"""A paragraph that knows how to be no longer than so many characters."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message: `files` are sent beside it, in the order in which the embeds name the pictures among them."""

    content: str
    embeds: list[Json]
    rows: list[Json]
    pictures: tuple[Picture, ...] = ()
    pings: tuple[int, ...] = ()
    files: tuple[File, ...] = ()


class Renderer:
    """Renders cards, with their pictures where charts can be drawn."""

    def __init__(self, pictures: DrawPicture | None) -> None:
        self._pictures = pictures

    async def card(self, card: Card, *, as_post: bool = False) -> Rendered:
        """Return the rendered card; where a picture cannot be drawn, its words stand in its place."""
        if self._pictures is not None and any(isinstance(block, Picture) for block in card.blocks):
            rendered = render(card, with_pictures=True, as_post=as_post)
            try:
                pngs = [await self._pictures(picture.chart) for picture in rendered.pictures]
            except Exception:
                log.exception("a picture could not be drawn")
            else:
                return replace(rendered, files=tuple(_picture_files(pngs, rendered.pictures)))
        return render(card, as_post=as_post)

    async def reply(self, reply: Reply, limit: int) -> Rendered:
        """Return the rendered reply, with the file that goes out with it if that has at most `limit` bytes."""
        attachment = reply.attachment
        if attachment is None:
            return await self.card(reply.card)
        if len(attachment.content) > limit:
            return await self.card(_too_large(attachment, limit))
        rendered = await self.card(reply.card)
        file = File(attachment.name, attachment.media_type, attachment.content)
        return replace(rendered, files=(*rendered.files, file))


def render(card: Card, *, with_pictures: bool = False, as_post: bool = False) -> Rendered:
    """Return the card as a message, without its files; `as_post` makes a heading of its title (see `posting`)."""
    pictures = tuple(block for block in card.blocks if isinstance(block, Picture)) if with_pictures else ()
    pictures = pictures[: limits.EMBEDS]
    words = tuple(block for block in card.blocks if not isinstance(block, Controls) and block not in pictures)
    pings = tuple(sorted({user for block in words for user in _pings(block)})[:MAX_PINGS])
    embeds = [_EmbedBuilder(limits.EMBED).build(card, words, as_post=as_post)]
    for at, _ in enumerate(pictures):
        if at:
            embeds.append({"color": COLOURS[card.tone]})
        embeds[at]["image"] = {"url": f"attachment://{picture_name(at)}"}
    rows = render_rows(block for block in card.blocks if isinstance(block, Controls))
    return Rendered(" ".join(f"<@{user}>" for user in pings), embeds, rows, pictures, pings)


def picture_name(at: int) -> str:
    """Return the file name of a card's picture, counted from 0."""
    return f"picture-{at + 1}.png"


@dataclass
class _EmbedBuilder:
    """Builds one embed; `left` are the characters that all texts of a message may still have."""

    left: int
    fields: list[Json] = field(default_factory=list)

    def build(self, card: Card, words: tuple[Block, ...], *, as_post: bool) -> Json:
        title = self._take(fit(" ".join(card.title.split()), limits.TITLE, escape))
        words, small = _split_footer(words)
        footer = self._take(small)
        first = next((at for at, block in enumerate(words) if isinstance(block, Facts)), len(words))
        heading = [f"### {title}"] if as_post and title else []
        paragraphs = [_paragraph(block) for block in words[:first]]
        description = self._take(_join(heading, paragraphs, min(limits.TEXT, self.left)))
        self._add_fields(words[first:])
        own_title = "" if as_post else title
        is_empty = not (own_title or description or self.fields or footer)
        parts = {
            "title": own_title,
            "description": MORE if is_empty else description,
            "fields": self.fields,
            "footer": {"text": footer} if footer else None,
        }
        return {"color": COLOURS[card.tone], **{name: value for name, value in parts.items() if value}}

    def _add_fields(self, words: tuple[Block, ...]) -> None:
        waiting: list[Paragraph] = []
        for block in words:
            if not isinstance(block, Facts):
                waiting.append(_paragraph(block))
                continue
            self._add_text(waiting)
            waiting = []
            for fact in block.facts:
                self._add(fit(fact.label, limits.FIELD_NAME, escape), fact.value)
        self._add_text(waiting)

    def _add_text(self, paragraphs: list[Paragraph]) -> None:
        room = min(limits.FIELD_VALUE, self.left - len(EMPTY_FIELD_NAME))
        text = _join([], paragraphs, room) if room > 0 else ""
        if text and len(self.fields) < limits.FIELDS:
            self._append(EMPTY_FIELD_NAME, text, is_inline=False)

    def _add(self, name: str, value: Text) -> None:
        room = min(limits.FIELD_VALUE, self.left - len(name))
        if len(self.fields) < limits.FIELDS and room > 1:
            self._append(name or EMPTY_FIELD_NAME, mark_text(value, room - 1) or MORE, is_inline=True)

    def _append(self, name: str, value: str, *, is_inline: bool) -> None:
        self.fields.append({"name": name, "value": value, "inline": is_inline})
        self.left -= len(name) + len(value)

    def _take(self, text: str) -> str:
        self.left -= len(text)
        return text


def _join(lines: list[str], paragraphs: list[Paragraph], room: int) -> str:
    """Return `lines` and as many paragraphs as fit, under each other; the one that does not is cut, and is the last."""
    room -= sum(len(line) + 1 for line in lines)
    for paragraph in paragraphs:
        text = paragraph(max(room, 0))
        if text.strip():
            lines.append(text)
            room -= len(text) + 1
        if room <= 1:
            break
    return "\n".join(lines)


def _paragraph(block: Block) -> Paragraph:
    match block:
        case Line():
            return partial(mark_text, block.text)
        case Note():
            return lambda room: _small(mark_text(block.text, max(room - len(SMALL), 0)), room)
        case Quote():
            return lambda room: fit(block.text, room, _quote)
        case Bar():
            blocks = draw_blocks(block.done, block.goal)
            return lambda room: fit(block.text, room, lambda part: f"{escape(part)} {blocks}")
        case Table():
            return partial(render_table, block)
        case Picture():
            return lambda room: _small(fit(" ".join(block.alt.split()), max(room - len(SMALL), 0), escape), room)
        case Facts() | Actions() | Menu() | Links():
            return lambda _: ""


def _small(text: str, room: int) -> str:
    """Return each line of `text` as small print; `text` itself where there is no room for that."""
    small = "\n".join(f"{SMALL}{line}" for line in text.splitlines() if line.strip())
    return small if len(small) <= room else text


def _quote(text: str) -> str:
    return "\n".join(f"> {escape(line)}" for line in text.splitlines() if line.strip())


def _split_footer(words: tuple[Block, ...]) -> tuple[tuple[Block, ...], str]:
    """Return the blocks before the small print at the end, and that as a footer, in which Discord reads no markup."""
    at = len(words)
    while at and isinstance(note := words[at - 1], Note) and all(isinstance(s, str | Bold | Code) for s in note.text):
        at -= 1
    notes = [legible(plain_text(note.text)).strip() for note in words[at:] if isinstance(note, Note)]
    return words[:at], cut("\n".join(defuse_everyone(note) for note in notes if note), limits.FOOTER)


def _pings(block: Block) -> set[int]:
    match block:
        case Line(text) | Note(text):
            return mentioned_users(text)
        case Facts(facts):
            return {user for fact in facts for user in mentioned_users(fact.value)}
        case _:
            return set()


def _picture_files(pngs: list[bytes], pictures: tuple[Picture, ...]) -> list[File]:
    drawn = enumerate(zip(pngs, pictures, strict=True))
    return [File(picture_name(at), PNG, png, cut(picture.alt, limits.ALT)) for at, (png, picture) in drawn]


def _too_large(attachment: Attachment, limit: int) -> Card:
    megabytes = len(attachment.content) / MEGABYTE
    size = f"{megabytes:.1f} MB, more than the {limit // MEGABYTE} MB that Discord takes here"
    words = f"{attachment.name} has {size}. Whoever runs this bot can hand it to you."
    return Card("", (Line((words,)),), Tone.WARN)
