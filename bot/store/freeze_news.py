"""Freezes that were spent and of which their person does not know yet: finding them, and saving that they are told."""

from datetime import datetime

from bot.domain.freeze_news import FreezeNews, find_freeze_news
from bot.domain.progress import Progress
from bot.store import progress as stored_progress
from bot.store.tx import Tx


def find(tx: Tx, progress: Progress, now: datetime) -> FreezeNews | None:
    """Return what the person is to be told; None where they know of all, for which no week is judged anew."""
    told = progress.person.freezes_told
    if progress.tally.spent <= told:
        return None
    return find_freeze_news(stored_progress.judge_history(tx, progress.person.id, now), told)


def save_told(tx: Tx, person_id: int, spent: int) -> None:
    """Save of how many spent freezes the person knows."""
    tx.run("UPDATE people SET freezes_told = :spent WHERE id = :id", id=person_id, spent=spent)


def forget_newest(tx: Tx, person_id: int) -> None:
    """Let the newest spent freeze be told again: what told of it has not come through."""
    tx.run("UPDATE people SET freezes_told = freezes_told - 1 WHERE id = :id AND freezes_told > 0", id=person_id)
