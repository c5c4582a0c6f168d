"""Groups to which nothing can be posted: why they sleep, and that they wake."""

from dataclasses import replace
from datetime import datetime

from bot.chat.card import Card
from bot.domain.group import Group
from bot.store import groups, notices, outbox, schedules
from bot.store.tx import Tx

BOT_REMOVED = "the bot was removed"
"""The reason of a group that sleeps with all others of its server or workspace; every other one is of its channel."""


def put_to_sleep(tx: Tx, group: Group, reason: str, notice: Card, now: datetime) -> None:
    """Post nothing to a group until it wakes, drop what waits for it, and tell its organisers, once a day at most.

    What is known of the channel itself is not forgotten when the server is lost besides.
    """
    group = groups.lock(tx, group)
    if not group.asleep:
        notices.tell_organisers(tx, group, f"asleep/{group.id}/{now:%Y-%m-%d}", notice, now)
    if group.asleep in (None, BOT_REMOVED):
        groups.update(tx, replace(group, asleep=reason))
    outbox.drop_for_group(tx, group.id, reason, now)


def wake(tx: Tx, group: Group, now: datetime) -> None:
    """Post to a group again from now on; one that is awake stays so."""
    group = groups.lock(tx, group)
    if not group.asleep:
        return
    awake = replace(group, asleep=None)
    groups.update(tx, awake)
    schedules.rearm_group(tx, awake, now)
