"""Every command of the documents: those in blocks are run in a fresh folder, those in a sentence exist.

The program is the real one, on the local Discord and Slack. What no test may do to a machine (systemctl, docker,
useradd, an installation) is done by stand-ins that only see whether the files they are given exist.
"""

import argparse
import os
import re
import shutil
import sys
import textwrap
from asyncio import create_subprocess_exec, timeout
from asyncio.subprocess import PIPE, STDOUT
from pathlib import Path

import pytest

from bot.adapter.installed import installed
from bot.cli import make_parser
from tests.servers.discord.world import TOKEN
from tests.verbs.setup.conftest import ROOT, Place

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^ *```sh\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"(tenhours|docker|systemctl|pipx|make) ")
SPAN = re.compile(r"`tenhours ([a-z][^`]*)`")
STAND_INS = (
    "createdb",
    "pipx",
    "uv",
    "make",
    "pip",
    "docker",
    "systemctl",
    "journalctl",
    "useradd",
    "loginctl",
    "python3",
)
STAND_IN = """#!/bin/sh
while [ $# -gt 0 ]; do
  case "$1" in --file|--requirement) test -e "$2" || { echo "no $2" >&2; exit 1; } ;; esac
  shift
done
"""
PROGRAM = """#!/bin/sh
run() {{ {python} -m tests.verbs.setup.program {discord} {slack} "$@"; }}
case "$*" in
  setup) run setup --answers "$ANSWERS" </dev/null ;;
  *run) {python} -m tests.verbs.setup.program {discord} {slack} "$@" 2>log & child=$!
        until grep -q serving log || ! kill -0 $child; do sleep 0.2; done
        kill -TERM $child; wait $child; status=$?; cat log; exit $status ;;
  *) run "$@" </dev/null ;;
esac
"""
HAPPENS_WITHIN = 110.0
SERVER = "postgresql://tenhours@localhost/tenhours"


def blocks(page: Path) -> list[str]:
    return [textwrap.dedent(block) for block in BLOCK.findall(page.read_text(encoding="utf-8"))]


def here(block: str) -> str:
    """Return a block with the places of a whole machine within the test's own folder, and typed secrets as files.

    The database on a server is one of the tests' own; after a copy to it the next blocks begin with a new file.
    """
    if SERVER in block:
        block = block.replace(SERVER, '"$SERVER"') + "rm tenhours.db*\n"
    block = re.sub(r"/dev/stdin (\S*?)([\w-]+)(?=\s)", r'"$SECRETS/\2" \1\2', block)
    block = (
        re.sub(r"-o (10001|999) ", "", block).replace("/opt/tenhours/bin/", "").replace(" /etc/", ' "$MACHINE"/etc/')
    )
    return block.replace("=/etc/", '="$MACHINE"/etc/')


def executable(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def furnish(place: Place) -> dict[str, str]:
    """Put into the folder what a clone and a reader have; return the environment."""
    folder = place.folder
    for name in ("config.example.toml", "requirements.txt", "requirements-postgres.txt"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "deploy", folder / "deploy")
    (folder / "toggl.csv").write_text("day,duration,area\n2026-01-05,01:00:00,Statistics\n")
    home, machine, programs, secrets = (place.folder.parent / name for name in ("home", "machine", "bin", "typed"))
    for new in (home, machine / "etc" / "systemd" / "system", programs, secrets):
        new.mkdir(parents=True)
    answers = f'[discord]\ntoken = "{TOKEN}"\n'
    typed = {
        "discord-token": TOKEN,
        "discord_token": TOKEN,
        "slack-bot-token": "xoxb-T1",
        "slack-app-token": "xapp-1-A",
        "database-url": SERVER,
        "database_url": SERVER,
        "database_password": "s3cret",
    }
    for name, secret in typed.items():
        (secrets / name).write_text(f"{secret}\n")
    (secrets / "answers.toml").write_text(answers)
    (folder / "answers.toml").write_text(answers)
    for name in STAND_INS:
        executable(programs / name, STAND_IN)
    places = {"python": sys.executable, "discord": place.discord.base, "slack": place.slack.api.url}
    executable(programs / "tenhours", PROGRAM.format(**places))
    known = {"HOME": home, "MACHINE": machine, "SECRETS": secrets, "ANSWERS": secrets / "answers.toml"}
    return {
        **place.environment_without_path(),
        **{name: str(path) for name, path in known.items()},
        "PATH": os.pathsep.join([str(programs), "/usr/bin", "/bin"]),
    }


@pytest.mark.slow
@pytest.mark.timeout(HAPPENS_WITHIN + 30)
@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page)], ids=lambda page: page.name)
async def test_every_block_runs_as_it_is_pasted(place: Place, page: Path, request: pytest.FixtureRequest) -> None:
    place.discord.world.add_server("Study hall", "general")
    place.slack.world.add_workspace("T1").add_channel("C1", name="study")
    environ = furnish(place)
    if any(SERVER in block for block in blocks(page)):
        environ["SERVER"] = request.getfixturevalue("emptied_server_database").url
    first = "echo '/checkin 1h' > line; " + " ".join(
        [sys.executable, "-m", "tests.verbs.setup.program", place.discord.base, place.slack.api.url]
    )
    script = "\n".join(["set -eux", f"{first} chat --as ada < line; rm line", *map(here, blocks(page))])
    process = await create_subprocess_exec(
        "bash", "-c", script, cwd=place.folder, env=environ, stdin=PIPE, stdout=PIPE, stderr=STDOUT
    )
    async with timeout(HAPPENS_WITHIN):
        output, _ = await process.communicate(b"")
    assert process.returncode == 0, output.decode()[-3000:]
    assert b"Traceback" not in output


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_blocks_of_commands_say_that_they_are(page: Path) -> None:
    language = ""
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.strip().startswith("```"):
            language = "" if language else line.strip("` ") or "none"
        elif language not in ("", "sh"):
            assert not COMMAND.match(line.strip()), line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_puts_a_secret_on_a_command_line(page: Path) -> None:
    for block in blocks(page):
        assert not re.search(r"(TOKEN|SECRET|KEY)=", block), block


@pytest.fixture(scope="module")
def parser() -> argparse.ArgumentParser:
    return make_parser(installed())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_in_a_sentence_exists(page: Path, parser: argparse.ArgumentParser) -> None:
    for words in SPAN.findall(page.read_text(encoding="utf-8")):
        verb: argparse.ArgumentParser = parser
        for word in words.split():
            choices = next((action.choices for action in verb._actions if isinstance(action.choices, dict)), None)
            if word.startswith("--"):
                assert word in verb.format_help(), words
            elif choices and word not in ("matrix", "…", "COMMAND"):
                assert word in choices, words
                verb = choices[word]
            else:
                break
