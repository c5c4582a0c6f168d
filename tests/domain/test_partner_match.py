"""Matching: told in examples, and compared with trying every way to pair up a few people."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.partner_match import (
    BATCH,
    LEFT_OVER_POINTS,
    MET_WEEKS,
    Acquaintance,
    Candidate,
    Pair,
    closeness,
    match,
)

HOUR = 60


def person(number: int, goal: int = 600, offset: int = 0, **more: object) -> Candidate:
    return Candidate(number, goal, offset, **more)  # type: ignore[arg-type]


def pair(one: int, other: int) -> Pair:
    return frozenset((one, other))


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        (person(2), person(3, goal=1200)),
        (person(2, offset=HOUR), person(3, offset=9 * HOUR)),
        (person(2, focus="linear algebra"), person(3, focus="kubernetes")),
        (person(2, area="statistics"), person(3, area="devops")),
    ],
)
def test_the_nearer_of_two_is_closer(nearer: Candidate, farther: Candidate) -> None:
    one = person(1, focus="linear algebra", area="statistics")
    assert closeness(one, nearer, None) > closeness(one, farther, None)


def test_those_whom_one_has_not_met_for_long_are_closer() -> None:
    points = [closeness(person(1), person(2), weeks) for weeks in (0, 26, MET_WEEKS, None)]
    assert points == sorted(points)
    assert points[0] < points[1] < points[2] == points[3]


def test_clocks_are_compared_around_the_world() -> None:
    auckland, honolulu = person(1, offset=13 * HOUR), person(2, offset=-10 * HOUR)
    assert closeness(auckland, honolulu, None) == closeness(person(3), person(4, offset=HOUR), None)


def test_who_is_most_alike_is_paired() -> None:
    people = [person(1), person(2, goal=1200), person(3, goal=1200), person(4)]
    assert match(people) == [(1, 4), (2, 3)]


def test_an_odd_one_makes_a_three_with_the_closest_pair() -> None:
    people = [person(1), person(2), person(3, goal=1200), person(4, goal=1200), person(5, goal=1100)]
    assert match(people) == [(1, 2), (3, 4, 5)]


def test_one_alone_and_two_kept_apart_find_nobody() -> None:
    assert match([person(1)]) == []
    assert match([]) == []
    assert match([person(1), person(2)], Acquaintance({pair(1, 2)})) == []


def test_who_is_kept_apart_from_one_of_a_pair_joins_another() -> None:
    people = [person(1), person(2), person(3, goal=1200), person(4, goal=1200), person(5)]
    apart = {pair(5, one) for one in (1,)} | {pair(5, 3)}
    matched = match(people, Acquaintance(apart))
    assert all(len(together) in (2, 3) for together in matched)
    assert sum(map(len, matched)) == 5
    assert not any(pair(*two) in apart for together in matched for two in combinations(together, 2))


def test_who_was_left_over_comes_first() -> None:
    everybody_but = {pair(1, 2), pair(1, 3), pair(2, 3)}
    people = [person(1), person(2), person(3, is_left_over=True), person(4)]
    assert (3, 4) in match(people, Acquaintance(everybody_but))


def test_two_who_fit_only_one_pair_do_not_make_it_a_four() -> None:
    apart = {pair(3, 4), pair(1, 3), pair(1, 4), pair(2, 3), pair(2, 4)}
    assert match([person(n) for n in (1, 2, 3, 4)], Acquaintance(apart)) == [(1, 2)]


def test_many_are_matched_in_batches() -> None:
    people = [person(n, goal=60 * (1 + n % 40), offset=15 * n) for n in range(2 * BATCH + 3)]
    matched = match(people)
    assert sorted(one for together in matched for one in together) == [one.id for one in people]


people_lists = st.lists(
    st.builds(
        Candidate,
        st.just(0),
        st.sampled_from([60, 300, 600, 1200]),
        st.integers(-11 * HOUR, 14 * HOUR),
        st.sampled_from(["", "algebra", "docker"]),
        st.sampled_from(["", "statistics"]),
        st.booleans(),
    ),
    max_size=7,
).map(lambda people: [one._replace(id=number) for number, one in enumerate(people)])
pairs = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda two: two[0] != two[1]).map(frozenset))


@given(
    people_lists,
    pairs,
    st.dictionaries(pairs.map(lambda some: next(iter(some), frozenset({0, 1}))), st.integers(0, 80)),
)
def test_matching_is_the_best_of_all_ways(
    people: list[Candidate], apart: set[Pair], weeks_since: dict[Pair, int]
) -> None:
    known = Acquaintance(apart, weeks_since)
    matched = match(people, known)
    everyone = [one for together in matched for one in together]
    assert len(everyone) == len(set(everyone)), "nobody twice"
    for together in matched:
        assert len(together) in (2, 3)
        assert not any(frozenset(two) in apart for two in combinations(together, 2)), "nobody with whom they may not be"
    # Of threes, the pair that was first is not told; so any two of each is tried.
    best = max(_value(way, people, known) for way in _ways([one.id for one in people], apart))
    first = [
        _value(way, people, known)
        for way in _ways(everyone, apart)
        if len(way) == len(matched) and all(any(set(two) <= set(together) for together in matched) for two in way)
    ]
    assert max(first, default=(0, 0)) == best


@given(people_lists)
def test_an_odd_number_leaves_nobody_alone_where_all_may_meet(people: list[Candidate]) -> None:
    matched = match(people)
    assert sum(map(len, matched)) == (len(people) if len(people) > 1 else 0)
    assert sum(len(together) == 3 for together in matched) == (len(people) % 2 if len(people) > 1 else 0)


def _ways(ids: list[int], apart: set[Pair]) -> Iterator[tuple[tuple[int, int], ...]]:
    """Yield every way to make pairs of some people."""
    yield ()
    if ids:
        first, *rest = ids
        yield from _ways(rest, apart)
        for other in rest:
            if frozenset((first, other)) not in apart:
                for way in _ways([one for one in rest if one != other], apart):
                    yield ((first, other), *way)


def _value(way: tuple[tuple[int, int], ...], people: list[Candidate], known: Acquaintance) -> tuple[int, int]:
    by_id = {one.id: one for one in people}
    points = 0
    for one, other in way:
        points += closeness(by_id[one], by_id[other], known.weeks_since.get(frozenset((one, other))))
        points += LEFT_OVER_POINTS * (by_id[one].is_left_over + by_id[other].is_left_over)
    return len(way), points
