"""Matching study partners on a Monday: pairs of those who are most alike, and one three where somebody is left.

Nobody is matched twice, with themselves, or with somebody whom they are kept apart from. As many as can be are matched,
those first who were left over before; among all ways to do that, the one whose pairs are closest in sum.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

BATCH = 24
"""People who are matched at once: the time grows with the cube of their number, and 24 take about 10 ms."""

DAY_MINUTES = 24 * 60
WAKING_HOURS = 16
GOAL_POINTS, HOUR_POINTS, FOCUS_POINTS, AREA_POINTS, NEW_POINTS = 40, 2, 12, 8, 20
"""Points for the same goal, each waking hour in common, the same focus, the same area, and never having met."""

MET_WEEKS = 52
"""Weeks after which two who have been partners count as new to each other again."""

LEFT_OVER_POINTS = 1_000
"""More than any two can be alike, so that who waited in vain comes first."""

Pair = frozenset[int]
"""The ids of two people."""


class Candidate(NamedTuple):
    """Somebody who waits for a partner.

    `goal` is in minutes a week, `offset` the minutes by which their clock is ahead of UTC; `focus` and `area` are
    folded names, "" where there is none; `is_left_over` says that an earlier Monday brought them nobody.
    """

    id: int
    goal: int
    offset: int
    focus: str = ""
    area: str = ""
    is_left_over: bool = False


class Acquaintance(NamedTuple):
    """Those who are kept apart (a block, or one left the other), and the weeks since pairs have ended."""

    apart: Collection[Pair] = ()
    weeks_since: Mapping[Pair, int] = {}


def closeness(one: Candidate, other: Candidate, weeks_since: int | None) -> int:
    """Return how well two fit each other, in points; `weeks_since` they were partners last, None for never."""
    low, high = sorted((one.goal, other.goal))
    away = abs(one.offset - other.offset) % DAY_MINUTES
    hours_apart = -(-min(away, DAY_MINUTES - away) // 60)
    met = MET_WEEKS if weeks_since is None else min(weeks_since, MET_WEEKS)
    points = GOAL_POINTS * low // high + NEW_POINTS * met // MET_WEEKS
    points += HOUR_POINTS * max(0, WAKING_HOURS - hours_apart)
    if one.focus and one.focus == other.focus:
        points += FOCUS_POINTS
    if one.area and one.area == other.area:
        points += AREA_POINTS
    return points


STRANGERS = Acquaintance()
"""Nobody was anybody's partner before."""


def match(candidates: Sequence[Candidate], known: Acquaintance = STRANGERS) -> list[tuple[int, ...]]:
    """Return pairs, and threes where somebody would be left, as ids in order; who is in none has found nobody."""
    waiting = sorted(candidates, key=lambda one: (one.offset, one.goal, one.id))
    matched: list[tuple[int, ...]] = []
    left: list[Candidate] = []
    for start in range(0, len(waiting), BATCH):
        batch = left + waiting[start : start + BATCH]
        pairs = _match_batch(batch, known)
        paired = {person for pair in pairs for person in pair}
        matched += pairs
        left = [one for one in batch if one.id not in paired]
    return sorted(_make_threes(matched, left, {one.id: one for one in waiting}, known))


def _match_batch(batch: Sequence[Candidate], known: Acquaintance) -> list[tuple[int, ...]]:
    """Return the best pairs among a few."""
    # Measured: 0.2 s and 30 MB, which nobody should pay for who starts the program and has no partners.
    import networkx as nx  # noqa: PLC0415

    graph: nx.Graph[int] = nx.Graph()
    for one, other in combinations(batch, 2):
        points = _points(one, other, known)
        if points is not None:
            left_over = LEFT_OVER_POINTS * (one.is_left_over + other.is_left_over)
            graph.add_edge(one.id, other.id, weight=points + left_over)
    return [tuple(sorted(pair)) for pair in nx.max_weight_matching(graph, maxcardinality=True)]


def _make_threes(
    pairs: list[tuple[int, ...]], left: Sequence[Candidate], by_id: Mapping[int, Candidate], known: Acquaintance
) -> list[tuple[int, ...]]:
    """Return the pairs, some with a third: who is left joins the closest pair that nothing keeps them apart from."""
    grown = {pair: pair for pair in pairs}
    for third in sorted(left, key=lambda one: (not one.is_left_over, one.id)):
        fits = [
            (sum(points), pair)
            for pair, now in grown.items()
            if len(now) == len(pair)
            and len(points := [found for one in pair if (found := _points(third, by_id[one], known)) is not None]) == 2
        ]
        if fits:
            _, closest = max(fits, key=lambda fit: (fit[0], fit[1]))
            grown[closest] = tuple(sorted((*closest, third.id)))
    return list(grown.values())


def _points(one: Candidate, other: Candidate, known: Acquaintance) -> int | None:
    """Return how well two fit, None where they are kept apart."""
    pair = frozenset((one.id, other.id))
    return None if pair in known.apart else closeness(one, other, known.weeks_since.get(pair))
