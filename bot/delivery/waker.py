"""Waking groups that sleep: nobody has to, once anything shows that their channel can be posted to again.

The platform is asked when a connection stands (a new token, a reinstalled app), when somebody speaks in the channel
(a command typed there), when the bot was added to the server, and every ten minutes (a channel that was unarchived, of
which not every platform tells); of one that stays closed ever more rarely, down to once a day.
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
from bot.store.tx import Tx

log = logging.getLogger(__name__)
LOOK_SECONDS = 1.0
"""Between two looks whether there is anything to ask for; a connection that comes back is noticed by them."""

ASK_SECONDS = 600.0
LONGEST_ASK_SECONDS = 86_400.0
"""Between two questions about a group that sleeps: the first pause, which doubles, and the longest."""

NOTICED_SECONDS = 30.0
"""Between two questions about a group from whose channel something is heard."""

MOST_ASKED = 50
"""Groups that are asked about at once."""

MOST_NOTICED = 1_000
"""Places that are remembered until they are asked about."""

Place = tuple[str, str | None]
"""Team and channel; None for all channels of the team."""


class Waker:
    """Wakes the groups of one platform: those from which this process hears something and, in rounds, all others.

    `makes_rounds` tells whether the rounds are this process's to make.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        adapter: Adapter,
        *,
        committed: Callable[[], None] = lambda: None,
        makes_rounds: Callable[[], bool] = lambda: True,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._clock = clock
        self._adapter = adapter
        self._committed = committed
        self._makes_rounds = makes_rounds
        self._monotonic = monotonic
        self._noticed: set[Place] = set()
        self._asked: dict[int, tuple[float, float]] = {}
        """By group that stays asleep when it was asked about last, and the pause after that."""

        self._next_round_at = 0.0

    def notice(self, where: Channel | Server) -> None:
        """Ask soon about the group of a channel, or about all of a server: something was heard from there."""
        if len(self._noticed) < MOST_NOTICED:
            self._noticed.add((where.team, where.id if isinstance(where, Channel) else None))

    async def run(self) -> None:
        """Wake groups until cancelled."""
        while True:
            if not self._adapter.health().is_ready:
                self._asked.clear()
                self._next_round_at = 0.0
            elif self._noticed or self._is_round_due():
                await self._look()
            await asyncio.sleep(LOOK_SECONDS)

    async def _look(self) -> None:
        """Ask about groups that sleep: those from which something was heard and, where it is time, all others."""
        noticed, self._noticed = self._noticed, set()
        is_round = self._is_round_due()
        try:
            platform, teams = self._adapter.name, None if is_round else {team for team, _ in noticed}
            sleepers = await self._store.read(lambda tx: groups.list_sleeping(tx, platform, teams))
            due = [group for group in sleepers if self._is_due(group, noticed)]
            self._noticed |= {place for group in sleepers if group not in due for place in _places(group) & noticed}
            if is_round and len(due) <= MOST_ASKED:
                self._next_round_at = self._monotonic() + ASK_SECONDS
            if due:
                await self._ask(due[:MOST_ASKED])
        except NotSaved as error:
            log.warning("groups are not woken yet", extra={"platform": self._adapter.name, "error": str(error)})
        except Exception:
            log.exception("groups that sleep could not be asked about", extra={"platform": self._adapter.name})

    def _is_round_due(self) -> bool:
        return self._makes_rounds() and self._monotonic() >= self._next_round_at

    def _is_due(self, group: Group, noticed: set[Place]) -> bool:
        asked_at, pause = self._asked.get(group.id, (0.0, 0.0))
        if _places(group) & noticed:
            pause = min(pause, NOTICED_SECONDS)
        return self._monotonic() - asked_at >= pause

    async def _ask(self, asked: list[Group]) -> None:
        """Ask the platform about groups, and wake those whose channel is open."""
        places = {group_posts.address(group): group for group in asked}
        for group in asked:
            _, pause = self._asked.get(group.id, (0.0, ASK_SECONDS / 2))
            self._asked[group.id] = self._monotonic(), min(2 * pause, LONGEST_ASK_SECONDS)
        access = await self._adapter.find_access(list(places))
        await self._wake([places[place] for place, found in access.items() if not found.obstacle])

    async def _wake(self, closed: list[Group]) -> None:
        if not closed:
            return
        now, ids = self._clock.now(), [group.id for group in closed]

        def unit(tx: Tx) -> None:
            for group in groups.get_many(tx, ids).values():
                sleeping.wake(tx, group, now)

        await self._store.write(unit)
        for group_id in ids:
            self._asked.pop(group_id, None)
        self._committed()
        log.info("groups are awake again", extra={"platform": self._adapter.name, "groups": ids})


def _places(group: Group) -> set[Place]:
    """Return the places from which something is heard of a group: its channel, and its server as a whole."""
    return {(group.team, group.channel), (group.team, None)}
