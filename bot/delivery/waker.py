"""Waking groups that sleep: nobody has to, once anything shows that their channel can be posted to again.

The platform is asked when a connection stands (a new token, a reinstalled app), when somebody speaks in the channel
(a command typed there), when the bot was added to the server, and every ten minutes (a channel that was unarchived, of
which not every platform tells).
"""

import asyncio
import logging
import time
from collections.abc import Callable

from bot.adapter import Adapter
from bot.chat.request import Channel, Server
from bot.clock import Clock
from bot.delivery import group_posts
from bot.domain.group import Group
from bot.errors import NotSaved
from bot.store import groups, sleeping
from bot.store.database import Store
from bot.store.sqlite import Tx

log = logging.getLogger(__name__)
LOOK_SECONDS = 1.0
"""Between two looks whether there is anything to ask for; a connection that comes back is noticed by them."""

ASK_SECONDS = 600.0
"""Between two questions about all groups that sleep."""

MOST_NOTICED = 1_000
"""Places that are remembered until the next look; those beyond it wait for the next question about all."""

Place = tuple[str, str | None]
"""Team and channel; None for all channels of the team."""


class Waker:
    """Wakes the groups of one platform."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        adapter: Adapter,
        *,
        committed: Callable[[], None] = lambda: None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._clock = clock
        self._adapter = adapter
        self._committed = committed
        self._monotonic = monotonic
        self._noticed: set[Place] = set()

    def notice(self, where: Channel | Server) -> None:
        """Ask soon about the group of a channel, or about all of a server: something was heard from there."""
        if len(self._noticed) < MOST_NOTICED:
            self._noticed.add((where.team, where.id if isinstance(where, Channel) else None))

    async def run(self) -> None:
        """Wake groups until cancelled."""
        asked_at: float | None = None
        while True:
            if not self._adapter.health().is_ready:
                asked_at = None
            elif asked_at is None or self._monotonic() - asked_at >= ASK_SECONDS:
                asked_at = self._monotonic()
                self._noticed.clear()
                await self._ask(None)
            elif self._noticed:
                noticed, self._noticed = self._noticed, set()
                await self._ask(noticed)
            await asyncio.sleep(LOOK_SECONDS)

    async def _ask(self, noticed: set[Place] | None) -> None:
        """Ask the platform about the groups that sleep in the places that were noticed (None: everywhere)."""
        platform = self._adapter.name
        teams = None if noticed is None else {team for team, _ in noticed}
        sleepers = await self._store.read(lambda tx: groups.list_sleeping(tx, platform, teams))
        places = {group_posts.address(group): group for group in sleepers if noticed is None or _is_in(group, noticed)}
        if not places:
            return
        try:
            access = await self._adapter.find_access(list(places))
            await self._wake([places[place] for place, found in access.items() if not found.obstacle])
        except NotSaved as error:
            log.warning("groups are not woken yet", extra={"platform": platform, "error": str(error)})
        except Exception:
            log.exception("groups that sleep could not be asked about", extra={"platform": platform})

    async def _wake(self, asked: list[Group]) -> None:
        if not asked:
            return
        now, ids = self._clock.now(), [group.id for group in asked]

        def unit(tx: Tx) -> None:
            for group in groups.get_many(tx, ids).values():
                sleeping.wake(tx, group, now)

        await self._store.write(unit)
        self._committed()
        log.info("groups are awake again", extra={"platform": self._adapter.name, "groups": ids})


def _is_in(group: Group, noticed: set[Place]) -> bool:
    return (group.team, group.channel) in noticed or (group.team, None) in noticed
