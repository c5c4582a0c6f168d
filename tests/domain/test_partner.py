"""Invitations, absence and silence, as the rules for partners have them."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.partner import (
    INVITATION_LASTS,
    MONTH,
    NOT_AGAIN_FOR,
    Invitation,
    InvitationState,
    Pair,
    is_long_away,
    is_silent,
    may_invite,
)
from bot.domain.partner_streak import PairTally
from bot.domain.pause import Pause
from bot.domain.week import Week

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
BO, CY = 2, 3
CURRENT = Week(date(2026, 6, 1))


def sent(days_ago: float, state: InvitationState = InvitationState.OPEN, to: int = BO) -> Invitation:
    sent_at = NOW - days_ago * DAY
    settled_at = None if state is InvitationState.OPEN else sent_at + DAY
    return Invitation(1, 1, 1, to, sent_at, state, settled_at)


def test_the_first_one_goes_out() -> None:
    assert may_invite([], BO, NOW) == (None, False, True)


def test_one_is_open_at_a_time_for_a_week_whatever_was_answered_but_yes() -> None:
    for state in (InvitationState.OPEN, InvitationState.DECLINED, InvitationState.UNSEEN):
        assert may_invite([sent(2, state)], CY, NOW).wait_until == NOW - 2 * DAY + INVITATION_LASTS
        assert may_invite([sent(7, state)], CY, NOW).wait_until is None
    assert may_invite([sent(2, InvitationState.ACCEPTED)], CY, NOW).wait_until is None


def test_three_a_month() -> None:
    three = [sent(29), sent(20), sent(10)]
    may = may_invite(three, CY, NOW)
    assert may.is_month_full
    assert may.wait_until == NOW - 29 * DAY + MONTH
    assert not may_invite([sent(31), *three[1:]], CY, NOW).is_month_full


def test_the_same_person_is_not_asked_again_for_three_months_after_a_no_or_an_expiry() -> None:
    expired, no = sent(60), sent(60, InvitationState.DECLINED)
    assert not may_invite([expired], BO, NOW).is_seen
    assert not may_invite([no], BO, NOW).is_seen
    assert may_invite([expired], CY, NOW).is_seen
    assert may_invite([expired], BO, expired.expires_at + NOT_AGAIN_FOR).is_seen
    assert no.settled_at is not None
    assert may_invite([no], BO, no.settled_at + NOT_AGAIN_FOR).is_seen
    assert may_invite([sent(60, InvitationState.ACCEPTED)], BO, NOW).is_seen
    assert may_invite([sent(60, InvitationState.UNSEEN)], BO, NOW).is_seen


def test_an_absence_is_long_after_three_weeks() -> None:
    assert is_long_away([Pause(date(2026, 5, 11), date(2026, 6, 30))], CURRENT)
    assert not is_long_away([Pause(date(2026, 5, 18), date(2026, 6, 30))], CURRENT)
    assert not is_long_away([Pause(date(2026, 5, 1), date(2026, 5, 31))], CURRENT)


def test_three_whole_weeks_without_a_sign_are_silence_but_away_ones() -> None:
    assert is_silent(date(2026, 5, 10), [], CURRENT)
    assert not is_silent(date(2026, 5, 11), [], CURRENT)
    assert not is_silent(date(2026, 5, 10), [Pause(date(2026, 5, 18), date(2026, 5, 24))], CURRENT)
    assert is_silent(date(2020, 1, 1), [], CURRENT)


def test_a_pair_knows_the_other_of_two() -> None:
    pair = Pair(1, 2, 7, 1, CURRENT, PairTally())
    assert pair.ids == (1, 2)
    assert (pair.other(1), pair.other(2)) == (2, 1)
