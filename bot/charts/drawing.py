"""Drawing of any chart, at once; this module brings Pillow with it."""

from threading import Lock
from typing import assert_never

from bot.charts import area_bars, board_bars, cumulative, group_week, heatmap, week_bars, week_kept
from bot.charts.theme import LIGHT, Theme
from bot.chat.chart import AreaBars, BoardBars, Chart, Cumulative, GroupWeek, Heatmap, WeekBars, WeekKept

_drawing = Lock()


def draw(chart: Chart, theme: Theme = LIGHT) -> bytes:
    """Return `chart` as PNG: the same bytes every time, whatever the names in it."""
    with _drawing:  # a font's face serves one thread at a time
        match chart:
            case Heatmap():
                return heatmap.draw(chart, theme)
            case WeekBars():
                return week_bars.draw(chart, theme)
            case WeekKept():
                return week_kept.draw(chart, theme)
            case GroupWeek():
                return group_week.draw(chart, theme)
            case BoardBars():
                return board_bars.draw(chart, theme)
            case Cumulative():
                return cumulative.draw(chart, theme)
            case AreaBars():
                return area_bars.draw(chart, theme)
            case _:
                assert_never(chart)
