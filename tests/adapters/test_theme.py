"""Pictures are dark on Discord and light on Slack, unless the configuration says otherwise."""

import subprocess
import sys
from collections.abc import Callable, Mapping

import pytest
from PIL import ImageColor

import adapters.discord
import adapters.slack
from adapters.discord import Pictures
from bot.charts.theme import DARK, LIGHT, Theme
from bot.chat.chart import WeekBars
from tests.adapters.fake_core import FakeCore
from tests.charts.samples import opened

TOKENS = {"token": "x", "bot_token": "xoxb-x", "app_token": "xapp-x"}


@pytest.mark.parametrize(
    ("create", "target", "named", "theme"),
    [
        (adapters.discord.create, "adapters.discord.adapter.DiscordAdapter", {}, DARK),
        (adapters.discord.create, "adapters.discord.adapter.DiscordAdapter", {"theme": "light"}, LIGHT),
        (adapters.slack.create, "adapters.slack.client.SlackAdapter", {}, LIGHT),
        (adapters.slack.create, "adapters.slack.client.SlackAdapter", {"theme": "dark"}, DARK),
    ],
)
async def test_the_theme_of_pictures(
    monkeypatch: pytest.MonkeyPatch, create: Callable[..., object], target: str, named: Mapping[str, str], theme: Theme
) -> None:
    given: list[Pictures] = []
    monkeypatch.setattr(target, lambda settings, core, pictures: given.append(pictures))
    create({**TOKENS, **named}, FakeCore())
    [pictures] = given
    drawn = opened(await pictures(WeekBars("", (30,), 600)))
    assert drawn.getpixel((2, 2)) == ImageColor.getrgb(theme.paper)


def test_an_adapter_that_has_drawn_nothing_has_not_loaded_pillow() -> None:
    script = "import sys, adapters.discord.adapter, adapters.slack.client; print('PIL' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False"
