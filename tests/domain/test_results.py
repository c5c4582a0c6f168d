"""Whom results name: each once, those named least recently first."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.leaderboard import Keeper
from bot.domain.milestone import Milestone, MilestoneKind
from bot.domain.results import NAMED_KEEPERS, NAMED_PARTNERS, Partners, Reached, name_members, name_partners

STREAK, HOURS = MilestoneKind.STREAK, MilestoneKind.HOURS


def keeper(person_id: int, streak: int = 1) -> Keeper:
    return Keeper(person_id, f"P{person_id}", streak)


def reached(person_id: int, kind: MilestoneKind, value: int) -> Reached:
    return Reached(person_id, f"P{person_id}", Milestone(kind, value))


@given(
    st.sets(st.integers(1, 30)),
    st.sets(st.integers(1, 30)),
    st.sets(st.integers(1, 30)),
    st.dictionaries(st.integers(1, 30), st.sampled_from(["2026-01-05", "2026-01-12", "2026-01-19"])),
)
def test_every_keeper_is_named_or_counted_once(
    kept: set[int], came_back: set[int], marks: set[int], last: dict[int, str]
) -> None:
    keepers = [keeper(person_id) for person_id in sorted(kept)]
    streaks = [reached(person_id, STREAK, 4) for person_id in sorted(kept & marks)]
    named = name_members(keepers, streaks, came_back, last)
    for_something = {each.person_id for each in named.reached} | {each.person_id for each in named.back}
    assert not for_something & named.keeper_ids
    assert len(for_something | named.keeper_ids) + named.others == len(kept)
    assert len(named.kept) == min(NAMED_KEEPERS, len(kept - for_something))
    left_out = kept - for_something - named.keeper_ids
    newest = max((last.get(person_id, "") for person_id in named.keeper_ids), default="")
    assert all(last.get(person_id, "") >= newest for person_id in left_out)


def test_over_some_weeks_everybody_is_named() -> None:
    keepers, last = [keeper(person_id, streak=person_id) for person_id in range(12, 0, -1)], dict[int, str]()
    seen = set()
    for week in range(3):
        named = name_members(keepers, [], [], last)
        seen |= named.keeper_ids
        last |= dict.fromkeys(named.keeper_ids, f"2026-01-{5 + 7 * week:02}")
    assert seen == set(range(1, 13))


def test_the_greatest_milestone_of_each_kind_is_told() -> None:
    marks = [reached(1, HOURS, 100), reached(1, HOURS, 250), reached(2, STREAK, 4), reached(1, STREAK, 12)]
    named = name_members([keeper(1, 12), keeper(2, 4)], marks, [], {})
    assert [(each.person_id, each.milestone.value) for each in named.reached] == [(1, 250), (1, 12), (2, 4)]
    assert named.kept == ()


def test_hours_alone_leave_a_keeper_among_those_who_kept_the_week() -> None:
    named = name_members([keeper(1)], [reached(1, HOURS, 100)], [], {})
    assert named.keeper_ids == {1}


def test_partners_are_named_who_both_kept_it_most_weeks_together_first() -> None:
    keepers = [keeper(person_id) for person_id in range(1, 7)]
    pairs = [((1, 2), 3), ((3, 4), 5), ((5, 9), 8), ((2, 6), 0)]
    assert name_partners(pairs, keepers) == [Partners(("P3", "P4"), 5), Partners(("P1", "P2"), 3)]
    assert len(name_partners([((1, 2), 1), ((3, 4), 1), ((5, 6), 1)], keepers)) == NAMED_PARTNERS
