"""Colours for a light and a dark surface; they differ in lightness, too, so that every eye tells them apart."""

from dataclasses import dataclass
from typing import Literal

ThemeName = Literal["light", "dark"]
"""The theme of a platform's pictures, by what most of its members look at."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a picture.

    `reached` and `on_the_way` never stand alone: a tick or words say the same. `levels` go from nothing to much.
    """

    name: ThemeName
    paper: str
    ink: str
    grey: str
    track: str
    reached: str
    on_the_way: str
    wash: str
    mark: str
    levels: tuple[str, str, str, str, str]


LIGHT = Theme(
    name="light",
    paper="#ffffff",
    ink="#1f2937",
    grey="#5b6577",
    track="#eceef3",
    reached="#0b8f63",
    on_the_way="#6d70f2",
    wash="#ebebfd",
    mark="#b45309",
    levels=("#eceef3", "#9dd8b8", "#55b385", "#1b8458", "#06502f"),
)
DARK = Theme(
    name="dark",
    paper="#1b1d23",
    ink="#f3f4f7",
    grey="#a3abbb",
    track="#31343e",
    reached="#3ddc9f",
    on_the_way="#8186f6",
    wash="#2a2c47",
    mark="#f5b54a",
    levels=("#2b2e37", "#236b4f", "#2a9a6c", "#4fd39d", "#c4f9df"),
)
THEMES: dict[ThemeName, Theme] = {theme.name: theme for theme in (LIGHT, DARK)}
