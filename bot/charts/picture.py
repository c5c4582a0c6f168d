"""The way in: a chart becomes PNG off the event loop, and the same chart is drawn once."""

import asyncio
from collections import OrderedDict
from threading import Lock

import msgspec

from bot.charts import area_bars, board_bars, cumulative, heatmap, week_bars
from bot.charts.theme import LIGHT, Theme
from bot.chat.chart import AreaBars, BoardBars, Chart, Cumulative, Heatmap, WeekBars

KEPT = 64
"""Pictures kept in memory: some 40 kB each."""

Key = tuple[str, bytes]

_kept: OrderedDict[Key, bytes] = OrderedDict()
_keeping = Lock()
_drawing = Lock()


async def picture(chart: Chart, theme: Theme = LIGHT) -> bytes:
    """`chart` as PNG, drawn in a thread and kept by theme and content."""
    key = (theme.name, msgspec.msgpack.encode(chart))
    known = _recall(key)
    return known if known is not None else await asyncio.to_thread(_draw_once, key, chart, theme)


def draw(chart: Chart, theme: Theme = LIGHT) -> bytes:
    """`chart` as PNG, drawn here and now; the same bytes every time, whatever the names in it."""
    with _drawing:  # a font's face serves one thread at a time
        match chart:
            case Heatmap():
                return heatmap.draw(chart, theme)
            case WeekBars():
                return week_bars.draw(chart, theme)
            case BoardBars():
                return board_bars.draw(chart, theme)
            case Cumulative():
                return cumulative.draw(chart, theme)
            case AreaBars():
                return area_bars.draw(chart, theme)


def _draw_once(key: Key, chart: Chart, theme: Theme) -> bytes:
    png = _recall(key) or draw(chart, theme)
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
