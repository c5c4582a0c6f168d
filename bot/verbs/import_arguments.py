"""The arguments of `tenhours import`: the file, whose history it is, and answers to what it leaves open."""

import argparse
from pathlib import Path


def add(verb: argparse.ArgumentParser, people: str) -> None:
    """Add what `tenhours import` takes; `people` says how somebody is named."""
    verb.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        nargs="?",
        help="a time tracker's export (CSV, JSON, ICS, org), a spreadsheet, or any table with days and durations",
    )
    verb.add_argument("--as", dest="who", metavar="WHO", required=True, help=people)
    verb.add_argument("--area", metavar="AREA", help="the area for entries that don't have one")
    verb.add_argument(
        "--project",
        metavar="NAME[=AREA]",
        action="append",
        default=[],
        help="only this project; repeat it for more",
    )
    _add_answers(verb)
    verb.add_argument(
        "--yes", action="store_true", help="take the likeliest reading wherever the file leaves something open"
    )
    verb.add_argument("--dry-run", action="store_true", help="only show what's in the file, by project and by week")
    verb.add_argument(
        "--take-back",
        metavar="NUMBER",
        nargs="?",
        const="",
        help="undo a whole import: the one with this number, the newest of FILE, or the only one",
    )


def _add_answers(verb: argparse.ArgumentParser) -> None:
    """Add the options that answer what a file leaves open."""
    verb.add_argument(
        "--unit", choices=("minutes", "hours", "seconds", "days", "hh:mm", "mm:ss"), help="what plain numbers are"
    )
    verb.add_argument(
        "--dates", choices=("day-first", "month-first", "year-first"), help="what comes first in 03/04/2026 or 26/04/03"
    )
    verb.add_argument("--year", type=int, metavar="YEAR", help="the year for dates that don't name one")
    verb.add_argument("--member", metavar="NAME", help="whose entries to take, if the file has several people")
    verb.add_argument(
        "--column",
        metavar="MEANING=TITLE",
        action="append",
        default=[],
        help="what a column means (day, start, end, length, hours, minutes, seconds, project, note, member), "
        "by its title or its number from 1; repeat it for more columns",
    )
    verb.add_argument(
        "--twins",
        choices=("replace", "both", "leave"),
        help="entries much like ones already here: replace those, keep both, or leave the new ones out",
    )
