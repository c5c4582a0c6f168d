"""No text makes a reader slow: eight times as much of it takes about eight times as long, never sixty-four times.

Compared is processor time of the same text at two lengths, so neither a slow nor a busy machine matters.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date

import pytest

from bot.chat.button_id import unpack
from bot.chat.command import Reading
from bot.chat.reading.commands import find_command
from bot.chat.reading.split import split_words
from bot.chat.reading.values import read_options
from bot.commands.registry import SPECS
from bot.commands.shared.import_specs import read_projects
from bot.domain.day import read_day
from bot.domain.duration import read_duration
from bot.domain.goal import read_goal
from bot.domain.journal import phrases_of, searchable
from bot.domain.names import clean, clean_name, cut
from bot.domain.timesheet.answers import Answers
from bot.domain.timesheet.plan import make_plan
from bot.domain.timesheet.read import read_text
from bot.domain.timesheet.sessions import read_sessions
from bot.domain.zones import read_zone
from bot.errors import Refused

TODAY = date(2026, 1, 7)
READING = Reading(TODAY, tuple(f"Area number {number}" for number in range(25)))
SHORT_CHARACTERS = 400
TIMES_LONGER = 8
MOST_TIMES_SLOWER = 3 * TIMES_LONGER
"""Linear work takes 8 times as long, quadratic 64; half-way on a scale of ratios, so that noise decides nothing."""
QUICK_SECONDS = 0.001
"""A reader that takes less is quick, whatever the ratio."""
ROUNDS = 3
HOSTILE = [
    "9", "9,", "1/2 and ", "1h", "h", ":", "1:", " ", "\t\n", "a ", "time:", "time: 1h ", "learned: day: ", "=", "&a=",
    "%", "%41", "\u0301", "\u202e", "\u200d", "👩\u200d", "\ufe0f", "ａ", "ß", "İ", "\ud7a3", "ǆ", '"',
    '",', ",", ";", "-", "9-",
    "9.9.", "T", "PT", "9H", "in 9 ", " ago", "monday ", "etc/",
    "+1", "@", "<@", "[](", "a\u0301\u0316", "漢", "ไ", "\0",
    "quarter of an ", "one and a half ", "twenty-",
]  # fmt: skip


def line(text: str) -> object:
    spec, rest = find_command(f"checkin {text}", SPECS)
    return read_options(spec, split_words(spec, rest, READING), Reading(TODAY, READING.areas))


def read_sheet(text: str) -> object:
    return list(read_sessions(make_plan(read_text(text), Answers(), UTC, TODAY))())


READERS: dict[str, Callable[[str], object]] = {
    "duration": read_duration,
    "day": lambda text: read_day(text, TODAY),
    "goal": read_goal,
    "zone": read_zone,
    "name": clean_name,
    "note": lambda text: clean(text, 1000, multiline=True),
    "cut": lambda text: cut(text, 1000),
    "button": unpack,
    "line": line,
    "journal": searchable,
    "search": phrases_of,
    "table": read_sheet,
    "cells": lambda text: read_sheet(f"date,duration\n2025-12-01,{text}\n{text},1h\n"),
    "titles": lambda text: read_sheet(f"date,duration,{text}\n2025-12-01,1h,\n"),
    "dump": lambda text: read_sheet("{" + text),
    "projects": lambda text: read_projects(text, READING),
}


def cost(read: Callable[[str], object], text: str) -> float:
    """Return the processor's seconds, the best of a few times."""
    seconds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        with suppress(Refused):
            read(text)
        seconds.append(time.process_time() - started)
    return min(seconds)


@pytest.mark.parametrize("name", READERS)
def test_no_text_makes_a_reader_slow(name: str) -> None:
    read = READERS[name]
    for piece in HOSTILE:
        for end in ("", "!"):
            short, long = (
                (piece * length)[:length] + end for length in (SHORT_CHARACTERS, TIMES_LONGER * SHORT_CHARACTERS)
            )
            most_seconds = MOST_TIMES_SLOWER * max(cost(read, short), QUICK_SECONDS)
            assert cost(read, long) < most_seconds, repr(piece)
