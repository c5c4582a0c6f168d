"""Settings: what may be written where, and what is said of a wrong one."""

import tomllib
from pathlib import Path

import msgspec
import pytest

from adapters.discord.settings import DiscordSettings
from adapters.slack.settings import SlackSettings
from bot import config
from bot.adapter.plugin import AdapterSettings, Plugin, Secret
from bot.errors import Misconfigured
from bot.location import ServerDatabase
from tests.documents import sections

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
    assert set(written) == {*config.CORE_SECTIONS, "discord", "slack", "web"}
    assert written == {name: msgspec.to_builtins(kind()) for name, kind in sections().items()}


def test_the_environment_overrides_the_file(file: Path) -> None:
    file.write_text('[group]\ngoal_hours = 5\ntime_zone = "Europe/Berlin"\n')
    settings = config.load(file, {"TENHOURS_GROUP__GOAL_HOURS": "7.5", "HOME": "/x", "TENHOURS": "y"})
    assert (settings.group.goal, settings.group.time_zone) == (450, "Europe/Berlin")


def test_a_secret_may_be_a_file(file: Path, tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("abc\n")
    file.write_text("")
    assert config.load(file, {"TENHOURS_DISCORD__TOKEN_FILE": str(secret)}).platforms == {
        "discord": DiscordSettings("abc")
    }


def test_a_secret_may_be_a_file_that_the_configuration_names(file: Path, tmp_path: Path) -> None:
    secret, other = tmp_path / "token", tmp_path / "other"
    secret.write_text("abc\n")
    other.write_text("def\n")
    file.write_text(f'[discord]\ntoken = ""\ntoken_file = "{secret}"\n')
    assert config.load(file, {}).platforms == {"discord": DiscordSettings("abc")}
    for environ in ({"TENHOURS_DISCORD__TOKEN": "def"}, {"TENHOURS_DISCORD__TOKEN_FILE": str(other)}):
        assert config.load(file, environ).platforms == {"discord": DiscordSettings("def")}
    file.write_text('[discord]\ntoken = "abc"\ntoken_file = ""\n')
    assert config.load(file, {"TENHOURS_DISCORD__TOKEN_FILE": str(other)}).platforms == {
        "discord": DiscordSettings("def")
    }


def test_a_secret_that_is_given_twice_is_refused(file: Path, tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("abc")
    sentence = r"^\[discord\] token is set twice, also as \[discord\] token_file: set only one of them\.$"
    file.write_text(f'[discord]\ntoken = "abc"\ntoken_file = "{secret}"\n')
    with pytest.raises(Misconfigured, match=sentence):
        config.load(file, {})
    file.write_text("")
    variables = r"^TENHOURS_DISCORD__TOKEN is set twice, also as TENHOURS_DISCORD__TOKEN_FILE: set only one of them\.$"
    with pytest.raises(Misconfigured, match=variables):
        config.load(file, {"TENHOURS_DISCORD__TOKEN": "abc", "TENHOURS_DISCORD__TOKEN_FILE": str(secret)})


URL = "postgresql://ada:hunter2@db/tenhours"


def test_the_url_of_a_database_may_be_a_file_so_that_its_password_stands_nowhere_else(
    file: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "url"
    secret.write_text(f"{URL}\n")
    file.write_text(f'[database]\nurl_file = "{secret}"\n')
    by_file = config.load(file, {})
    file.write_text('[database]\nurl = "sqlite:///a.db"\n')
    by_variable = config.load(file, {"TENHOURS_DATABASE__URL_FILE": str(secret)})
    beside_an_empty_one = config.load(file, {"TENHOURS_DATABASE__URL_FILE": str(secret), "TENHOURS_DATABASE__URL": ""})
    for settings in (by_file, by_variable, beside_an_empty_one):
        assert settings.database.location == ServerDatabase(URL)
        assert settings.secrets() == {"hunter2"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "TENHOURS_DATABASE__URL_FILE names a file that can't be read: {path}."),
        ("", "TENHOURS_DATABASE__URL_FILE names a file with something else in it: expected sqlite:///file.db, "),
        ("hunter2", "TENHOURS_DATABASE__URL_FILE names a file with something else in it: expected sqlite:///file.db, "),
    ],
)
def test_a_wrong_file_of_a_url_is_one_sentence_without_what_is_in_it(
    file: Path, tmp_path: Path, content: str | None, sentence: str
) -> None:
    secret = tmp_path / "url"
    if content is not None:
        secret.write_text(content)
    file.write_text('[database]\nurl = ""\n')
    with pytest.raises(Misconfigured) as caught:
        config.load(file, {"TENHOURS_DATABASE__URL_FILE": str(secret)})
    [told] = caught.value.sentences
    assert told.startswith(sentence.format(path=secret))
    assert "hunter2" not in told


def test_a_url_that_is_given_twice_or_is_wrong_shows_no_password(file: Path, tmp_path: Path) -> None:
    file.write_text(f'[database]\nurl = "{URL}"\nurl_file = "{tmp_path}"\n')
    twice = r"^\[database\] url is set twice, also as \[database\] url_file: set only one of them\.$"
    with pytest.raises(Misconfigured, match=twice):
        config.load(file, {})
    file.write_text(f'[database]\nurl = "{URL.replace("postgresql", "mysql")}"\n')
    with pytest.raises(Misconfigured, match=r"url = 'mysql://ada@db/tenhours': expected"):
        config.load(file, {})


def test_platforms_are_named_by_their_tokens(file: Path) -> None:
    file.write_text('[discord]\ntoken = "a"\n[slack]\napp_token = "b"\n')
    assert config.load(file, {}).adapters() == ["discord", "slack"]
    assert config.Settings().adapters() == []


def test_the_database_is_relative_with_three_slashes_and_absolute_with_four(file: Path) -> None:
    file.write_text("")
    for url, path in (("sqlite:///a.db", "a.db"), ("sqlite:////var/a.db", "/var/a.db")):
        assert config.load(file, {"TENHOURS_DATABASE__URL": url}).database.location == Path(path)


def test_a_section_is_handed_to_the_adapter_of_its_name() -> None:
    settings = config.load(None, {"TENHOURS_DISCORD__TOKEN": " abc\n"})
    assert settings.section("discord", DiscordSettings) == DiscordSettings("abc", theme="dark")
    assert settings.section("slack", SlackSettings) == SlackSettings()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[group]\ngoal_hours = "ten"', ["[group] goal_hours", "'ten'", "expected a number, got text"]),
        ("[group]\ngoal_hours = 0", ["[group] goal_hours = 0", "1 to 100"]),
        ("[group]\ngoal_hours = 101", ["101", "1 to 100"]),
        ('[group]\ntime_zone = "Mars/Base"', ["[group] time_zone", "Mars/Base", "IANA"]),
        ("[group]\ngoal = 3", ["no setting [group] goal"]),
        ("[grupp]\nx = 3", ["There's no section [grupp]. config.example.toml lists them all."]),
        ("[slak]\nbot_token = 'x'", ["There's no section [slak]. config.example.toml lists them all."]),
        ("matrix = 3", ["no section [matrix]"]),
        (
            "[matrix]\nx = 3",
            ["There's no adapter for [matrix]. Installed: console, discord, slack, web. Install the package that"],
        ),
        ("[console]\nx = 3", ["no setting [console] x"]),
        ("[slack]\ntheme = 'x'", ["[slack] theme = 'x': expected one of light, dark."]),
        ('[log]\nlevel = "loud"', ["[log] level", "'loud'"]),
        ('[database]\nurl = "mysql://x"', ["[database] url", "mysql://x", "sqlite:///"]),
        ('[database]\nurl = "sqlite:///"', ["[database] url", "sqlite:///file.db"]),
        ('[log]\nlevel = "loud"', ["[log] level", "'loud'", "expected one of debug, info, warning, error"]),
        ("[log]\nformat = 3", ["[log] format", "3", "expected one of console, json"]),
        ("group = 3", ["[group]", "3", "expected"]),
        ("[discord]\ntoken = 3.5", ["[discord] token"]),
        ("no toml at all", ["valid TOML"]),
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
    with pytest.raises(Misconfigured, match="can't be read"):
        config.load(tmp_path, {})
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Misconfigured, match="valid TOML"):
        config.load(file, {})
    file.write_text("")
    with pytest.raises(Misconfigured, match="TENHOURS_DISCORD__TOKEN_FILE names a file"):
        config.load(file, {"TENHOURS_DISCORD__TOKEN_FILE": "/nowhere"})
    file.write_text('[discord]\ntoken_file = "/nowhere"')
    with pytest.raises(Misconfigured, match=r"\[discord\] token_file names a file that can't be read: /nowhere"):
        config.load(file, {})
    file.write_text("[slack]\napp_token_file = 3")
    with pytest.raises(Misconfigured, match=r"\[slack\] app_token_file names a file that can't be read: 3"):
        config.load(file, {})
    file.write_text('[discord]\ntheme_file = "/nowhere"')
    with pytest.raises(Misconfigured, match=r"no setting \[discord\] theme_file"):
        config.load(file, {})


@pytest.mark.parametrize(
    ("variable", "text", "sentence"),
    [
        ("TENHOURS_DISCORD__TOKN", "abc", "There's no setting TENHOURS_DISCORD__TOKN. config.example.toml"),
        ("TENHOURS_GROP__GOAL", "1", "There's no section [grop] (from TENHOURS_GROP__GOAL). config.example.toml"),
        ("TENHOURS_GROUP__GOAL_HOURS", "many", "TENHOURS_GROUP__GOAL_HOURS = 'many': expected a number, got text."),
        ("TENHOURS_GROUP__TIME_ZONE", "Mars", "TENHOURS_GROUP__TIME_ZONE = 'Mars': expected an IANA name"),
        ("TENHOURS_DATABASE__URL", "x", "TENHOURS_DATABASE__URL = 'x': expected"),
        ("TENHOURS_HEALTH__LISTEN", "x", "TENHOURS_HEALTH__LISTEN = 'x': expected host:port"),
        ("TENHOURS_BACKUP__KEEP", "0", "TENHOURS_BACKUP__KEEP = 0: expected 1 or more."),
        ("TENHOURS_DISCORD__SHARDS", "0", "TENHOURS_DISCORD__SHARDS = '0': expected a whole number, at least 1."),
        (
            "TENHOURS_DISCORD__SHARDS",
            "9999",
            "TENHOURS_DISCORD__SHARDS = '9999': expected a whole number, at most 1000.",
        ),
        ("TENHOURS_DISCORD__SHARDS", "many", "TENHOURS_DISCORD__SHARDS = 'many': expected a whole number, got text."),
        ("TENHOURS_LOG__LEVEL", "loud", "TENHOURS_LOG__LEVEL = 'loud': expected one of debug, info"),
    ],
)
def test_a_wrong_setting_of_the_environment_is_called_by_its_variable(
    file: Path, variable: str, text: str, sentence: str
) -> None:
    file.write_text("[group]\ngoal_hours = 12\n")
    with pytest.raises(Misconfigured) as caught:
        config.load(file, {variable: text})
    assert str(caught.value).startswith(sentence)


def test_all_wrong_settings_are_told_at_once(file: Path) -> None:
    file.write_text(
        "[group]\ngoal_hours = 'ten'\ntime_zone = 'Mars'\ncolour = 1\n[log]\nlevel = 'loud'\nformat = 3\n"
        "[slak]\nx = 1\n[discord]\ntoken_file = '/nowhere'\ntheme = 'x'\n[backup]\nkeep = 0\n"
    )
    with pytest.raises(Misconfigured) as caught:
        config.load(file, {"TENHOURS_HEALTH__LISTEN": "everywhere"})
    assert [sentence.partition(":")[0] for sentence in caught.value.sentences] == [
        "[discord] token_file names a file that can't be read",
        "[group] goal_hours = 'ten'",
        "There's no setting [group] colour. config.example.toml lists them all.",
        "[log] level = 'loud'",
        "[log] format = 3",
        "There's no section [slak]. config.example.toml lists them all.",
        "[discord] theme = 'x'",
        "[backup] keep = 0",
        "TENHOURS_HEALTH__LISTEN = 'everywhere'",
        "[group] time_zone = 'Mars'",
    ]


class Far(AdapterSettings, frozen=True):
    """The settings of an adapter of another package."""

    room: str
    key: Secret = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.key == "short":
            raise ValueError("the key is too short")


def load_far(file: Path, text: str) -> config.Settings:
    file.write_text(text)
    plugin = Plugin(lambda _settings, _core: pytest.fail("never made"), Far)
    return config.load(file, {}, {"far": plugin})


def test_settings_of_another_package(file: Path) -> None:
    settings = load_far(file, '[far]\nroom = " hall "\nkey = "abcdef"')
    assert settings.section("far", Far) == Far("hall", "abcdef")
    assert settings.adapters() == ["far"]
    assert settings.secrets() == {"abcdef"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[far]", "[far] room is missing."),
        ('[far]\nroom = "hall"\ncolour = 1', "There's no setting [far] colour. There are these: room, key."),
        ('[far]\nroom = "hall"\nkey = 3', "[far] key = …: expected text, got a whole number."),
        ('[far]\nroom = "hall"\nkey = "short"', "[far]: the key is too short."),
        ("far = 3", "[far] = 3: expected a table, got a whole number."),
    ],
)
def test_a_wrong_setting_of_another_package(file: Path, text: str, sentence: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        load_far(file, text)
    assert str(caught.value) == sentence


def test_a_section_that_must_be_written_is_missed(file: Path) -> None:
    settings = load_far(file, "")
    assert settings.adapters() == []
    with pytest.raises(Misconfigured, match=r"^\[far\] room is missing\.$"):
        settings.section("far", Far)
