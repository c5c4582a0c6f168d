"""Pictures are dark on Discord and light on Slack, unless the configuration says otherwise."""

import subprocess
import sys
from typing import Any

import pytest
from msgspec.structs import replace
from PIL import ImageColor

import adapters.discord
import adapters.slack
from adapters.discord.settings import DiscordSettings
from adapters.slack.settings import SlackSettings
from bot.adapter.plugin import AdapterSettings, Plugin
from bot.charts.picture import DrawPicture
from bot.charts.theme import DARK, LIGHT, Theme
from bot.chat.chart import WeekBars
from tests.adapters.fake_core import FakeCore
from tests.charts.samples import opened

DISCORD = DiscordSettings("x")
SLACK = SlackSettings(bot_token="xoxb-x", app_token="xapp-x")


@pytest.mark.parametrize(
    ("plugin", "target", "settings", "theme"),
    [
        (adapters.discord.PLUGIN, "adapters.discord.adapter.DiscordAdapter", DISCORD, DARK),
        (adapters.discord.PLUGIN, "adapters.discord.adapter.DiscordAdapter", replace(DISCORD, theme="light"), LIGHT),
        (adapters.slack.PLUGIN, "adapters.slack.adapter.SlackAdapter", SLACK, LIGHT),
        (adapters.slack.PLUGIN, "adapters.slack.adapter.SlackAdapter", replace(SLACK, theme="dark"), DARK),
    ],
)
async def test_the_theme_of_pictures(
    monkeypatch: pytest.MonkeyPatch, plugin: Plugin[Any], target: str, settings: AdapterSettings, theme: Theme
) -> None:
    given: list[DrawPicture] = []
    monkeypatch.setattr(target, lambda settings, core, pictures: given.append(pictures))
    plugin.create(settings, FakeCore())
    [pictures] = given
    drawn = opened(await pictures(WeekBars("", (30,), 600)))
    assert drawn.getpixel((2, 2)) == ImageColor.getrgb(theme.paper)


def test_an_adapter_that_has_drawn_nothing_has_not_loaded_pillow() -> None:
    script = "import sys, adapters.discord.adapter, adapters.slack.adapter; print('PIL' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False"
