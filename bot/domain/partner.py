"""Study partners: who may be invited and when, and when a pair rests (product rules, "Partners")."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from bot.domain.partner_streak import PairTally
from bot.domain.pause import Pause, paused_days
from bot.domain.streak import PAUSED_DAYS
from bot.domain.week import Week

INVITATION_LASTS = timedelta(weeks=1)
MONTH = timedelta(days=30)
INVITATIONS_A_MONTH = 3
NOT_AGAIN_FOR = timedelta(days=91)
"""Three months, for which nobody is asked again by whom they did not say yes to."""

SILENT_WEEKS = 3
"""Weeks without a check-in or an answer, away ones aside, after which a pair rests."""
AWAY_WEEKS = 3
"""Weeks of a partner's absence after which a second partner is offered meanwhile."""
LOOKED_BACK_WEEKS = 60
"""Weeks for which it is looked whether somebody was away: more than the longest pause has."""


class InvitationState(StrEnum):
    """The state of an invitation. Nobody is ever shown an UNSEEN one; its sender cannot tell it from another."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    UNSEEN = "unseen"


class Invitation(NamedTuple):
    """An invitation from one member of a group to another."""

    id: int
    group_id: int
    sender_id: int
    invited_id: int
    sent_at: datetime
    state: InvitationState
    settled_at: datetime | None = None

    @property
    def expires_at(self) -> datetime:
        """The instant from which it can be answered no more."""
        return self.sent_at + INVITATION_LASTS

    def quiet_until(self) -> datetime | None:
        """Return until when the same person is not asked again; None where nothing speaks against it."""
        if self.state in (InvitationState.ACCEPTED, InvitationState.UNSEEN):
            return None
        ended_at = self.settled_at if self.state is InvitationState.DECLINED else None
        return (ended_at or self.expires_at) + NOT_AGAIN_FOR


class MayInvite(NamedTuple):
    """The freedom of a sender: to send an invitation now, or not before `wait_until`.

    The reason to wait is a full month, if `is_month_full`, else one that is open; `is_seen` says that it would reach
    the invited person.
    """

    wait_until: datetime | None
    is_month_full: bool
    is_seen: bool


def may_invite(sent: Iterable[Invitation], invited_id: int, now: datetime) -> MayInvite:
    """Return what somebody may send at `now`, by all that they have sent before.

    An invitation counts as open for its whole week whatever was answered but yes, and one that nobody sees counts too:
    nothing tells the sender of a no.
    """
    sent = list(sent)
    waiting = [one.expires_at for one in sent if one.state is not InvitationState.ACCEPTED and now < one.expires_at]
    of_month = sorted(one.sent_at for one in sent if now < one.sent_at + MONTH)
    is_full = len(of_month) >= INVITATIONS_A_MONTH
    full_until = of_month[-INVITATIONS_A_MONTH] + MONTH if is_full else None
    wait_until = full_until or max(waiting, default=None)
    quiet = (one.quiet_until() for one in sent if one.invited_id == invited_id)
    is_quiet = any(until is not None and now < until for until in quiet)
    return MayInvite(wait_until, is_full, not is_quiet)


def is_away_in(pauses: Iterable[Pause], week: Week) -> bool:
    """Return True if pauses cover so much of the week that it counts as away."""
    return paused_days(pauses, week) >= PAUSED_DAYS


def is_long_away(pauses: Iterable[Pause], current: Week) -> bool:
    """Return True for somebody who is away in the current week and was in each of the three before it."""
    pauses = list(pauses)
    return all(is_away_in(pauses, current.plus(-back)) for back in range(AWAY_WEEKS + 1))


def is_silent(last_seen: date, pauses: Iterable[Pause], current: Week) -> bool:
    """Return True once three whole weeks have gone by since `last_seen`, not counting weeks away."""
    pauses, first = list(pauses), max(Week.of(last_seen).plus(1), current.plus(-LOOKED_BACK_WEEKS))
    return sum(not is_away_in(pauses, week) for week in first.until(current.plus(-1))) >= SILENT_WEEKS


class Ending(StrEnum):
    """How a pair came to its end; who did it is said to nobody."""

    LEFT = "left"
    RESTED = "rested"
    GROUP = "group"
    BLOCKED = "blocked"


class Pair(NamedTuple):
    """Two who study together, the smaller id first; of a three, each two are one. `tally` is that of decided weeks."""

    first_id: int
    second_id: int
    partnership_id: int
    group_id: int
    started_week: Week
    tally: PairTally

    @property
    def ids(self) -> tuple[int, int]:
        """The key of the pair."""
        return self.first_id, self.second_id

    def other(self, person_id: int) -> int:
        """Return the partner of one of the two."""
        return self.first_id + self.second_id - person_id


class Partner(NamedTuple):
    """A partner as the reader's group calls them; `shows_days` says that either wishes days in the place of hours."""

    person_id: int
    name: str
    pair: Pair
    shows_days: bool


class PartnerSettings(NamedTuple):
    """A person's choices. `waits_in` is the group in which they wait to be matched, None if they don't."""

    takes_invitations: bool = True
    shows_days: bool = False
    in_results: bool = False
    waits_in: int | None = None
    is_left_over: bool = False


class PartnerNews(StrEnum):
    """What somebody's next card tells them, once."""

    MATCHED = "matched"
    NO_MATCH = "no match"
    ENDED = "ended"
    RESTED = "rested"
    AWAY = "away"
