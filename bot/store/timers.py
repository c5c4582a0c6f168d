"""The timer that a person lets run while they study."""

from datetime import datetime

from bot.domain.timer import Timer
from bot.store.rows import instant, ms
from bot.store.tx import Tx


def find_running(tx: Tx, person_id: int) -> Timer | None:
    """Return the timer that runs; None where none does."""
    row = tx.one("SELECT started_at, area FROM timers WHERE person_id = :id", id=person_id)
    if row is None:
        return None
    started_at, area = row
    return Timer(instant(started_at), area)


def start(tx: Tx, person_id: int, area: str | None, now: datetime) -> bool:
    """Start a timer. Return False where one runs already."""
    return (
        tx.run(
            "INSERT INTO timers (person_id, started_at, area) VALUES (:id, :now, :area) ON CONFLICT DO NOTHING",
            id=person_id,
            now=ms(now),
            area=area,
        )
        > 0
    )


def stop(tx: Tx, person_id: int) -> None:
    """Delete the timer that runs."""
    tx.run("DELETE FROM timers WHERE person_id = :id", id=person_id)
