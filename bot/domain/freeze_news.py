"""Freezes that were spent and of which their person does not know yet (product rules, "Weeks")."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.streak import Judged, WeekState


class FreezeNews(NamedTuple):
    """The weeks that freezes have saved since the person was told last, and the first week missed after them, if any.

    `spent` counts all that were ever spent, to be saved once this is told.
    """

    saved: tuple[Judged, ...]
    missed: Judged | None
    spent: int


def find_freeze_news(weeks: Sequence[Judged], told: int) -> FreezeNews | None:
    """Return what is to be told of all `weeks` from the first one; None where all that was spent was `told`."""
    frozen = [judged for judged in weeks if judged.state is WeekState.FROZEN]
    saved = tuple(frozen[told:])
    if not saved:
        return None
    since = (judged for judged in weeks if judged.week > saved[-1].week)
    missed = next((judged for judged in since if judged.state is WeekState.MISSED), None)
    return FreezeNews(saved, missed, len(frozen))
