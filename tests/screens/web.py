"""The README's pictures of a person's own page: `make pictures` draws them anew, by Chromium.

Each carries the words that the page shows; a test compares them with what it says today.
"""

import asyncio
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from PIL import Image, PngImagePlugin

from tests.adapters.web import scenes
from tests.screens.gallery import BROWSERS, COLOURS, FOLDER, WORDS, fonts
from tests.screens.words import read

STYLE = Path(__file__).parents[2] / "adapters/web/static/style.css"
DARK = "@media (prefers-color-scheme: dark)"


class Shot(NamedTuple):
    """A picture: its name, the page, whether it is in the dark theme, its size in points, and pixels for each."""

    name: str
    page: str
    is_dark: bool
    width: int
    height: int
    scale: float


SHOTS = (
    Shot("web-me-desktop-light", "me", is_dark=False, width=1180, height=1346, scale=1.25),
    Shot("web-me-phone-dark", "me", is_dark=True, width=390, height=1010, scale=1.5),
)


async def pages() -> dict[str, str]:
    """Return the pages that are shown, by their names."""
    with tempfile.TemporaryDirectory() as folder:
        drawn = await scenes.draw(Path(folder), many=False)
    return {shot.page: drawn[shot.page] for shot in SHOTS}


def draw(shown: dict[str, str], folder: Path) -> None:
    """Draw all pictures into a folder. Raises `SystemExit` where there is no browser."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise SystemExit("Chromium draws these pictures; on Debian: apt-get install chromium")
    for shot in SHOTS:
        _photograph(browser, shot, shown[shot.page], folder / f"{shot.name}.png")


def _photograph(browser: str, shot: Shot, page: str, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, photo = Path(folder) / "page.html", Path(folder) / "photo.png"
        style = STYLE.read_text(encoding="utf-8").replace(DARK, "@media all" if shot.is_dark else "@media not all")
        own = f"{fonts()}{style}body{{font-family:Sans,sans-serif}}"
        source.write_text(page.replace("</head>", f"<style>{own}</style></head>"), encoding="utf-8")
        size = (f"--window-size={shot.width},{shot.height}", f"--force-device-scale-factor={shot.scale}")
        alone = ("--no-sandbox",) if os.geteuid() == 0 else ()
        command = (browser, "--headless", "--hide-scrollbars", *size, *alone, f"--screenshot={photo}", source.as_uri())
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        facts = PngImagePlugin.PngInfo()
        facts.add_itxt(WORDS, read(page))
        with Image.open(photo) as image:
            reduced = image.convert("RGB").quantize(COLOURS, Image.Quantize.MEDIANCUT)
            reduced.save(path, "PNG", optimize=True, pnginfo=facts)


if __name__ == "__main__":
    draw(asyncio.run(pages()), FOLDER)
