"""The adapter of another package, installed beside the program: settings, secrets, verbs and a conversation."""

import os
import signal
import subprocess
import sys
from asyncio import create_subprocess_exec
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import EXIT_CONFIG
from tests.packages.homeserver import TOKEN, WITHIN, Homeserver

PACKAGE = Path(__file__).with_name("tenhours-matrix")
PROGRAM = Path(sys.executable).with_name("tenhours")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return an environment in which the package is installed, as pip does it."""
    target = tmp_path_factory.mktemp("installed")
    copy = tmp_path_factory.mktemp("source")
    for file in PACKAGE.rglob("*"):
        if file.suffix in {".py", ".toml"}:
            (copy / file.relative_to(PACKAGE)).parent.mkdir(exist_ok=True)
            (copy / file.relative_to(PACKAGE)).write_bytes(file.read_bytes())
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*install, "--disable-pip-version-check", "--target", target, copy], check=True, timeout=WITHIN)
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("TENHOURS_")}
    paths = [str(target), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**inherited, "PYTHONPATH": os.pathsep.join(paths)}


@pytest.fixture
async def homeserver(tmp_path: Path) -> AsyncIterator[Homeserver]:
    homeserver = Homeserver(tmp_path)
    await homeserver.start()
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    (tmp_path / "config.toml").write_text(
        f'[matrix]\nsocket = "{homeserver.socket}"\ntoken_file = "token"\n[backup]\nfolder = ""\n'
    )
    yield homeserver
    await homeserver.stop()


class Program:
    """The program in a folder of its own."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = environment

    async def __call__(self, *arguments: str, **more: str) -> tuple[int, str, str]:
        """Run it, and return its status, output and errors."""
        process = await create_subprocess_exec(
            PROGRAM, *arguments, cwd=self.folder, env={**self.environment, **more}, stdout=PIPE, stderr=PIPE
        )
        out, errors = await process.communicate()
        assert process.returncode is not None
        return process.returncode, out.decode(), errors.decode()


@pytest.fixture
def tenhours(tmp_path: Path, environment: dict[str, str]) -> Program:
    return Program(tmp_path, environment)


async def test_a_conversation_through_the_program_itself(tenhours: Program, homeserver: Homeserver) -> None:
    program = await create_subprocess_exec(
        PROGRAM, "run", cwd=tenhours.folder, env=tenhours.environment, stdout=PIPE, stderr=PIPE
    )
    await homeserver.until(lambda: homeserver.is_connected)
    await homeserver.say("ada", "/group start name: Study zone: UTC")
    await homeserver.say("ada", "/checkin 2h learned: chain rule")
    assert "2 h" in homeserver.seen_by("ada")[-1].text
    await homeserver.until(lambda: any(message.key.startswith("line/") for message in homeserver.seen_by(None)))
    await homeserver.press("ada", "Undo")
    assert homeserver.edits
    await homeserver.say("ada", "/checkin")
    await homeserver.fill("ada", time="45m")
    assert "45 min" in homeserver.seen_by("ada")[-1].text
    program.send_signal(signal.SIGTERM)
    _, log = await program.communicate()
    assert program.returncode == 0
    assert b"welcome, bearer of [secret]" in log
    assert TOKEN.encode() not in log
    assert not homeserver.broken
    status, export, _ = await tenhours("export", "--as", "matrix:ada")
    assert status == 0
    assert '"name": "Ada"' in export


async def test_check_asks_it(tenhours: Program, homeserver: Homeserver) -> None:
    status, report, _ = await tenhours("check")
    assert status == 0
    assert "platforms           `tenhours run` serves Matrix." in report
    assert "matrix token        is known to the homeserver." in report
    status, report, _ = await tenhours("check", TENHOURS_MATRIX__TOKEN="another")
    assert status == 1
    assert "not one that the homeserver knows" in report
    assert "another" not in report


async def test_its_verb_runs(tenhours: Program) -> None:
    status, topic, _ = await tenhours("matrix", "topic")
    assert status == 0
    assert topic.startswith("/checkin · ")
    assert "installation on Matrix needs: topic" in (await tenhours("--help"))[1]
    assert "print a topic for the room" in (await tenhours("matrix", "--help"))[1]
    assert "'fly' (choose from 'topic')" in (await tenhours("matrix", "fly"))[2]
    assert "Print a topic for the room" in (await tenhours("matrix", "topic", "--help"))[1]


async def test_setup_leads_through_it_with_what_the_package_brings(tenhours: Program, homeserver: Homeserver) -> None:
    (tenhours.folder / "config.toml").write_text(f'[matrix]\nsocket = "{homeserver.socket}"   # local\n')
    answers = tenhours.folder / "answers.toml"
    answers.write_text('[matrix]\ntoken = "password1"\n')
    status, _, errors = await tenhours("setup", "--answers", str(answers))
    assert (status, errors) == (
        EXIT_CONFIG,
        "tenhours: That's a password. The token is on the homeserver's page Bots.\n",
    )
    answers.write_text(f'[matrix]\ntoken = "{TOKEN}"\n')
    status, output, _ = await tenhours("setup", "--answers", str(answers), "--test-in", "study")
    assert status == 0
    assert "The token is known to the homeserver. " not in output
    assert "done  Matrix tokens" not in output
    assert "Then type /group start" in output
    assert "Test from" in homeserver.seen_by(None)[-1].text
    assert TOKEN not in (tenhours.folder / "config.toml").read_text()
    assert (tenhours.folder / "secrets" / "matrix-token").read_text() == f"{TOKEN}\n"


@pytest.mark.parametrize(
    ("variable", "text", "sentence"),
    [
        ("TIMEOUT_SECONDS", "soon", "TENHOURS_MATRIX__TIMEOUT_SECONDS = 'soon': expected a number, got text."),
        (
            "ROOM",
            "#study",
            "There's no setting TENHOURS_MATRIX__ROOM. There are these: socket, token, timeout_seconds.",
        ),
        ("TOKEN_FILE", "nowhere", "TENHOURS_MATRIX__TOKEN_FILE names a file that can't be read: nowhere."),
    ],
)
async def test_a_wrong_setting_is_a_sentence(tenhours: Program, variable: str, text: str, sentence: str) -> None:
    status, _, errors = await tenhours("run", **{f"TENHOURS_MATRIX__{variable}": text})
    assert (status, errors) == (EXIT_CONFIG, f"tenhours: {sentence}\n")


async def test_without_the_package_its_section_is_missed(tenhours: Program, homeserver: Homeserver) -> None:
    tenhours.environment = {**os.environ}
    status, _, errors = await tenhours("run")
    assert status == EXIT_CONFIG
    assert errors == (
        "tenhours: There's no adapter for [matrix]. Installed: console, discord, slack, web. "
        "Install the package that brings it, in the same environment.\n"
    )


async def test_people_are_named_by_it(tenhours: Program) -> None:
    _, text, _ = await tenhours("export", "--help")
    assert "NAME, discord:ID, matrix:ID or slack:TEAM:ID" in " ".join(text.split())
