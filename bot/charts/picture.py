"""Charts as PNG, drawn off the event loop, and each of them once while it is cached.

Pillow and the fonts are loaded by the worker that draws the first one: who shows no picture never pays for them.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Lock

import msgspec

from bot.charts.theme import LIGHT, Theme
from bot.chat.chart import Chart

CACHED_PICTURES = 64
"""Some 50 kB each."""

DrawPicture = Callable[[Chart], Awaitable[bytes]]
"""A function that draws a chart as PNG."""

Key = tuple[str, bytes]

_cache: OrderedDict[Key, bytes] = OrderedDict()
_cache_lock = Lock()
_drawing_thread = ThreadPoolExecutor(1, "painter")
"""Pictures wait for each other, and nothing else waits for them."""


def drawn_in(theme: Theme) -> DrawPicture:
    """Return `picture` in a theme."""
    return partial(picture, theme=theme)


async def picture(chart: Chart, theme: Theme = LIGHT) -> bytes:
    """Return `chart` as PNG, drawn in a thread and cached by theme and content."""
    key = (theme.name, msgspec.msgpack.encode(chart))
    cached = _find_cached(key)
    if cached is not None:
        return cached
    return await asyncio.get_running_loop().run_in_executor(_drawing_thread, _draw_once, key, chart, theme)


def _draw_once(key: Key, chart: Chart, theme: Theme) -> bytes:
    cached = _find_cached(key)
    if cached is not None:
        return cached
    from bot.charts.drawing import draw  # noqa: PLC0415 - brings Pillow

    png = draw(chart, theme)
    with _cache_lock:
        _cache[key] = png
        while len(_cache) > CACHED_PICTURES:
            _cache.popitem(last=False)
    return png


def _find_cached(key: Key) -> bytes | None:
    with _cache_lock:
        if key in _cache:
            _cache.move_to_end(key)
        return _cache.get(key)
