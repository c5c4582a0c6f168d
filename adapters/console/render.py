"""A card as Rich draws it: pure, at most 80 columns, legible without any colour. No text is ever read as markup."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table as Grid
from rich.text import Text as Drawn

from adapters.console.limits import BAR, LEAST_BAR, WIDTH
from adapters.console.pictures import MEDALS, bar, draw
from bot.chat.card import (
    Actions,
    Align,
    Bar,
    Block,
    Button,
    Card,
    Facts,
    Line,
    Links,
    Note,
    Picture,
    Quote,
    Style,
    Table,
    Tone,
)
from bot.chat.form import Field, Form
from bot.chat.legible import legible
from bot.chat.plain import plain_span, plain_text
from bot.chat.text import Bold, Code, Link, Mention, Text, Timestamp

COLOURS = {Tone.NEUTRAL: "cyan", Tone.GOOD: "green", Tone.PROUD: "magenta", Tone.WARN: "yellow", Tone.WRONG: "red"}
GAP = Drawn("  ")
BUTTONS = {Style.PRIMARY: "bold reverse", Style.PLAIN: "bold", Style.DANGER: "bold red"}
RANKS = frozenset({"#", "rank", "place"})
_INSIDE = 4


def panel(card: Card, below: str, width: int = WIDTH) -> RenderableType:
    """A card in its frame, whose colour is its tone; `below` says who sees it, and when."""
    width = min(width, WIDTH)
    return _framed(Group(*blocks(card, width - _INSIDE)), card.title, below, COLOURS[card.tone], width)


def form_panel(form: Form, below: str, width: int = WIDTH) -> RenderableType:
    """A form: each field with what stands in it, and how it is answered in one line."""
    fields = Grid.grid(padding=(0, 2))
    fields.add_column(style="bold")
    fields.add_column(overflow="fold")
    for field in form.fields:
        fields.add_row(Drawn(legible(field.name)), _field(field))
    example = "; ".join(f"{field.name}=…" for field in form.fields[:2])
    how = Drawn(f":fill {example}", "cyan").append("   :fill alone sends it as it is", "dim")
    return _framed(Group(fields, Drawn(""), how), form.title, below, "blue", min(width, WIDTH))


def blocks(card: Card, width: int) -> Iterator[RenderableType]:
    """The blocks from top to bottom, with air above buttons and pictures."""
    for position, block in enumerate(card.blocks):
        drawn = block_of(block, width)
        is_apart = isinstance(block, (Actions, Links, Picture, Table)) and position > 0
        yield Padding(drawn, (1, 0, 0, 0)) if is_apart else drawn


def block_of(block: Block, width: int) -> RenderableType:
    """One block."""
    match block:
        case Line(text):
            return spans(text)
        case Note(text):
            return spans(text, "dim")
        case Quote(text):
            return Drawn("\n").join(Drawn("│ ", "dim").append(line, "italic") for line in legible(text).splitlines())
        case Facts():
            return _facts(block)
        case Bar(done, goal, text):
            words = Drawn(f" {legible(text)}", "default")
            return bar(done, goal, min(BAR, max(LEAST_BAR, width - words.cell_len))).append_text(words)
        case Table():
            return _table(block)
        case Picture(chart, _):
            return draw(chart, width)
        case Actions(buttons):
            return _side_by_side(map(_button, buttons), width)
        case Links(links):
            return _side_by_side((Drawn(f"[ {legible(link.label)} ] {legible(link.url)}") for link in links), width)
        case _:
            assert_never(block)


def spans(text: Text, style: str = "") -> Drawn:
    """Text with its meaning as weight and colour."""
    drawn = Drawn(style=style)
    for span in text:
        words = legible(plain_span(span))
        match span:
            case str() | Timestamp():
                drawn.append(words)
            case Bold() | Mention():
                drawn.append(words, "bold")
            case Code():
                drawn.append(words, "cyan")
            case Link():
                drawn.append(words, "underline")
            case _:
                assert_never(span)
    return drawn


def _framed(inside: RenderableType, title: str, below: str, colour: str, width: int) -> RenderableType:
    head, foot = Drawn(legible(title), "bold"), Drawn(legible(below), "dim")
    for words in (head, foot):
        words.truncate(width - 2 * _INSIDE, overflow="ellipsis")
    return Panel(
        inside,
        title=head if title else None,
        title_align="left",
        subtitle=foot,
        subtitle_align="right",
        border_style=colour,
        width=width,
    )


def _quoted(line: str) -> Drawn:
    return Drawn("│ ", "dim").append(line, "italic")


def _facts(block: Facts) -> RenderableType:
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    for fact in block.facts:
        grid.add_row(Drawn(legible(fact.label)), spans(fact.value))
    return grid


def _table(table: Table) -> RenderableType:
    grid = Grid(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False, header_style="dim")
    for column in table.columns:
        is_right = column.align is Align.RIGHT
        grid.add_column(Drawn(legible(column.title)), justify="right" if is_right else "left", overflow="fold")
    is_ranked = bool(table.columns) and table.columns[0].title.casefold() in RANKS
    for index, row in enumerate(table.rows):
        cells = [legible(cell) for cell in row]
        if is_ranked and cells and cells[0].rstrip(".").isdecimal():
            cells[0] = MEDALS.get(int(cells[0].rstrip(".")), cells[0])
        grid.add_row(*(Drawn(cell) for cell in cells), style="bold cyan" if index == table.marked else "")
    return grid


def _side_by_side(buttons: Iterable[Drawn], width: int) -> Drawn:
    """Side by side as far as they fit: a label is not broken while it fits a line of its own."""
    rows: list[Drawn] = []
    for drawn in buttons:
        beside = GAP.join((rows[-1], drawn)) if rows else drawn
        if rows and beside.cell_len <= width:
            rows[-1] = beside
        else:
            rows.append(drawn)
    return Drawn("\n").join(rows)


def _button(button: Button) -> Drawn:
    return Drawn(f"[ {legible(button.label)} ]", BUTTONS[button.style])


def _field(field: Field) -> Drawn:
    drawn = Drawn(legible(field.value) or "…", "" if field.value else "dim")
    drawn.append(f"   {legible(field.label)}", "dim")
    choices = " | ".join(choice.value for choice in field.choices)
    if choices or field.hint:
        drawn.append(f" ({legible(choices or field.hint)})", "dim")
    if field.error:
        drawn.append(f"\n{legible(plain_text(field.error))}", "red")
    return drawn
