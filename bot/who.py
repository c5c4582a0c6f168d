"""People as they are named on the command line: a console name, `discord:ID`, `slack:TEAM:ID`."""

from collections.abc import Mapping
from typing import Any

from bot.adapter.plugin import Plugin
from bot.chat.request import User
from bot.domain.names import clean_name
from bot.errors import Refused

CONSOLE = "console"
"""The platform whose people need no more than their names."""

SHOWN_LENGTH = 60


def read_who(who: str, plugins: Mapping[str, Plugin[Any]]) -> User:
    """Return the person that `who` means, on one of the platforms of `plugins`. Raises `Refused` for anything else."""
    platform, colon, address = who.partition(":")
    if not colon and who.strip():
        shown = clean_name(who)
        return User(CONSOLE, "", shown.casefold(), shown)
    if platform in plugins and platform != CONSOLE and plugins[platform].has_people:
        has_teams = plugins[platform].has_teams
        team, _, user = address.partition(":") if has_teams else ("", "", address)
        if user and bool(team) is has_teams:
            return User(platform, team, user, user)
    raise Refused(
        f"I can't tell who “{who[:SHOWN_LENGTH]}” is. Name them as {list_ways('a console name', plugins)}.", "ada"
    )


def list_ways(name: str, plugins: Mapping[str, Plugin[Any]]) -> str:
    """Return all ways to name a person, beginning with that of the console: `NAME, discord:ID or slack:TEAM:ID`."""
    of_platforms = [
        f"{platform}:TEAM:ID" if plugin.has_teams else f"{platform}:ID"
        for platform, plugin in plugins.items()
        if platform != CONSOLE and plugin.has_people
    ]
    *others, last = name, *of_platforms
    return f"{', '.join(others)} or {last}" if others else last
