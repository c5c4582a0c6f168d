"""`tenhours dashboard`, and the demo's offer to see its group as pages, typed as a person types them."""

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from bot.config import DatabaseSettings, Settings
from bot.errors import Refused, TenHoursError
from bot.verbs import dashboard
from tests.talk import Talk

PROGRAM = Path(sys.executable).with_name("tenhours")
WEB = """[web]
listen = "127.0.0.1:8090"
"""


def settings(database: Path) -> Settings:
    from adapters.web.settings import WebSettings  # noqa: PLC0415 - the program reads it from the file

    url = DatabaseSettings(f"sqlite:///{database}")
    return Settings(database=url, platforms={"web": WebSettings("127.0.0.1:8090")})


async def test_it_prints_a_link_that_works(talk: Talk, database: Path) -> None:
    await talk("ada", "/checkin 1h")
    link = await dashboard.make_link(settings(database), "Ada")
    assert link.startswith("http://127.0.0.1:8090/sign-in/")
    owner = await talk.core.pages.find_link(link.rpartition("/")[2])
    assert owner is not None
    assert owner.user.name == "Ada"


async def test_nobody_it_does_not_know_gets_one(talk: Talk, database: Path) -> None:
    with pytest.raises(TenHoursError, match="I don't know anyone here called zoe"):
        await dashboard.make_link(settings(database), "zoe")
    with pytest.raises(Refused):
        await dashboard.make_link(settings(database), "slack:nobody")
    assert await talk.rows("SELECT count(*) FROM sign_in_links") == [(0,)]


async def test_without_pages_it_says_what_to_set(database: Path) -> None:
    with pytest.raises(TenHoursError, match=r"Set \[web\] listen"):
        await dashboard.make_link(Settings(DatabaseSettings(f"sqlite:///{database}")), "ada")


def test_a_demo_in_a_terminal_shows_its_group_as_pages(tmp_path: Path) -> None:
    master, slave = pty.openpty()
    environ = {**os.environ, "TERM": "dumb", "COLUMNS": "200"}
    with subprocess.Popen(
        [PROGRAM, "demo"], stdin=slave, stdout=slave, stderr=slave, cwd=tmp_path, env=environ, start_new_session=True
    ) as demo:
        os.close(slave)
        shown = _read_until(master, "Ctrl-D ends")
        assert "See it as pages" in shown
        link = "http://127.0.0.1:" + shown.partition("http://127.0.0.1:")[2].split()[0]
        with urlopen(link, timeout=60) as page:
            text = page.read().decode()
        assert "Ada" in text
        assert "Open your page" in text
        os.write(master, b"\x04")
        _read_until(master, "")
        demo.wait(30)
    os.close(master)
    assert demo.returncode == 0


def _read_until(terminal: int, words: str, within: float = 60.0) -> str:
    """Return what a terminal shows until some words come; with "" until nothing more comes."""
    shown, over_at = "", time.monotonic() + within
    while time.monotonic() < over_at and (not words or words not in shown):
        if not select.select([terminal], [], [], 0.2 if words else 2.0)[0]:
            if not words:
                break
            continue
        try:
            piece = os.read(terminal, 65_536).decode(errors="replace")
        except OSError:
            break
        if not piece:
            break
        shown += piece
    return shown
