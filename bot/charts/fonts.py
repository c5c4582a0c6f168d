"""The font of each character: Noto for each script, and boxes for characters that no font here knows."""

from bisect import bisect_right
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from PIL import ImageFont, features

REGULAR, BOLD = 400, 650
SANS, CJK = "NotoSans", "CJK"
_FALLBACKS = (SANS, "NotoSansSymbols", CJK, "NotoEmoji")
_JAPANESE, _KOREAN, _CHINESE = 0, 1, 2
"""Faces of the CJK collection: the same characters, written as each language writes them."""

_BLOCKS = {
    0x0530: "Armenian",
    0x0590: "Hebrew",
    0x0600: "Arabic",
    0x0700: "",
    0x0750: "Arabic",
    0x0780: "",
    0x0860: "Arabic",
    0x0900: "Devanagari",
    0x0980: "Bengali",
    0x0A00: "Gurmukhi",
    0x0A80: "Gujarati",
    0x0B00: "Oriya",
    0x0B80: "Tamil",
    0x0C00: "Telugu",
    0x0C80: "Kannada",
    0x0D00: "Malayalam",
    0x0D80: "Sinhala",
    0x0E00: "Thai",
    0x0E80: "Lao",
    0x0F00: "",
    0x1000: "Myanmar",
    0x10A0: "Georgian",
    0x1100: CJK,
    0x1200: "Ethiopic",
    0x13A0: "",
    0x1780: "Khmer",
    0x1800: "",
    0x19E0: "Khmer",
    0x1A00: "",
    0x1C90: "Georgian",
    0x1CC0: "",
    0x2D00: "Georgian",
    0x2D30: "",
    0x2D80: "Ethiopic",
    0x2DE0: "",
    0x2E80: CJK,
    0xA4D0: "",
    0xA8E0: "Devanagari",
    0xA900: "",
    0xA960: CJK,
    0xA980: "",
    0xAC00: CJK,
    0xD800: "",
    0xF900: CJK,
    0xFB00: "",
    0xFB1D: "Hebrew",
    0xFB50: "Arabic",
    0xFE00: "",
    0xFE30: CJK,
    0xFE50: "",
    0xFE70: "Arabic",
    0xFEFF: "",
    0xFF00: CJK,
    0xFFF0: "",
    0x20000: CJK,
    0x40000: "",
}
"""First code points of blocks, and the script whose font they are drawn with."""

Ink = tuple[tuple[int, int], bytes, float]
"""Size, pixels and advance of a drawn character."""

_STARTS = tuple(_BLOCKS)
_SCRIPTS = tuple(_BLOCKS.values())


@lru_cache(maxsize=4096)
def font_of(char: str) -> str:
    """Return the name of the first font that has `char`; of the usual one, which draws a box, where none has."""
    block = bisect_right(_STARTS, ord(char)) - 1
    script = _SCRIPTS[block] if block >= 0 else ""
    own = (script if script == CJK else SANS + script,) if script else ()
    return next((name for name in (*own, *_FALLBACKS) if _has(name, char)), SANS)


def is_known(char: str) -> bool:
    """Return True if any font here has `char`."""
    return _has(font_of(char), char)


def language_of(text: str) -> int:
    """Return the face in whose language `text` writes Han characters: told by kana or Hangul, else Chinese."""
    if any("\u3040" <= char <= "\u30ff" for char in text):
        return _JAPANESE
    return _KOREAN if any("\uac00" <= char <= "\ud7a3" for char in text) else _CHINESE


@lru_cache(maxsize=96)
def face(name: str, pixels: int, weight: int, language: int = _CHINESE) -> ImageFont.FreeTypeFont:
    """Return the font `name` at a size and weight. Raises `OSError` where its package is not installed."""
    engine = ImageFont.Layout.RAQM if shapes() else ImageFont.Layout.BASIC
    index = language if name == CJK else 0
    font = ImageFont.truetype(_file(name), pixels, index, layout_engine=engine)
    font.set_variation_by_axes([weight])
    return font


@cache
def shapes() -> bool:
    """Return True if a layout library joins letters and places marks as scripts want it."""
    return bool(features.check("raqm"))


@lru_cache(maxsize=4096)
def _has(name: str, char: str) -> bool:
    return _ink(name, char) != _missing(name)


@cache
def _missing(name: str) -> Ink:
    """Return the box that a font draws for a character that it does not have."""
    return _ink(name, "\U0010fffe")


def _ink(name: str, char: str) -> Ink:
    """Return the ink of a character alone, small: enough to tell it from the box of a missing one."""
    font = face(name, 24, REGULAR)
    mask = font.getmask(char)
    return mask.size, bytes(mask), font.getlength(char)


@cache
def _file(name: str) -> Path:
    package, file = ("manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc") if name == CJK else ("manimgx_fonts", "")
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise OSError(f"The package {package}, which brings fonts, is not installed.")
    return Path(spec.submodule_search_locations[0]) / (file or f"{name}[wght].ttf")
