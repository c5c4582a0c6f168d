"""Half a year of one real learner, typed into the real program: every week, post and reminder must come out right."""

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

SESSIONS = Path(__file__).parents[1] / "data" / "learner_2018.csv"
PROGRAM = Path(sys.executable).with_name("tenhours")
LEAST_SECONDS = 30


def script() -> list[str]:
    """Return the lines as the learner would have typed them, each session at its own end."""
    lines = ["/reminders how: direct"]
    with SESSIONS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            hours, minutes, seconds = (int(part) for part in row["Duration"].split(":"))
            lasted = timedelta(hours=hours, minutes=minutes, seconds=seconds)
            if lasted.total_seconds() < LEAST_SECONDS:
                continue
            ended = datetime.fromisoformat(f"{row['Start date']}T{row['Start time']}") + lasted
            minutes = round(lasted.total_seconds() / 60)
            lines += [f":at {ended.isoformat()}", f"/checkin {minutes}m learned: {row['Description']}"]
    return [*lines, ":at 2019-01-10T00:00"]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Run the program, and return its messages and the export at the end."""
    folder = tmp_path_factory.mktemp("learner")
    environment = {**os.environ, "TENHOURS_DATABASE__URL": f"sqlite:///{folder / 'learner.db'}"}

    def run(*arguments: str, typed: str = "") -> str:
        done = subprocess.run(
            [PROGRAM, *arguments], input=typed, capture_output=True, text=True, env=environment, cwd=folder, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    messages = run("chat", "--as", "learner", "--clock", "2018-06-01T06:00", "--json", typed="\n".join(script()) + "\n")
    document = run("export", "--as", "learner", "--clock", "2019-01-10T00:00")
    return [json.loads(line) for line in messages.splitlines()], json.loads(document)


def test_the_figures_are_all_there() -> None:
    assert sum(line.startswith("/checkin") for line in script()) == 158


def test_the_weeks_are_judged_as_they_were(story: tuple[list[dict[str, Any]], dict[str, Any]]) -> None:
    weeks = story[1]["weeks"]
    assert len(weeks) == 33
    names = ("kept", "frozen", "first")
    states = {state: [week["starts"] for week in weeks if week["state"] == state] for state in names}
    assert states == {
        "kept": ["2018-07-09", "2018-11-26", "2018-12-17"],
        "frozen": ["2018-07-16"],
        "first": ["2018-05-28"],
    }
    assert weeks[1]["minutes"] == 588
    assert story[1]["freezes"] == {"held": 0, "earned": 0, "spent": 1}


def test_no_line_was_wrong(story: tuple[list[dict[str, Any]], dict[str, Any]]) -> None:
    kinds = Counter(message["kind"] for message in story[0])
    assert kinds["error"] == 0
    assert kinds["reply"] == 159


def test_seven_personal_last_calls_the_first_for_twelve_minutes(
    story: tuple[list[dict[str, Any]], dict[str, Any]],
) -> None:
    calls = [
        message
        for message in story[0]
        if message["kind"] == "post" and message["audience"] == "private" and "keeps this week" in message["text"]
    ]
    assert [call["at"][:10] for call in calls] == [
        "2018-06-10",
        "2018-07-01",
        "2018-07-08",
        "2018-07-22",
        "2018-08-12",
        "2018-12-02",
        "2018-12-09",
    ]
    assert all(call["at"].endswith("T15:00:00+00:00") for call in calls)
    assert "12 min" in calls[0]["text"]


@pytest.mark.parametrize(
    ("beginnings", "audience", "at", "count"),
    [
        (("The week ends on Sunday night", "Everyone has kept the week"), "public", "Sun 15:00", 27),
        (("Results",), "public", "Mon 09:00", 32),
        (("Nothing logged yet this week.",), "private", "Thu 18:00", 5),
        (("The last two weeks", "Last week is"), "private", "Mon 09:00", 4),
    ],
)
def test_the_other_posts_come_at_their_times(
    story: tuple[list[dict[str, Any]], dict[str, Any]], beginnings: tuple[str, ...], audience: str, at: str, count: int
) -> None:
    posts = [
        m for m in story[0] if m["kind"] == "post" and m["audience"] == audience and m["text"].startswith(beginnings)
    ]
    assert {f"{datetime.fromisoformat(post['at']):%a %H:%M}" for post in posts} == {at}
    assert len(posts) == count


def test_each_result_is_edited_when_its_week_closes(story: tuple[list[dict[str, Any]], dict[str, Any]]) -> None:
    results = [m for m in story[0] if m["kind"] == "edit" and m["text"].startswith("Results")]
    edits = [datetime.fromisoformat(m["at"]) for m in results]
    assert {f"{edit:%a %H:%M}" for edit in edits} == {"Wed 00:00"}
    frozen = next(m for m in results if m["at"].startswith("2018-07-25"))
    assert "1 saved" in frozen["text"]


def test_every_check_in_is_told_to_the_channel(story: tuple[list[dict[str, Any]], dict[str, Any]]) -> None:
    told = [m for m in story[0] if m["text"].startswith(("learner studied ", "learner kept "))]
    assert len(told) == 158
    assert Counter(m["kind"] for m in told) == {"post": 153, "edit": 5}
