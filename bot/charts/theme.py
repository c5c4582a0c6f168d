"""Colours for a light and a dark surface; they differ in lightness, too, so that every eye tells them apart."""

from typing import Literal

from msgspec import Struct

ThemeName = Literal["light", "dark"]
"""The theme of a platform's pictures, by what most of its members look at."""


class Theme(Struct, frozen=True):
    """The colours of a picture, which stands on its own paper wherever it is shown.

    `paper`, `track` and `wash` are grounds; all others are drawn on them and stand out from them. `kept` and
    `on_the_way` never stand alone: a tick or words say the same. `faded` is what was kept before, beside `kept`, what
    is kept now. `levels` go from little to much.
    """

    name: ThemeName
    paper: str
    track: str
    wash: str
    ink: str
    grey: str
    kept: str
    on_kept: str
    faded: str
    on_the_way: str
    accent: str
    hollow: str
    levels: tuple[str, str, str, str]


LIGHT = Theme(
    name="light",
    paper="#ffffff",
    track="#e9ecf2",
    wash="#ebebfd",
    ink="#1f2937",
    grey="#5b6577",
    kept="#0b8f63",
    on_kept="#ffffff",
    faded="#4ca37b",
    on_the_way="#6d70f2",
    accent="#4a4dd0",
    hollow="#7f8798",
    levels=("#449570", "#20764c", "#0e5538", "#053825"),
)
DARK = Theme(
    name="dark",
    paper="#1b1d23",
    track="#31343e",
    wash="#2a2c47",
    ink="#f3f4f7",
    grey="#a3abbb",
    kept="#3ddc9f",
    on_kept="#10241b",
    faded="#2a7a5b",
    on_the_way="#8186f6",
    accent="#a9adff",
    hollow="#7a8292",
    levels=("#318e68", "#3db584", "#6ddfb1", "#d8fcea"),
)
THEMES: dict[ThemeName, Theme] = {theme.name: theme for theme in (LIGHT, DARK)}
