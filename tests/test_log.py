"""Logs: an action word, its facts, and never a secret."""

import json
import logging
from collections.abc import Iterator

import pytest

from bot import log

DISCORD = "MTA5ODc2NTQzMjEwOTg3NjU0.GhIjKl.abcdefghijklmnopqrstuvwxyz0123456789AB"
SLACK = "xoxb-1234567890-abcdefghijkl"


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


def test_json_lines_hold_the_action_and_its_facts(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("info", "json")
    logging.getLogger("bot.x").info("posted", extra={"key": "results/1/2026-W02"})
    found = json.loads(capsys.readouterr().err)
    assert (found["event"], found["key"], found["level"]) == ("posted", "results/1/2026-W02", "info")


@pytest.mark.parametrize("style", ["json", "console"])
@pytest.mark.parametrize("secret", [DISCORD, SLACK, "xapp-1-A123-456-abcdef"])
def test_no_secret_is_ever_written(style: str, secret: str, capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("info", style)
    logger = logging.getLogger("bot.x")
    logger.info("calling with %s", secret)
    logger.info("calling", extra={"token": secret})
    try:
        raise ValueError(f"bad token {secret}")
    except ValueError:
        logger.exception("failed")
    written = capsys.readouterr().err
    assert secret not in written
    assert written.count("[secret]") >= 3
    assert "ValueError" in written


def test_what_is_below_the_level_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("warning", "console")
    logging.getLogger("bot.x").info("quiet")
    assert capsys.readouterr().err == ""
