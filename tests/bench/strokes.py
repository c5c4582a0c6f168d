"""What a chart is drawn with, call by call of the library, so that the same can be drawn again by it alone."""

import io
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from PIL import Image, ImageDraw

from bot.charts import paint
from bot.charts.drawing import draw
from bot.chat.chart import Chart

Call = tuple[str, tuple[Any, ...], dict[str, Any]]


@dataclass
class Strokes:
    """Calls of Pillow in their order, and the canvas that they are for."""

    canvas: tuple[Any, ...] = ()
    calls: list[Call] = field(default_factory=list)

    def replay(self) -> bytes:
        """The picture, drawn by Pillow and nothing else."""
        image = Image.new(*self.canvas)
        pen = ImageDraw.Draw(image)
        for name, args, how in self.calls:
            getattr(image if name == "paste" else pen, name)(*args, **how)
        kept = io.BytesIO()
        image.reduce(paint.SCALE).save(kept, "PNG", compress_level=6)
        return kept.getvalue()


def strokes_of(chart: Chart) -> Strokes:
    """Draw a chart and write down how."""
    found = Strokes()

    class Recorded:
        """Hands every call on to what it stands for."""

        def __init__(self, of: Any) -> None:
            self._of = of

        def __getattr__(self, name: str) -> Any:
            method = getattr(self._of, name)

            def call(*args: Any, **how: Any) -> Any:
                if name != "reduce":
                    found.calls.append((name, args, how))
                return method(*args, **how)

            return call

    def new(*args: Any) -> Any:
        found.canvas = args
        return Recorded(Image.new(*args))

    with patch.object(paint, "Image", _Patched(new)), patch.object(paint, "ImageDraw", _Pen(Recorded)):
        draw(chart)
    return found


@dataclass
class _Patched:
    new: Any


@dataclass
class _Pen:
    recorded: Any

    def Draw(self, image: Any) -> Any:  # noqa: N802 - Pillow's own name
        return self.recorded(ImageDraw.Draw(image._of))
