"""A card as plain text: for the console's scripts, notification lines and places that show nothing else."""

from typing import assert_never
from unicodedata import category, east_asian_width
from zoneinfo import ZoneInfo

from bot.chat.card import (
    Actions,
    Align,
    Bar,
    Block,
    Button,
    Card,
    Column,
    Facts,
    Line,
    Links,
    Menu,
    Note,
    Picture,
    Quote,
    Table,
)
from bot.chat.form import Field, Form
from bot.chat.text import Bold, Code, Link, Mention, Span, Text, Timestamp

BLOCK_COUNT = 10
FILLED, EMPTY = "▰", "▱"


def plain(card: Card) -> str:
    """Return the card's words from top to bottom; buttons as `[Label]`."""
    parts = [card.title] if card.title else []
    parts += [part for block in card.blocks if (part := plain_block(block))]
    return "\n".join(parts)


def plain_text(text: Text) -> str:
    """Return the words that the spans show."""
    return "".join(plain_span(span) for span in text)


def plain_span(span: Span) -> str:
    """Return the words that one span shows."""
    match span:
        case str():
            return span
        case Bold(text) | Code(text):
            return text
        case Link(text, url):
            return f"{text} ({url})"
        case Mention(_, name):
            return f"@{name}"
        case Timestamp(at, zone):
            local = at.astimezone(ZoneInfo(zone))
            return f"{local:%a} {local.day} {local:%b %H:%M}"
        case _:
            assert_never(span)


def plain_block(block: Block) -> str:
    """Return one block as lines of text; a picture as its alternative words."""
    match block:
        case Line(text) | Note(text):
            return plain_text(text)
        case Quote(text):
            return "\n".join(f"> {line}" for line in text.splitlines())
        case Facts(facts):
            return "\n".join(f"{fact.label}: {plain_text(fact.value)}" for fact in facts)
        case Bar(done, goal, text):
            return f"{text} {draw_blocks(done, goal)}"
        case Table():
            return plain_table(block)
        case Picture(_, alt):
            return alt
        case Actions(buttons):
            return _plain_buttons(buttons)
        case Menu(label, buttons, _):
            return f"{label}{'' if label.endswith('?') else ':'} {_plain_buttons(buttons)}"
        case Links(links):
            return " ".join(f"[{link.label}] ({link.url})" for link in links)
        case _:
            assert_never(block)


def draw_blocks(done: int, goal: int) -> str:
    """Return the ten blocks, each a tenth of the goal; all are filled only when it is reached."""
    filled = min(BLOCK_COUNT, max(done, 0) * BLOCK_COUNT // goal) if goal > 0 else BLOCK_COUNT
    return FILLED * filled + EMPTY * (BLOCK_COUNT - filled)


def plain_table(table: Table) -> str:
    """Return a table's lines, each column as wide as its widest cell looks in a font of fixed width."""
    lines = [tuple(column.title for column in table.columns), *table.rows]
    widths = [max(display_width(line[index]) for line in lines) for index in range(len(table.columns))]
    return "\n".join(_pad_line(line, table.columns, widths) for line in lines)


def display_width(text: str) -> int:
    """Return how many columns `text` takes: wide letters and emoji two, marks and joiners none."""
    return sum(_char_width(char) for char in text)


def plain_form(form: Form) -> str:
    """Return a form's title and fields, each with the value that stands in it."""
    return "\n".join([form.title, *(_plain_field(field) for field in form.fields)])


def _plain_buttons(buttons: tuple[Button, ...]) -> str:
    return " ".join(f"[{button.label}]" for button in buttons)


def _plain_field(field: Field) -> str:
    line = f"{field.name}: {field.value or '…'}"
    hint = plain_text(field.error) or field.hint or " | ".join(choice.value for choice in field.choices)
    parts = [line, *([f"({hint})"] if hint else []), *([field.description] if field.description else [])]
    return "  ".join(parts)


def _pad_line(line: tuple[str, ...], columns: tuple[Column, ...], widths: list[int]) -> str:
    cells = (_pad_cell(cell, width, column.align) for cell, column, width in zip(line, columns, widths, strict=True))
    return "  ".join(cells).rstrip()


def _pad_cell(cell: str, width: int, align: Align) -> str:
    space = " " * (width - display_width(cell))
    return space + cell if align is Align.RIGHT else cell + space


def _char_width(char: str) -> int:
    if category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1
