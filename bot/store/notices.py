"""Private notices to a group's organisers, and which of them were given."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.chat.card import Card
from bot.chat.delivery import Delivery, UserAddress
from bot.domain.group import Group
from bot.domain.notice import Notice
from bot.store import names, organisers, outbox, people
from bot.store.rows import ms
from bot.store.tx import Tx

USEFUL_FOR = timedelta(days=2)


def tell_organisers(tx: Tx, group: Group, key: str, card: Card, now: datetime) -> int:
    """Send a card to every organiser who is known on the group's platform; return how many there are.

    The keys of the posts begin with `key`: under one of them each is told once.
    """
    ids = [organiser.id for organiser in organisers.list_of_group(tx, group.id)]
    users, known_names = people.find_ids(tx, ids), names.find_names(tx, ids)
    posts = [
        outbox.NewPost(
            Delivery(
                f"{key}/{person_id}",
                UserAddress(
                    group.platform,
                    group.team,
                    user,
                    name=names.pick_name(known_names[person_id], group.platform, group.team),
                ),
                card,
                now,
                now + USEFUL_FOR,
            ),
            person_id=person_id,
        )
        for person_id in ids
        if (user := people.pick_id(users[person_id], group.platform, group.team)) is not None
    ]
    outbox.enqueue_all(tx, posts)
    return len(posts)


def tell_once(tx: Tx, group: Group, notice: Notice, card: Card, now: datetime) -> None:
    """Give a notice unless it was given; where no organiser can be told, it waits for the next occasion."""
    if is_told(tx, group.id, notice):
        return
    key = f"notice/{notice}/{group.id}/{now:%Y-%m-%d}"
    if tell_organisers(tx, group, key, card, now):
        tx.run(
            "INSERT INTO group_notices (group_id, notice, told_at) VALUES (:group, :notice, :now)",
            group=group.id,
            notice=notice,
            now=ms(now),
        )


def is_told(tx: Tx, group_id: int, notice: Notice) -> bool:
    """Return True if the notice was given."""
    row = tx.one("SELECT 1 FROM group_notices WHERE group_id = :id AND notice = :notice", id=group_id, notice=notice)
    return row is not None


def forget(tx: Tx, group_ids: Iterable[int], notice: Notice) -> None:
    """Let the notice be given again: what it said is true no more."""
    tx.many(
        "DELETE FROM group_notices WHERE group_id = :id AND notice = :notice",
        [{"id": group_id, "notice": notice} for group_id in group_ids],
    )
