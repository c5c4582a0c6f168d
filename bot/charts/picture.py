"""The way in: a chart becomes PNG off the event loop, and the same chart is drawn once."""

import asyncio
from collections import OrderedDict
from threading import Lock

import msgspec

from bot.charts import board_bars, heatmap, week_bars
from bot.chat.chart import BoardBars, Chart, Heatmap, WeekBars

KEPT = 64
"""Pictures kept in memory: some 40 kB each."""

_kept: OrderedDict[bytes, bytes] = OrderedDict()
_keeping = Lock()
_drawing = Lock()


async def picture(chart: Chart) -> bytes:
    """`chart` as PNG, drawn in a thread and kept by content."""
    content = msgspec.msgpack.encode(chart)
    known = _recall(content)
    return known if known is not None else await asyncio.to_thread(_draw_once, content, chart)


def draw(chart: Chart) -> bytes:
    """`chart` as PNG, drawn here and now; the same bytes every time, whatever the names in it."""
    with _drawing:  # a font's face serves one thread at a time
        match chart:
            case Heatmap():
                return heatmap.draw(chart)
            case WeekBars():
                return week_bars.draw(chart)
            case BoardBars():
                return board_bars.draw(chart)


def _draw_once(content: bytes, chart: Chart) -> bytes:
    png = _recall(content) or draw(chart)
    with _keeping:
        _kept[content] = png
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return png


def _recall(content: bytes) -> bytes | None:
    with _keeping:
        if content in _kept:
            _kept.move_to_end(content)
        return _kept.get(content)
