"""SIGHUP and `check --settings`, as systemd's reload uses them, with the real program on the local Discord."""

import signal
from pathlib import Path

import pytest

from bot.errors import EXIT_CONFIG
from tests.servers.discord.world import TOKEN
from tests.verbs.setup.conftest import Place

pytestmark = pytest.mark.slow


def write(folder: Path, token: str, more: str = "") -> None:
    (folder / "config.toml").write_text(f'[discord]\ntoken = "{token}"\n{more}')


async def test_a_reload_keeps_what_runs_alive_and_takes_what_is_right(place: Place) -> None:
    place.discord.world.add_server("Study hall", "general")
    write(place.folder, TOKEN)
    running = await place.open("run")
    await running.see("serving")
    for wrong, more, words in (
        (TOKEN, "[group]\ngoal_hours = 0\n", "[group] goal_hours = 0"),
        (f"{TOKEN}x", "", "is not one that Discord knows"),
    ):
        write(place.folder, wrong, more)
        status, output, _ = await place.run("check", "--settings")
        assert status == EXIT_CONFIG
        assert words in output
        running.process.send_signal(signal.SIGHUP)
        await running.see("settings are wrong, so the old ones stay")
    write(place.folder, TOKEN, '[log]\nlevel = "debug"\n')
    assert (await place.run("check", "--settings"))[0] == 0
    running.process.send_signal(signal.SIGHUP)
    await running.see("settings were read anew")
    write(place.folder, TOKEN, "[group]\ngoal_hours = 12\n")
    running.process.send_signal(signal.SIGHUP)
    await running.see("everything begins anew")
    await running.see("serving")
    running.process.send_signal(signal.SIGTERM)
    assert await running.end() == 0
    assert "Traceback" not in running.screen.text
