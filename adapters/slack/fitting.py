"""Cards that do not fit into one message: paragraphs are left out before the last buttons, and "…" says so."""

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from adapters.slack import limits
from adapters.slack.markup import EMPTY, plain_object
from bot.adapter.http import Json

LEFT_OUT: Json = {"type": "context", "elements": [plain_object(EMPTY, limits.CONTEXT_LENGTH)]}
LAST_BUTTON_BLOCKS = 6
"""Blocks of buttons at the end that are never left out."""


def fit_blocks(blocks: list[Json], max_count: int, max_length: int) -> list[Json]:
    """Return at most so many blocks with at most so many characters; the buttons at the end stay."""
    if len(blocks) <= max_count and text_length(blocks) <= max_length:
        return blocks
    head_count = len(blocks) - _count_last_buttons(blocks)
    head, buttons = blocks[:head_count], blocks[head_count:]
    room = max_length - text_length(buttons) - text_length(LEFT_OUT)
    return [*list(_take(head, room))[: max_count - 1 - len(buttons)], LEFT_OUT, *buttons]


def text_length(part: Any) -> int:
    """Return the characters of all texts in blocks, a block or a part of one, as Slack counts them."""
    if isinstance(part, list):
        return sum(map(text_length, part))
    if not isinstance(part, dict):
        return 0
    text = part.get("text")
    return (len(text) if isinstance(text, str) else 0) + sum(map(text_length, part.values()))


def _count_last_buttons(blocks: list[Json]) -> int:
    """Return how many blocks of buttons stand at the end."""
    for count in range(min(LAST_BUTTON_BLOCKS, len(blocks))):
        if blocks[-1 - count]["type"] != "actions":
            return count
    return min(LAST_BUTTON_BLOCKS, len(blocks))


def _take(blocks: list[Json], room: int) -> Iterator[Json]:
    """Yield blocks from the top for as long as there is room; of a run of paragraphs those that fit."""
    for block in blocks:
        length = text_length(block)
        if length > room:
            if block["type"] == "rich_text":
                yield from _shorten(block, room)
            return
        room -= length
        yield block


def _shorten(run: Json, room: int) -> Iterator[Json]:
    """Yield a run with its first paragraphs, if any of them fits."""
    lengths = accumulate(text_length(paragraph) for paragraph in run["elements"])
    fitting = [paragraph for paragraph, total in zip(run["elements"], lengths, strict=True) if total <= room]
    if fitting:
        yield {**run, "elements": fitting}
