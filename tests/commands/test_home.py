"""The page that a platform keeps for one person."""

from bot.commands.registry import SPECS
from bot.views.home import DAILY, SETTINGS
from tests.talk import Talk


async def test_the_page_is_progress_with_buttons_and_settings_below(talk: Talk) -> None:
    await talk("ada", "/focus start Linear algebra hours: 80")
    await talk("ada", "/checkin 2h30 statistics")
    page = str(await talk.command("ada", "home", channel=None))
    assert page.startswith(str(await talk("ada", "/progress", channel=None)))
    assert "Linear algebra" in page
    assert page.splitlines()[-5:-1] == ["Settings", "Goal: 10 h a week", "Time zone: UTC", "Reminders: off"]


async def test_settings_are_shown_as_they_are(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.advance(weeks=1)
    await talk("ada", "/goal 8")
    await talk("ada", "/reminders direct")
    await talk("ada", "/timezone Lisbon")
    page = await talk.command("ada", "home", channel=None)
    assert "10 h a week, 8 h from next week" in page
    assert "Europe/Lisbon" in page
    assert "directly" in page


async def test_every_button_is_a_command_and_stands_there_once(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    page = await talk.command("ada", "home", channel=None)
    commands = [button.command for button in page.card.buttons()]
    assert len(commands) == len(set(commands))
    assert set(commands) <= SPECS.keys()
    assert {button.command for button in (*DAILY, *SETTINGS)} <= set(commands)
