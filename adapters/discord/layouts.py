"""The three layouts of a card on Discord: plain text, a frame, and parts; each a pure function.

What stands in a channel or among direct messages is **text**, with its pictures attached: it reads in the push notice
and to people who have embeds switched off. A card that is framed is an embed under its first line.

What its reader alone sees may be made of **parts** (Components V2), where the pictures stand between the headline and
the rest. A message of parts stays one for good, is empty in a push notice, and a channel's history that held one could
not always be read (discord-api-docs, issue 8611); so there is none where it could be looked for.
"""

from collections.abc import Iterable
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from adapters.discord import limits
from adapters.discord.buttons import render_rows
from adapters.discord.files import File
from adapters.discord.markup import MORE, escape, fit, mentioned_users
from adapters.discord.paragraphs import Paragraph, Words, join, paragraph
from bot.adapter.http import Json
from bot.chat.card import Card, Controls, Facts, Line, Note, Picture, Tone
from bot.chat.legible import legible
from bot.domain.names import cut

TEXT_TYPE, GALLERY_TYPE, FILE_TYPE = 10, 12, 13
TEXT_OVERHEAD_BYTES = 12
"""Bytes that Discord counts for each part of text beside its own (discord-api-docs, issue 8554)."""

MAX_PINGS = 80
"""People that one message notifies: as many as its text has room for."""

COLOURS = {
    Tone.NEUTRAL: 0x5865F2,
    Tone.GOOD: 0x3BA55D,
    Tone.PROUD: 0xF1B82D,
    Tone.WARN: 0xE67E22,
    Tone.WRONG: 0xD83C3E,
}


class Layout(Enum):
    """The two kinds of messages; which one a message is never changes."""

    TEXT = "text"
    PARTS = "parts"


class Rendered(Struct, frozen=True):
    """A message without its bytes: `files` are sent beside it, the pictures first.

    `parts` are those above the rows of buttons, in the layout that has them; `is_quiet` asks for no push notice.
    """

    layout: Layout
    content: str = ""
    embeds: tuple[Json, ...] = ()
    parts: tuple[Json, ...] = ()
    rows: tuple[Json, ...] = ()
    pictures: tuple[Picture, ...] = ()
    pings: tuple[int, ...] = ()
    files: tuple[File, ...] = ()
    is_quiet: bool = False

    def under(self, words: str) -> "Rendered":
        """Return a copy under a line of words."""
        if self.layout is Layout.PARTS:
            return replace(self, parts=(_text_part(words), *self.parts))
        return replace(self, content=cut(f"{words}\n{self.content}", limits.CONTENT))

    def with_file(self, file: File) -> "Rendered":
        """Return a copy with one more file; in a message of parts only what is a part is shown."""
        shown = ({"type": FILE_TYPE, "file": {"url": f"attachment://{file.name}"}},)
        parts = (*self.parts, *shown) if self.layout is Layout.PARTS else self.parts
        return replace(self, files=(*self.files, file), parts=parts)


def render(card: Card, layout: Layout, *, with_pictures: bool = False) -> Rendered:
    """Return the card as a message; without pictures, their words stand in their places."""
    pictures = tuple(block for block in card.blocks if isinstance(block, Picture)) if with_pictures else ()
    pictures = pictures[: limits.PICTURES]
    words = tuple(block for block in card.blocks if not isinstance(block, Controls) and block not in pictures)
    rendered = Rendered(
        layout,
        rows=tuple(render_rows(block for block in card.blocks if isinstance(block, Controls))),
        pictures=pictures,
        pings=tuple(sorted({user for block in words for user in _pings(block)})[:MAX_PINGS]),
        is_quiet=bool(card.notice),
    )
    if layout is Layout.PARTS:
        return replace(rendered, parts=_parts(card, words, pictures))
    if card.is_framed:
        return _framed(card, words, rendered)
    content = join([_heading(card.title, "**{}**"), *map(paragraph, words)], limits.CONTENT)
    return replace(rendered, content=content or join(map(paragraph, pictures), limits.CONTENT) or MORE)


def picture_name(at: int) -> str:
    """Return the file name of a card's picture, counted from 0."""
    return f"picture-{at + 1}.png"


def describe(picture: Picture) -> str:
    """Return a picture's words, as long as Discord takes them."""
    return cut(picture.alt, limits.ALT)


def _framed(card: Card, words: tuple[Words, ...], rendered: Rendered) -> Rendered:
    """Return the card in a frame, under its title; without one, under its first block."""
    first, rest = (_heading(card.title, "**{}**"), words) if card.title.strip() else (_first(words), words[1:])
    embed: Json = {"color": COLOURS[card.tone], "description": join(map(paragraph, rest), limits.EMBED) or MORE}
    if rendered.pictures:
        embed["image"] = {"url": f"attachment://{picture_name(0)}"}
    return replace(rendered, content=first(limits.CONTENT) or MORE, embeds=(embed,))


def _first(words: tuple[Words, ...]) -> Paragraph:
    """Return the first block as a paragraph; an empty one where there is none."""
    return paragraph(words[0]) if words else lambda _room: ""


def _parts(card: Card, words: tuple[Words, ...], pictures: tuple[Picture, ...]) -> tuple[Json, ...]:
    """Return headline, pictures and the rest: in as many characters and bytes as a message of parts may have."""
    room = limits.PARTS
    while True:
        if card.title.strip():
            headline, rest = _heading(card.title, "### {}")(room), words
        else:
            headline, rest = _first(words)(room) if pictures else "", words[1:] if pictures else words
        body = join(map(paragraph, rest), room - len(headline))
        texts = [text for text in (headline, body) if text.strip()]
        size = sum(len(text.encode()) + TEXT_OVERHEAD_BYTES for text in texts)
        if size <= limits.PARTS_BYTES:
            break
        room = room * limits.PARTS_BYTES // size - 1
    galleries = [_gallery(at, picture) for at, picture in enumerate(pictures)]
    parts = [*_text_parts(headline), *galleries, *_text_parts(body)]
    return tuple(parts or [_text_part(MORE)])


def _gallery(at: int, picture: Picture) -> Json:
    """Return a picture in its full width: two in one gallery would be half as wide."""
    item = {"media": {"url": f"attachment://{picture_name(at)}"}, "description": describe(picture)}
    return {"type": GALLERY_TYPE, "items": [{name: value for name, value in item.items() if value}]}


def _text_parts(text: str) -> Iterable[Json]:
    return [_text_part(text)] if text.strip() else []


def _text_part(text: str) -> Json:
    return {"type": TEXT_TYPE, "content": text}


def _heading(title: str, mark: str) -> Paragraph:
    words = " ".join(legible(title).split())
    return lambda room: fit(words, min(room, limits.TITLE), lambda part: mark.format(escape(part))) if words else ""


def _pings(block: Words) -> set[int]:
    match block:
        case Line(text) | Note(text):
            return mentioned_users(text)
        case Facts(facts):
            return {user for fact in facts for user in mentioned_users(fact.value)}
        case _:
            return set()
