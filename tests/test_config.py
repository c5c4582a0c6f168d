"""Settings: what may be written where, and what is said of a wrong one."""

import tomllib
from pathlib import Path

import msgspec
import pytest

from bot import config
from bot.errors import Misconfigured

EXAMPLE = Path(__file__).parents[1] / "config.example.toml"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_a_missing_file_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert config.load(None, {}) == config.Settings()


def test_a_file_that_was_named_must_be_there(file: Path) -> None:
    with pytest.raises(Misconfigured, match=r"no configuration file .*config\.toml"):
        config.load(file, {})


def test_the_example_names_every_key_with_its_default() -> None:
    written = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    assert written == msgspec.to_builtins(config.Settings())


def test_the_environment_overrides_the_file(file: Path) -> None:
    file.write_text('[group]\ngoal_hours = 5\ntime_zone = "Europe/Berlin"\n')
    settings = config.load(file, {"TENHOURS_GROUP__GOAL_HOURS": "7.5", "HOME": "/x", "TENHOURS": "y"})
    assert (settings.group.goal, settings.group.time_zone) == (450, "Europe/Berlin")


def test_a_secret_may_be_a_file(file: Path, tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("abc\n")
    file.write_text("")
    assert config.load(file, {"TENHOURS_DISCORD__TOKEN_FILE": str(secret)}).discord.token == "abc"


def test_platforms_are_named_by_their_tokens(file: Path) -> None:
    file.write_text('[discord]\ntoken = "a"\n[slack]\napp_token = "b"\n')
    assert config.load(file, {}).adapters() == ["discord", "slack"]
    assert config.Settings().adapters() == []


def test_the_database_is_relative_with_three_slashes_and_absolute_with_four(file: Path) -> None:
    file.write_text("")
    for url, path in (("sqlite:///a.db", "a.db"), ("sqlite:////var/a.db", "/var/a.db")):
        assert config.load(file, {"TENHOURS_DATABASE__URL": url}).database_path == Path(path)


def test_a_section_is_handed_to_the_adapter_of_its_name() -> None:
    assert config.Settings().section("discord") == {"token": "", "theme": "dark"}
    assert config.Settings().section("console") == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[group]\ngoal_hours = "ten"', ["[group] goal_hours", "'ten'", "expected a number, got text"]),
        ("[group]\ngoal_hours = 0", ["[group] goal_hours = 0", "1 to 100"]),
        ("[group]\ngoal_hours = 101", ["101", "1 to 100"]),
        ('[group]\ntime_zone = "Mars/Base"', ["[group] time_zone", "Mars/Base", "IANA"]),
        ("[group]\ngoal = 3", ["no setting [group] goal"]),
        ("[grupp]\nx = 3", ["no setting [grupp]"]),
        ('[log]\nlevel = "loud"', ["[log] level", "'loud'"]),
        ('[database]\nurl = "postgres://x"', ["[database] url", "postgres://x", "sqlite:///"]),
        ('[database]\nurl = "sqlite:///"', ["[database] url", "sqlite:///file.db"]),
        ('[log]\nlevel = "loud"', ["[log] level", "'loud'", "expected one of debug, info, warning, error"]),
        ("[log]\nformat = 3", ["[log] format", "3", "expected one of console, json"]),
        ("group = 3", ["[group]", "3", "expected"]),
        ("[discord]\ntoken = 3.5", ["[discord] token"]),
        ("no toml at all", ["not TOML"]),
    ],
)
def test_a_wrong_setting_is_named_with_key_value_and_what_was_expected(file: Path, text: str, words: list[str]) -> None:
    file.write_text(text)
    with pytest.raises(Misconfigured) as caught:
        config.load(file, {})
    for word in words:
        assert word in str(caught.value)


def test_a_secret_is_never_shown(file: Path) -> None:
    file.write_text('[discord]\ntoken = ["hunter2"]')
    with pytest.raises(Misconfigured) as caught:
        config.load(file, {})
    assert "hunter2" not in str(caught.value)


def test_unreadable_files_are_said_in_a_sentence(file: Path, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="cannot be read"):
        config.load(tmp_path, {})
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Misconfigured, match="not TOML"):
        config.load(file, {})
    file.write_text("")
    with pytest.raises(Misconfigured, match="TENHOURS_DISCORD__TOKEN_FILE names a file"):
        config.load(file, {"TENHOURS_DISCORD__TOKEN_FILE": "/nowhere"})


def test_an_unknown_key_of_the_environment_is_said_too(file: Path) -> None:
    file.write_text("")
    with pytest.raises(Misconfigured, match="no setting"):
        config.load(file, {"TENHOURS_DISCORD__TOKN": "abc"})
