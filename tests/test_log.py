"""Logs: an action in a few words, its facts, and never a secret or what a member wrote."""

import ast
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.settings import DiscordSettings
from adapters.slack.settings import SlackSettings
from bot import log
from bot.config import Settings
from bot.store.database import Store
from tests.delivery.town import Town

ROOT = Path(__file__).parents[1]
DISCORD = "MTA5ODc2NTQzMjEwOTg3NjU0.GhIjKl.abcdefghijklmnopqrstuvwxyz0123456789AB"
SLACK = "xoxb-1234567890-abcdefghijkl"
SHAPED = {
    "Discord's token": (DISCORD, DISCORD),
    "Slack's bot token": (SLACK, SLACK),
    "Slack's app token": ("xapp-1-A123-456-abcdef", "xapp-1-A123-456-abcdef"),
    "a token that is renewed": ("xoxe.xoxp-1-Mi0yLTEyMzQ1", "Mi0yLTEyMzQ1"),
    "a token to renew it with": ("xoxe-1-My0xLTEyMzQ1Njc4", "My0xLTEyMzQ1Njc4"),
    "a header": ("Authorization: Bot abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyz"),
    "a code of OAuth": ("GET /slack/oauth_redirect?code=123.456.abcdef&state=5f3c", "123.456.abcdef"),
    "a state of OAuth": ("GET /slack/oauth_redirect?code=1&state=5f3c-9a", "5f3c-9a"),
    "a socket's ticket": ("wss://wss-primary.slack.com/link/?ticket=abc-def&app_id=1", "abc-def"),
    "fields of an answer": ("{'ok': True, 'access_token': 'abcdefg'}", "abcdefg"),
    "a response_url": ("https://hooks.slack.com/commands/T1/123/aBcDeF", "aBcDeF"),
    "an interaction's address": ("/webhooks/123456/aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEy/messages", "aW50ZXJhY3Rpb246"),
}
LEVELS = {"debug", "info", "warning", "error", "critical", "exception"}
WRITTEN = {"learned", "text", "words", "card", "note", "why", "plan", "options", "value", "content", "body", "title"}
"""Names under which a fact would be something that a member wrote."""


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in (None, *log.OURS, *log.QUIET)]
    before = [(logger, logger.handlers[:], logger.level) for logger in loggers]
    yield
    for logger, handlers, level in before:
        logger.handlers[:], logger.level = handlers, level


def configure(style: str, secrets: frozenset[str] = frozenset(), level: str = "debug") -> None:
    if style == "plain":
        log.configure_plain(level, secrets)
    else:
        log.configure(level, style, secrets)


def test_json_lines_hold_the_action_and_its_facts(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("info", "json")
    logging.getLogger("bot.x").info("posted", extra={"key": "results/1/2026-W02"})
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["key"], line["level"]) == ("posted", "results/1/2026-W02", "info")
    assert line["logger"] == "bot.x"
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("style", ["json", "console", "plain"])
@pytest.mark.parametrize("what", SHAPED)
def test_no_secret_is_ever_written(style: str, what: str, capsys: pytest.CaptureFixture[str]) -> None:
    words, secret = SHAPED[what]
    configure(style)
    logger = logging.getLogger("adapters.x")
    logger.info("calling with %s", words)
    logger.info("calling", extra={"address": words, "nested": [{"deep": (words,)}]})
    try:
        raise ValueError(f"refused: {words}")
    except ValueError:
        logger.exception("failed", extra={"error": words})
    written = capsys.readouterr().err
    assert secret not in written
    assert written.count(log.HIDDEN) >= (2 if style == "plain" else 3)
    assert "ValueError" in written


@pytest.mark.parametrize("style", ["json", "console", "plain"])
def test_no_secret_of_the_settings_is_written_whatever_it_looks_like(
    style: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(
        platforms={
            "discord": DiscordSettings(token="plain-word-token"),
            "slack": SlackSettings(
                signing_secret="8f742231b10e8888abcd99", client_secret='quo"ted\\secret', listen="here:1"
            ),
        }
    )
    configure(style, settings.secrets())
    for secret in settings.secrets():
        logging.getLogger("x").error("unexpected %s", secret, extra={"seen": secret})
    written = capsys.readouterr().err
    for secret in settings.secrets():
        assert secret not in written
        assert json.dumps(secret)[1:-1] not in written
    assert "listen" not in settings.secrets()


@given(st.text(st.characters(categories=["L", "N", "Zs", "P"]), max_size=60))
def test_ordinary_words_stay_as_they_are(words: str) -> None:
    record = logging.LogRecord("x", logging.INFO, "x", 1, "%s", (words,), None)
    written = log.Scrubbed(logging.Formatter("%(message)s"), ["a-secret-of-mine"]).format(record)
    assert written == words or log.HIDDEN in written
    if len(words) < 20 and "=" not in words:
        assert written == words


def test_a_traceback_shows_no_values_of_variables(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("info", "console")
    learned = "what I learned is mine"
    try:
        raise ValueError(len(learned))
    except ValueError:
        logging.getLogger("bot.x").exception("failed")
    written = capsys.readouterr().err
    assert "raise ValueError(len(learned))" in written
    assert learned not in written


def test_what_is_below_the_level_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("warning", "console")
    logging.getLogger("bot.x").info("quiet")
    assert capsys.readouterr().err == ""


def test_libraries_say_nothing_at_debug_since_they_would_write_whole_requests(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log.configure("debug", "console")
    for name in ("discord.gateway", "slack_sdk.web", "aiohttp.access", "asyncio"):
        logging.getLogger(name).debug("payload: %s", "what I learned")
    logging.getLogger("bot.x").debug("ours")
    written = capsys.readouterr().err
    assert "what I learned" not in written
    assert "ours" in written


@pytest.mark.parametrize("style", ["json", "console"])
async def test_what_members_write_is_not_logged_even_when_everything_fails(
    style: str, store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log.configure("debug", style)
    town = await Town.founded(store)
    note = "the proof that I finally understood"

    def break_down(*_arguments: object) -> None:
        raise RuntimeError("out of order")

    town.platform.fails = break_down
    await town.say("ada", f"/checkin 2h learned: {note}")
    monkeypatch.setattr("bot.store.recording.record_checkin", break_down)
    await town.say("ada", f"/checkin 1h learned: {note}")
    await town.say("ada", f"/checkin 99h learned: {note}")
    written = capsys.readouterr().err
    assert "request failed" in written
    assert "post failed" in written
    assert note not in written


def test_nobody_is_told_to_install_what_voice_would_need() -> None:
    program = "import logging, adapters.discord.client, discord; logging.basicConfig(); discord.Client(intents=NONE)"
    words = program.replace("NONE", "discord.Intents(guilds=True)")
    done = subprocess.run([sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "voice" not in done.stderr


def log_calls() -> Iterator[tuple[str, ast.Call]]:
    for path in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "adapters").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="log"), attr=attr)) if attr in LEVELS:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def test_every_line_is_an_action_in_a_few_words_and_its_facts_are_keys() -> None:
    calls = list(log_calls())
    assert len(calls) > 40
    for where, call in calls:
        [event] = call.args
        assert isinstance(event, ast.Constant), f"{where}: the event is put together"
        words = str(event.value)
        assert "%" not in words, where
        assert 1 <= len(words.split()) <= 12, where
        assert words[0].islower() or words.startswith("Slack"), where


def test_no_fact_is_something_that_a_member_wrote() -> None:
    for where, call in log_calls():
        for keyword in call.keywords:
            if keyword.arg == "extra":
                assert isinstance(keyword.value, ast.Dict), where
                names = {key.value for key in keyword.value.keys if isinstance(key, ast.Constant)}
                assert not names & WRITTEN, where


FORGED = "seen\n2026-01-01T00:00:00Z [info] all is well\r\x1b[31m\x9b0m\u2028\u202e\u0085\0end\x7f"
HARM = "\n\r\x1b\x9b\u2028\u202e\x85\0\x7f"


@pytest.mark.parametrize("style", ["json", "console", "plain"])
def test_whatever_comes_from_outside_stays_in_its_line(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure(style)
    logger = logging.getLogger("adapters.x")
    logger.warning("seen %s", FORGED, extra={"path": FORGED, "nested": [{FORGED: (FORGED,)}], "it": ValueError(FORGED)})
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    read = list(_texts(json.loads(err) if style == "json" else err.rstrip("\n")))
    assert not any(sign in text for text in read for sign in HARM)
    assert any("seen\\n2026" in text for text in read)


@pytest.mark.parametrize("style", ["json", "console", "plain"])
def test_the_words_of_an_error_begin_no_line_of_the_log(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure(style)
    try:
        raise ValueError(FORGED)
    except ValueError:
        logging.getLogger("bot.x").exception("failed")
    err = capsys.readouterr().err
    text = json.loads(err)["exception"] if style == "json" else err.partition("\n")[2]
    assert "ValueError" in text
    assert all(line.startswith("    ") for line in text.split("\n") if line)
    assert not any(sign in text for sign in HARM.replace("\n", ""))


@given(st.text())
def test_escaped_text_is_one_line_and_nothing_but_itself_is_changed(text: str) -> None:
    escaped = log.escape(text)
    assert len(escaped.splitlines()) <= 1
    assert log.escape(escaped) == escaped
    if text.isprintable():
        assert escaped == text


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for key, one in value.items():
                yield from (*_texts(key), *_texts(one))
        case list():
            for one in value:
                yield from _texts(one)
        case _:
            pass


def test_logging_loads_no_rich_and_leaves_it_to_whoever_needs_it() -> None:
    program = (
        "import sys; from bot import log; log.configure('info', 'console');"
        "print(sorted({'rich', 'pygments'} & set(sys.modules))); import rich.console"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
