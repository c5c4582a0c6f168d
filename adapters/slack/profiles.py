"""Members' profiles on Slack: name, zone, and what they may do. Cached for ten minutes, and never in the way.

A profile that cannot be had in time is made up from what the payload says; once it is known, the core is told.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from adapters.slack import limits
from adapters.slack.incoming import PLATFORM
from bot.adapter.bounded import BoundedDict
from bot.chat.events import Event, ProfileChanged
from bot.chat.request import User
from bot.domain.names import clean_name
from bot.domain.zones import zone_names

log = logging.getLogger(__name__)

Fetch = Callable[[str, str], Awaitable[Mapping[str, Any]]]
"""A function from team and user to the `user` object of users.info; it raises where that cannot be had."""
Report = Callable[[Event], Awaitable[None]]
Key = tuple[str, str]
"""Team and user."""


@dataclass(frozen=True, slots=True)
class CachedProfile:
    """A profile that is fresh until the clock reads `expires_at` (monotonic seconds)."""

    user: User
    expires_at: float


class Profiles:
    """The profiles of members who spoke lately."""

    def __init__(
        self,
        fetch: Fetch,
        report: Report,
        *,
        monotonic: Callable[[], float],
        timeout: float,
    ) -> None:
        self._fetch = fetch
        self._report = report
        self._monotonic = monotonic
        self._timeout = timeout
        self._cache: BoundedDict[Key, CachedProfile] = BoundedDict(limits.PROFILES_REMEMBERED)
        self._fetching: dict[Key, asyncio.Task[User | None]] = {}
        self._made_up: set[Key] = set()

    async def get(self, team: str, user: str, name: str = "") -> User:
        """Return the member; at worst as known before, or the bare name without zone and rights."""
        cached = self._cache.get((team, user))
        if cached is not None and self._monotonic() < cached.expires_at:
            return cached.user
        profile = await self._fetch_in_time(team, user)
        if profile is not None:
            return profile
        if cached is not None:
            return cached.user
        self._made_up.add((team, user))
        return User(PLATFORM, team, user, clean_name(name or user))

    async def update(self, team: str, profile: Mapping[str, Any]) -> None:
        """Take in what `user_change` says; the core hears of it if the member is known to be one."""
        user = read_user(team, profile)
        self._store((team, user.id), user)
        await self._report(ProfileChanged(user))

    def forget_team(self, team: str) -> None:
        """Forget all profiles of a workspace that has left."""
        for key in [key for key in self._cache if key[0] == team]:
            del self._cache[key]

    async def close(self) -> None:
        """Stop fetching."""
        tasks = list(self._fetching.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _fetch_in_time(self, team: str, user: str) -> User | None:
        """Fetch once, however many wait for it; it goes on when nobody waits any more. None where it takes too long."""
        key = (team, user)
        task = self._fetching.get(key)
        if task is None:
            task = self._fetching[key] = asyncio.create_task(self._fetch_user(team, user), name=f"profile {user}")
        done, _ = await asyncio.wait({task}, timeout=self._timeout)
        return task.result() if done else None

    async def _fetch_user(self, team: str, user: str) -> User | None:
        key = (team, user)
        try:
            profile = read_user(team, await self._fetch(team, user))
        except Exception as error:  # noqa: BLE001 - whatever it is, the command must go on
            log.warning("no profile", extra={"team": team, "user": user, "error": repr(error)})
            return None
        finally:
            self._fetching.pop(key, None)
        before = self._cache.get(key)
        self._store(key, profile)
        is_news = key in self._made_up or (before is not None and before.user != profile)
        self._made_up.discard(key)
        if is_news:
            await self._report(ProfileChanged(profile))
        return profile

    def _store(self, key: Key, user: User) -> None:
        self._cache[key] = CachedProfile(user, self._monotonic() + limits.PROFILE_LIFETIME_SECONDS)


def read_user(team: str, profile: Mapping[str, Any]) -> User:
    """Return the member that a `user` object of Slack describes."""
    shown = profile.get("profile") or {}
    names = (shown.get("display_name"), shown.get("real_name"), profile.get("real_name"), profile.get("name"))
    name = next((str(name) for name in names if name and str(name).strip()), str(profile.get("id") or ""))
    is_guest = any(profile.get(key) for key in ("is_restricted", "is_ultra_restricted", "is_bot", "is_stranger"))
    is_guest = is_guest or not _is_of_team(profile, team)
    return User(
        PLATFORM,
        team,
        str(profile.get("id") or ""),
        clean_name(name),
        _read_zone(profile),
        may_organise=not is_guest and bool(profile.get("is_admin") or profile.get("is_owner")),
        may_start=not is_guest and not profile.get("deleted"),
    )


def _is_of_team(profile: Mapping[str, Any], team: str) -> bool:
    """Return True for a member of the workspace itself; in a shared channel speak those of others, too.

    What a profile says of rights holds in the workspace that it is of.
    """
    teams = [str(profile.get("team_id") or team), *((profile.get("enterprise_user") or {}).get("teams") or ())]
    return team in teams


def _read_zone(profile: Mapping[str, Any]) -> str | None:
    """Return the name of the zone, never its offset: only the name knows when the clocks change."""
    zone = str(profile.get("tz") or "")
    return zone if zone in zone_names() else None
