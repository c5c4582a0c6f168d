"""The pictures that the documents show: `python -m tests.charts.gallery` draws docs/pictures anew."""

import io
import sys
from pathlib import Path

from PIL import Image

from bot.charts.drawing import draw
from bot.charts.theme import DARK, LIGHT
from tests.charts.shown import charts

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
COLOURS = 128
"""Enough for smooth letters, and a third of the size."""


def make(folder: Path) -> list[Path]:
    """Draw every chart in both themes into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, chart in charts().items():
        for theme in (LIGHT, DARK):
            path = folder / f"{name}-{theme.name}.png"
            with Image.open(io.BytesIO(draw(chart, theme))) as image:
                image.quantize(COLOURS, Image.Quantize.MEDIANCUT).save(path, "PNG", optimize=True)
            paths.append(path)
    return paths


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
