"""Tokens and permissions, asked of the platforms themselves."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import cast

from bot.adapter import Access, Adapter, Core, Memory
from bot.adapter.installed import plugin_of
from bot.adapter.pages import Pages
from bot.chat.command import Spec
from bot.chat.events import Event
from bot.chat.form import Choice
from bot.chat.request import Answer, CommandRequest, Request, Server, User
from bot.checkup import configuration
from bot.checkup.line import Level, Line, counted, of_finding, warning, well, worst, wrong
from bot.clock import Clock
from bot.commands.registry import list_specs
from bot.config import Settings
from bot.delivery import group_posts
from bot.domain.group import Group
from bot.errors import Misconfigured, TenHoursError
from bot.location import Location
from bot.store import groups, inspection, key_values

ANSWER_TIMEOUT_SECONDS = 10.0
MOST_NAMED = 10
"""Groups that are named with their channels where all is well."""

MOST_CHANNELS = 40
"""Channels that are asked about: Slack answers fifty such questions a minute."""


class Onlooker:
    """A core for adapters that are only asked how they are: it knows what was remembered, and does nothing."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._clock = clock
        self.commands: Sequence[Spec] = tuple(list_specs(has_pages=bool(settings.pages_url)).values())
        self.memory: Memory = ReadOnlyMemory(settings.database.location)

    @property
    def pages(self) -> Pages:
        """Raise `NotImplementedError`: nothing is served."""
        raise NotImplementedError("nothing is served")

    async def look(self, requests: Sequence[CommandRequest]) -> Sequence[Answer]:
        """Raise `NotImplementedError`: nothing is served."""
        raise NotImplementedError(requests)

    def now(self) -> datetime:
        """Return the current instant in UTC."""
        return self._clock.now()

    def may_post(self, platform: str) -> bool:
        """Return False: nothing is served."""
        del platform
        return False

    async def handle(self, request: Request) -> Answer:
        """Raise `NotImplementedError`: nothing is served."""
        raise NotImplementedError(request.id)

    async def draft(self, user: User, command: str, options: dict[str, str]) -> str:
        """Raise `NotImplementedError`: nothing is served."""
        raise NotImplementedError(user, command, options)

    async def suggest(self, request: CommandRequest, option: str, typed: str) -> list[Choice]:
        """Raise `NotImplementedError`: nothing is served."""
        raise NotImplementedError(request.id, option, typed)

    async def list_group_channels(self, server: Server) -> Sequence[str]:
        """Raise `NotImplementedError`: nothing is served."""
        raise NotImplementedError(server)

    async def list_group_members(self, server: Server) -> Sequence[str]:
        """Raise `NotImplementedError`: nothing is served."""
        raise NotImplementedError(server)

    async def happened(self, event: Event) -> None:
        """Do nothing: events are for the program that serves."""


class ReadOnlyMemory:
    """What adapters have remembered so far; nothing is added and nothing forgotten."""

    def __init__(self, location: Location) -> None:
        self._location = location

    async def recall(self, key: str) -> str | None:
        """Return what was remembered under `key`; None for nothing, and where the database cannot be read."""
        try:
            with inspection.open_snapshot(self._location) as tx:
                return key_values.find(tx, key)
        except inspection.UNREADABLE:
            return None

    async def remember(self, key: str, value: str) -> None:
        """Do nothing: a look changes nothing."""

    async def forget(self, key: str) -> None:
        """Do nothing: a look changes nothing."""

    async def take_turn(self, key: str, seconds: float) -> float:
        """Return 0: a look takes no turn."""
        del key, seconds
        return 0.0

    async def list_keys(self, prefix: str) -> list[str]:
        """Return the keys that begin with `prefix`; none where the database cannot be read."""
        try:
            with inspection.open_snapshot(self._location) as tx:
                return key_values.list_keys(tx, prefix)
        except inspection.UNREADABLE:
            return []


async def look(settings: Settings, clock: Clock, names: Sequence[str], *, is_local: bool = False) -> list[Line]:
    """Ask each platform that is named, all at the same time; `is_local` only looks at what their adapters need."""
    core = Onlooker(settings, clock)
    lines = await asyncio.gather(*(_ask(name, settings, core, is_local=is_local) for name in names))
    return [line for of_platform in lines for line in of_platform]


async def try_settings(settings: Settings, clock: Clock) -> list[Line]:
    """Return a line for each adapter that does not take its settings, and for each token that is refused.

    A platform that does not answer refuses nothing.
    """
    names = [*settings.adapters(), *settings.asking_adapters()]
    core = Onlooker(settings, clock)
    refusals = await asyncio.gather(*(_try(name, settings, core) for name in names))
    return [
        wrong(configuration.SUBJECT, refusal.rstrip("."), configuration.WHAT_TO_DO) for refusal in refusals if refusal
    ]


async def _try(name: str, settings: Settings, core: Core) -> str:
    """Return why settings of a platform are refused; "" where they are not."""
    plugin = plugin_of(name)
    section = settings.section(name, plugin.settings)
    try:
        plugin.create(section, core)
        if plugin.setup is not None:
            async with asyncio.timeout(ANSWER_TIMEOUT_SECONDS):
                await plugin.setup(core.commands).identify(section)
    except Misconfigured as error:
        return str(error)
    except (TenHoursError, TimeoutError):
        return ""
    return ""


async def _look_at_channels(adapter: Adapter, location: Location) -> list[Line]:
    """Ask about the channel of each group, at most of `MOST_CHANNELS`, whether it can be posted to."""
    all_groups = _list_groups(location, adapter.name)
    places = {group_posts.address(group): group for group in all_groups[:MOST_CHANNELS]}
    if not places:
        return []
    try:
        async with asyncio.timeout(ANSWER_TIMEOUT_SECONDS):
            access = await adapter.find_access(list(places))
    except TimeoutError:
        access = {}
    lines = [line for place, found in access.items() for line in _tell_access(places[place], found)]
    can_post = [_name_place(places[place], found) for place, found in access.items() if not found.obstacle]
    asked = f"of {counted(len(all_groups), 'group')}, " if len(all_groups) > len(access) else ""
    named = ", ".join(can_post[:MOST_NAMED]) + (
        f" and {len(can_post) - MOST_NAMED} more" if can_post[MOST_NAMED:] else ""
    )
    words = f"{asked}I can post in {counted(len(can_post), 'channel')}{': ' if named else ''}{named}"
    return [*lines, well(f"{adapter.name} groups", words)]


def _name_place(group: Group, access: Access) -> str:
    """Return “Study hall in #general”, or the group alone where the channel's name is not known."""
    return f"{group.name} in {access.place}" if access.place else group.name


def _list_groups(location: Location, platform: str) -> list[Group]:
    try:
        with inspection.open_snapshot(location) as tx:
            return groups.list_of_platform(tx, platform)
    except inspection.UNREADABLE:
        return []


def _tell_access(group: Group, access: Access) -> list[Line]:
    subject = f"{group.platform} groups"
    if access.obstacle:
        what_to_do = (
            "fix that, and posts go out again by themselves; or move the group to another channel with /group move"
        )
        return [wrong(subject, f"I can't post for {group.name}: {access.obstacle}", what_to_do)]
    if access.shortage:
        return [warning(subject, f"{group.name}: {access.shortage}", "allow it in the channel's settings")]
    return []


async def _ask(name: str, settings: Settings, core: Core, *, is_local: bool) -> list[Line]:
    try:
        plugin = plugin_of(name)
        adapter = plugin.create(settings.section(name, plugin.settings), core)
        if is_local:
            return []
        async with asyncio.timeout(ANSWER_TIMEOUT_SECONDS):
            lines = [of_finding(finding) for finding in await adapter.check()]
        is_reached = worst(lines) is not Level.WRONG
        if not is_reached or name in settings.asking_adapters():
            return lines
        return [*lines, *(await _look_at_channels(cast(Adapter, adapter), settings.database.location))]
    except TimeoutError:
        return [wrong(name, f"did not answer within {ANSWER_TIMEOUT_SECONDS:g} s", "check the network")]
    except TenHoursError as error:
        return [wrong(name, str(error).rstrip("."), f"fix it in the section [{name}] of the settings")]
    except Exception as error:  # noqa: BLE001 - an adapter of another package may raise anything; it is one line here
        return [wrong(name, f"couldn't be checked: {type(error).__name__}", "run `tenhours run` and read its log")]
