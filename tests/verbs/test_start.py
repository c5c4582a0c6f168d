"""What `tenhours run` loads on Discord: nothing that waits for a picture, a file or another platform."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
START = """
import sys
from bot import app, cli, log
from bot.adapter.installed import installed
from bot.delivery import ticker
from bot.verbs import run
import adapters.discord.adapter

cli.make_parser(installed()).parse_args(["run"])
log.configure("info", "console")
print(*sys.modules)
"""
LATER = """
    PIL aiohttp.web alembic cryptography icalendar joserfc networkx prompt_toolkit psycopg pygments python_calamine
    recurring_ical_events rich shtab slack_bolt slack_sdk sqlalchemy
    bot.charts.drawing bot.checkup.configuration bot.commands.registry bot.commands.shared.add_checkin
    bot.domain.timesheet bot.terminal bot.tracker_files bot.verbs.setup.run
""".split()
UNCONFIGURED = {
    "console": {"adapters.console", "adapters.console.settings"},
    "slack": {"adapters.slack", "adapters.slack.settings", "adapters.slack.verbs"},
    "web": {"adapters.web", "adapters.web.settings"},
}


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    done = subprocess.run([sys.executable, "-c", START], cwd=ROOT, check=True, capture_output=True, text=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("library", LATER)
def test_a_start_does_not_load_what_it_has_no_use_for_yet(loaded: set[str], library: str) -> None:
    assert find_spec(library) is not None
    assert library not in loaded


@pytest.mark.parametrize("platform", UNCONFIGURED)
def test_an_adapter_without_a_section_loads_its_plugin_and_its_settings(loaded: set[str], platform: str) -> None:
    assert {name for name in loaded if name.startswith(f"adapters.{platform}")} <= UNCONFIGURED[platform]


def test_no_pattern_of_what_people_type_is_compiled_before_somebody_types() -> None:
    program = (
        "import re; times = []; real = re._compile\n"
        "def count(expression, flags): times.append(expression); return real(expression, flags)\n"
        "re._compile = count\n"
        "from bot.commands import registry\n"
        "from bot.domain import duration_grammar\n"
        "print(sum('pomodoro' in str(e) for e in times))\n"
        "duration_grammar.parse('3 x 25 min')\n"
        "print(sum('pomodoro' in str(e) for e in times))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["0", "1"]
