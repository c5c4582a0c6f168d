"""What each person chose about partners, whether they wait for one, and a word that their next card brings them.

`is_active` says that a card may have something to say at all: it is read with each check-in, and nothing else is where
it is not set.
"""

from bot.domain.partner import PartnerNews, PartnerSettings
from bot.store.tx import LISTED, Tx, listed


def find(tx: Tx, person_id: int) -> PartnerSettings:
    """Return what a person chose."""
    row = tx.one(
        """SELECT takes_invitations, shows_days, in_results, waits_in, left_over FROM partner_settings
           WHERE person_id = :id""",
        id=person_id,
    )
    if row is None:
        return PartnerSettings()
    takes, days, results, waits_in, left_over = row
    return PartnerSettings(bool(takes), bool(days), bool(results), waits_in, bool(left_over))


def save(tx: Tx, person_id: int, settings: PartnerSettings) -> None:
    """Save what a person chose."""
    tx.run(
        """INSERT INTO partner_settings (person_id, takes_invitations, shows_days, in_results, waits_in, left_over)
           VALUES (:id, :takes, :days, :results, :waits_in, :left_over)
           ON CONFLICT (person_id) DO UPDATE SET takes_invitations = excluded.takes_invitations,
               shows_days = excluded.shows_days, in_results = excluded.in_results, waits_in = excluded.waits_in,
               left_over = excluded.left_over""",
        id=person_id,
        takes=int(settings.takes_invitations),
        days=int(settings.shows_days),
        results=int(settings.in_results),
        waits_in=settings.waits_in,
        left_over=int(settings.is_left_over),
    )


def set_active(tx: Tx, person_id: int) -> None:
    """Let the person's cards look for something to say about partners."""
    tx.run(
        """INSERT INTO partner_settings (person_id, is_active) VALUES (:id, 1)
           ON CONFLICT (person_id) DO UPDATE SET is_active = 1""",
        id=person_id,
    )


def set_inactive(tx: Tx, person_id: int) -> None:
    """Let the person's cards look for nothing: there is no pair, invitation or word for them."""
    tx.run("UPDATE partner_settings SET is_active = 0 WHERE person_id = :id", id=person_id)


def tell(tx: Tx, person_id: int, news: PartnerNews, *, about: int | None = None, group_id: int | None = None) -> None:
    """Let the person's next card bring them a word, `about` somebody as a group calls them; a newer one replaces it."""
    set_active(tx, person_id)
    tx.run(
        "UPDATE partner_settings SET news = :news, news_about = :about, news_in = :group WHERE person_id = :id",
        id=person_id,
        news=news,
        about=about,
        group=group_id,
    )


def forget_news(tx: Tx, person_id: int) -> None:
    """Save that the person has been told."""
    tx.run("UPDATE partner_settings SET news = NULL WHERE person_id = :id", id=person_id)


def stop_waiting(tx: Tx, person_id: int) -> None:
    """Save that the person waits for nobody any more."""
    tx.run("UPDATE partner_settings SET waits_in = NULL, left_over = 0 WHERE person_id = :id", id=person_id)


def stop_waiting_in(tx: Tx, person_id: int, group_id: int) -> None:
    """Save that the person does not wait in a group any more."""
    tx.run(
        "UPDATE partner_settings SET waits_in = NULL, left_over = 0 WHERE person_id = :id AND waits_in = :group",
        id=person_id,
        group=group_id,
    )


def leave_over(tx: Tx, person_ids: list[int]) -> None:
    """Save that a Monday brought some people nobody: they come first on the next."""
    tx.run(f"UPDATE partner_settings SET left_over = 1 WHERE person_id IN {LISTED}", ids=listed(person_ids))
