"""Emoji as coloured pictures: Twemoji's artwork, found by the longest sequence that has a picture.

The pictures of 72 pixels are in one archive beside this file. The package that has them brings the vectors along, and
another package that installs one of everybody's names: `tests`.
"""

from functools import cache, lru_cache
from pathlib import Path
from zipfile import ZipFile

from PIL import Image

ARCHIVE = "twemoji.zip"

_VARIANT, _AS_TEXT = "\ufe0f", "\ufe0e"
_MAX_SEQUENCE = 16
"""Characters of one emoji."""
_TEXT_BELOW = 0x2300
"""Below it ©, ™ and arrows are text, and emoji only where a selector says so."""


def emoji_at(text: str, at: int) -> tuple[str, int]:
    """Return the file of the emoji that begins at index `at` ("" where none does), and the index where it ends."""
    file, end, code = "", at, ""
    for index in range(at, min(len(text), at + _MAX_SEQUENCE)):
        if text[index] != _VARIANT:
            code += f"-{ord(text[index]):x}" if code else f"{ord(text[index]):x}"
        if code in _files():
            file, end = _files()[code], index + 1
    is_text = text[end : end + 1] == _AS_TEXT
    is_plain = end - at == 1 and ord(text[at]) < _TEXT_BELOW
    return ("", at) if not file or is_text or is_plain else (file, end)


@lru_cache(maxsize=256)
def artwork(file: str, pixels: int) -> Image.Image:
    """Return the picture in `file`, `pixels` wide and high."""
    with _archive().open(file) as content, Image.open(content) as image:
        return image.convert("RGBA").resize((pixels, pixels), Image.Resampling.LANCZOS)


@cache
def _archive() -> ZipFile:
    """Return the archive, open for as long as the program runs."""
    return ZipFile(Path(__file__).with_name(ARCHIVE))


@cache
def _files() -> dict[str, str]:
    """Return names of files by code points, variation selectors left out."""
    return {name.removesuffix(".png").replace("-fe0f", ""): name for name in sorted(_archive().namelist())}
