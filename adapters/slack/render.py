"""A card as Block Kit: pure functions, so that what Slack is sent can be read in a snapshot.

`files` says which charts have been uploaded; a chart that has not is shown by its words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import assert_never

from adapters.slack import limits
from adapters.slack.buttons import render_button, render_menu
from adapters.slack.fitting import LEFT_OUT, fit_blocks, text_length
from adapters.slack.markup import EMPTY, escape, mark_text, plain_object, rich_section, text_object
from adapters.slack.wording import translate_card, without_mentions
from bot.adapter.http import Json
from bot.chat.card import (
    Actions,
    Align,
    Bar,
    Block,
    Button,
    Card,
    Controls,
    Fact,
    Facts,
    Line,
    LinkButton,
    Links,
    Menu,
    Note,
    Picture,
    Quote,
    Table,
)
from bot.chat.chart import Chart
from bot.chat.legible import legible
from bot.chat.plain import draw_blocks, plain, plain_table, plain_text
from bot.chat.text import Bold
from bot.domain.names import cut

NO_BREAK_SPACE = "\u00a0"
_NO_FILES: Mapping[Chart, str] = {}
Paragraph = Line | Quote | Bar
"""A block that becomes an element of rich text, together with those that follow it."""
LoneBlock = Note | Facts | Table | Picture | Controls
"""A block that becomes blocks of its own."""


def render_message(card: Card, files: Mapping[Chart, str] = _NO_FILES) -> Json:
    """Return blocks and fallback text of a message, which is its first line: a push notice shows no more."""
    card = translate_card(card)
    words = _plain_words(card)
    blocks = CardRenderer(files, tables_left=limits.TABLE_COUNT).render(card)
    # Blocks hold little more than the words: their characters are counted only where there are many.
    if len(blocks) > limits.BLOCK_COUNT or len(words) > limits.MESSAGE_LENGTH // 2:
        blocks = fit_blocks(blocks, limits.BLOCK_COUNT, limits.MESSAGE_LENGTH)
    first_line = legible(card.notice).strip() or words.partition("\n")[0].strip()
    return {"text": escape(cut(first_line, limits.FALLBACK_LENGTH)) or EMPTY, "blocks": blocks}


def render_answer(card: Card, files: Mapping[Chart, str] = _NO_FILES) -> Json:
    """Return blocks and fallback text of a message that answers: whom it names is not notified."""
    return render_message(without_mentions(card), files)


def render_view_blocks(card: Card, files: Mapping[Chart, str] = _NO_FILES, *, with_title: bool = True) -> list[Json]:
    """Return blocks for a modal or the App Home, which take no tables."""
    shown = card if with_title else Card("", card.blocks, card.tone)
    blocks = CardRenderer(files, tables_left=0).render(translate_card(shown))
    return fit_blocks(blocks, limits.VIEW_BLOCK_COUNT, limits.VIEW_LENGTH)


def plain_card(card: Card) -> str:
    """Return the card as plain text, commands as they are typed on Slack."""
    return _plain_words(translate_card(card))


def _plain_words(card: Card) -> str:
    return legible(plain(card)).strip()


@dataclass
class CardRenderer:
    """The state of one card that is rendered: its buttons are numbered, and a message takes so many tables."""

    files: Mapping[Chart, str]
    tables_left: int
    button_count: int = 0

    def render(self, card: Card) -> list[Json]:
        """Return all blocks, one at least."""
        blocks: list[Json] = []
        if legible(card.title).strip():
            blocks.append({"type": "header", "text": plain_object(card.title, limits.HEADER_LENGTH)})
        for run in _split_runs(_pictures_first(card.blocks)):
            blocks += [_rich_text(run)] if isinstance(run, tuple) else self._render_block(run)
        return blocks or [LEFT_OUT]

    def _render_block(self, block: LoneBlock) -> list[Json]:
        match block:
            case Note():
                return [_note(block)]
            case Facts(facts):
                return [_facts(facts[at : at + limits.FIELD_COUNT]) for at in range(0, len(facts), limits.FIELD_COUNT)]
            case Table():
                return [self._render_table(block)]
            case Picture(chart, alt):
                return [_image(self.files[chart], alt) if chart in self.files else _alt(alt)]
            case Actions(buttons):
                return list(self._render_buttons(buttons))
            case Menu():
                menu = render_menu(block, self.button_count)
                self.button_count += 1
                return [{"type": "actions", "elements": [menu]}] if menu else []
            case Links(links):
                return list(self._render_buttons(links))
            case _:
                assert_never(block)

    def _render_table(self, table: Table) -> Json:
        self.tables_left -= 1
        if self.tables_left < 0 or not 0 < len(table.columns) <= limits.TABLE_COLUMN_COUNT:
            text = cut(legible(plain_table(table)), limits.SECTION_LENGTH) or EMPTY
            element = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}
            return {"type": "rich_text", "elements": [element]}
        titles = tuple(column.title for column in table.columns)
        rows = [_row(titles, is_bold=True)]
        rows += [_row(cells, is_bold=index == table.marked) for index, cells in enumerate(table.rows)]
        fitting = sum(total <= limits.TABLE_LENGTH for total in accumulate(map(text_length, rows)))
        if len(rows) > min(fitting, limits.TABLE_ROW_COUNT):
            rows = [*rows[: min(fitting, limits.TABLE_ROW_COUNT - 1)], _row((EMPTY,) * len(titles), is_bold=False)]
        columns = [{"align": "right" if column.align is Align.RIGHT else "left"} for column in table.columns]
        return {"type": "table", "rows": rows, "column_settings": columns}

    def _render_buttons(self, buttons: tuple[Button | LinkButton, ...]) -> Iterator[Json]:
        elements = []
        for button in buttons:
            element = render_button(button, self.button_count)
            self.button_count += 1
            elements += [element] if element else []
        for at in range(0, len(elements), limits.BUTTON_COUNT):
            yield {"type": "actions", "elements": elements[at : at + limits.BUTTON_COUNT]}


def _pictures_first(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with no picture behind facts or a table: it is looked at before them."""
    at = next((at for at, block in enumerate(blocks) if isinstance(block, Facts | Table)), len(blocks))
    rest = sorted(blocks[at:], key=lambda block: not isinstance(block, Picture))
    return (*blocks[:at], *rest)


def _split_runs(blocks: tuple[Block, ...]) -> Iterator[tuple[Paragraph, ...] | LoneBlock]:
    """Yield paragraphs that follow each other together; everything else alone."""
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


def _rich_text(run: tuple[Paragraph, ...]) -> Json:
    return {"type": "rich_text", "elements": [_paragraph(block) for block in run]}


def _paragraph(block: Paragraph) -> Json:
    match block:
        case Line(text):
            return rich_section(text)
        case Quote(words):
            return rich_section((words,), "rich_text_quote")
        case Bar(done, goal, words):
            return rich_section((f"{words} {draw_blocks(done, goal)}",))
        case _:
            assert_never(block)


def _note(note: Note) -> Json:
    """Return small print, which knows no rich text: a note whose markup mrkdwn cannot say is a paragraph instead."""
    if mark_text(note.text) is None and not all(isinstance(span, str) for span in note.text):
        return {"type": "rich_text", "elements": [rich_section(note.text)]}
    return {"type": "context", "elements": [text_object(note.text, limits.CONTEXT_LENGTH)]}


def _facts(facts: tuple[Fact, ...]) -> Json:
    return {"type": "section", "fields": [_fact(fact) for fact in facts]}


def _fact(fact: Fact) -> Json:
    if not legible(fact.label).strip():
        return text_object(fact.value, limits.FIELD_LENGTH)
    value = fact.value if plain_text(fact.value).strip() else (EMPTY,)
    return text_object((Bold(fact.label), "\n", *value), limits.FIELD_LENGTH)


def _row(cells: tuple[str, ...], *, is_bold: bool) -> list[Json]:
    return [_cell(cell, is_bold=is_bold) for cell in cells]


def _cell(cell: str, *, is_bold: bool) -> Json:
    text = cut(legible(cell), limits.FIELD_LENGTH)
    if is_bold and text.strip():
        return {"type": "rich_text", "elements": [rich_section((Bold(text),))]}
    return {"type": "raw_text", "text": text if text.strip() else NO_BREAK_SPACE}


def _image(file_id: str, alt: str) -> Json:
    shown = cut(legible(alt), limits.ALT_LENGTH) or EMPTY
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": shown}


def _alt(alt: str) -> Json:
    return {"type": "context", "elements": [plain_object(alt, limits.CONTEXT_LENGTH)]}
