"""The whole of `tenhours setup` in a pseudo-terminal, from an empty folder to the first check-in."""

import os
import signal
import stat
import sys
from pathlib import Path

import pytest

from bot.errors import EXIT_CONFIG, EXIT_TRY_AGAIN
from tests.servers.discord.world import TOKEN
from tests.servers.slack.people import Member
from tests.servers.slack.ways import BySocket
from tests.verbs.setup import transcript
from tests.verbs.setup.conftest import Place
from tests.verbs.setup.terminal import TerminalProgram
from tests.waiting import eventually

SLACK_TOKEN, APP_TOKEN = "xoxb-T1", "xapp-1-A1-2-abcdef"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are of Unix"),
]


def read_secret(path: Path) -> str:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    return path.read_text().strip()


async def lead_through_discord(place: Place) -> TerminalProgram:
    """From an empty folder to a test message, with two wrong answers on the way."""
    program = await place.open("setup")
    await program.answer("Number (1 to 2):", "1")
    await program.answer("The bot's token (not shown):", "900000000000000001")
    await program.see("That's an id, such as the application's.")
    await program.answer("The bot's token (not shown):", TOKEN + "x")
    await program.see("[discord] token is not one that Discord knows")
    assert list(place.folder.iterdir()) == []
    await program.answer("The bot's token (not shown):", TOKEN)
    await program.answer("Save it? [Y/n]", "y")
    await program.see("discord.com/oauth2/authorize")
    await program.see("Waiting until the bot is there")
    place.discord.world.add_server("Study hall", "general", "random")
    await program.see("The bot is in Study hall.")
    await program.see("copies work")
    await program.answer("Number (1 to 2, Enter for none):", "1")
    await program.see("Posted in #general.")
    await program.answer("Enter for none):", "1")
    await program.answer("The time zone:", "Europe/Berlin")
    await program.answer("Save it? [Y/n]", "y")
    await program.answer("Enter for none):", "")
    return program


async def test_discord_from_nothing_to_the_first_check_in(place: Place) -> None:
    program = await lead_through_discord(place)
    assert await program.end() == 0
    assert TOKEN.encode() not in program.raw
    assert read_secret(place.folder / "secrets" / "discord-token") == TOKEN
    settings = (place.folder / "config.toml").read_text()
    assert TOKEN not in settings
    assert 'time_zone = "Europe/Berlin"' in settings
    general = place.discord.world.servers[next(iter(place.discord.world.servers))].channels[0]
    assert "Test from" in place.discord.world.of(general)[0].data["content"]

    running = await place.open("run")
    ada = place.discord.world.add_person("Ada", permissions=str(1 << 4))
    await running.see("serving")
    await eventually(lambda: place.discord.syncs and place.discord.gateway.identifies, 60)
    form = await place.discord.command(ada, general, "group start")
    await place.discord.fill(form, {})
    use = await place.discord.command(ada, general, "checkin", {"time": "2h30"})
    assert "2 h 30" in str(use.message.data if use.message else use.answer)
    running.process.send_signal(signal.SIGTERM)
    assert await running.end() == 0


async def test_the_transcript_in_the_documents_is_what_is_shown(place: Place) -> None:
    program = await lead_through_discord(place)
    await program.end()
    shown = transcript.of_screen(program.screen.text)
    if os.environ.get("WRITE_TRANSCRIPT"):
        transcript.write(shown)
    assert shown == transcript.read(), "WRITE_TRANSCRIPT=1 writes it"


async def test_slack_from_nothing_to_the_first_check_in(place: Place) -> None:
    program = await place.open("setup")
    await program.answer("Number (1 to 2):", "2")
    await program.answer("How does Slack reach the bot?", "1")
    await program.see("https://api.slack.com/apps?new_app=1&manifest_json=")
    await program.answer("The bot token (not shown):", APP_TOKEN)
    await program.see("That's the app token. The bot token begins with xoxb-")
    await program.answer("The bot token (not shown):", SLACK_TOKEN)
    await program.see("Slack doesn't take this bot token (invalid_auth)")
    workspace = place.slack.world.add_workspace("T1")
    workspace.add_user("UADA", "Ada")
    await program.answer("The bot token (not shown):", SLACK_TOKEN)
    await program.answer("Save it? [Y/n]", "")
    await program.answer("The app token (not shown):", APP_TOKEN)
    await program.answer("Save it? [Y/n]", "")
    await program.see("/invite @tenhours")
    workspace.add_channel("C1", "UADA", name="study")
    await program.see("copies work")
    await program.answer("Number (1, Enter for none):", "1")
    await program.see("Posted in #study.")
    await program.answer("Enter for none):", "")
    assert await program.end() == 0
    assert read_secret(place.folder / "secrets" / "slack-bot-token") == SLACK_TOKEN
    assert read_secret(place.folder / "secrets" / "slack-app-token") == APP_TOKEN
    assert SLACK_TOKEN.encode() not in program.raw
    assert "Test from" in place.slack.world.public("C1")[0].text

    running = await place.open("run")
    ada = Member(place.slack, BySocket(place.slack), "T1", "UADA", "C1")
    await ada.slash("/checkin 2h30")
    await eventually(lambda: any("2 h 30" in str(message.blocks) for message in place.slack.world.seen_by("UADA")), 60)
    running.process.send_signal(signal.SIGTERM)
    assert await running.end() == 0


async def test_a_second_run_shows_what_is_set_and_changes_one_thing(place: Place) -> None:
    await (await lead_through_discord(place)).end()
    settings = place.folder / "config.toml"
    settings.write_text(f"# mine\n{settings.read_text()}# the end\n")
    program = await place.open("setup")
    await program.see("done  Discord tokens: the token belongs to")
    await program.see("done  Discord invitation: the bot is in Study hall")
    await program.see("done  Database: tenhours.db, 1 copy in backups")
    await program.answer("Enter for none):", "2")
    await program.answer("Hours a week:", "lots")
    await program.answer("Hours a week:", "200")
    await program.see("[group] goal_hours = 200.0: expected 1 to 100 hours.")
    await program.answer("Hours a week:", "12")
    await program.answer("Save it? [Y/n]", "")
    await program.answer("Enter for none):", "")
    assert await program.end() == 0
    written = settings.read_text()
    assert written.startswith("# mine\n")
    assert "goal_hours = 12" in written
    assert "# the end" in written


@pytest.mark.parametrize("where", ["at a question", "before it is confirmed", "while it waits"])
async def test_an_interruption_loses_nothing_and_leaves_nothing_half_written(place: Place, where: str) -> None:
    program = await place.open("setup", "discord")
    await program.see("The bot's token (not shown):")
    if where == "at a question":
        program.interrupt()
    else:
        await program.answer("", TOKEN)
        await program.see("Save it? [Y/n]")
        if where == "before it is confirmed":
            program.interrupt()
        else:
            await program.answer("", "y")
            await program.see("Waiting until the bot is there")
            program.signal()
    await program.see("Type `tenhours setup` again to go on.")
    assert await program.end() == EXIT_TRY_AGAIN
    assert "Traceback" not in program.screen.text
    names = {path.name for path in place.folder.rglob("*")}
    assert names == ({"secrets", "discord-token", "config.toml"} if where == "while it waits" else set())


async def test_settings_that_are_wrong_already_are_told_first(place: Place) -> None:
    (place.folder / "config.toml").write_text("[group]\ngoal_hours = 0\n")
    program = await place.open("setup")
    await program.see("[group] goal_hours = 0")
    assert await program.end() == EXIT_CONFIG


async def test_a_token_that_is_dead_is_asked_for_again(place: Place) -> None:
    (place.folder / "config.toml").write_text('[discord]\ntoken = "a.b.c"   # the old one\ntheme = "light"\n')
    place.discord.world.add_server("Study hall", "general")
    program = await place.open("setup")
    await program.see("next  Discord tokens: [discord] token is not one that Discord knows")
    await program.answer("The bot's token (not shown):", TOKEN)
    await program.answer("Save it? [Y/n]", "")
    await program.answer("Number (1, Enter for none):", "")
    await program.answer("Enter for none):", "")
    assert await program.end() == 0
    secret = place.folder / "secrets" / "discord-token"
    assert (place.folder / "config.toml").read_text() == f'[discord]\ntheme = "light"\ntoken_file = "{secret}"\n'
