"""The real program with one real adapter on a platform of the tests; killed, stopped and started by them.

Its clock is the town's, and not the machine's: what falls due must not depend on the day on which the tests run.

python -m tests.crash.program URL PLATFORM ADDRESS LEASE FOLDER
"""

import asyncio
import os
import sys
from pathlib import Path

import msgspec

from bot import app, log
from bot.adapter import Adapter, Core
from bot.clock import GuardedClock
from bot.config import BackupSettings, DatabaseSettings, HealthSettings, Settings
from bot.verbs.run import run_until_stopped
from tests.crash.clock import TownClock
from tests.crash.far import FarAdapter


def adapter_of(platform: str, address: str, core: Core) -> Adapter:
    if platform == "discord":
        from discord.http import Route  # noqa: PLC0415

        from adapters.discord.adapter import DiscordAdapter  # noqa: PLC0415
        from adapters.discord.settings import DiscordSettings  # noqa: PLC0415
        from tests.adapters.discord.probe import FAST  # noqa: PLC0415
        from tests.servers.discord.world import TOKEN  # noqa: PLC0415

        Route.BASE = address
        return DiscordAdapter(DiscordSettings(TOKEN), core, None, FAST)
    if platform in ("slack", "slack-http"):
        from adapters.slack.adapter import SlackAdapter  # noqa: PLC0415
        from tests.adapters.slack.conftest import HTTP, SOCKET, TIMING  # noqa: PLC0415

        listening = msgspec.structs.replace(HTTP, listen=os.environ.get("TOWN_SLACK_LISTEN", HTTP.listen))
        settings = SOCKET if platform == "slack" else listening
        return SlackAdapter(settings, core, timing=TIMING, api_url=address)
    return FarAdapter(address, core)


async def main(url: str, platform: str, address: str, lease: str, folder: str) -> None:
    copies = BackupSettings(os.environ.get("TOWN_COPIES", ""))
    health = HealthSettings(os.environ.get("TOWN_LISTEN", ""))
    settings = Settings(database=DatabaseSettings(url), backup=copies, health=health)
    async with app.opened(settings, GuardedClock(TownClock(Path(folder)))) as running:
        running.serve(adapter_of(platform, address, running.core), lease=float(lease))
        await run_until_stopped(running)


if __name__ == "__main__":
    log.configure("info", "console")
    asyncio.run(main(*sys.argv[1:]))
