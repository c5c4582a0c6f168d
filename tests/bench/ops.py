"""What an operator feels: how long `tenhours check` takes, and how much memory an idle program holds."""

import asyncio
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

import discord.http

from bot.store import migrate
from tests.bench.lines import line
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.world import TOKEN

PEOPLE = 10_000
CHECKINS = 500_000
POSTS = 50_000
SERVERS = 50
TIMES = 3
MIB = 1 << 20

CHECK = """
import sys
import discord.http
from bot import cli
discord.http.Route.BASE = sys.argv.pop(1)
cli.main(sys.argv[1:])
"""
IDLE = """
import asyncio, sys
from bot import app, config, log
from bot.clock import SystemClock
from bot.upkeep import service

async def main():
    settings = config.load(None, {"TENHOURS_HEALTH__LISTEN": sys.argv[1]})
    async with app.opened(settings, SystemClock()) as running:
        serving = asyncio.ensure_future(service.run(running))
        while running.delivery.tick_age is None:
            await asyncio.sleep(0.1)
        print("idle", flush=True)
        await asyncio.to_thread(sys.stdin.read)
        serving.cancel()

log.configure("warning", "console")
asyncio.run(main())
"""


def run() -> Iterator[str]:
    """All lines of this part."""
    with tempfile.TemporaryDirectory(prefix="tenhours-bench-") as folder:
        path = Path(folder) / "tenhours.db"
        _fill(path)
        seconds = asyncio.run(_checks(path))
        size = path.stat().st_size / MIB
        yield line(f"s: tenhours check, Discord with {SERVERS} servers, a database of {size:.0f} MiB", seconds, 2.0)
    if sys.platform == "linux":
        yield line("MB idle: chat on a pipe", _chat(), 60)
        yield line("MB idle: run with daily copies, no adapter", _idle(""), 60)
        yield line("MB idle: the same with the health server", _idle(f"127.0.0.1:{_free_port()}"), 60)


def _fill(path: Path) -> None:
    """A group of years: many people, check-ins with notes, and a month of posts."""
    migrate.migrate(path)
    with closing(sqlite3.connect(path)) as raw, raw:
        people = ((n, f"Member {n}", "Europe/Berlin", CHECKINS // PEOPLE) for n in range(1, PEOPLE + 1))
        raw.executemany("INSERT INTO people (id, name, zone, checkins, created_at) VALUES (?, ?, ?, ?, 0)", people)
        checkins = (
            (n % PEOPLE + 1, n // PEOPLE + 1, "2026-01-05", 60, "what I learned today " * 3, "typed")
            for n in range(CHECKINS)
        )
        raw.executemany(
            """INSERT INTO checkins (person_id, number, day, minutes, learned, source, created_at)
               VALUES (?, ?, ?, ?, ?, ?, 1)""",
            checkins,
        )
        posts = ((f"line/1/{n}", "discord", "{}", "{}" * 200, "sent", n) for n in range(1, POSTS + 1))
        raw.executemany(
            """INSERT INTO outbox (key, platform, address, card, state, settled_at, due_at, expires_at)
               VALUES (?, ?, ?, ?, ?, ?, 0, 0)""",
            posts,
        )


async def _checks(path: Path) -> float:
    """The median time of the whole program, with Discord answering at once."""
    server, base = DiscordServer(), discord.http.Route.BASE
    for number in range(SERVERS):
        server.world.add_server(f"Server {number}", "general")
    await server.start()
    discord.http.Route.BASE = base
    environ = {**os.environ, "TENHOURS_DATABASE__URL": f"sqlite:///{path}", "TENHOURS_DISCORD__TOKEN": TOKEN}
    taken = []
    try:
        for _ in range(TIMES):
            began = time.perf_counter()
            words = (sys.executable, "-c", CHECK, server.base, "check")
            process = await asyncio.create_subprocess_exec(*words, env=environ, stdout=subprocess.PIPE)
            said, _ = await process.communicate()
            taken.append(time.perf_counter() - began)
            assert b"discord token" in said, said
    finally:
        await server.close()
    return median(taken)


def _chat() -> float:
    program = shutil.which("tenhours", path=Path(sys.executable).parent)
    assert program is not None
    return _resident([program, "chat", "--as", "ada"], typed="/progress\n", mark="[")


def _idle(listen: str) -> float:
    return _resident([sys.executable, "-c", IDLE, listen], typed="", mark="idle")


def _resident(words: list[str], *, typed: str, mark: str) -> float:
    """What a program holds when it has said `mark` and has had two seconds to come to rest, in MB."""
    with tempfile.TemporaryDirectory(prefix="tenhours-bench-") as folder:
        environ = {**os.environ, "PYTHONPATH": str(Path.cwd())}
        program = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=folder, env=environ
        )
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(typed)
        program.stdin.flush()
        while mark not in program.stdout.readline():
            assert program.poll() is None, "the program ended before it was idle"
        time.sleep(2)
        status = Path(f"/proc/{program.pid}/status").read_text(encoding="ascii")
        held = next(row for row in status.splitlines() if row.startswith("VmRSS"))
        program.communicate()
        return int(held.split()[1]) * 1024 / 1e6


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
