"""What is typed is told apart by its shape, and the lines for a machine fit it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from adapters.discord.setup import read_token
from adapters.slack.settings import SlackSettings
from adapters.slack.setup import SlackSetup
from bot.adapter.setup import Question, Ways
from bot.commands.registry import SPECS
from bot.config import DatabaseSettings, Settings
from bot.errors import Refused, SchemaMismatch
from bot.verbs.setup import later, names, service
from bot.verbs.setup.service import Machine

USER = Machine(Path("/home/ada/.local/bin/tenhours"), Path("/srv/x/config.toml"), Path("/srv/x"), False, True, False)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("123456789012345678", "an id"),
        ("f" * 64, "public key"),
        ("Ab-3_" * 6 + "xy", "client secret"),
        ("https://discord.com/api/oauth2", "a link"),
        ("mfa.abc", "a person's account"),
        ("one.two", "a whole token"),
        ("one..two", "a whole token"),
        ("one.two.th ree", "a whole token"),
    ],
)
def test_what_is_no_token_of_discord_is_told_by_its_shape(typed: str, words: str) -> None:
    with pytest.raises(Refused, match="on the page Bot, choose Reset Token") as caught:
        read_token(typed)
    assert words in str(caught.value)


def test_a_token_is_taken_as_people_paste_it() -> None:
    assert {read_token(typed) for typed in (" a.b.c\n", '"a.b.c"', "Bot a.b.c")} == {"a.b.c"}


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [
        ("bot_token", "xapp-1-a", "That's the app token. The bot token begins with xoxb-"),
        ("bot_token", "xoxp-1-a", "the token of a person"),
        ("bot_token", "A012345678", "the app's id"),
        ("bot_token", "123.456", "the client id"),
        ("app_token", "xoxb-1", "That's the bot token. The app token begins with xapp-"),
        ("app_token", "0123456789abcdef0123456789abcdef", "the signing secret or the client secret"),
        ("signing_secret", "xoxb-1", "That's the bot token. The signing secret is on"),
        ("signing_secret", "hello", "That isn't it."),
        ("public_url", "http://bot.example.org", "https://"),
    ],
)
def test_what_is_no_such_secret_of_slack_is_told_by_its_shape(key: str, typed: str, words: str) -> None:
    question = SlackSetup(tuple(SPECS.values())).question_of(SlackSettings(), key)
    assert question is not None
    with pytest.raises(Refused) as caught:
        question.read(typed)
    assert words in str(caught.value)


def test_slack_asks_for_what_its_way_needs() -> None:
    setup = SlackSetup(tuple(SPECS.values()))
    first = setup.next_question(SlackSettings())
    assert isinstance(first, Ways)
    assert [question.key for _, question in first.ways] == ["bot_token", "public_url"]
    steps = [
        (SlackSettings(bot_token="xoxb-1"), "app_token"),
        (SlackSettings(app_token="xapp-1"), "bot_token"),
        (SlackSettings(public_url="https://x.org"), "bot_token"),
        (SlackSettings(public_url="https://x.org", bot_token="xoxb-1"), "signing_secret"),
        (SlackSettings(client_id="1.2"), "signing_secret"),
    ]
    for settings, key in steps:
        question = setup.next_question(settings)
        assert isinstance(question, Question)
        assert question.key == key
    assert setup.next_question(SlackSettings(bot_token="xoxb-1", app_token="xapp-1")) is None
    by_http = setup.question_of(SlackSettings(public_url="https://x.org"), "bot_token")
    assert by_http is not None
    assert "x.org%2Fslack%2Fevents" in "".join(by_http.steps)


@pytest.mark.parametrize(
    ("read", "typed", "words"),
    [
        (later.read_database, "mysql://x", "postgresql://tenhours@localhost/tenhours"),
        (later.read_hours, "lots", "such as 10"),
        (later.read_listen, "everywhere", "127.0.0.1:8080"),
        (later.read_web_address, "http://x.org", "https://"),
        (later.read_zone_name, "Mars", "time zone"),
    ],
)
def test_what_can_wait_is_read_too(read: Callable[[str], str], typed: str, words: str) -> None:
    with pytest.raises(Refused) as caught:
        read(typed)
    assert words in str(caught.value)


def test_a_database_that_cannot_be_reached_or_is_of_another_version_is_not_taken(database: Path) -> None:
    later.try_database(Settings(database=DatabaseSettings(f"sqlite:///{database}")))
    with closing(sqlite3.connect(database)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(SchemaMismatch, match="another version"):
        later.try_database(Settings(database=DatabaseSettings(f"sqlite:///{database}")))


def test_lines_that_fit_the_machine() -> None:
    user = "\n".join(service.lines(USER))
    assert "ExecStart=/home/ada/.local/bin/tenhours --config /srv/x/config.toml run" in user
    assert "systemctl --user enable --now tenhours" in user
    assert "User=" not in user
    root = "\n".join(service.lines(Machine(Path("/opt/t/bin/tenhours"), USER.config, USER.folder, False, True, True)))
    assert "User=tenhours" in root
    assert "chown -R tenhours: /srv/x" in root
    home = "\n".join(service.lines(Machine(Path("/opt/t/tenhours"), USER.config, Path("/root"), False, True, True)))
    assert "chown" not in home
    assert service.lines(Machine(USER.program, USER.config, USER.folder, True, True, False))[-1].startswith("docker")
    plain = service.lines(Machine(USER.program, Path("/a b/c.toml"), USER.folder, False, False, False))
    assert plain[-1] == "/home/ada/.local/bin/tenhours --config '/a b/c.toml' run"
    odd = Machine(USER.program, Path("/a b/50%.toml"), USER.folder, False, True, False)
    assert '--config "/a b/50%%.toml" run' in "\n".join(service.lines(odd))


def test_the_names_on_the_command_line_are_those_of_the_steps() -> None:
    assert tuple(step.name for step in later.LATER) == names.LATER_NAMES
