"""The way in which people want to be reminded, and direct messages to them that were refused."""

from bot.chat.delivery import UserAddress
from bot.domain.reminder import ReminderChoice, ReminderRoute
from bot.store.tx import Tx


def find_choice(tx: Tx, person_id: int) -> ReminderChoice | None:
    """Return what the person has chosen; None if they never asked for any."""
    row = tx.one(
        'SELECT how, group_id, platform, team, "user", fresh_run FROM reminders WHERE person_id = :id',
        id=person_id,
    )
    if row is None:
        return None
    how, *rest = row
    return ReminderChoice(ReminderRoute(how), *rest)


def save_choice(tx: Tx, person_id: int, choice: ReminderChoice) -> None:
    """Save what the person has chosen."""
    tx.run(
        """INSERT INTO reminders (person_id, how, group_id, platform, team, "user", fresh_run)
           VALUES (:id, :how, :group, :platform, :team, :user, :fresh)
           ON CONFLICT (person_id) DO UPDATE SET how = excluded.how, group_id = excluded.group_id,
               platform = excluded.platform, team = excluded.team, "user" = excluded."user",
               fresh_run = excluded.fresh_run""",
        id=person_id,
        how=choice.how,
        group=choice.group_id,
        platform=choice.platform,
        team=choice.team,
        user=choice.user,
        fresh=choice.fresh_run,
    )


def refuse_direct(tx: Tx, person_id: int, to: UserAddress) -> None:
    """Save that the person's platform let no direct message through, also of somebody who asked for one alone."""
    tx.run(
        """INSERT INTO reminders (person_id, how, platform, team, "user", is_refused)
           VALUES (:id, 'off', :platform, :team, :user, TRUE)
           ON CONFLICT (person_id) DO UPDATE SET is_refused = TRUE""",
        id=person_id,
        platform=to.platform,
        team=to.team,
        user=to.user,
    )


def is_direct_refused(tx: Tx, person_id: int) -> bool:
    """Return True if a direct message was refused and the person has not been told since."""
    return tx.one("SELECT 1 FROM reminders WHERE person_id = :id AND is_refused", id=person_id) is not None


def tell_refused(tx: Tx, person_id: int) -> bool:
    """Return True if the person is to be told now that a direct message was refused; save that they know."""
    sql = "UPDATE reminders SET is_refused = FALSE WHERE person_id = :id AND is_refused"
    return tx.run(sql, id=person_id) > 0


def list_reminded_in(tx: Tx, group_id: int) -> list[int]:
    """Return the ids of those who chose to be reminded in the channel of a group."""
    rows = tx.all("SELECT person_id FROM reminders WHERE group_id = :id AND how = 'channel'", id=group_id)
    return [person_id for (person_id,) in rows]
