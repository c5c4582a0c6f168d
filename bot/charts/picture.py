"""The way in: a chart becomes PNG off the event loop, and the same chart is drawn once.

Pillow and the fonts are loaded by the worker that draws the first one: who shows no picture never pays for them.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Lock

import msgspec

from bot.charts.theme import LIGHT, THEMES, Theme
from bot.chat.chart import Chart

KEPT = 64
"""Pictures kept in memory: some 50 kB each."""

Key = tuple[str, bytes]

_kept: OrderedDict[Key, bytes] = OrderedDict()
_keeping = Lock()
_painter = ThreadPoolExecutor(1, "painter")
"""One thread of their own: many pictures wait for each other, and nothing else waits for them."""


def pictures(named: object, otherwise: Theme) -> Callable[[Chart], Awaitable[bytes]]:
    """`picture` in the theme of that name, or in the other one where there is none."""
    return partial(picture, theme=THEMES.get(str(named), otherwise))


async def picture(chart: Chart, theme: Theme = LIGHT) -> bytes:
    """`chart` as PNG, drawn in a thread and kept by theme and content."""
    key = (theme.name, msgspec.msgpack.encode(chart))
    known = _recall(key)
    if known is not None:
        return known
    return await asyncio.get_running_loop().run_in_executor(_painter, _draw_once, key, chart, theme)


def _draw_once(key: Key, chart: Chart, theme: Theme) -> bytes:
    known = _recall(key)
    if known is not None:
        return known
    from bot.charts.drawing import draw  # noqa: PLC0415 - brings Pillow

    png = draw(chart, theme)
    with _keeping:
        _kept[key] = png
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return png


def _recall(key: Key) -> bytes | None:
    with _keeping:
        if key in _kept:
            _kept.move_to_end(key)
        return _kept.get(key)
