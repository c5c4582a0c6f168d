"""A card as Block Kit: pure functions, so that what Slack is sent can be read in a snapshot.

`files` says which charts have been uploaded; a chart that has not is shown by its words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import assert_never

from adapters.slack import limits
from adapters.slack.buttons import button
from adapters.slack.fitting import EMPTY, LEFT_OUT, fitting, length_of
from adapters.slack.markup import Json, escape, legible, mrkdwn, plain_object, rich_section, text_object
from adapters.slack.wording import here
from bot.chat.card import (
    Actions,
    Align,
    Bar,
    Block,
    Button,
    Card,
    Fact,
    Facts,
    Line,
    LinkButton,
    Links,
    Note,
    Picture,
    Quote,
    Table,
)
from bot.chat.chart import Chart
from bot.chat.plain import draw_bar, plain, plain_table, plain_text
from bot.chat.text import Bold
from bot.domain.names import cut

BAR_WIDTH = 12
_NOTHING: Mapping[Chart, str] = {}
Paragraph = Line | Quote | Bar
Other = Note | Facts | Table | Picture | Actions | Links


def message(card: Card, files: Mapping[Chart, str] = _NOTHING) -> Json:
    """Blocks and fallback text of a message."""
    card = here(card)
    words = _plain(card)
    drawn = Drawing(files, tables=limits.TABLES).blocks(card)
    if len(drawn) > limits.BLOCKS or len(words) > limits.LETTERS // 2:
        drawn = fitting(drawn, limits.BLOCKS, limits.LETTERS)
    return {"text": _fallback(words), "blocks": drawn}


def view_blocks(card: Card, files: Mapping[Chart, str] = _NOTHING, *, with_title: bool = True) -> list[Json]:
    """Blocks for a modal or the App Home, which take no tables."""
    shown = card if with_title else Card("", card.blocks, card.tone)
    return fitting(Drawing(files, tables=0).blocks(here(shown)), limits.VIEW_BLOCKS, limits.VIEW_LETTERS)


def words_of(card: Card) -> str:
    """The card as plain text, commands as they are typed here."""
    return _plain(here(card))


def _plain(card: Card) -> str:
    return legible(plain(card)).strip()


def _fallback(words: str) -> str:
    """A card in a line or more, for notifications and screen readers. Slack reads the three signs in it, no more."""
    return escape(cut(words, limits.FALLBACK)) or EMPTY


def charts_of(card: Card) -> list[Chart]:
    """The charts that are to be drawn for a card."""
    return [block.chart for block in card.blocks if isinstance(block, Picture)]


@dataclass
class Drawing:
    """One card being drawn: numbers its buttons, and counts the tables, of which a message takes one."""

    files: Mapping[Chart, str]
    tables: int
    buttons: int = field(default=0)

    def blocks(self, card: Card) -> list[Json]:
        """All blocks, one at least."""
        drawn: list[Json] = []
        if legible(card.title).strip():
            drawn.append({"type": "header", "text": plain_object(card.title, limits.HEADER)})
        for run in _runs(card.blocks):
            drawn += [_rich(run)] if isinstance(run, tuple) else self._block(run)
        return drawn or [LEFT_OUT]

    def _block(self, block: Other) -> list[Json]:
        match block:
            case Note():
                return [_note(block)]
            case Facts(facts):
                return [_facts(facts[at : at + limits.FIELDS]) for at in range(0, len(facts), limits.FIELDS)]
            case Table():
                return [self._table(block)]
            case Picture(chart, alt):
                return [_image(self.files[chart], alt) if chart in self.files else _alt(alt)]
            case Actions(buttons):
                return list(self._actions(buttons))
            case Links(links):
                return list(self._actions(links))
            case _:
                assert_never(block)

    def _table(self, table: Table) -> Json:
        self.tables -= 1
        if self.tables < 0 or not 0 < len(table.columns) <= limits.TABLE_COLUMNS:
            text = cut(legible(plain_table(table)), limits.SECTION) or EMPTY
            element = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}
            return {"type": "rich_text", "elements": [element]}
        titles = tuple(column.title for column in table.columns)
        rows = [_row(titles, is_bold=True)]
        rows += [_row(cells, is_bold=at == table.marked) for at, cells in enumerate(table.rows)]
        fit = sum(so_far <= limits.TABLE_LETTERS for so_far in accumulate(map(length_of, rows)))
        if len(rows) > min(fit, limits.TABLE_ROWS):
            rows = [*rows[: min(fit, limits.TABLE_ROWS - 1)], _row((EMPTY,) * len(titles), is_bold=False)]
        aligned = [{"align": "right" if column.align is Align.RIGHT else "left"} for column in table.columns]
        return {"type": "table", "rows": rows, "column_settings": aligned}

    def _actions(self, buttons: tuple[Button | LinkButton, ...]) -> Iterator[Json]:
        drawn = []
        for each in buttons:
            made = button(each, self.buttons)
            self.buttons += 1
            drawn += [made] if made else []
        for at in range(0, len(drawn), limits.ACTIONS):
            yield {"type": "actions", "elements": drawn[at : at + limits.ACTIONS]}


def _runs(blocks: tuple[Block, ...]) -> Iterator[tuple[Paragraph, ...] | Other]:
    """Paragraphs that follow each other belong together; everything else stands alone."""
    run: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Line | Quote | Bar):
            run.append(block)
            continue
        if run:
            yield tuple(run)
            run = []
        yield block
    if run:
        yield tuple(run)


def _rich(run: tuple[Paragraph, ...]) -> Json:
    return {"type": "rich_text", "elements": [_paragraph(block) for block in run]}


def _paragraph(block: Paragraph) -> Json:
    match block:
        case Line(text):
            return rich_section(text)
        case Quote(words):
            return rich_section((words,), "rich_text_quote")
        case Bar(done, goal, words):
            return rich_section((f"{draw_bar(done, goal, BAR_WIDTH)}  ", Bold(words)))
        case _:
            assert_never(block)


def _note(note: Note) -> Json:
    if mrkdwn(note.text) is None and not all(isinstance(span, str) for span in note.text):
        return {"type": "rich_text", "elements": [rich_section(note.text)]}
    return {"type": "context", "elements": [text_object(note.text, limits.CONTEXT)]}


def _facts(facts: tuple[Fact, ...]) -> Json:
    return {"type": "section", "fields": [_fact(fact) for fact in facts]}


def _fact(fact: Fact) -> Json:
    if not legible(fact.label).strip():
        return text_object(fact.value, limits.FIELD)
    value = fact.value if plain_text(fact.value).strip() else (EMPTY,)
    return text_object((Bold(fact.label), "\n", *value), limits.FIELD)


def _row(cells: tuple[str, ...], *, is_bold: bool) -> list[Json]:
    return [_cell(cell, is_bold=is_bold) for cell in cells]


def _cell(cell: str, *, is_bold: bool) -> Json:
    text = cut(legible(cell), limits.FIELD)
    if is_bold and text.strip():
        return {"type": "rich_text", "elements": [rich_section((Bold(text),))]}
    return {"type": "raw_text", "text": text if text.strip() else "\u00a0"}


def _image(file: str, alt: str) -> Json:
    return {"type": "image", "slack_file": {"id": file}, "alt_text": cut(legible(alt), limits.ALT) or EMPTY}


def _alt(alt: str) -> Json:
    return {"type": "context", "elements": [plain_object(alt, limits.CONTEXT)]}
