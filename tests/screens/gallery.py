"""The README's pictures of messages: `make pictures` draws those in docs/pictures anew, by Chromium.

Each picture carries the words that it shows, in its description; a test compares them with what the program says today.
"""

import asyncio
import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from PIL import Image, ImageChops, PngImagePlugin

from adapters.discord.bodies import answer_body, post_body
from adapters.discord.layouts import Layout, picture_name
from adapters.discord.render import Renderer
from adapters.slack.render import render_message, render_view_blocks
from bot.charts.picture import drawn_in
from bot.charts.theme import DARK, LIGHT, Theme
from bot.chat.card import Card, Picture
from bot.chat.chart import Chart
from bot.store import migrate
from tests.screens import discord, slack
from tests.screens.story import Message, Story, play
from tests.screens.words import read

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
STYLE = Path(__file__).with_name("page.css")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDTH, HEIGHT, SCALE = 390, 2400, 2
"""A phone's width, room for the longest message, and pixels for each of its points."""

COLOURS = 160
"""Enough for smooth letters, and a third of the size."""

WORDS = "Description"
UNREAD = {ord("▰"): "", ord("▱"): ""}
HEADS = (f"{discord.NAME} APP", "Home Messages About", "Only you can see this")
"""The beginnings of lines that frame a message."""

ENDS = (".", "!", "?", ":")
README = Path(__file__).parents[2] / "README.md"
MARKS = re.compile(r"(?<=<!-- messages -->\n).*?(?=<!-- /messages -->)", re.DOTALL)
LABELS = (
    ("discord-checkin-light", "discord-checkin-dark", "A check-in on Discord"),
    ("discord-channel-light", "discord-channel-dark", "What the channel on Discord sees"),
    ("discord-results-light", "discord-results-dark", "Results on Discord"),
    ("slack-home", "slack-home", "The app's Home tab on Slack"),
    ("slack-results", "slack-results", "Results on Slack"),
)
PICTURE = """<picture>
  <source media="(prefers-color-scheme: dark)" srcset="docs/pictures/{dark}.png">
  <img src="docs/pictures/{light}.png" width="390" alt="{alt}">
</picture>
"""


async def pages() -> dict[str, str]:
    """Return the body of each page, by the picture's name."""
    with tempfile.TemporaryDirectory() as folder:
        on_discord, on_slack = [await _played(Path(folder), platform) for platform in ("discord", "slack")]
    shown = {}
    for theme in (LIGHT, DARK):
        for name, messages in _on_discord(on_discord).items():
            shown[f"discord-{name}-{theme.name}"] = await _discord_page(messages, theme)
    shown["slack-results"] = _page("slack", [await _slack_message(on_slack.results)])
    shown["slack-home"] = _page("slack", [await _slack_home(on_slack.home)])
    return shown


def words_of(path: Path) -> str:
    """Return the words that a picture shows."""
    with Image.open(path) as image:
        assert isinstance(image, PngImagePlugin.PngImageFile)
        return str(image.text.get(WORDS, ""))


def alt(page: str) -> str:
    """Return the words of a page as one text, for who does not see its picture."""
    lines = [line for line in read(page.translate(UNREAD)).split("\n") if not line.startswith(HEADS)]
    sentences = [line.removeprefix("· ").removeprefix("[").removesuffix("]") for line in lines]
    words = " ".join(line if line.endswith(ENDS) else f"{line}." for line in sentences)
    return html.escape(words, quote=False).replace('"', "&quot;")


def render_readme(shown: dict[str, str]) -> str:
    """Return the README as it should be, with the pictures and their words between its marks."""
    pictures = "".join(
        PICTURE.format(dark=dark, light=light, alt=f"{label}: {alt(shown[light])}") for light, dark, label in LABELS
    )
    return MARKS.sub(lambda _: pictures, README.read_text(encoding="utf-8"))


def draw(shown: dict[str, str], folder: Path) -> None:
    """Draw all pages into a folder. Raises `SystemExit` where there is no browser."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise SystemExit("Chromium draws these pictures; on Debian: apt-get install chromium")
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in shown.items():
        _photograph(browser, page, folder / f"{name}.png")


async def _played(folder: Path, platform: str) -> Story:
    migrate.require_head(folder / f"{platform}.db")
    return await play(folder, platform)


def _on_discord(story: Story) -> dict[str, tuple[Message, ...]]:
    return {"checkin": (story.checkin,), "results": (story.results,), "channel": story.lines}


async def _discord_page(messages: tuple[Message, ...], theme: Theme) -> str:
    """Return messages of Discord; where they are of several days, each day has its line, as Discord draws it."""
    parts: list[str] = []
    days = [message.at.date() for message in messages]
    for at, message in enumerate(messages):
        if len(set(days)) > 1 and days[at] not in days[:at]:
            parts.append(discord.day(days[at]))
        parts.append(await _discord_message(message, theme))
    return _page(f"discord-{theme.name}", parts)


async def _discord_message(message: Message, theme: Theme) -> str:
    layout = Layout.PARTS if message.asked else Layout.TEXT
    rendered = await Renderer(drawn_in(theme)).card(message.card, layout)
    body = answer_body(rendered, is_private=True) if message.asked else post_body(rendered)
    pictures = {picture_name(at): file.content for at, file in enumerate(rendered.files)}
    return discord.message(body, pictures, message.at, message.asked)


async def _slack_message(message: Message) -> str:
    files, pictures = await _slack_pictures(message.card)
    return slack.message(render_message(message.card, files), pictures, message.at)


async def _slack_home(card: Card) -> str:
    files, pictures = await _slack_pictures(card)
    return slack.home(render_view_blocks(card, files), pictures)


async def _slack_pictures(card: Card) -> tuple[dict[Chart, str], dict[str, bytes]]:
    charts = [block.chart for block in card.blocks if isinstance(block, Picture)]
    files = {chart: f"F{at}" for at, chart in enumerate(charts)}
    return files, {file: await drawn_in(LIGHT)(chart) for chart, file in files.items()}


def _page(look: str, parts: Iterable[str]) -> str:
    return f'<div class="chat {look}">{"".join(parts)}</div>'


def _photograph(browser: str, page: str, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, shot = Path(folder) / "page.html", Path(folder) / "shot.png"
        style = f"<style>{fonts()}{STYLE.read_text(encoding='utf-8')}</style>"
        source.write_text(f'<!doctype html><meta charset="utf-8">{style}{page}', encoding="utf-8")
        size = (f"--window-size={WIDTH},{HEIGHT}", f"--force-device-scale-factor={SCALE}", "--hide-scrollbars")
        alone = ("--no-sandbox",) if os.geteuid() == 0 else ()
        command = (browser, "--headless", "--default-background-color=ff00ffff", *size, *alone, f"--screenshot={shot}")
        subprocess.run((*command, source.as_uri()), check=True, capture_output=True, timeout=60)
        with Image.open(shot) as image:
            _save(image.convert("RGB"), read(page), path)


def _save(image: Image.Image, words: str, path: Path) -> None:
    ground = Image.new("RGB", image.size, image.getpixel((0, image.height - 1)))
    box = ImageChops.difference(image, ground).getbbox()
    facts = PngImagePlugin.PngInfo()
    facts.add_itxt(WORDS, words)
    cropped = image.crop((0, 0, image.width, box[3] if box else image.height))
    cropped.quantize(COLOURS, Image.Quantize.MEDIANCUT).save(path, "PNG", optimize=True, pnginfo=facts)


def fonts() -> str:
    """Return the rules by which a page finds the letters that the pictures are drawn in."""
    spec = find_spec("manimgx_fonts")
    assert spec is not None
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0])
    files = {"Sans": "NotoSans[wght].ttf", "Symbols": "NotoSansSymbols[wght].ttf"}
    return "".join(
        f'@font-face{{font-family:"{name}";font-weight:100 900;src:url("{(folder / file).as_uri()}")}}'
        for name, file in files.items()
    )


if __name__ == "__main__":
    drawn = asyncio.run(pages())
    draw(drawn, Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
    README.write_text(render_readme(drawn), encoding="utf-8")
