"""What is shipped for servers: container file, compose file, systemd unit, and the wheel that they install."""

import asyncio
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections.abc import AsyncIterator
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from aiohttp import web

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "tenhours.service"
PROGRAM = Path(sys.executable).with_name("tenhours")
ANALYZE = shutil.which("systemd-analyze")
INSTRUCTIONS = {
    *("FROM", "ENV", "WORKDIR", "RUN", "COPY", "USER", "VOLUME", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT", "CMD"),
}

DRAW = """
import asyncio, sys
from bot.chat.chart import BoardBars, BoardRow
from bot.charts.picture import picture
row = BoardRow(rank=1, name="田中 🦊", minutes=600, goal=600)
sys.stdout.buffer.write(asyncio.run(picture(BoardBars("This week", "together", (row,)))))
"""

Stage = list[tuple[str, str]]


@pytest.fixture(scope="module")
def stages() -> list[Stage]:
    """Instructions and what follows them, stage by stage."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    stages: list[Stage] = []
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        if not line.strip():
            continue
        instruction, _, rest = line.strip().partition(" ")
        if instruction == "FROM":
            stages.append([])
        stages[-1].append((instruction, " ".join(rest.split())))
    return stages


def of(stage: Stage, instruction: str) -> list[str]:
    return [rest for name, rest in stage if name == instruction]


def environment(stage: Stage) -> dict[str, str]:
    return dict(word.split("=", 1) for rest in of(stage, "ENV") for word in shlex.split(rest))


def test_the_container_file_knows_its_words(stages: list[Stage]) -> None:
    assert {name for stage in stages for name, _ in stage} <= INSTRUCTIONS
    assert len(stages) == 2


def test_the_base_is_named_by_its_digest(stages: list[Stage]) -> None:
    bases = {of(stage, "FROM")[0].split(" AS ")[0] for stage in stages}
    assert len(bases) == 1
    assert re.fullmatch(r"python:3\.\d+-slim@sha256:[0-9a-f]{64}", bases.pop())


def test_the_container_is_built_of_wheels_whose_hashes_are_known(stages: list[Stage]) -> None:
    told = environment(stages[0])
    assert told["PIP_REQUIRE_HASHES"] == "1"
    assert told["PIP_ONLY_BINARY"] == ":all:"
    installs = [run for run in of(stages[0], "RUN") if "pip install" in run]
    assert len(installs) == 3
    for run in installs:
        is_ours = "--no-index" in run and "--no-deps" in run
        assert is_ours is ("PIP_REQUIRE_HASHES=0" in run)
        if not is_ours:
            name = run.split("--requirement ")[1]
            locked = next(path for path in (ROOT / name, DEPLOY / name) if path.exists())
            assert len(pins(locked)) <= locked.read_text(encoding="utf-8").count("--hash=sha256:")


def test_what_builds_the_wheel_is_locked_as_it_is_for_tests() -> None:
    built_by, tested_by = pins(DEPLOY / "requirements-build.txt"), pins(ROOT / "requirements-dev.txt")
    assert "hatchling" in built_by
    assert {name: version for name, version in built_by.items() if name in tested_by}.items() <= tested_by.items()


def pins(locked: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", locked.read_text(encoding="utf-8"), re.MULTILINE))


def test_no_library_brings_a_package_of_a_name_that_is_everybodys() -> None:
    assert [name for name in pins(ROOT / "requirements.txt") if brings_a_stray(name)] == []


def brings_a_stray(name: str) -> bool:
    """Return True for a distribution that installs a package of a name that is everybody's."""
    try:
        files = metadata.files(name) or []
    except metadata.PackageNotFoundError:  # for another system
        return False
    return any(file.parts[0] in ("tests", "test", "docs", "examples") for file in files)


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel of Linux")
@pytest.mark.parametrize("what", ["draws", "serves"])
def test_the_program_needs_no_memory_that_is_written_and_executed(tmp_path: Path, what: str) -> None:
    deny = "import ctypes; assert ctypes.CDLL(None).prctl(65, 1, 0, 0, 0) == 0\n"
    if subprocess.run([sys.executable, "-c", deny], capture_output=True, check=False).returncode:
        pytest.skip("this kernel cannot deny it")
    serve = "import sys; sys.argv = ['tenhours', 'demo']\nfrom bot.cli import main\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", deny + (DRAW if what == "draws" else serve)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_all_that_is_copied_into_the_container_exists(stages: list[Stage]) -> None:
    names = {of(stage, "FROM")[0].split(" AS ")[-1] for stage in stages}
    copied = [shlex.split(rest) for stage in stages for rest in of(stage, "COPY")]
    assert copied
    for source, *others in copied:
        if source.startswith("--from="):
            assert source.removeprefix("--from=") in names
            continue
        for path in [source, *others[:-1]]:
            assert (ROOT / path).exists(), path


def test_the_container_brings_what_the_wheel_is_made_of(stages: list[Stage]) -> None:
    import tomllib  # noqa: PLC0415

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        "pyproject.toml",
        project["project"]["readme"],
        *project["project"]["license-files"],
        *project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"],
    }
    copied = {path for rest in of(stages[0], "COPY") for path in shlex.split(rest)[:-1]}
    assert {path for path in wanted if not any(Path(path).is_relative_to(other) for other in copied)} == set()


def test_the_container_runs_as_nobody_and_writes_to_one_volume(stages: list[Stage]) -> None:
    last = stages[-1]
    [user] = of(last, "USER")
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)
    assert json.loads(of(last, "VOLUME")[0]) == ["/data"]
    assert environment(last)["TENHOURS_DATABASE__URL"] == "sqlite:////data/tenhours.db"
    order = [name for name, _ in last]
    assert order.index("RUN") < order.index("USER")


def test_nothing_in_the_container_needs_a_shell(stages: list[Stage]) -> None:
    last = stages[-1]
    for command in (of(last, "ENTRYPOINT")[0], of(last, "CMD")[0], of(last, "HEALTHCHECK")[0].partition(" CMD ")[2]):
        assert all(isinstance(word, str) for word in json.loads(command))
    assert of(last, "STOPSIGNAL") == ["SIGTERM"]


@pytest.fixture
async def answering() -> AsyncIterator[tuple[int, list[int]]]:
    """Yield a port on which `/healthz` answers with the status that the list holds."""
    status = [200]

    async def healthz(_request: web.Request) -> web.Response:
        return web.Response(status=status[0])

    server = web.Application()
    server.router.add_get("/healthz", healthz)
    runner = web.AppRunner(server)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield runner.addresses[0][1], status
    await runner.cleanup()


async def test_the_containers_health_check_tells_health(stages: list[Stage], answering: tuple[int, list[int]]) -> None:
    port, status = answering
    told = environment(stages[-1])["TENHOURS_HEALTH__LISTEN"]
    command = json.loads(of(stages[-1], "HEALTHCHECK")[0].partition(" CMD ")[2])
    assert told in command[-1]
    words = [sys.executable, *command[1:-1], command[-1].replace(told, f"127.0.0.1:{port}")]
    for answer, is_well in ((200, True), (503, False)):
        status[0] = answer
        process = await asyncio.create_subprocess_exec(*words, stderr=subprocess.DEVNULL)
        assert (await process.wait() == 0) is is_well


def test_the_compose_file_is_strict() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    [service] = compose["services"].values()
    assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).exists()
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["volumes"] == ["data:/data"]
    assert int(service["stop_grace_period"].removesuffix("s")) > 10
    assert set(service["secrets"]) == set(compose["secrets"])
    for name, value in service["environment"].items():
        assert name.endswith("_FILE")
        assert Path(value).name in compose["secrets"]
    assert set(compose["volumes"]) == {"data"}


def unit() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in UNIT.read_text(encoding="utf-8").splitlines():
        name, is_setting, value = line.partition("=")
        if is_setting and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


def test_the_unit_watches_limits_starts_and_hands_over_secrets() -> None:
    found = unit()
    assert found["Type"] == ["notify"]
    assert found["WatchdogSec"] == ["3min"]
    assert {"StartLimitIntervalSec", "StartLimitBurst", "Restart", "RestartSec"} <= set(found)
    assert found["ProtectSystem"] == ["strict"]
    assert found["MemoryDenyWriteExecute"] == ["yes"]
    assert "169.254.169.254" in found["IPAddressDeny"][0].split()
    credentials = {value.partition(":")[0] for value in found["LoadCredential"]}
    handed = [value for value in found["Environment"] if "_FILE=" in value]
    assert {value.rpartition("/")[2] for value in handed} == credentials
    assert all("=%d/" in value for value in handed)


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed")
def test_systemd_takes_the_unit_and_finds_it_well_shut(tmp_path: Path) -> None:
    assert ANALYZE is not None
    there = tmp_path / UNIT.name
    text = UNIT.read_text(encoding="utf-8")
    assert "/opt/tenhours/bin/tenhours" in text
    there.write_text(text.replace("/opt/tenhours/bin/tenhours", str(PROGRAM)), encoding="utf-8")
    verified = subprocess.run([ANALYZE, "verify", there], capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stderr) == (0, "")
    judged = subprocess.run(
        [ANALYZE, "security", "--offline=true", "--threshold=20", "--no-pager", there],
        capture_output=True,
        text=True,
        check=False,
    )
    assert judged.returncode == 0, judged.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    [found] = folder.glob("*.whl")
    return found


def test_the_wheel_holds_every_file_of_the_program_and_nothing_else(wheel: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "bot", "adapters", "migrations"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    wanted = {name for name in listed if (ROOT / name).exists()}
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held == wanted
    assert {"migrations/schema.sql", "adapters/web/static/style.css"} <= held


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel alone in an environment of its own, which borrows the libraries of this one."""
    home = tmp_path_factory.mktemp("home") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    python = home / "bin" / "python"
    borrowed = next(path for path in sys.path if path.endswith("site-packages"))
    [site] = home.glob("lib/python*/site-packages")
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index", wheel],
        check=True,
        capture_output=True,
    )
    (site / "borrowed.pth").write_text(borrowed)
    return home / "bin" / "tenhours"


@pytest.mark.slow
def test_the_installed_wheel_works_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("TENHOURS_", "PYTHON"))}

    def run(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [installed, *words],
            input=typed,
            capture_output=True,
            text=True,
            env=environ,
            cwd=tmp_path,
            check=False,
            timeout=300,
        )
        assert (done.returncode, done.stderr) == (0, ""), words
        return done

    where = "import bot, adapters, migrations; print(bot.__file__, adapters.__file__, migrations.__file__)"
    python = installed.with_name("python")
    found = subprocess.run([python, "-c", where], capture_output=True, text=True, check=True, cwd=tmp_path, env=environ)
    assert all(path.startswith(str(installed.parents[1])) for path in found.stdout.split())
    assert run("--version").stdout.startswith("tenhours ")
    assert run("check").stdout.endswith("worth a look.\n")
    assert "Your first check-in" in run("chat", "--as", "ada", typed="/checkin 2h\n/progress\n").stdout
    assert "is intact" in run("check", "--full").stdout
    run("backup", "copy.db")
    run("restore", "copy.db")
    assert "already" in run("migrate").stdout
    assert "results" in run("demo").stdout.lower()
    drawn = subprocess.run([python, "-c", DRAW], capture_output=True, check=True, cwd=tmp_path, env=environ).stdout
    assert drawn.startswith(b"\x89PNG")
