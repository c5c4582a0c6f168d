"""Adapters are found by their entry points, and one that is of no use says so in a sentence."""

from importlib.metadata import EntryPoint, EntryPoints

import pytest

from bot.adapter import installed as finding
from bot.adapter.installed import GROUP, installed, plugin_of
from bot.errors import Misconfigured


def test_adapters_are_found_by_their_names() -> None:
    assert {"console", "discord", "slack"} <= set(installed())
    assert list(installed()) == sorted(installed())
    assert plugin_of("slack").has_teams
    with pytest.raises(Misconfigured, match=r"no adapter 'irc'\. Installed: console, discord, slack"):
        plugin_of("irc")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (
            "not_here:PLUGIN",
            "matrix can't be loaded from not_here:PLUGIN: ModuleNotFoundError: No module",
        ),
        ("adapters.console:NOTHING", "AttributeError"),
        ("bot.clock:SystemClock", "bot.clock:SystemClock isn't a Plugin"),
    ],
)
def test_a_package_that_is_broken_is_named(monkeypatch: pytest.MonkeyPatch, value: str, words: str) -> None:
    point = EntryPoint("matrix", value, GROUP)
    monkeypatch.setattr(finding, "find_entry_points", lambda: EntryPoints([point]))
    with pytest.raises(Misconfigured) as caught:
        installed()
    assert words in str(caught.value)
