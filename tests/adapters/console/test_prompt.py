from collections.abc import Iterator
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from adapters.console.prompt import LineCompleter, QuietHistory, history_file, interact, toolbar
from bot.chat.card import Card
from bot.chat.form import Field, Form
from bot.chat.request import Ask, Reply, Via
from tests.adapters.cards import FORM, WRONG
from tests.adapters.console.stage import fake_stage
from tests.adapters.fake_core import FakeCore

DROP, END = "\x03", "\x04"


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=DummyOutput()):
        yield keyboard


def typed(core: FakeCore) -> list[str]:
    return [request.words for request in core.requests if request.words]


async def test_lines_until_the_end(keys: PipeInput, state: Path) -> None:
    core = FakeCore()
    stage, _ = fake_stage(core)
    keys.send_text(f"/progress\r/lead{DROP}/leaderboard\r{END}")
    await interact(stage.session)
    assert typed(core) == ["progress", "leaderboard"]
    history = state / "tenhours" / "console_history"
    assert "+/leaderboard" in history.read_text(encoding="utf-8")
    assert history.stat().st_mode & 0o077 == 0


async def test_quitting(keys: PipeInput) -> None:
    core = FakeCore()
    stage, _ = fake_stage(core)
    keys.send_text("/progress\r:quit\r")
    await interact(stage.session)
    assert typed(core) == ["progress"]


async def test_a_form_is_asked_field_by_field_and_again_for_what_is_wrong(keys: PipeInput) -> None:
    core = FakeCore()
    stage, _ = fake_stage(core)
    await stage.say("/progress")
    area = Field("area", "Area", value="maths")
    wrong = Form("checkin", "Check in", (Field("time", "Time", value="10x", error=(WRONG,)), area))
    core.answers = [Ask(FORM), Ask(wrong), Reply(Card("Checked in"))]
    keys.send_text(f"/checkin\r10x\rmaths\r!\r\x7f\x7f\x7f1h\r{END}")
    await interact(stage.session)
    sent = [request.options for request in core.requests if request.via is Via.FORM]
    assert sent == [
        {"day": "2026-01-04", "time": "10x", "area": "maths", "learned": "chain rule!"},
        {"time": "1h", "area": "maths"},
    ]


@pytest.mark.parametrize("key", [DROP, END])
async def test_a_form_can_be_left_unsent(keys: PipeInput, key: str) -> None:
    core = FakeCore()
    stage, _ = fake_stage(core)
    await stage.say("/progress")
    core.answers = [Ask(FORM)]
    keys.send_text(f"/checkin\r2h\r{key}/progress\r{END}")
    await interact(stage.session)
    assert [request.via for request in core.requests if request.via is Via.FORM] == []
    assert typed(core)[-1] == "progress"
    assert stage.session.latest_form is not None


async def test_a_form_that_is_refused_as_a_whole_is_not_asked_for_ever(keys: PipeInput) -> None:
    core = FakeCore()
    stage, _ = fake_stage(core)
    await stage.say("/progress")
    core.answers = [Ask(Form("goal", "Goal", (Field("hours", "Hours"),))), Reply(Card("No"), is_wrong=True)]
    keys.send_text(f"/goal\r5\r/progress\r{END}")
    await interact(stage.session)
    assert typed(core)[-1] == "progress"


async def test_completion_at_the_prompt() -> None:
    stage, _ = fake_stage(FakeCore())
    completer = LineCompleter(stage.session)
    document, event = Document("/prog"), CompleteEvent()
    found = [each async for each in completer.get_completions_async(document, event)]
    assert [(each.text, each.start_position) for each in found] == [("progress ", -4)]
    assert list(completer.get_completions(document, event)) == []


def test_the_time_stands_below() -> None:
    stage, _ = fake_stage(FakeCore(), zone="Europe/Berlin")
    assert "Mon 5 Jan 2026 10:00 Europe/Berlin, standing still" in toolbar(stage.session)
    running, _ = fake_stage(FakeCore(), still=False)
    assert "still" not in toolbar(running.session)


def test_a_history_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    history = QuietHistory(tmp_path / "file" / "history")
    history.append_string("/progress")
    assert list(history.load_history_strings()) == []


def test_where_history_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert history_file() == tmp_path / "tenhours" / "console_history"
    monkeypatch.setenv("XDG_STATE_HOME", "not/absolute")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert history_file() == tmp_path / "home" / ".local" / "state" / "tenhours" / "console_history"
