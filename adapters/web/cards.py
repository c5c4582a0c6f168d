"""Cards as sections of a page: the heading and what stands beside it, and every block in the page's own hand."""

from collections.abc import Callable, Iterable, Iterator
from typing import assert_never

from msgspec.structs import replace

from adapters.web import controls
from adapters.web.charts import draw, svg
from adapters.web.frame import Frame
from adapters.web.html import EMPTY, Html, join, lines, tag, words
from adapters.web.spans import text
from bot.chat.card import (
    Actions,
    Align,
    Bar,
    Block,
    Card,
    Column,
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
from bot.chat.chart import AreaBars, BoardBars, WeekSign
from bot.chat.text import Bold, Code, Link

BESIDE = " · "
"""Behind this in a title stands what is said beside the heading."""
SIGNS: dict[str, WeekSign] = {
    "kept": "kept",
    "saved by a freeze": "saved",
    "away": "away",
    "missed": "missed",
    "practice week": "practice",
    "open": "open",
}
"""The sign of a week by its word in a table."""
TONES = {Tone.GOOD: "good", Tone.PROUD: "good", Tone.WARN: "warn", Tone.WRONG: "wrong", Tone.NEUTRAL: ""}

RenderBlock = Callable[[Block], Html]


def section(frame: Frame, key: str, card: Card, *content: Html, wide: str = "c12", quiet: bool = False) -> Html:
    """Return a card as a section: its heading, and `content` in the place of its own blocks where that is given."""
    heading, _, beside = card.title.partition(BESIDE)
    inner = content or tuple(blocks(frame, card.blocks))
    header = (
        tag("header", tag("h2", heading, id=key), tag("p", beside, dir="auto") if beside else EMPTY)
        if heading
        else EMPTY
    )
    return tag(
        "section",
        header,
        *inner,
        cls=f"card {wide}{' quiet' if quiet else ''} s-{key}",
        aria_labelledby=key if heading else None,
    )


def outcome(frame: Frame, card: Card) -> Html:
    """Return what came of the last thing that was sent; it has the focus, so that it is heard and seen first."""
    heading = tag("h2", card.title) if card.title else EMPTY
    return tag(
        "section",
        heading,
        *blocks(frame, card.blocks),
        cls=f"card c12 outcome {TONES[card.tone]}".rstrip(),
        role="status",
        aria_label="What came of it",
        tabindex="-1",
        autofocus=True,
    )


def blocks(frame: Frame, given: Iterable[Block]) -> Iterator[Html]:
    """Yield blocks one after the other, without those that repeat in a list what a picture says in words here."""
    shown = list(given)
    if any(isinstance(block, Picture) and isinstance(block.chart, AreaBars) for block in shown):
        shown = [block for block in shown if not isinstance(block, Table)]
    if any(isinstance(block, Picture) and isinstance(block.chart, BoardBars) for block in shown):
        shown = [block for block in shown if not _is_list_of_names(block)]
    return (render_block(frame, block) for block in shown)


def render_block(frame: Frame, block: Block) -> Html:
    """Return one block."""
    match block:
        case Line(said):
            return tag("p", text(said))
        case Note(said):
            return tag("p", text(said), cls="small grey")
        case Quote(said):
            return tag("blockquote", tag("p", lines(said), dir="auto"))
        case Facts(facts):
            pairs = (join((tag("dt", fact.label), tag("dd", text(fact.value), dir="auto"))) for fact in facts)
            return tag("dl", *pairs, cls="facts")
        case Bar():
            return bar(block)
        case Table():
            return table(block)
        case Picture(chart, alt):
            return draw.draw(chart, alt)
        case Actions() | Menu() | Links():
            return _controls(frame, block)
        case _:
            assert_never(block)


def _controls(frame: Frame, block: Controls) -> Html:
    match block:
        case Actions(buttons):
            return controls.buttons(frame, buttons)
        case Menu():
            return controls.menu(frame, block)
        case Links(shown):
            return controls.outside(shown)
        case _:
            assert_never(block)


def bar(block: Bar) -> Html:
    """Return progress to a goal as a large number and ten blocks."""
    return join((number(block), svg.blocks(block.done, block.goal, "")))


def number(block: Bar) -> Html:
    """Return how much is done as a large number, with the goal beside it."""
    done, of, goal = block.text.partition(" of ")
    return tag("p", tag("b", done), " ", tag("span", f"of {goal}") if of else EMPTY, cls="big")


def big(line: Line) -> Html:
    """Return a line as a large number with what it counts: its first words in bold, and the rest."""
    first, *rest = line.text
    said = first.text if isinstance(first, Bold) else first
    return tag("p", tag("b", said if isinstance(said, str) else ""), tag("span", text(tuple(rest))), cls="big")


def table(block: Table) -> Html:
    """Return a table; what a row is about is its heading, and a state has its sign."""
    columns = block.columns
    states = {index for index, column in enumerate(columns) if column.title == "State"}
    head = tag("tr", *(_column_head(column) for column in columns))
    rows = (
        tag(
            "tr",
            *(
                tag(
                    "td" if index else "th",
                    _state(cell) if index in states else words(cell) if index else tag("bdi", cell),
                    scope=None if index else "row",
                    cls=_side(columns[index].align),
                )
                for index, cell in enumerate(row)
            ),
            cls="you" if at == block.marked else "",
        )
        for at, row in enumerate(block.rows)
    )
    kind = "table of-weeks" if columns and columns[0].title == "Week" else "table"
    whole = tag("table", tag("thead", head), tag("tbody", *rows), cls=kind)
    return tag("div", whole, cls="scroll", tabindex="0", role="group", aria_label=columns[0].title if columns else None)


def _column_head(column: Column) -> Html:
    """Return a column's heading; an empty one is none."""
    return tag("th", column.title, scope="col", cls=_side(column.align)) if column.title else tag("td")


def _state(cell: str) -> Html:
    word = cell.removesuffix(" ↩")
    sign = SIGNS.get(word)
    return join((svg.week_sign(sign), words(f" {cell}"))) if sign is not None else words(cell)


def _side(align: Align) -> str:
    return "end" if align is Align.RIGHT else ""


def _is_list_of_names(block: Block) -> bool:
    """Return True for the line that names those whose bars are drawn."""
    if not isinstance(block, Line) or not block.text or not isinstance(block.text[0], Bold):
        return False
    return block.text[0].text in ("Kept ✓", "On the way:", "Also studied:", "Studied:")


def is_heading(block: Block) -> bool:
    """Return True for a line that is nothing but bold words: the heading of what follows it."""
    return isinstance(block, Line) and len(block.text) == 1 and isinstance(block.text[0], Bold)


def is_to_type(block: Block) -> bool:
    """Return True for a note that names something to type: on a page its form stands beside it."""
    return isinstance(block, Note) and any(isinstance(span, Code) for span in block.text)


def is_link(block: Block) -> bool:
    """Return True for a note that is nothing but a link."""
    return isinstance(block, Note) and len(block.text) == 1 and isinstance(block.text[0], Link)


def first_bold(block: Line) -> str:
    """Return the words in bold with which a line begins; "" where it begins otherwise."""
    return block.text[0].text if block.text and isinstance(block.text[0], Bold) else ""


def words_of(block: Line | Note) -> Html:
    """Return the words of a line or note without their paragraph."""
    return text(block.text)


def with_title(card: Card, title: str) -> Card:
    """Return a copy with another title."""
    return replace(card, title=title)
