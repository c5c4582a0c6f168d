"""A card as an embed with buttons: pure functions, so that what Discord is sent can be read in a snapshot.

Text stands in the description until facts come, which are fields; text after them is a field too, so that the order
stays. Small print at the end is the footer. Whatever is too long is cut with "…"; nothing here raises.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from adapters.discord import buttons, limits, tables
from adapters.discord.markup import MORE, escape, fit, legible, mark_text, mentioned, unpinged
from bot.chat.card import (
    Actions,
    Bar,
    Block,
    Button,
    Card,
    Facts,
    Line,
    LinkButton,
    Links,
    Note,
    Picture,
    Quote,
    Table,
    Tone,
)
from bot.chat.plain import plain_text
from bot.chat.text import Bold, Code, Text
from bot.domain.names import cut

BAR_WIDTH = 12
NAMELESS_FIELD = "\u200b"
SMALL = "-# "
MOST_PINGS = 80
"""Mentions notify only outside of embeds; so many surely fit there."""
COLOURS = {
    Tone.NEUTRAL: 0x5865F2,
    Tone.GOOD: 0x3BA55D,
    Tone.PROUD: 0xF1B82D,
    Tone.WARN: 0xE67E22,
    Tone.WRONG: 0xD83C3E,
}

Json = dict[str, Any]
Part = Callable[[int], str]
"""A paragraph that knows how to be no longer than so many characters."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What is sent: `pictures` are still to be drawn, in the order of the attachments that the embeds name."""

    content: str
    embeds: list[Json]
    rows: list[Json]
    pictures: tuple[Picture, ...] = ()
    pings: tuple[int, ...] = ()


def render(card: Card, *, with_pictures: bool = False, as_post: bool = False) -> Rendered:
    """The card; as a post its title is a heading, for a posted embed's own title would be a link (see `posting`)."""
    pictures = tuple(block for block in card.blocks if isinstance(block, Picture)) if with_pictures else ()
    pictures = pictures[: limits.EMBEDS]
    words = tuple(block for block in card.blocks if not isinstance(block, Actions | Links) and block not in pictures)
    pings = tuple(sorted({user for block in words for user in _pings(block)})[:MOST_PINGS])
    embeds = [_Drawing(limits.EMBED).embed(card, words, as_post=as_post)]
    for at, _ in enumerate(pictures):
        if at:
            embeds.append({"color": COLOURS[card.tone]})
        embeds[at]["image"] = {"url": f"attachment://{picture_name(at)}"}
    rows = buttons.rows(_buttons(block) for block in card.blocks if isinstance(block, Actions | Links))
    return Rendered(" ".join(f"<@{user}>" for user in pings), embeds, rows, pictures, pings)


def picture_name(at: int) -> str:
    """The attachment's file name of a card's picture."""
    return f"picture-{at + 1}.png"


@dataclass
class _Drawing:
    """One embed being drawn: counts the characters, of which all texts of a message share 6,000."""

    left: int
    fields: list[Json] = field(default_factory=list)

    def embed(self, card: Card, words: tuple[Block, ...], *, as_post: bool) -> Json:
        title = self._take(fit(" ".join(card.title.split()), limits.TITLE, escape))
        words, small = _split_footer(words)
        footer = self._take(small)
        first = next((at for at, block in enumerate(words) if isinstance(block, Facts)), len(words))
        heading = [f"### {title}"] if as_post and title else []
        description = self._take(_join(heading, [_part(block) for block in words[:first]], self._room(limits.TEXT)))
        self._add_fields(words[first:])
        own_title = "" if as_post else title
        is_empty = not (own_title or description or self.fields or footer)
        said = {
            "title": own_title,
            "description": MORE if is_empty else description,
            "fields": self.fields,
            "footer": {"text": footer} if footer else None,
        }
        return {"color": COLOURS[card.tone], **{name: value for name, value in said.items() if value}}

    def _add_fields(self, words: tuple[Block, ...]) -> None:
        waiting: list[Part] = []
        for block in words:
            if not isinstance(block, Facts):
                waiting.append(_part(block))
                continue
            self._add_text(waiting)
            waiting = []
            for fact in block.facts:
                self._add(fit(fact.label, limits.FIELD_NAME, escape), fact.value)
        self._add_text(waiting)

    def _add_text(self, parts: list[Part]) -> None:
        room = min(limits.FIELD_VALUE, self.left - len(NAMELESS_FIELD))
        text = _join([], parts, room) if room > 0 else ""
        if text and len(self.fields) < limits.FIELDS:
            self._append(NAMELESS_FIELD, text, is_inline=False)

    def _add(self, name: str, value: Text) -> None:
        room = min(limits.FIELD_VALUE, self.left - len(name))
        if len(self.fields) < limits.FIELDS and room > 1:
            self._append(name or NAMELESS_FIELD, mark_text(value, room - 1) or MORE, is_inline=True)

    def _append(self, name: str, value: str, *, is_inline: bool) -> None:
        self.fields.append({"name": name, "value": value, "inline": is_inline})
        self.left -= len(name) + len(value)

    def _room(self, limit: int) -> int:
        return min(limit, self.left)

    def _take(self, text: str) -> str:
        self.left -= len(text)
        return text


def _join(lines: list[str], parts: list[Part], room: int) -> str:
    """Paragraphs under each other, as many as fit; the one that does not is cut, and is the last."""
    room -= sum(len(line) + 1 for line in lines)
    for part in parts:
        text = part(max(room, 0))
        if text.strip():
            lines.append(text)
            room -= len(text) + 1
        if room <= 1:
            break
    return "\n".join(lines)


def _part(block: Block) -> Part:
    match block:
        case Line():
            return partial(mark_text, block.text)
        case Note():
            return lambda room: _small(mark_text(block.text, max(room - len(SMALL), 0)), room)
        case Quote():
            return lambda room: fit(block.text, room, _quote)
        case Bar():
            bar = draw_bar(block.done, block.goal)
            return lambda room: fit(block.text, room, lambda part: f"{bar} {escape(part)}")
        case Table():
            return partial(tables.draw, block)
        case Picture():
            return lambda room: _small(fit(" ".join(block.alt.split()), max(room - len(SMALL), 0), escape), room)
        case Facts() | Actions() | Links():
            return lambda _: ""


def _buttons(block: Actions | Links) -> tuple[Button | LinkButton, ...]:
    return block.buttons if isinstance(block, Actions) else block.links


def draw_bar(done: int, goal: int) -> str:
    """A bar of twelve cells; full only when the goal is reached."""
    cells = min(BAR_WIDTH, max(done, 0) * BAR_WIDTH // goal) if goal > 0 else BAR_WIDTH
    return "▰" * cells + "▱" * (BAR_WIDTH - cells)


def _small(text: str, room: int) -> str:
    """Small print, each of its lines; as it stands where there is no room for that."""
    small = "\n".join(f"{SMALL}{line}" for line in text.splitlines() if line.strip())
    return small if len(small) <= room else text


def _quote(text: str) -> str:
    return "\n".join(f"> {escape(line)}" for line in text.splitlines() if line.strip())


def _split_footer(words: tuple[Block, ...]) -> tuple[tuple[Block, ...], str]:
    """The blocks before the small print at the end, and that as a footer, in which Discord reads no markup."""
    at = len(words)
    while at and isinstance(note := words[at - 1], Note) and all(isinstance(s, str | Bold | Code) for s in note.text):
        at -= 1
    lines = [unpinged(legible(plain_text(block.text)).strip()) for block in words[at:] if isinstance(block, Note)]
    return words[:at], cut("\n".join(line for line in lines if line), limits.FOOTER)


def _pings(block: Block) -> set[int]:
    match block:
        case Line(text) | Note(text):
            return mentioned(text)
        case Facts(facts):
            return {user for fact in facts for user in mentioned(fact.value)}
        case _:
            return set()
