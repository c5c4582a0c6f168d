"""The adapters that are installed, found by their entry points: one from another package needs no change here."""

from importlib.metadata import EntryPoint, entry_points
from typing import Any

from bot.adapter.plugin import Plugin
from bot.errors import Misconfigured

GROUP = "tenhours.adapters"


def installed() -> dict[str, Plugin[Any]]:
    """Return what each installed package brings, by the platform's name, in the order of names.

    Raises `Misconfigured` where one cannot be loaded.
    """
    return {point.name: _load(point) for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)}


def plugin_of(name: str) -> Plugin[Any]:
    """Return what the package for a platform brings. Raises `Misconfigured` where there is none."""
    for point in entry_points(group=GROUP, name=name):
        return _load(point)
    raise Misconfigured(f"There is no adapter {name!r}; installed are {', '.join(_names())}.")


def _names() -> list[str]:
    return sorted(entry_points(group=GROUP).names)


def _load(point: EntryPoint) -> Plugin[Any]:
    try:
        plugin = point.load()
    except Exception as error:  # a package of somebody else may raise anything
        words = f"{type(error).__name__}: {error}".rstrip(".: ")
        raise Misconfigured(f"The adapter {point.name} cannot be loaded from {point.value}: {words}.") from error
    if not isinstance(plugin, Plugin):
        raise Misconfigured(f"The adapter {point.name} cannot be loaded: {point.value} is no Plugin.")
    return plugin
