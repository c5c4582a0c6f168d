"""Files like those of real trackers and people, each with what has to become of it (`tests/data/imports/cases.json`).

A case names its `entries` (day, minutes, project or null, note or null), what it `asks` with the `answer`, or the
pattern of why it is `refused`; `either` are outcomes that are right as well. Brought in again, nothing changes.
"""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.clock import StillClock
from bot.config import DatabaseSettings, Settings
from bot.domain.timesheet.answers import Answers
from bot.domain.timesheet.order import DateOrder
from bot.errors import TenHoursError
from bot.store import migrate
from bot.store.database import Store
from bot.terminal import export
from bot.verbs.import_questions import QuestionsOpen
from bot.verbs.importing import ImportOptions, import_file
from tests.talk import Talk

FOLDER = Path(__file__).parents[1] / "data" / "imports"
CASES: list[dict[str, Any]] = json.loads((FOLDER / "cases.json").read_text(encoding="utf-8"))["cases"]
FILES = [case for case in CASES if "make" not in case]
ABOUT = {"order": "dates"}


async def set_zone(settings: Settings, who: str, zone: str) -> None:
    """Make somebody known whose days follow this zone."""
    migrate.require_head(settings.database.location)
    store = await Store.open(settings.database.location)
    try:
        talk = Talk(store, StillClock(datetime(2024, 1, 1, tzinfo=UTC)))
        await talk(who, f"/timezone {zone}")
    finally:
        await store.close()


def options(file: str, said: dict[str, Any], *, is_dry: bool = False) -> ImportOptions:
    order = DateOrder(said["order"].replace("-", " ")) if "order" in said else None
    answers = Answers(said.get("unit"), order, None, said.get("member"), said.get("column", {}))
    return ImportOptions(FOLDER / file, "ada", said.get("area"), said.get("project", ()), answers, is_dry)


class Brought:
    """One import, and what is stored after it."""

    def __init__(self) -> None:
        self.text = ""
        self.error: TenHoursError | None = None
        self.entries: list[dict[str, Any]] = []

    @classmethod
    async def by(cls, settings: Settings, chosen: ImportOptions) -> "Brought":
        brought = cls()
        try:
            brought.text = await import_file(settings, chosen)
        except TenHoursError as error:
            brought.error, brought.text = error, str(error)
        try:
            exported = json.loads(await export(settings, "ada", None, None))
        except TenHoursError:
            return brought
        brought.entries = [entry for entry in exported["checkins"] if not entry["undone"]]
        return brought

    def days(self) -> dict[str, int]:
        days: dict[str, int] = {}
        for entry in self.entries:
            days[entry["day"]] = days.get(entry["day"], 0) + entry["minutes"]
        return days


def has_entries(brought: Brought, outcome: dict[str, Any]) -> bool:
    """Return True if what is stored is what has to be, each entry once."""
    left = list(brought.entries)
    for day, minutes, project, note in outcome["entries"]:
        is_area = project in ("Mathematics", "Statistics", "Machine Learning", "DevOps")
        match = next(
            (
                entry
                for entry in left
                if (entry["day"], entry["minutes"]) == (day, minutes)
                and (not is_area or entry["area"] == project)
                and (note is None or entry["learned"] == note)
            ),
            None,
        )
        if match is None:
            return False
        left.remove(match)
    return brought.error is None and not left and says(brought, outcome)


def says(brought: Brought, outcome: dict[str, Any]) -> bool:
    words = all(re.search(pattern, brought.text, re.IGNORECASE) for pattern in outcome.get("says", ()))
    return words and not any(re.search(pattern, brought.text) for pattern in outcome.get("never_says", ()))


def is_right(first: Brought, answered: Brought | None, outcome: dict[str, Any]) -> bool:
    if "refused" in outcome:
        return first.error is not None and bool(re.search(outcome["refused"], first.text, re.IGNORECASE))
    if "asks" not in outcome:
        return has_entries(first, outcome)
    asks = outcome["asks"] if isinstance(outcome["asks"], list) else [outcome["asks"]]
    if not isinstance(first.error, QuestionsOpen) or first.entries:
        return False
    asked = {question.about.value for question in first.error.questions}
    is_asked = bool(asked & {ABOUT.get(about, about) for about in asks})
    return is_asked and (answered is None or has_entries(answered, outcome))


@pytest.mark.parametrize("case", FILES, ids=[case["file"] for case in FILES])
async def test_each_file_comes_to_what_it_has_to(tmp_path: Path, case: dict[str, Any]) -> None:
    settings = Settings(DatabaseSettings(f"sqlite:///{tmp_path / 'test.db'}"))
    if "zone" in case:
        await set_zone(settings, "ada", case["zone"])
    said = case.get("args", {})
    looked = await Brought.by(settings, options(case["file"], said, is_dry=True))
    assert looked.entries == []
    first = await Brought.by(settings, options(case["file"], said))
    answered = None
    if case.get("answer"):
        said = {**said, **case["answer"]}
        answered = await Brought.by(settings, options(case["file"], said))
    outcomes = [case, *case.get("either", ())]
    assert any(is_right(first, answered, outcome) for outcome in outcomes), (first.text, first.entries, answered)
    last = answered or first
    assert all(word in f"{looked.text}{last.text}{last.entries}" for word in case.get("keeps", ()))
    if last.entries:
        again = await Brought.by(settings, options(case["file"], said))
        assert again.entries == last.entries
    if "then" in case:
        after = await Brought.by(settings, options(case["then"]["file"], {}))
        assert after.days() in case["then"]["days"]
