"""`tenhours setup` for a script: answers from a file or the environment, and a status for each end."""

import stat
import tomllib
from pathlib import Path

import pytest

from bot.errors import EXIT_CONFIG, EXIT_TRY_AGAIN
from bot.verbs.setup.begin import answers_of_environment
from bot.verbs.setup.installation import Installation
from bot.verbs.setup.later import LATER
from tests.servers.discord.world import TOKEN
from tests.verbs.setup.conftest import Place


async def test_answers_of_a_file_from_nothing(place: Place) -> None:
    place.discord.world.add_server("Study hall", "general", "random")
    answers = place.folder.parent / "answers.toml"
    answers.write_text(f'[discord]\ntoken = "{TOKEN}"\ntheme = "light"\n[group]\ngoal_hours = 8\n')
    status, output, errors = await place.run("setup", "--answers", str(answers), "--test-in", "general")
    assert (status, errors) == (0, "")
    assert "copies work" in output
    assert "Posted in #general." in output
    assert TOKEN not in output
    secret = place.folder / "secrets" / "discord-token"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert tomllib.loads((place.folder / "config.toml").read_text()) == {
        "discord": {"theme": "light", "token_file": str(secret)},
        "group": {"goal_hours": 8},
    }
    again, output, errors = await place.run("setup", "--answers", str(answers))
    assert (again, errors) == (0, "")
    assert "Saved" not in output


def test_an_address_with_a_password_goes_into_a_file_of_its_own(tmp_path: Path) -> None:
    url = "postgresql://ada:hunter2@db/tenhours"
    given, config_file = tmp_path / "url", tmp_path / "config.toml"
    given.write_text(f"{url}\n")
    answers = answers_of_environment({"TENHOURS_DATABASE__URL_FILE": str(given)}, {})
    assert answers == {("database", "url"): url}
    installation = Installation(config_file, {}, {})
    [step] = [step for step in LATER if step.name == "database"]
    secret = tmp_path / "secrets" / "database-url"
    assert installation.save(answers) == [secret, config_file]
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert tomllib.loads(config_file.read_text()) == {"database": {"url_file": str(secret)}}
    assert installation.value_of(("database", "url")) == url
    assert step.state(installation) == "postgresql://ada@db/tenhours"
    installation.save({("database", "url"): "postgresql://ada@db/tenhours"})
    assert tomllib.loads(config_file.read_text()) == {"database": {"url": "postgresql://ada@db/tenhours"}}


@pytest.mark.slow
async def test_what_the_environment_sets_is_saved_where_that_is_asked(place: Place) -> None:
    place.slack.world.add_workspace("T1").add_channel("C1", name="study")
    (place.folder / "app-token").write_text("xapp-1-A1-2-abcdef\n")
    environ = {
        "TENHOURS_SLACK__BOT_TOKEN": "xoxb-T1",
        "TENHOURS_SLACK__APP_TOKEN_FILE": "app-token",
        "TENHOURS_LOG__LEVEL": "debug",
    }
    status, output, _ = await place.run("setup", "--save", **environ)
    assert status == 0
    assert "xoxb" not in output
    folder = place.folder / "secrets"
    assert tomllib.loads((place.folder / "config.toml").read_text()) == {
        "slack": {
            "bot_token_file": str(folder / "slack-bot-token"),
            "app_token_file": str(folder / "slack-app-token"),
        },
        "log": {"level": "debug"},
    }
    status, output, _ = await place.run("setup")
    assert status == 0
    assert "the bot token speaks for the workspace T1" in output


@pytest.mark.slow
async def test_by_http_with_an_address_and_a_signing_secret(place: Place) -> None:
    place.slack.world.add_workspace("T1").add_channel("C1", name="study")
    secret = "0123456789abcdef0123456789abcdef"
    answers = f'[slack]\nbot_token = "xoxb-T1"\nsigning_secret = "{secret}"\npublic_url = "https://bot.example.org"\n'
    status, output, errors = await place.run("setup", "--answers", "-", typed=answers)
    assert (status, errors) == (0, "")
    assert secret not in output
    written = tomllib.loads((place.folder / "config.toml").read_text())["slack"]
    assert set(written) == {"bot_token_file", "signing_secret_file", "public_url"}


@pytest.mark.slow
async def test_without_answers_it_says_how_it_stands_and_what_comes_next(place: Place) -> None:
    status, output, errors = await place.run("setup")
    assert (status, errors) == (EXIT_TRY_AGAIN, "")
    assert "Next: the platform (Discord or Slack) isn't answered yet." in output
    assert list(place.folder.iterdir()) == []
    status, output, errors = await place.run("setup", TENHOURS_DISCORD__TOKEN=TOKEN)
    assert (status, errors) == (EXIT_TRY_AGAIN, "")
    assert "done  Discord tokens" in output
    assert "next  Discord invitation" in output
    assert "https://discord.com/oauth2/authorize" in output


@pytest.mark.slow
async def test_a_wrong_answer_is_a_sentence_and_a_status(place: Place) -> None:
    for answers, words in (
        (f'[discord]\ntoken = "{TOKEN}x"', "is not one that Discord knows"),
        ('[discord]\ntoken = "900000000000000001"', "That's an id, such as the application's."),
        ('[discord]\ntokn = "x"', "There's no setting [discord] tokn."),
        ("discord = 3", "[discord] isn't a section"),
        ("[discord", "aren't valid TOML"),
        ('[discord]\ntoken_file = "nowhere"', "[discord] token_file names a file that can't be read: nowhere."),
        (f'[discord]\ntoken = "{TOKEN}"\n[group]\ngoal_hours = 200', "[group] goal_hours = 200.0: expected 1 to 100"),
    ):
        status, _, errors = await place.run("setup", "--answers", "-", typed=answers)
        assert status == EXIT_CONFIG, answers
        assert words in errors
        assert len(errors.splitlines()) == 1
        assert list(place.folder.iterdir()) == []


@pytest.mark.slow
async def test_a_platform_that_does_not_answer_is_to_be_gone_on_with(place: Place) -> None:
    await place.discord.close()
    await place.discord.start()
    base = place.discord.base
    place.discord.base = "http://127.0.0.1:1/api/v10"
    status, _, errors = await place.run("setup", "--answers", "-", typed=f'[discord]\ntoken = "{TOKEN}"')
    place.discord.base = base
    assert status == EXIT_TRY_AGAIN
    assert "again to go on" in errors


async def test_the_lines_for_this_machine_alone(place: Place) -> None:
    status, output, errors = await place.run("setup", "service")
    assert (status, errors) == (0, "")
    assert len(output.splitlines()) >= 2
