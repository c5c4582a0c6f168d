"""A canvas of twice the size that is shown: text in any script, bars and lines, made smooth when it is halved."""

import io
from collections.abc import Iterable
from functools import lru_cache

from PIL import Image, ImageDraw

from bot.charts.artwork import artwork
from bot.charts.fonts import BOLD, CJK, REGULAR, face, language_of, shapes
from bot.charts.joined import joined, turned
from bot.charts.runs import Run, runs
from bot.charts.theme import Theme
from bot.domain.names import clean, cut

SCALE = 2
Point = tuple[float, float]

_LONGEST = 160
_CAPITAL = 0.357  # half a capital's height, of the font's size
_EMOJI = 1.18
_EMOJI_BELOW = 0.22


class Canvas:
    """Draws in the units of the finished picture; text stands vertically centred on its `y`."""

    def __init__(self, width: float, height: float, theme: Theme) -> None:
        self.width = round(width)
        self.theme = theme
        self._image = Image.new("RGB", (self.width * SCALE, round(height) * SCALE), theme.paper)
        self._draw = ImageDraw.Draw(self._image)

    def text(self, at: Point, text: str, size: int, *, colour: str = "", bold: bool = False, anchor: float = 0) -> None:
        """One line, in ink unless told otherwise; `anchor` says how much of its width stands left of `at`."""
        found = _line(text)
        x = (at[0] - width_of(text, size, bold=bold) * anchor) * SCALE
        baseline = (at[1] + size * _CAPITAL) * SCALE
        language = language_of(text)
        for run in found:
            self._run(run, x, baseline, (size, BOLD if bold else REGULAR, language), colour or self.theme.ink)
            x += _advance(run, size, BOLD if bold else REGULAR, language)

    def bar(self, box: tuple[float, float, float, float], colour: str, radius: float) -> None:
        """A box with round corners; rounder than it is large it cannot be."""
        left, top, right, bottom = (round(edge * SCALE) for edge in box)
        if right <= left or bottom <= top:
            return
        round_by = min(radius * SCALE, (right - left) / 2, (bottom - top) / 2)
        self._draw.rounded_rectangle((left, top, right - 1, bottom - 1), round_by, fill=colour)

    def dashes(self, start: Point, end: Point, colour: str) -> None:
        """A dashed line, upright or level."""
        (left, top), (right, bottom) = start, end
        length = max(right - left, bottom - top)
        across, down = (right - left) / length, (bottom - top) / length
        for step in range(0, int(length), 10):
            stop = min(step + 6, length)
            ends = (left + across * step, top + down * step, left + across * stop, top + down * stop)
            self._draw.line([round(edge * SCALE) for edge in ends], fill=colour, width=3)

    def path(self, points: Iterable[Point], colour: str, thick: float) -> None:
        """A line from point to point with round joints."""
        self._draw.line(_scaled(points), fill=colour, width=round(thick * SCALE), joint="curve")

    def shape(self, points: Iterable[Point], colour: str) -> None:
        """What the points enclose, filled."""
        self._draw.polygon(_scaled(points), fill=colour)

    def png(self) -> bytes:
        """The finished picture."""
        kept = io.BytesIO()
        self._image.reduce(SCALE).save(kept, "PNG", compress_level=6)
        return kept.getvalue()

    def _run(self, run: Run, x: float, baseline: float, how: tuple[int, int, int], colour: str) -> None:
        size, weight, language = how
        if run.file:
            pixels = round(size * SCALE * _EMOJI)
            image = artwork(run.file, pixels)
            top = round(baseline + size * SCALE * _EMOJI_BELOW) - pixels
            self._image.paste(image, (round(x + size * SCALE * 0.05), top), image)
            return
        font = face(run.font, size * SCALE, weight, language)
        self._draw.text((x, baseline), _as_drawn(run), fill=colour, font=font, anchor="ls", direction=_direction(run))


def width_of(text: str, size: int, *, bold: bool = False) -> float:
    """How wide a line is."""
    language = language_of(text)
    return sum(_advance(run, size, BOLD if bold else REGULAR, language) for run in _line(text)) / SCALE


def widest(texts: Iterable[str], size: int, *, bold: bool = False) -> float:
    """The width of the widest line, 0 if there is none."""
    return max((width_of(text, size, bold=bold) for text in texts), default=0)


def fit(text: str, size: int, width: float, *, bold: bool = False) -> str:
    """As much of `text` as can be read and is no wider than `width`, with "…" for what is left out."""
    text = clean(text, _LONGEST)
    if len(text) <= _LONGEST and width_of(text, size, bold=bold) <= width:
        return text
    fits, too_long = 1, min(len(text), _LONGEST) + 1
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        if width_of(cut(text, middle), size, bold=bold) <= width:
            fits = middle
        else:
            too_long = middle
    return cut(text, fits)


def _scaled(points: Iterable[Point]) -> list[tuple[int, int]]:
    return [(round(x * SCALE), round(y * SCALE)) for x, y in points]


@lru_cache(maxsize=512)
def _line(text: str) -> tuple[Run, ...]:
    return tuple(runs(text))


@lru_cache(maxsize=2048)
def _advance(run: Run, size: int, weight: int, language: int) -> float:
    """In pixels of the canvas."""
    if run.file:
        return size * SCALE * (_EMOJI + 0.1)
    font = face(run.font, size * SCALE, weight, language if run.font == CJK else 0)
    return font.getlength(_as_drawn(run), direction=_direction(run))


def _direction(run: Run) -> str | None:
    """Only a shaping layout can be told."""
    if not shapes():
        return None
    return "rtl" if run.is_rtl else "ltr"


def _as_drawn(run: Run) -> str:
    """Where nothing shapes, Arabic letters are joined here, and the order of what runs to the left is turned."""
    if shapes() or not run.is_rtl:
        return run.text
    return turned(joined(run.text))
