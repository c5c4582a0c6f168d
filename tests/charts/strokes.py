"""What is drawn on a picture, stroke by stroke, with the colours that lie beneath each: for tests of measures."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from unittest.mock import patch

from PIL import ImageColor

from bot.charts.drawing import draw
from bot.charts.paint import HALF_CAPITAL, SCALE, Canvas, width_of
from bot.charts.theme import Theme
from bot.chat.chart import Chart

Box = tuple[float, float, float, float]
MOST_COLOURS = 4096
LEAST_PART = 0.1
"""Part of a stroke's box from which on a colour counts as its ground."""


@dataclass(frozen=True)
class Stroke:
    """One call of a canvas: its kind, its colour, the box that it covers, the grounds, and what text it sets."""

    kind: str
    colour: str
    box: Box
    grounds: frozenset[str]
    size: int = 0
    text: str = ""

    def overlaps(self, other: "Stroke") -> bool:
        """Return True if the two share room."""
        mine, theirs = self.box, other.box
        return mine[0] < theirs[2] and theirs[0] < mine[2] and mine[1] < theirs[3] and theirs[1] < mine[3]


@cache
def strokes_of(chart: Chart, theme: Theme) -> tuple[list[Stroke], float]:
    """Draw a chart; return all that was drawn, in order, and the picture's height."""
    strokes: list[Stroke] = []
    canvases: list[Canvas] = []
    with _recorded(strokes, canvases):
        draw(chart, theme)
    return strokes, canvases[-1]._image.height / SCALE


@contextmanager
def _recorded(strokes: list[Stroke], canvases: list[Canvas]) -> Iterator[None]:
    originals = {name: getattr(Canvas, name) for name in ("text", *_BOXES)}
    depth = [0]

    def record(name: str) -> Any:
        def call(self: Canvas, *args: Any, **options: Any) -> None:
            canvases.append(self)
            if not depth[0] and (name != "text" or args[1]):
                strokes.append(_stroke(self, name, args, options))
            depth[0] += 1
            originals[name](self, *args, **options)
            depth[0] -= 1

        return call

    with patch.multiple(Canvas, **{name: record(name) for name in originals}):
        yield


def _stroke(canvas: Canvas, name: str, args: tuple[Any, ...], options: dict[str, Any]) -> Stroke:
    if name == "text":
        (x, y), text, size = args
        width = width_of(text, size, bold=options.get("bold", False))
        left, half = x - width * options.get("anchor", 0), size * HALF_CAPITAL
        box = (left, y - half, left + width, y + half)
        colour = options.get("colour") or canvas.theme.ink
        return Stroke(name, colour, box, _grounds(canvas, box), size, text)
    box = _BOXES[name](args)
    colour = next(part for part in args if isinstance(part, str))
    return Stroke(name, colour, box, _grounds(canvas, box))


def _around(args: tuple[Any, ...]) -> Box:
    (x, y), radius = args[:2]
    return x - radius, y - radius, x + radius, y + radius


def _hull(points: Any, margin: float = 0) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin


_BOXES: dict[str, Any] = {
    "bar": lambda args: args[0],
    "path": lambda args: _hull(args[0], args[2] / 2),
    "shape": lambda args: _hull(list(args[0])),
    "dashes": lambda args: _hull(args[:2], 1),
    "circle": _around,
    "ring": _around,
    "arc": _around,
}


def _grounds(canvas: Canvas, box: Box) -> frozenset[str]:
    """Return the colours that take a part of what lies in a box before it is drawn on."""
    left, top, right, bottom = (round(edge * SCALE) for edge in box)
    crop = canvas._image.crop((left, top, max(right, left + 1), max(bottom, top + 1)))
    pixels = crop.width * crop.height
    counts: Any = crop.getcolors(MOST_COLOURS)
    assert counts is not None
    return frozenset(f"#{r:02x}{g:02x}{b:02x}" for count, (r, g, b) in counts if count >= pixels * LEAST_PART)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG defines it, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour as WCAG defines it."""
    red, green, blue = (part / 255 for part in ImageColor.getrgb(colour)[:3])
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
