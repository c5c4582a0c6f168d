"""What decides whether somebody is reminded, read in one statement: thousands fall due at one instant."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.reminder import How
from bot.domain.week import Week
from bot.store.boards import GOAL
from bot.store.personal import Reminders
from bot.store.rows import instant
from bot.store.sqlite import Tx

FACTS = f"""SELECT p.name, p.streak, r.how, r.group_id, r.platform, r.team, r."user", r.fresh_run, {GOAL},
    coalesce((SELECT minutes FROM weeks WHERE person_id = p.id AND monday = :last), 0),
    max(coalesce(p.last_checkin_at, 0),
        coalesce((SELECT max(joined_at) FROM members WHERE person_id = p.id AND left_at IS NULL), 0)),
    EXISTS (SELECT 1 FROM pauses WHERE person_id = p.id AND until_day >= :today AND from_day <= :today)
    FROM people p JOIN reminders r ON r.person_id = p.id WHERE p.id = :id AND r.how <> 'off'"""


@dataclass(frozen=True, slots=True)
class Reminded:
    """Somebody who wants reminders, in their current week. `seen_at` is when they last joined or checked in."""

    person_id: int
    name: str
    streak: int
    chosen: Reminders
    goal: int
    minutes: int
    seen_at: datetime
    is_away: bool

    @property
    def missing(self) -> int:
        """Minutes still to go this week."""
        return max(0, self.goal - self.minutes)


def find(tx: Tx, person_id: int, today: date) -> Reminded | None:
    """Somebody on their local `today`; None where they want no reminders. Their weeks must have been closed by now."""
    row = tx.one(FACTS, id=person_id, last=Week.of(today).monday.isoformat(), today=today.isoformat())
    if row is None:
        return None
    chosen = Reminders(How(row[2]), row[3], row[4], row[5], row[6], row[7])
    return Reminded(person_id, row[0], row[1], chosen, row[8], row[9], instant(row[10]), bool(row[11]))
