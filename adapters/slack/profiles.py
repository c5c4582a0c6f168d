"""Who a member is, as Slack says it: name, zone, and what they may do. Kept for ten minutes, and never in the way.

A profile that cannot be had in time is made up from what the payload says; once it is known, the core is told.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from adapters.slack import limits
from adapters.slack.incoming import PLATFORM
from bot.chat.events import Event, ProfileChanged
from bot.chat.request import User
from bot.domain.names import clean_name
from bot.domain.zones import zone_names

log = logging.getLogger(__name__)

Ask = Callable[[str, str], Awaitable[Mapping[str, Any]]]
"""Team and user to the `user` object of users.info; raises where it cannot be had."""
Tell = Callable[[Event], Awaitable[None]]
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """A profile and until when it is fresh."""

    user: User
    until: float


class Profiles:
    """The profiles of members who spoke lately."""

    def __init__(
        self,
        ask: Ask,
        tell: Tell,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        within: float = limits.PROFILE_WITHIN,
    ) -> None:
        self._ask = ask
        self._tell = tell
        self._monotonic = monotonic
        self._within = within
        self._known: OrderedDict[Key, Known] = OrderedDict()
        self._asking: dict[Key, asyncio.Task[User | None]] = {}
        self._made_up: set[Key] = set()

    async def of(self, team: str, user: str, name: str = "") -> User:
        """The member; at worst what was known before, or the bare name without zone and rights."""
        known = self._known.get((team, user))
        if known is not None and self._monotonic() < known.until:
            return known.user
        found = await self._asked(team, user)
        if found is not None:
            return found
        if known is not None:
            return known.user
        self._made_up.add((team, user))
        return User(PLATFORM, team, user, clean_name(name or user))

    async def changed(self, team: str, profile: Mapping[str, Any]) -> None:
        """Take in what `user_change` says; the core hears of it if the member is known to be one."""
        user = user_of(team, profile)
        self._keep((team, user.id), user)
        await self._tell(ProfileChanged(user))

    def forget_team(self, team: str) -> None:
        """Nothing of a workspace that has left is kept."""
        for key in [key for key in self._known if key[0] == team]:
            del self._known[key]

    async def close(self) -> None:
        """Stop asking."""
        tasks = list(self._asking.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _asked(self, team: str, user: str) -> User | None:
        """Ask once, however many wait for it; the asking goes on when nobody waits any more."""
        key = (team, user)
        task = self._asking.get(key)
        if task is None:
            task = self._asking[key] = asyncio.create_task(self._fetch(team, user), name=f"profile {user}")
        done, _ = await asyncio.wait({task}, timeout=self._within)
        return task.result() if done else None

    async def _fetch(self, team: str, user: str) -> User | None:
        key = (team, user)
        try:
            found = user_of(team, await self._ask(team, user))
        except Exception as error:  # noqa: BLE001 - whatever it is, the command must go on
            log.warning("no profile", extra={"team": team, "user": user, "error": repr(error)})
            return None
        finally:
            self._asking.pop(key, None)
        before = self._known.get(key)
        self._keep(key, found)
        is_news = key in self._made_up or (before is not None and before.user != found)
        self._made_up.discard(key)
        if is_news:
            await self._tell(ProfileChanged(found))
        return found

    def _keep(self, key: Key, user: User) -> None:
        self._known[key] = Known(user, self._monotonic() + limits.PROFILE_KEPT)
        self._known.move_to_end(key)
        while len(self._known) > limits.PROFILES:
            self._known.popitem(last=False)


def user_of(team: str, profile: Mapping[str, Any]) -> User:
    """The member that a `user` object of Slack describes."""
    shown = profile.get("profile") or {}
    names = (shown.get("display_name"), shown.get("real_name"), profile.get("real_name"), profile.get("name"))
    name = next((str(name) for name in names if name and str(name).strip()), str(profile.get("id") or ""))
    is_guest = any(profile.get(key) for key in ("is_restricted", "is_ultra_restricted", "is_bot", "is_stranger"))
    return User(
        PLATFORM,
        team,
        str(profile.get("id") or ""),
        clean_name(name),
        zone_of(profile),
        may_organise=not is_guest and bool(profile.get("is_admin") or profile.get("is_owner")),
        may_start=not is_guest and not profile.get("deleted"),
    )


def zone_of(profile: Mapping[str, Any]) -> str | None:
    """The name of the zone, never its offset: only the name knows when the clocks change."""
    zone = str(profile.get("tz") or "")
    return zone if zone in zone_names() else None
