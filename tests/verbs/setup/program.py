"""The real program, which takes the local Discord and Slack of the tests for the real ones.

python -m tests.verbs.setup.program DISCORD SLACK WORD …
"""

import sys

from bot.cli import main


def redirect(discord_base: str, slack_api: str) -> None:
    from discord.http import Route  # noqa: PLC0415 - as the program itself imports it
    from slack_sdk.web.async_client import AsyncWebClient  # noqa: PLC0415

    Route.BASE = discord_base
    AsyncWebClient.BASE_URL = slack_api


if __name__ == "__main__":
    redirect(*sys.argv[1:3])
    sys.argv[0] = "tenhours"
    main(sys.argv[3:])
