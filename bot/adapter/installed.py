"""The adapters that are installed, found by their entry points: one from another package needs no change here."""

from functools import cache
from importlib.metadata import EntryPoint, EntryPoints, entry_points
from typing import Any

from bot.adapter.plugin import Plugin
from bot.errors import Misconfigured

GROUP = "tenhours.adapters"


def installed() -> dict[str, Plugin[Any]]:
    """Return what each installed package brings, by the platform's name, in the order of names.

    Raises `Misconfigured` where one cannot be loaded.
    """
    return {point.name: _load(point) for point in sorted(find_entry_points(), key=lambda point: point.name)}


def plugin_of(name: str) -> Plugin[Any]:
    """Return what the package for a platform brings. Raises `Misconfigured` where there is none."""
    for point in find_entry_points().select(name=name):
        return _load(point)
    raise Misconfigured(f"There's no adapter {name!r}. Installed: {', '.join(_names())}.")


@cache
def find_entry_points() -> EntryPoints:
    """Return the entry points; finding them reads a file of every installed package."""
    return entry_points(group=GROUP)


def _names() -> list[str]:
    return sorted(find_entry_points().names)


def _load(point: EntryPoint) -> Plugin[Any]:
    try:
        plugin = point.load()
    except Exception as error:  # a package of somebody else may raise anything
        words = f"{type(error).__name__}: {error}".rstrip(".: ")
        raise Misconfigured(f"The adapter {point.name} can't be loaded from {point.value}: {words}.") from error
    if not isinstance(plugin, Plugin):
        raise Misconfigured(f"The adapter {point.name} can't be loaded: {point.value} isn't a Plugin.")
    return plugin
