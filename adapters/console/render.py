"""A card as Rich draws it: pure, at most 80 columns, legible without any colour. No text is ever read as markup."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table as Grid
from rich.text import Text as RichText

from adapters.console.charts import draw_chart
from adapters.console.limits import WIDTH_COLUMNS
from bot.chat.card import (
    Actions,
    Align,
    Bar,
    Block,
    Button,
    Card,
    Controls,
    Facts,
    Line,
    Links,
    Menu,
    Note,
    Picture,
    Quote,
    Style,
    Table,
    Tone,
)
from bot.chat.form import Field, Form
from bot.chat.legible import legible
from bot.chat.plain import draw_blocks, plain_span, plain_text
from bot.chat.text import Bold, Code, Link, Mention, Text, Timestamp

COLOURS = {Tone.NEUTRAL: "cyan", Tone.GOOD: "green", Tone.PROUD: "magenta", Tone.WARN: "yellow", Tone.WRONG: "red"}
GAP = RichText("  ")
BUTTONS = {Style.PRIMARY: "bold reverse", Style.PLAIN: "bold", Style.DANGER: "bold red"}
_FRAME_COLUMNS = 4


def card_panel(card: Card, below: str, width: int = WIDTH_COLUMNS) -> RenderableType:
    """Return a card in its frame, whose colour is its tone; `below` says who sees it, and when."""
    width = min(width, WIDTH_COLUMNS)
    return _framed(Group(*blocks(card, width - _FRAME_COLUMNS)), card.title, below, COLOURS[card.tone], width)


def form_panel(form: Form, below: str, width: int = WIDTH_COLUMNS) -> RenderableType:
    """Return a form: each field with what stands in it, and how it is answered in one line."""
    fields = Grid.grid(padding=(0, 2))
    fields.add_column(style="bold")
    fields.add_column(overflow="fold")
    for field in form.fields:
        fields.add_row(RichText(legible(field.name)), _field(field))
    example = "; ".join(f"{field.name}=…" for field in form.fields[:2])
    how = RichText(f":fill {example}", "cyan").append("   :fill alone sends it as it is", "dim")
    return _framed(Group(fields, RichText(""), how), form.title, below, "blue", min(width, WIDTH_COLUMNS))


def blocks(card: Card, width: int) -> Iterator[RenderableType]:
    """Yield the blocks from top to bottom, with air above buttons and pictures."""
    for position, block in enumerate(card.blocks):
        rendered = render_block(block, width)
        is_apart = isinstance(block, Controls | Picture | Table) and position > 0
        yield Padding(rendered, (1, 0, 0, 0)) if is_apart else rendered


def render_block(block: Block, width: int) -> RenderableType:
    """Return one block."""
    match block:
        case Line(text):
            return render_text(text)
        case Note(text):
            return render_text(text, "dim")
        case Quote(text):
            return RichText("\n").join(map(_quoted_line, legible(text).splitlines()))
        case Facts():
            return _facts(block)
        case Bar(done, goal, text):
            colour = "bright_green" if done >= goal else "green"
            return RichText(f"{legible(text)} ").append(draw_blocks(done, goal), colour)
        case Table():
            return _table(block)
        case Picture(chart, _):
            return draw_chart(chart, width)
        case Actions() | Menu() | Links():
            return _side_by_side(_labels(block), width)
        case _:
            assert_never(block)


def render_text(text: Text, style: str = "") -> RichText:
    """Return a text with its meaning as weight and colour."""
    rendered = RichText(style=style)
    for span in text:
        words = legible(plain_span(span))
        match span:
            case str() | Timestamp():
                rendered.append(words)
            case Bold() | Mention():
                rendered.append(words, "bold")
            case Code():
                rendered.append(words, "cyan")
            case Link():
                rendered.append(words, "underline")
            case _:
                assert_never(span)
    return rendered


def _framed(inside: RenderableType, title: str, below: str, colour: str, width: int) -> RenderableType:
    head, foot = RichText(legible(title), "bold"), RichText(legible(below), "dim")
    for words in (head, foot):
        words.truncate(width - 2 * _FRAME_COLUMNS, overflow="ellipsis")
    return Panel(
        inside,
        title=head if title else None,
        title_align="left",
        subtitle=foot,
        subtitle_align="right",
        border_style=colour,
        width=width,
    )


def _quoted_line(line: str) -> RichText:
    return RichText("│ ", "dim").append(line, "italic")


def _facts(block: Facts) -> RenderableType:
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    for fact in block.facts:
        grid.add_row(RichText(legible(fact.label)), render_text(fact.value))
    return grid


def _table(table: Table) -> RenderableType:
    grid = Grid(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False, header_style="dim")
    for column in table.columns:
        is_right = column.align is Align.RIGHT
        grid.add_column(RichText(legible(column.title)), justify="right" if is_right else "left", overflow="fold")
    for index, row in enumerate(table.rows):
        cells = (RichText(legible(cell)) for cell in row)
        grid.add_row(*cells, style="bold cyan" if index == table.marked else "")
    return grid


def _side_by_side(buttons: Iterable[RichText], width: int) -> RichText:
    """Return buttons side by side as far as they fit: a label is not broken while it fits a line of its own."""
    rows: list[RichText] = []
    for button in buttons:
        beside = GAP.join((rows[-1], button)) if rows else button
        if rows and beside.cell_len <= width:
            rows[-1] = beside
        else:
            rows.append(button)
    return RichText("\n").join(rows)


def _labels(block: Controls) -> Iterator[RichText]:
    if isinstance(block, Menu):
        yield RichText(f"{legible(block.label)}{'' if block.label.endswith('?') else ':'}", "dim")
    if isinstance(block, Links):
        yield from (RichText(f"[ {legible(link.label)} ] {legible(link.url)}") for link in block.links)
    else:
        yield from map(_button, block.buttons)


def _button(button: Button) -> RichText:
    return RichText(f"[ {legible(button.label)} ]", BUTTONS[button.style])


def _field(field: Field) -> RichText:
    line = RichText(legible(field.value) or "…", "" if field.value else "dim")
    line.append(f"   {legible(field.label)}", "dim")
    choices = " | ".join(choice.value for choice in field.choices)
    if choices or field.hint:
        line.append(f" ({legible(choices or field.hint)})", "dim")
    if field.description:
        line.append(f"\n{legible(field.description)}", "dim")
    if field.error:
        line.append(f"\n{legible(plain_text(field.error))}", "red")
    return line
