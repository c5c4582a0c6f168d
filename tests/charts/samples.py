"""Charts for the tests of their drawing: names in every script, and names that mean harm."""

import io

from PIL import Image

from bot.chat.chart import BoardBars, BoardRow

SCRIPTS = (
    "Amélie Dubois",
    "Олександр",
    "Νίκος",
    "田中 太郎",
    "ひらがな",
    "김민준",
    "محمد الأمين",
    "שרה כהן",
    "नेहा शर्मा",
    "สมชาย ใจดี",
    "தமிழ்",
    "Աշոտ",
    "ሰላም",
    "ကျော်",
)
EMOJI = ("🦊", "👩🏽‍💻", "🇮🇸", "❤️", "1️⃣", "🏳️‍🌈", "👨‍👩‍👧‍👦", "🫆")
HOSTILE = (
    "",
    " ",
    "\u202egnp.exe",
    "Z" + "\u0301\u0316" * 500,
    "x" * 10_000,
    "👩‍" * 5_000,
    "\u200b\u200d\ufeff\u2060",
    "\u200d\ufe0f\u0301",
    "\x00\n\t\x1b[31m",
    "\ud800",
    "\U0010ffff\ue000",
    "𝕬𝖑𝖊𝖝",
    "((((ישראל]]]] 42 (Dan",
    "\U0001f1e6",
    "ﷺ" * 40,
    "ก็็็็็็็็็็",
)


def short_id(name: str) -> str:
    """Return a test id: the beginning of a name, which may be endless or unprintable."""
    return ascii(name)[1:25]


def board(*names: str, goal: int = 600) -> BoardBars:
    rows = tuple(BoardRow(at, name, 1425 - 57 * at, goal) for at, name in enumerate(names, 1))
    return BoardBars("Study hall · This week", "17–23 November, by time", rows)


def opened(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    image.load()
    return image
