"""The layout that all pictures share: measures for a phone, the two ways in which a picture begins, and legends.

A phone shows a picture at less than half its width, so no letter is smaller than `SMALL`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.charts.paint import HALF_CAPITAL, Canvas, Point, fit, fits, width_of

WIDTH = 800
EDGE = 45
RIGHT = WIDTH - EDGE
INNER = RIGHT - EDGE
SMALL, TEXT, TITLE, HUGE = 35, 39, 43, 85
"""Sizes of letters."""
FOOT = 40
"""Room below the last line or shape."""
ROUND = 9
"""Radius of the corners of blocks."""
LINE = 50
"""From the middle of one line of small letters to that of the next."""

_HEAD_MIDDLE = 68
_FIRST_ROW = 120
_HEADLINE_BASELINE = 115
_BESIDE = 22
_LEGEND_GAP, _WORDS_GAP = 32, 12


@dataclass(frozen=True, slots=True)
class LegendItem:
    """A sign and its words: `draw` draws the sign, `width` wide, around its middle; 0 for words alone."""

    words: str
    width: float
    draw: Callable[[Canvas, Point], None]


def draw_head(canvas: Canvas, title: str, subtitle: str = "") -> None:
    """Draw the title, and the subtitle on the same line where both have room, else beneath it."""
    size, title = _fit_title(title)
    canvas.text((EDGE, _HEAD_MIDDLE), title, size, bold=True)
    subtitle = fit(subtitle, SMALL, INNER)
    grey, small = canvas.theme.grey, middle_of(_HEAD_MIDDLE + size * HALF_CAPITAL, SMALL)
    if _is_one_line(title, size, subtitle):
        canvas.text((RIGHT, small), subtitle, SMALL, colour=grey, anchor=1)
    else:
        canvas.text((EDGE, small + LINE), subtitle, SMALL, colour=grey)


def head_height(title: str, subtitle: str = "") -> float:
    """Return where the first row begins below a head."""
    size, title = _fit_title(title)
    return _FIRST_ROW if _is_one_line(title, size, fit(subtitle, SMALL, INNER)) else _FIRST_ROW + LINE


def _fit_title(title: str) -> tuple[int, str]:
    """Return the size of a title, and as much of it as has room: a long one is smaller before it is cut."""
    size = TITLE if fits(title, TITLE, INNER, bold=True) else SMALL
    return size, fit(title, size, INNER, bold=True)


def _is_one_line(title: str, size: int, subtitle: str) -> bool:
    return not subtitle or width_of(title, size, bold=True) + _BESIDE + width_of(subtitle, SMALL) <= INNER


def draw_headline(canvas: Canvas, number: str, beside: str, corner: str = "") -> None:
    """Draw the one large number, words beside it, and at the right edge what still has room."""
    left = EDGE - 3.0  # large letters begin a little inside their own box
    number = fit(number, HUGE, INNER, bold=True)
    canvas.text((left, middle_of(_HEADLINE_BASELINE, HUGE)), number, HUGE, bold=True)
    left += width_of(number, HUGE, bold=True) + _BESIDE
    for words, size, is_right in ((beside, TEXT, False), (fit(corner, SMALL, INNER), SMALL, True)):
        width = width_of(words, size)
        if words and width <= RIGHT - left:
            x = RIGHT - width if is_right else left
            canvas.text((x, middle_of(_HEADLINE_BASELINE, size)), words, size, colour=canvas.theme.grey)
            left += width + _BESIDE


def fitting_size(texts: Iterable[str], width: float, *, bold: bool = False) -> int:
    """Return the size in which names of one list are written: smaller where one of them would be cut."""
    return TEXT if all(fits(text, TEXT, width, bold=bold) for text in texts) else SMALL


def middle_of(baseline: float, size: int) -> float:
    """Return the middle of a line of text that stands on `baseline`."""
    return baseline - size * HALF_CAPITAL


def arrange(items: Sequence[LegendItem]) -> list[Point]:
    """Return where each item of a legend begins, on as many lines as they need: x, and y below the first line."""
    places: list[Point] = []
    x, y = float(EDGE), 0.0
    for item in items:
        width = item.width + (_WORDS_GAP + width_of(item.words, SMALL) if item.words else 0)
        if x > EDGE and x + width > RIGHT:
            x, y = float(EDGE), y + LINE
        places.append((x, y))
        x += width + _LEGEND_GAP
    return places


def draw_legend(canvas: Canvas, middle: float, items: Sequence[LegendItem]) -> None:
    """Draw signs with their words, the first line around `middle`."""
    for item, (x, y) in zip(items, arrange(items), strict=True):
        item.draw(canvas, (x + item.width / 2, middle + y))
        canvas.text((x + item.width + _WORDS_GAP, middle + y), item.words, SMALL, colour=canvas.theme.grey)
