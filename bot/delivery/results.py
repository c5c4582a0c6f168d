"""The results of a week as posts, of many groups at once."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.chat.card import Card
from bot.domain.group import Group
from bot.domain.reminder import ReminderKind
from bot.domain.week import Week
from bot.store import results as stored_results
from bot.store import results_members
from bot.store.tx import Tx
from bot.views import results as view


class DrawnResults(NamedTuple):
    """The results of a group as they are now, whom they name among those who kept the week, and whom they quote."""

    card: Card
    named: set[int]
    quoted: int | None


def key(group_id: int, week: Week) -> str:
    """Return the key of a group's results: `results/7/2026-W34`."""
    return f"{ReminderKind.RESULTS}/{group_id}/{week.monday:%G-W%V}"


def draw(
    tx: Tx, of_groups: Sequence[Group], week: Week, now: datetime, still_open: Collection[int]
) -> dict[int, DrawnResults]:
    """Return the results of a week as they are now, by the group's id; none of a group in which all rest.

    `still_open` are the ids of the groups in which the week has not closed for all.
    """
    loaded = stored_results.load(tx, of_groups, week, now, still_open)
    return {
        group_id: DrawnResults(
            view.results(results), results.named.keeper_ids, results.quote.person_id if results.quote else None
        )
        for group_id, results in loaded.items()
    }


def save(tx: Tx, week: Week, drawn: dict[int, DrawnResults]) -> None:
    """Remember whom results that are to be seen name and quote, so that each has a turn."""
    for group_id, results in drawn.items():
        results_members.save_named(tx, group_id, week, results.named, results.quoted)
