"""The parts that all charts are made of: numbers as text, the ten blocks, bars, and the signs of weeks."""

from functools import lru_cache
from math import tau

from adapters.web.html import Html, attribute, tag
from bot.chat.chart import WeekSign

BLOCKS = 10
BLOCK_WIDTH = 9.1
"""Per cent of the whole."""
BLOCK_HEIGHT = 16
LEAST_PART = 0.08
"""The part of a block from which on it is seen; the first one shows the least time."""
LEAST_SHARE = 2.0
"""Per cent of a bar that is drawn for the least time."""
RING = 10.5

SIGNS: dict[WeekSign, str] = {
    "kept": '<circle class="m-kept" cx="13" cy="13" r="12"/><path class="m-tick" d="M8 13.4l3.4 3.4 6.8-7.4"/>',
    "saved": '<circle class="m-saved" cx="13" cy="13" r="12"/>'
    '<path class="m-flake" d="M13 6.2v13.6M7.1 9.6l11.8 6.8M7.1 16.4l11.8-6.8"/>',
    "away": '<circle class="m-away" cx="13" cy="13" r="12"/><path class="m-dash" d="M8.5 13h9"/>',
    "missed": '<circle class="m-missed" cx="13" cy="13" r="11"/>',
    "practice": '<circle class="m-practice" cx="13" cy="13" r="11"/>',
}

LOGO = Html(
    '<svg class="logo" viewBox="0 0 38 16" width="38" height="16" aria-hidden="true">'
    + "".join(
        f'<rect class="{"way" if index < 7 else "track"}" x="{index % 5 * 8}" y="{index // 5 * 9}" width="6" '
        'height="7" rx="2"/>'
        for index in range(BLOCKS)
    )
    + "</svg>"
)
"""The product's sign: ten blocks, seven of them done."""


@lru_cache(maxsize=4096)
def number(value: float) -> str:
    """Return a coordinate with as few characters as it needs."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def drawing(kind: str, height: float, label: str, *parts: str) -> Html:
    """Return a drawing as wide as its place, `height` pixels tall; `label` says what it shows, "" where words do."""
    role = f'role="img" aria-label="{attribute(label)}"' if label else 'aria-hidden="true"'
    return Html(f'<svg class="{kind}" width="100%" height="{number(height)}" {role}>{"".join(parts)}</svg>')


def text(x: float, y: float, words: str, cls: str = "", anchor: str = "start") -> str:
    """Return words at `x` per cent and `y` pixels."""
    end = "" if anchor == "start" else f' text-anchor="{anchor}"'
    kind = f' class="{cls}"' if cls else ""
    return f'<text{kind} x="{number(x)}%" y="{number(y)}"{end}>{attribute(words)}</text>'


def blocks(done: float, goal: float, label: str, height: int = BLOCK_HEIGHT) -> Html:
    """Draw ten blocks, each a tenth of the goal: violet on the way, all of them green at the goal."""
    kind = "kept" if done >= goal else "way"
    parts = []
    for index in range(BLOCKS):
        part = max(0.0, min(1.0, done * BLOCKS / goal - index)) if goal > 0 else float(done > 0)
        x = number(index * (100 - BLOCK_WIDTH) / (BLOCKS - 1))
        if part < 1:
            parts.append(f'<rect class="track" x="{x}%" width="{BLOCK_WIDTH}%" height="{height}" rx="4"/>')
        if part > LEAST_PART or (part > 0 and index == 0):
            wide = number(BLOCK_WIDTH * max(part, LEAST_PART))
            parts.append(f'<rect class="{kind}" x="{x}%" width="{wide}%" height="{height}" rx="4"/>')
    return drawing("blocks", height, label, *parts)


def bar(share: float, kind: str, height: int = 8) -> Html:
    """Draw a plain bar that ends at the goal; the words beside it say the same."""
    share = max(0.0, min(1.0, share))
    radius = number(height / 2)
    wide = number(max(share * 100, LEAST_SHARE))
    fill = f'<rect class="{kind}" width="{wide}%" height="{height}" rx="{radius}"/>' if share else ""
    track = f'<rect class="track" width="100%" height="{height}" rx="{radius}"/>' if share < 1 else ""
    return drawing("bar", height, "", track, fill)


def week_sign(sign: WeekSign | None, share: float = 0.0) -> Html:
    """Draw the sign of a week; an open one is a ring that fills by its share of the goal."""
    if sign == "open":
        length = tau * RING
        done = (
            f'<circle class="m-done" cx="13" cy="13" r="{RING}" transform="rotate(-90 13 13)" '
            f'stroke-dasharray="{number(length * min(share, 1.0))} {number(length)}"/>'
            if share > 0
            else ""
        )
        inner = f'<circle class="m-ring" cx="13" cy="13" r="{RING}"/>{done}'
    else:
        inner = SIGNS[sign] if sign is not None else ""
    return Html(f'<svg class="mark" viewBox="0 0 26 26" width="26" height="26" aria-hidden="true">{inner}</svg>')


def sample(kind: str) -> Html:
    """Draw a cell of a heatmap's legend."""
    return Html(
        f'<svg width="13" height="13" aria-hidden="true"><rect class="{kind}" width="13" height="13" rx="3"/></svg>'
    )


@lru_cache(maxsize=1024)
def week_dot(sign: WeekSign | None, x: float, y: float, radius: float) -> str:
    """Return the sign that stands small beneath a week of a heatmap: dot, diamond, dash, or ring."""
    match sign:
        case "kept":
            return f'<circle class="w-kept" cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>'
        case "saved":
            side = radius * 0.85
            return (
                f'<rect class="w-saved" x="{number(x - side)}" y="{number(y - side)}" width="{number(2 * side)}" '
                f'height="{number(2 * side)}" transform="rotate(45 {number(x)} {number(y)})"/>'
            )
        case "away":
            return (
                f'<rect class="w-away" x="{number(x - radius)}" y="{number(y - 1)}" width="{number(2 * radius)}" '
                'height="2" rx="1"/>'
            )
        case "missed" | "practice":
            kind = "w-missed" if sign == "missed" else "w-practice"
            return f'<circle class="{kind}" cx="{number(x)}" cy="{number(y)}" r="{number(radius - 0.7)}"/>'
        case "open" | None:
            return ""


def dot(sign: WeekSign) -> Html:
    """Draw that sign for a legend."""
    return tag("svg", Html(week_dot(sign, 5, 5, 4.2)), width=10, height=10, aria_hidden="true")
