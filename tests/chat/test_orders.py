"""The parts of a line in any order give one check-in or a question, never another check-in."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.command import Reading
from bot.chat.reading.split import split_words
from bot.chat.reading.values import read_options
from bot.commands.checkin import SPEC
from bot.domain.group import AREAS
from bot.errors import Refused

TIMES = st.sampled_from(["2h", "1h30", "90 min", "half an hour", "45m", "9:00-11:00"])
NAMES = st.sampled_from(["statistics", "ml", "Machine Learning", "DevOps"])
DAYS = st.sampled_from(["yesterday", "mon", "2 days ago", "30 nov", "2026-11-30"])
NOTES = st.sampled_from(["chain rule", "bayes theorem", "read goodfellow", "what a kernel does"])
PARTS = st.tuples(TIMES, NAMES, DAYS, NOTES)


def read(parts: list[str]) -> tuple[object, ...] | None:
    """Return what the parts are read as in this order; None where they are asked about or refused."""
    reading = Reading(date(2026, 12, 2), AREAS)
    try:
        given_options = read_options(SPEC, split_words(SPEC, " ".join(parts), reading), reading)
    except Refused:
        return None
    return tuple(sorted(given_options.values.items()))


@given(PARTS.flatmap(lambda parts: st.tuples(st.just(list(parts)), st.permutations(parts))))
def test_no_order_of_the_parts_is_another_check_in(orders: tuple[list[str], list[str]]) -> None:
    first, other = map(read, orders)
    assert first is not None
    assert other in (first, None)
