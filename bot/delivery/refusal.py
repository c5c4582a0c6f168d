"""Giving a post up, or letting it wait for a permission; a channel that is gone puts its group to sleep.

Whoever runs the group hears of it once a week at most, however many posts it was. A person whose direct messages are
closed is told with their next private answer; what was for them alone is never said in a channel.
"""

from collections.abc import Callable
from datetime import datetime

from bot.chat.card import Card
from bot.chat.delivery import Address, ChannelAddress, PostRefused, UserAddress
from bot.delivery import weekly_card
from bot.domain.group import Group
from bot.domain.reminder import PERSON_KINDS, ReminderKind, kind_of_key
from bot.domain.week import Week
from bot.store import claims, freeze_news, groups, notices, outbox, reminders, sleeping
from bot.store.claims import ClaimedPost
from bot.store.tx import Tx
from bot.views import organiser_notices, trouble
from bot.views.personal_posts import tells_freeze_news

CLOSED = "this person doesn't accept direct messages"
PERHAPS_POSTED = "it may be there, but the bot couldn't look"
TROUBLE_KEY, UNSURE_KEY = "notposted", "unsure"


def give_up(tx: Tx, post: ClaimedPost, reason: str, now: datetime, *, is_unsure: bool = False) -> bool:
    """Drop a post with its reason, and tell the group's organisers where its channel misses it, perhaps (`is_unsure`).

    Return False if another process has the post by now.
    """
    if not claims.settle_dropped(tx, post.claim, reason, now):
        return False
    if is_unsure:
        _tell_uncertain(tx, post, trouble.perhaps_missing, now)
    else:
        _tell_organisers(tx, post, reason, now)
    return True


def wait(tx: Tx, post: ClaimedPost, refused: PostRefused, next_at: datetime, now: datetime) -> None:
    """Let a post be tried again at `next_at`, for which a permission is missing, and tell the group's organisers."""
    if claims.put_back(tx, post.claim, next_at, str(refused), unsure=False):
        _tell_organisers(tx, post, str(refused), now, trouble.post_waits)


def repeat(tx: Tx, post: ClaimedPost, card: Card, reason: str, now: datetime) -> bool:
    """Save that a post is going to be sent as `card`, perhaps a second time, and tell the group's organisers.

    Return False if another process has the post by now.
    """
    if not claims.replace_card(tx, post.claim, card, f"{outbox.PERHAPS_TWICE}: {reason}"):
        return False
    _tell_uncertain(tx, post, trouble.perhaps_twice, now)
    return True


def settle(tx: Tx, post: ClaimedPost, refused: PostRefused, now: datetime) -> None:
    """Drop a refused post with its reason, and see to it that nothing more is sent in vain."""
    is_direct = isinstance(post.delivery.to, UserAddress)
    if not claims.settle_dropped(tx, post.claim, str(refused), now):
        return
    if refused.is_gone and post.group_id is not None and not is_direct:
        _put_to_sleep(tx, post.group_id, post.delivery.to, str(refused), now)
    _tell_organisers(tx, post, str(refused), now)
    if post.edits is not None:
        weekly_card.post_anew(tx, post, now)
    if isinstance(post.delivery.to, UserAddress) and post.person_id is not None:
        _refuse_direct(tx, post, post.person_id, post.delivery.to, is_closed=refused.is_closed)


def _refuse_direct(tx: Tx, post: ClaimedPost, person_id: int, to: UserAddress, *, is_closed: bool) -> None:
    """Remember that a person's direct messages are closed; the news of a freeze that they missed is told later."""
    is_asked = post.delivery.key.startswith(f"{ReminderKind.ASKED}/")
    if is_closed and (is_asked or kind_of_key(post.delivery.key) in PERSON_KINDS):
        reminders.refuse_direct(tx, person_id, to)
    if tells_freeze_news(post.delivery.card):
        freeze_news.forget_newest(tx, person_id)


def _put_to_sleep(tx: Tx, group_id: int, to: Address, reason: str, now: datetime) -> None:
    """Post nothing to a group until its channel can be posted to again, and tell its organisers."""
    group = groups.get(tx, group_id)
    if isinstance(to, ChannelAddress) and to.channel == group.channel:  # else it is gone from one that the group left
        sleeping.put_to_sleep(tx, group, reason, organiser_notices.asleep(group, reason), now)


def _tell_organisers(
    tx: Tx, post: ClaimedPost, reason: str, now: datetime, say: Callable[[Group, str], Card] = trouble.not_posted
) -> None:
    """Tell every organiser who is known on the group's platform that its channel misses a post, once a week.

    Of a group that sleeps they know already.
    """
    group = _group_of(tx, post)
    if group is not None and not group.asleep:
        notices.tell_organisers(tx, group, _key(TROUBLE_KEY, group, now), say(group, reason), now)


def _tell_uncertain(tx: Tx, post: ClaimedPost, say: Callable[[Group], Card], now: datetime) -> None:
    """Tell them that a post may be missing, or stand there twice, once a week each."""
    group = _group_of(tx, post)
    if group is not None:
        key = f"{_key(UNSURE_KEY, group, now)}/{say.__name__}"
        notices.tell_organisers(tx, group, key, say(group), now)


def _group_of(tx: Tx, post: ClaimedPost) -> Group | None:
    """Return the group whose channel a post is for; None for a direct message, an edit, and a post of no group."""
    if post.group_id is None or post.edits is not None or not isinstance(post.delivery.to, ChannelAddress):
        return None
    return groups.get(tx, post.group_id)


def _key(beginning: str, group: Group, now: datetime) -> str:
    return f"{beginning}/{group.id}/{Week.of(now.astimezone(group.zone).date()).monday}"
