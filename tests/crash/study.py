"""Members who go on checking in whatever becomes of the processes, and what must be true of them afterwards."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from itertools import count

from bot.store.outbox import EXPIRED
from tests.crash.far import Far
from tests.crash.town import Town
from tests.waiting import eventually

WAITING_AT_ONCE = 8
"""Members who have asked and have no answer yet."""

MINUTES = range(5, 35)
"""Those of a member's check-ins: together not so many that the bot asks whether they are meant."""

SECONDS_BETWEEN = 0.05
"""Between two check-ins: so fast a machine has no more to do than it can."""

PATIENCE = 300.0
REFUSED, UNKNOWN = "Not saved", "I lost my database"
"""Beginnings of answers that do not say that a check-in was kept."""

KEPT = "[Undo]"
"""What each answer to a check-in holds that was kept."""


@dataclass
class Study:
    """Each check-in has a member and minutes of its own; who hears "Not saved, try again" does so."""

    far: Far
    asked: dict[str, tuple[str, int]] = field(default_factory=dict)

    async def go_on(self) -> None:
        """Check in until cancelled, the next hundred members when the first have used up their minutes."""
        for hundred, minutes in ((h, m) for h in count() for m in MINUTES):
            for person in range(100):
                member = f"member{100 * hundred + person}"
                await self._ask(f"{member}-{minutes}", member, minutes)
                for request_id in self._list_refused():
                    await self._ask(f"{request_id}+", *self.asked[request_id])
                await eventually(lambda: len(self.far.unanswered) < WAITING_AT_ONCE, PATIENCE)
                await asyncio.sleep(SECONDS_BETWEEN)

    def check(self, town: Town) -> None:
        """Compare what members were answered, and what stands on the platform, with the database."""
        rows = town.rows("SELECT p.name, c.minutes FROM checkins c JOIN people p ON p.id = c.person_id")
        kept = Counter((str(name), int(minutes)) for name, minutes in rows if str(name).startswith("Member"))
        for member, minutes in dict.fromkeys(self.asked.values()):
            least, most = self._count_expected(member, minutes)
            times = kept.pop((member.capitalize(), minutes), 0)
            assert least <= times <= most, (times, self._tell(member, minutes), town.output)
        assert not kept, kept
        assert set(town.rows("SELECT DISTINCT state FROM outbox WHERE edits IS NULL")) == {("sent",)}
        fates = set(town.rows("SELECT DISTINCT state, reason FROM outbox WHERE state <> 'sent'"))
        assert fates <= {("dropped", EXPIRED)}
        assert Counter(key for key, _, _ in self.far.posts) == Counter(town.expected_posts())
        assert town.rows("SELECT count(*) FROM lines") == town.rows("SELECT count(*) FROM checkins")

    def count(self) -> dict[str, int]:
        """Return how many check-ins were answered, and how."""
        return Counter(
            next((word for word in (REFUSED, UNKNOWN) if text.startswith(word)), "kept")
            for text in self.far.answers.values()
        )

    async def _ask(self, request_id: str, member: str, minutes: int) -> None:
        self.asked[request_id] = (member, minutes)
        await self.far.ask(request_id, member, f"checkin {minutes}m")

    def _list_refused(self) -> list[str]:
        """Return the requests that are to be made again: refused, and in no other process's hands."""
        return [
            request_id
            for request_id in self.asked
            if self.far.answers.get(request_id, "").startswith(REFUSED)
            and self.far.deliveries[request_id] == 1
            and f"{request_id}+" not in self.asked
        ]

    def _tell(self, member: str, minutes: int) -> list[tuple[str, int, str]]:
        """Return the requests for a check-in, how often each went to a process, and what was answered."""
        ids = [request_id for request_id, asked in self.asked.items() if asked == (member, minutes)]
        return [(each, self.far.deliveries[each], self.far.answers.get(each, "")) for each in ids]

    def _count_expected(self, member: str, minutes: int) -> tuple[int, int]:
        """Return how often a check-in may be there, at least and at most."""
        told = self._tell(member, minutes)
        if any(KEPT in text for _, _, text in told):
            return 1, 1
        assert all(text.startswith((REFUSED, UNKNOWN)) for _, _, text in told), told
        is_sure = all(text.startswith(REFUSED) and deliveries == 1 for _, deliveries, text in told)
        return 0, 0 if is_sure else 1


async def ended(studying: "asyncio.Task[None]") -> None:
    """End the studying; what was asked is still answered."""
    studying.cancel()
    await asyncio.wait([studying])
    assert studying.cancelled(), studying
