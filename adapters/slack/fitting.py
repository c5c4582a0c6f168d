"""What does not fit into one message: paragraphs are left out before its last buttons, and "…" says so."""

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from adapters.slack import limits
from adapters.slack.markup import Json, plain_object

EMPTY = "…"
LEFT_OUT: Json = {"type": "context", "elements": [plain_object(EMPTY, limits.CONTEXT)]}
LAST_BUTTONS = 5


def fitting(blocks: list[Json], most: int, letters: int) -> list[Json]:
    """At most so many blocks with at most so many letters; the buttons at the end are kept."""
    if len(blocks) <= most and length_of(blocks) <= letters:
        return blocks
    kept = len(blocks) - _last_buttons(blocks)
    head, tail = blocks[:kept], blocks[kept:]
    room = letters - length_of(tail) - length_of(LEFT_OUT)
    return [*list(_within(head, room))[: most - 1 - len(tail)], LEFT_OUT, *tail]


def length_of(drawn: Any) -> int:
    """The letters of all texts in it, as Slack counts them."""
    if isinstance(drawn, list):
        return sum(map(length_of, drawn))
    if not isinstance(drawn, dict):
        return 0
    own = drawn.get("text")
    return (len(own) if isinstance(own, str) else 0) + sum(map(length_of, drawn.values()))


def _last_buttons(blocks: list[Json]) -> int:
    """How many blocks of buttons stand at the end."""
    for count in range(min(LAST_BUTTONS, len(blocks))):
        if blocks[-1 - count]["type"] != "actions":
            return count
    return min(LAST_BUTTONS, len(blocks))


def _within(blocks: list[Json], room: int) -> Iterator[Json]:
    """Blocks from the top for as long as there is room; of a run of paragraphs those that fit."""
    for block in blocks:
        length = length_of(block)
        if length > room:
            if block["type"] == "rich_text":
                yield from _shortened(block, room)
            return
        room -= length
        yield block


def _shortened(run: Json, room: int) -> Iterator[Json]:
    lengths = accumulate(length_of(each) for each in run["elements"])
    elements = [each for each, so_far in zip(run["elements"], lengths, strict=True) if so_far <= room]
    if elements:
        yield {**run, "elements": elements}
