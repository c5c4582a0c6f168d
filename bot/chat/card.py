"""The card: all that the bot can show, a small closed union of blocks that each adapter renders by pure functions."""

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct, field
from msgspec.structs import replace

from bot.chat.chart import Chart
from bot.chat.text import Text


class Tone(StrEnum):
    """The mood of a card; an adapter chooses the colour."""

    NEUTRAL = "neutral"
    GOOD = "good"
    PROUD = "proud"
    WARN = "warn"
    WRONG = "wrong"


class Align(StrEnum):
    """The side of a table column that its text is set to."""

    LEFT = "left"
    RIGHT = "right"


class Style(StrEnum):
    """The prominence of a button."""

    PRIMARY = "primary"
    PLAIN = "plain"
    DANGER = "danger"


class Button(Struct, frozen=True):
    """A command with some options filled in. `opens_form` tells platforms that must decide before any work starts."""

    label: str
    command: str
    options: dict[str, str] = field(default_factory=dict)
    style: Style = Style.PLAIN
    opens_form: bool = False


class LinkButton(Struct, frozen=True):
    """A button that opens a web page instead of asking anything of the bot."""

    label: str
    url: str


class Line(Struct, frozen=True, tag="line"):
    """A paragraph."""

    text: Text


class Note(Struct, frozen=True, tag="note"):
    """A remark in small print."""

    text: Text


class Quote(Struct, frozen=True, tag="quote"):
    """A person's own words, over several lines perhaps."""

    text: str


class Fact(Struct, frozen=True):
    """A value with a short label."""

    label: str
    value: Text


class Facts(Struct, frozen=True, tag="facts"):
    """Labelled values side by side."""

    facts: tuple[Fact, ...]


class Bar(Struct, frozen=True, tag="bar"):
    """A progress bar: `done` of `goal` in one unit, with words that say the same."""

    done: int
    goal: int
    text: str


class Column(Struct, frozen=True):
    """A table's column."""

    title: str
    align: Align = Align.LEFT


class Table(Struct, frozen=True, tag="table"):
    """Rows of plain cells; `marked` is the index of the row that is the reader's own."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    marked: int | None = None


class Picture(Struct, frozen=True, tag="picture"):
    """A chart, with words that say what it shows; never the only place where something is said."""

    chart: Chart
    alt: str


class Actions(Struct, frozen=True, tag="actions"):
    """A row of buttons."""

    buttons: tuple[Button, ...]


class Menu(Struct, frozen=True, tag="menu"):
    """Buttons folded into a list to pick from. `label` says what is picked, `chosen` is the index of what is shown."""

    label: str
    buttons: tuple[Button, ...]
    chosen: int | None = None


class Links(Struct, frozen=True, tag="links"):
    """A row of buttons that open web pages."""

    links: tuple[LinkButton, ...]


Controls = Actions | Menu | Links
"""A block to press."""

Block = Line | Note | Quote | Facts | Bar | Table | Picture | Controls


class Card(Struct, frozen=True):
    """A title (may be empty), blocks from top to bottom, and a tone.

    `is_framed` sets it apart from the lines around it where the platform has a frame: a card that stands for a week.
    `notice` is what a push notice says where that may not be the first line, such as one that quotes a member.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    tone: Tone = Tone.NEUTRAL
    is_framed: bool = False
    notice: str = ""

    def buttons(self) -> Iterator[Button]:
        """Yield all its buttons, those of its menus too, from top to bottom."""
        for block in self.blocks:
            if isinstance(block, Actions | Menu):
                yield from block.buttons

    def plus(self, *blocks: Block) -> "Card":
        """Return a copy with more blocks below."""
        return replace(self, blocks=(*self.blocks, *blocks))

    def above_controls(self, *blocks: Block) -> "Card":
        """Return a copy with more blocks; all that can be pressed stays below."""
        both = (*self.blocks, *blocks)
        return replace(self, blocks=tuple(sorted(both, key=lambda block: isinstance(block, Controls))))
