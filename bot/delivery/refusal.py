"""Giving a post up: a lost channel puts its group to sleep, and a reminder finds another way.

Whoever runs the group hears of it once a week at most, however many posts it was.
"""

from datetime import datetime

from bot.chat.delivery import Address, ChannelAddress, Delivery, PostRefused, UserAddress
from bot.delivery import group_posts, weekly_card
from bot.domain.group import Group
from bot.domain.reminder import KINDS_OF_THIS_WEEK, PERSON_KINDS
from bot.domain.week import Week
from bot.store import freeze_news, groups, names, notices, outbox, people, reminders, sleeping
from bot.store.outbox import ClaimedPost
from bot.store.sqlite import Tx
from bot.views import organiser_notices
from bot.views import personal_posts as view
from bot.views.trouble import not_posted

CLOSED = "no direct message gets through to this person"
TROUBLE_KEY = "notposted"


def give_up(tx: Tx, post: ClaimedPost, reason: str, now: datetime) -> None:
    """Drop a post with its reason, and tell the group's organisers where its channel misses it."""
    outbox.settle_dropped(tx, post.delivery.key, reason, now)
    if post.group_id is not None and isinstance(post.delivery.to, ChannelAddress) and post.edits is None:
        _tell_organisers(tx, post.group_id, reason, now)


def settle(tx: Tx, post: ClaimedPost, refused: PostRefused, now: datetime) -> None:
    """Drop a refused post with its reason, and see to it that nothing more is sent in vain."""
    is_direct = isinstance(post.delivery.to, UserAddress)
    if refused.is_gone and post.group_id is not None and not is_direct:
        _put_to_sleep(tx, post.group_id, post.delivery.to, str(refused), now)
    give_up(tx, post, str(refused), now)
    if post.edits is not None:
        weekly_card.post_anew(tx, post, now)
    if is_direct:
        _remind_elsewhere(tx, post, now)


def _put_to_sleep(tx: Tx, group_id: int, to: Address, reason: str, now: datetime) -> None:
    """Post nothing to a group until its channel can be posted to again, and tell its organisers."""
    group = groups.get(tx, group_id)
    if isinstance(to, ChannelAddress) and to.channel == group.channel:  # else it is gone from one that the group left
        sleeping.put_to_sleep(tx, group, reason, organiser_notices.asleep(group, reason), now)


def _tell_organisers(tx: Tx, group_id: int, reason: str, now: datetime) -> None:
    """Tell every organiser who is known on the group's platform, once a week; of one that sleeps they know already."""
    group = groups.get(tx, group_id)
    if group.asleep:
        return
    key = f"{TROUBLE_KEY}/{group_id}/{Week.of(now.astimezone(group.zone).date()).monday}"
    notices.tell_organisers(tx, group, key, not_posted(group, reason), now)


def _remind_elsewhere(tx: Tx, post: ClaimedPost, now: datetime) -> None:
    """Name the person in a group's channel, without what was for their eyes alone; they are told why later on."""
    delivery, to = post.delivery, post.delivery.to
    kind = next((kind for kind in PERSON_KINDS if delivery.key.startswith(f"{kind}/")), None)
    if kind is None or post.person_id is None or not isinstance(to, UserAddress):
        return
    reminders.refuse_direct(tx, post.person_id)
    if view.tells_freeze_news(delivery.card):
        freeze_news.forget_newest(tx, post.person_id)
    group = _group_for(tx, post.person_id, to)
    if group is None or kind not in KINDS_OF_THIS_WEEK:
        return
    person = people.get(tx, post.person_id)
    name, today = names.find_name(tx, person.id, group.platform, group.team), person.today(now)
    named = (people.find_identity(tx, person.id, group.platform, group.team) or to.user, name)
    instead = Delivery(
        f"{delivery.key}/channel",
        group_posts.address(group),
        view.together(view.Reminded(kind, Week.of(today), today, delivery.due_at), [named]),
        delivery.due_at,
        delivery.expires_at,
    )
    outbox.enqueue(tx, instead, group_id=group.id)


def _group_for(tx: Tx, person_id: int, to: Address) -> Group | None:
    """Return the oldest of a person's groups there that is awake and sees them; None if there is none."""
    for group, member in groups.list_of_person(tx, person_id):
        is_there = group.platform == to.platform and to.team in ("", group.team)
        if is_there and not group.asleep and not member.is_hidden:
            return group
    return None
