"""A canvas of twice the size that is shown, made smooth when it is halved: text in any script, bars and lines."""

import io
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import hypot

from PIL import Image, ImageDraw

from bot.charts.arabic import join_letters, to_visual_order
from bot.charts.artwork import artwork
from bot.charts.fonts import BOLD, CJK, REGULAR, face, language_of, shapes
from bot.charts.runs import Run, runs
from bot.charts.theme import Theme
from bot.domain.names import clean, cut

SCALE = 2
Point = tuple[float, float]

_MAX_CHARACTERS = 160
HALF_CAPITAL = 0.357  # this and what follows: as parts of the font's size
_EMOJI_WIDTH = 1.18
_EMOJI_BELOW_BASELINE = 0.22
_EMOJI_GAP = 0.05
_DASH, _DASH_GAP = 7, 8


class Canvas:
    """A picture to draw on, in the units of the finished one; text stands vertically centred on its `y`."""

    def __init__(self, width: float, height: float, theme: Theme) -> None:
        self.width = round(width)
        self.theme = theme
        self._image = Image.new("RGB", (self.width * SCALE, round(height) * SCALE), theme.paper)
        self._draw = ImageDraw.Draw(self._image)

    def text(self, at: Point, text: str, size: int, *, colour: str = "", bold: bool = False, anchor: float = 0) -> None:
        """Draw one line, in ink unless `colour` is given; `anchor` is the part of its width that is left of `at`."""
        x = (at[0] - width_of(text, size, bold=bold) * anchor) * SCALE
        baseline = (at[1] + size * HALF_CAPITAL) * SCALE
        language = language_of(text)
        for run in _split(text):
            self._draw_run(run, x, baseline, (size, BOLD if bold else REGULAR, language), colour or self.theme.ink)
            x += _advance(run, size, BOLD if bold else REGULAR, language)

    def bar(self, box: tuple[float, float, float, float], colour: str, radius: float) -> None:
        """Draw a box with round corners; their radius is at most half of its sides."""
        left, top, right, bottom = (round(edge * SCALE) for edge in box)
        if right <= left or bottom <= top:
            return
        round_by = min(radius * SCALE, (right - left) / 2, (bottom - top) / 2)
        self._draw.rounded_rectangle((left, top, right - 1, bottom - 1), round_by, fill=colour)

    def dashes(self, start: Point, end: Point, colour: str, thick: float = 2) -> None:
        """Draw a dashed line."""
        (left, top), (right, bottom) = start, end
        length = hypot(right - left, bottom - top)
        count = max(1, round((length + _DASH_GAP) / (_DASH + _DASH_GAP)))
        pitch = (length + _DASH_GAP) / count
        for dash in range(count):
            ends = (dash * pitch / length, (dash * pitch + pitch - _DASH_GAP) / length)
            points = [(left + (right - left) * part, top + (bottom - top) * part) for part in ends]
            self._draw.line(_scaled(points), fill=colour, width=round(thick * SCALE))

    def path(self, points: Sequence[Point], colour: str, thick: float) -> None:
        """Draw a line from point to point, its joints and ends round."""
        self._draw.line(_scaled(points), fill=colour, width=round(thick * SCALE), joint="curve")
        for end in (points[0], points[-1]):
            self.circle(end, thick / 2, colour)

    def shape(self, points: Iterable[Point], colour: str) -> None:
        """Fill the polygon that the points enclose."""
        self._draw.polygon(_scaled(points), fill=colour)

    def circle(self, centre: Point, radius: float, colour: str) -> None:
        """Draw a full circle."""
        self._draw.ellipse(_around(centre, radius), fill=colour)

    def ring(self, centre: Point, radius: float, colour: str, thick: float) -> None:
        """Draw a circle's line, within its radius."""
        self._draw.ellipse(_around(centre, radius), outline=colour, width=round(thick * SCALE))

    def arc(self, centre: Point, radius: float, part: tuple[float, float], colour: str, thick: float) -> None:
        """Draw a part of a ring, clockwise from the top, where 1 is the whole."""
        begins, ends = (edge * 360 - 90 for edge in part)
        self._draw.arc(_around(centre, radius), begins, ends, fill=colour, width=round(thick * SCALE))

    def png(self) -> bytes:
        """Return the finished picture."""
        file = io.BytesIO()
        self._image.reduce(SCALE).save(file, "PNG", compress_level=6)
        return file.getvalue()

    def _draw_run(self, run: Run, x: float, baseline: float, how: tuple[int, int, int], colour: str) -> None:
        size, weight, language = how
        if run.file:
            pixels = round(size * SCALE * _EMOJI_WIDTH)
            image = artwork(run.file, pixels)
            top = round(baseline + size * SCALE * _EMOJI_BELOW_BASELINE) - pixels
            self._image.paste(image, (round(x + size * SCALE * _EMOJI_GAP), top), image)
            return
        font = face(run.font, size * SCALE, weight, language)
        self._draw.text((x, baseline), _shape(run), fill=colour, font=font, anchor="ls", direction=_direction(run))


def width_of(text: str, size: int, *, bold: bool = False) -> float:
    """Return the width of a line."""
    language = language_of(text)
    return sum(_advance(run, size, BOLD if bold else REGULAR, language) for run in _split(text)) / SCALE


def widest(texts: Iterable[str], size: int, *, bold: bool = False) -> float:
    """Return the width of the widest line, 0 if there is none."""
    return max((width_of(text, size, bold=bold) for text in texts), default=0)


def fit(text: str, size: int, width: float, *, bold: bool = False) -> str:
    """Return as much of `text` as can be read and is no wider than `width`, with "…" for the rest."""
    text = clean(text, _MAX_CHARACTERS)
    if _is_within(text, size, width, bold=bold):
        return text
    shortest, too_long = 1, min(len(text), _MAX_CHARACTERS) + 1
    while too_long - shortest > 1:
        middle = (shortest + too_long) // 2
        if width_of(cut(text, middle), size, bold=bold) <= width:
            shortest = middle
        else:
            too_long = middle
    return cut(text, shortest)


def fits(text: str, size: int, width: float, *, bold: bool = False) -> bool:
    """Return True if `fit` would leave `text` whole."""
    return _is_within(clean(text, _MAX_CHARACTERS), size, width, bold=bold)


def _is_within(text: str, size: int, width: float, *, bold: bool) -> bool:
    return len(text) <= _MAX_CHARACTERS and width_of(text, size, bold=bold) <= width


def _around(centre: Point, radius: float) -> tuple[int, int, int, int]:
    (x, y) = centre
    left, top, right, bottom = (round(edge * SCALE) for edge in (x - radius, y - radius, x + radius, y + radius))
    return left, top, right - 1, bottom - 1


def _scaled(points: Iterable[Point]) -> list[tuple[int, int]]:
    return [(round(x * SCALE), round(y * SCALE)) for x, y in points]


@lru_cache(maxsize=512)
def _split(text: str) -> tuple[Run, ...]:
    return tuple(runs(text))


@lru_cache(maxsize=2048)
def _advance(run: Run, size: int, weight: int, language: int) -> float:
    """Return the width of a run in pixels of the canvas."""
    if run.file:
        return size * SCALE * (_EMOJI_WIDTH + 2 * _EMOJI_GAP)
    font = face(run.font, size * SCALE, weight, language if run.font == CJK else 0)
    return font.getlength(_shape(run), direction=_direction(run))


def _direction(run: Run) -> str | None:
    """Return the direction for a layout library, None where there is none to be told."""
    if not shapes():
        return None
    return "rtl" if run.is_rtl else "ltr"


def _shape(run: Run) -> str:
    """Return the text to draw: without a layout library, Arabic is joined and put into visual order here."""
    if shapes() or not run.is_rtl:
        return run.text
    return to_visual_order(join_letters(run.text))
