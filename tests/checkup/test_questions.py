"""What `tenhours check` says of the operator's own questions, and that a bad file keeps the bot from starting."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot import app
from bot.checkup import questions, report
from bot.checkup.line import Level
from bot.checkup.report import Look
from bot.clock import StillClock
from bot.config import PartnerSettings, Settings, load
from bot.domain.group import AREAS
from bot.errors import Misconfigured
from tests.talk import MONDAY_MORNING, Talk

LATIN = """
[[question]]
id = "ablative"
area = "Latin"
ask = "What is the ablative absolute?"
points = ["A noun and a participle in the ablative.", "It stands apart from the rest."]
follow_up = "How would you translate urbe capta?"
"""


def said(file: Path | None, areas: Sequence[str] = AREAS) -> list[tuple[Level, str]]:
    settings = Settings(partners=PartnerSettings(str(file) if file else ""))
    return [(line.level, line.words) for line in questions.look(settings, areas)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "latin.toml"
    written.write_text(LATIN)
    return written


def test_without_a_file_there_is_nothing_to_say() -> None:
    assert said(None) == []


def test_a_good_file_is_counted(file: Path) -> None:
    assert said(file, ("Latin", "Greek")) == [(Level.WELL, f"1 question in {file}")]
    assert said(file, ()) == [(Level.WELL, f"1 question in {file}")], "without a group nothing is known of areas"


def test_an_area_that_no_group_has_is_worth_a_look(file: Path) -> None:
    unknown = "no group has the area “Latin”, so 1 question about it will never be asked"
    assert said(file) == [(Level.WELL, f"1 question in {file}"), (Level.WARNING, unknown)]
    assert len(said(file, ("latin",))) == 1


def test_each_fault_is_a_line(file: Path) -> None:
    file.write_text(LATIN.replace("follow_up", "followup").replace('area = "Latin"', ""))
    assert said(file) == [
        (Level.WRONG, f"{file}: Question 1 has no area"),
        (Level.WRONG, f"{file}: Question 1 has no follow_up"),
        (
            Level.WRONG,
            f"{file}: Question 1 has a key “followup”, which isn't one of id, area, ask, points, follow_up",
        ),
    ]


async def test_the_areas_of_all_groups_are_known(talk: Talk, database: Path, file: Path) -> None:
    environ = {"TENHOURS_DATABASE__URL": f"sqlite:///{database}", "TENHOURS_PARTNERS__QUESTIONS": str(file)}
    look = Look(None, environ, is_local=True)
    lines = [line for line in await report.lines(look, StillClock(MONDAY_MORNING)) if line.subject == "questions"]
    assert [line.level for line in lines] == [Level.WELL, Level.WARNING]
    talk.starters = {"ada"}
    await talk("ada", "/group start name: Owls", channel="owls")
    await talk("ada", "/group areas add: Latin", channel="owls")
    lines = [line for line in await report.lines(look, StillClock(MONDAY_MORNING)) if line.subject == "questions"]
    assert [line.level for line in lines] == [Level.WELL]


async def test_a_bad_file_keeps_the_bot_from_starting(database: Path, tmp_path: Path) -> None:
    settings = load(
        None,
        {
            "TENHOURS_DATABASE__URL": f"sqlite:///{database}",
            "TENHOURS_PARTNERS__QUESTIONS": str(tmp_path / "none.toml"),
        },
    )
    with pytest.raises(Misconfigured, match="It can't be read"):
        async with app.opened(settings, StillClock(MONDAY_MORNING)):
            raise AssertionError("it has started")


async def test_a_good_file_is_read_at_the_start(database: Path, file: Path) -> None:
    environ = {"TENHOURS_DATABASE__URL": f"sqlite:///{database}", "TENHOURS_PARTNERS__QUESTIONS": str(file)}
    async with app.opened(load(None, environ), StillClock(MONDAY_MORNING)) as running:
        found = running.questions.find("ablative")
    assert found is not None
    assert found.area == "Latin"
