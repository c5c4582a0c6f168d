"""The docs' pictures of real cards: `python -m tests.adapters.console.gallery` plays some weeks and draws them."""

import asyncio
import re
import tempfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console as Terminal

from adapters.console.adapter import ConsoleAdapter
from adapters.console.screen import Screen
from adapters.console.session import Session
from bot import app
from bot.clock import StillClock
from bot.config import DatabaseSettings, Settings
from tests.adapters.fake_core import NOW as START

PICTURES = Path(__file__).parents[3] / "docs" / "pictures"
WIDTH = 76
WITHOUT_WEB_FONTS = re.sub(r"@font-face {{.*?}}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
WEEKS = 5
STUDY = {"Ada": 10.5, "Bo": 10, "Cy": 11, "Dora": 4}
"""Hours a week, so that the group looks like one."""
SCENES = {
    "checkin": "/checkin 2h30 statistics learned: why the mean of means is normal",
    "leaderboard": "/leaderboard",
    "streak": "/streak",
    "results": ":at 2026-02-16T09:00",
}
"""The lines that are typed for each picture, one after the other."""
TITLES = {"results": "Monday, 09:00"}
BEFORE = {"results": ("@Bo /checkin 3h", "@Cy /checkin 3h", ":at 2026-02-16T08:59")}
"""The lines that are typed unseen."""


async def draw(folder: Path) -> dict[str, str]:
    """Return an SVG of each scene."""
    settings = Settings(DatabaseSettings(f"sqlite:///{folder / 'gallery.db'}"))
    async with app.opened(settings, StillClock(START)) as running:
        console = ConsoleAdapter(running.core)
        running.serve(console)
        session = console.open(running.delivery, "Ada", "UTC", StringIO())
        for line in past():
            await session.say(line)
        return {name: await _recorded(session, name) for name in SCENES}


def past() -> Iterator[str]:
    """Five weeks of four people, up to a Thursday evening."""
    for week in range(WEEKS):
        for name, hours in STUDY.items():
            yield f"@{name} /checkin {hours / 2}h learned: the chain rule"
        yield ":advance 2d"
        for name, hours in STUDY.items():
            yield f"@{name} /checkin {hours / 2}h {'statistics' if week % 2 else 'mathematics'}"
        yield ":advance 5d"
    for name, hours in STUDY.items():
        yield f"@{name} /checkin {hours * 0.75}h"
    yield ":advance 3d"
    yield ":advance 9h"


async def _recorded(session: Session, name: str) -> str:
    for line in BEFORE.get(name, ()):
        await session.say(line)
    terminal = Terminal(file=StringIO(), record=True, width=WIDTH, force_terminal=True, color_system="truecolor")
    screen = Screen(StringIO(), force=True)
    screen._terminal = terminal
    before, session.output = session.output, screen
    await session.say(SCENES[name])
    session.output = before
    return terminal.export_svg(title=TITLES.get(name, SCENES[name]), code_format=WITHOUT_WEB_FONTS, unique_id=name)


def main() -> None:
    """Draw all of them anew."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, svg in asyncio.run(draw(Path(folder))).items():
            (PICTURES / f"{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
