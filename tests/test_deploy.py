"""What is shipped for servers: container file, compose files, systemd units, and the wheel that they install."""

import asyncio
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import AsyncIterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiohttp import web

from adapters.web.settings import WebSettings, check_settings
from bot import config
from bot.location import ServerDatabase

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNITS = (DEPLOY / "tenhours.service", DEPLOY / "tenhours@.service")
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
    lists = []
    for run in installs:
        is_ours = "--no-index" in run and "--no-deps" in run
        assert is_ours is ("PIP_REQUIRE_HASHES=0" in run)
        if not is_ours:
            for name in re.findall(r"--requirement (\S+)", run):
                locked = next(path for path in (ROOT / name, DEPLOY / name) if path.exists())
                assert len(pins(locked)) <= locked.read_text(encoding="utf-8").count("--hash=sha256:")
                lists.append(name)
    assert lists == ["requirements.txt", "requirements-postgres.txt", "requirements-build.txt"]


def test_what_builds_the_wheel_is_locked_as_it_is_for_tests() -> None:
    built_by, tested_by = pins(DEPLOY / "requirements-build.txt"), pins(ROOT / "requirements-dev.txt")
    assert "hatchling" in built_by
    assert {name: version for name, version in built_by.items() if name in tested_by}.items() <= tested_by.items()


def test_the_driver_is_locked_as_it_is_for_tests_and_as_the_extra_has_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["dependency-groups"]["postgres"] == project["project"]["optional-dependencies"]["postgres"]
    driver, all_others = pins(ROOT / "requirements-postgres.txt"), pins(ROOT / "requirements.txt")
    assert {"psycopg", "psycopg-binary"} <= driver.keys()
    assert driver.items() <= {**pins(ROOT / "requirements-dev.txt"), "tzdata": all_others["tzdata"]}.items()
    assert {name: version for name, version in driver.items() if name in all_others}.items() <= all_others.items()


def pins(locked: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", locked.read_text(encoding="utf-8"), re.MULTILINE))


def test_no_library_brings_a_package_of_a_name_that_is_everybodys() -> None:
    locked = {**pins(ROOT / "requirements.txt"), **pins(ROOT / "requirements-postgres.txt")}
    assert [name for name in locked if brings_a_stray(name)] == []


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


Service = dict[str, Any]
COMPOSE_FILES = ("compose.yaml", "compose.postgres.yaml")


def compose(name: str) -> dict[str, Any]:
    whole: dict[str, Any] = yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))
    return whole


def services(name: str) -> list[tuple[str, Service]]:
    return list(compose(name)["services"].items())


def bot_of(name: str) -> Service:
    """Return the service that runs the program."""
    [bot] = [service for _, service in services(name) if "build" in service]
    return bot


def seconds(text: str) -> int:
    return int(text[:-1]) * {"s": 1, "m": 60}[text[-1]]


@pytest.mark.parametrize("name", COMPOSE_FILES)
def test_a_compose_file_runs_the_image_and_is_strict(name: str) -> None:
    bot = bot_of(name)
    assert (DEPLOY / bot["build"]["context"] / bot["build"]["dockerfile"]).exists()
    assert bot["read_only"] is True
    assert bot["mem_limit"] == "512m"
    assert seconds(bot["stop_grace_period"]) > 10
    for service_name, service in services(name):
        assert service["restart"] == "unless-stopped", service_name
        assert service["cap_drop"] == ["ALL"], service_name
        assert service["security_opt"] == ["no-new-privileges:true"], service_name
        assert service["logging"]["options"]["max-size"], service_name


@pytest.mark.parametrize("name", COMPOSE_FILES)
def test_every_secret_of_a_compose_file_is_a_file_that_only_its_service_sees(name: str) -> None:
    whole = compose(name)
    assert set(whole["secrets"]) == {secret for _, service in services(name) for secret in service.get("secrets", [])}
    for secret, told in whole["secrets"].items():
        assert told == {"file": f"./secrets/{secret}"}
    for service_name, service in services(name):
        files = {key: value for key, value in service.get("environment", {}).items() if key.endswith("_FILE")}
        assert sorted(files.values()) == sorted(f"/run/secrets/{secret}" for secret in service.get("secrets", []))
        others = {key for key in service.get("environment", {}) if re.search("TOKEN|PASSWORD|SECRET", key)} - set(files)
        assert not others, service_name


@pytest.mark.parametrize("name", COMPOSE_FILES)
def test_a_compose_file_sets_what_the_program_takes(stages: list[Stage], name: str, tmp_path: Path) -> None:
    """What the image and the compose file set together is taken by the program, with secrets in their files."""
    (tmp_path / "discord_token").write_text("a.b.c\n")
    (tmp_path / "database_url").write_text("postgresql://tenhours:hunter2@database/tenhours\n")
    told = {**environment(stages[-1]), **bot_of(name)["environment"]}
    settings = config.load(None, {key: value.replace("/run/secrets", str(tmp_path)) for key, value in told.items()})
    assert settings.adapters() == ["discord"]
    is_on_server = isinstance(settings.database.location, ServerDatabase)
    assert is_on_server is ("postgres" in name)
    assert settings.asking_adapters() == (["web"] if is_on_server else [])
    for platform in settings.asking_adapters():
        check_settings(settings.section(platform, WebSettings))


@pytest.mark.parametrize("name", COMPOSE_FILES)
def test_volumes_and_networks_of_a_compose_file_are_its_own(name: str) -> None:
    whole = compose(name)
    mounts = [mount for _, service in services(name) for mount in service.get("volumes", [])]
    assert {mount.partition(":")[0] for mount in mounts if not mount.startswith(".")} == set(whole["volumes"])
    assert all((DEPLOY / mount.partition(":")[0]).exists() for mount in mounts if mount.startswith("."))
    for _, service in services(name):
        assert service.get("networks", []) == list(whole.get("networks", {}))


def test_the_compose_file_with_a_server_has_two_bots_and_a_proxy_for_their_pages() -> None:
    whole = compose("compose.postgres.yaml")
    database, bot, proxy = (whole["services"][name] for name in ("database", "bot", "proxy"))
    assert bot["deploy"]["replicas"] == 2
    assert bot["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert bot["volumes"] == ["copies:/data"]
    assert database["volumes"] == ["database:/var/lib/postgresql/data"]
    assert "ports" not in database
    assert "ports" not in bot
    for service in (database, proxy):
        assert service["healthcheck"]["test"][0] == "CMD"
    settings = bot["environment"]
    port = settings["TENHOURS_WEB__LISTEN"].rpartition(":")[2]
    assert proxy["environment"] == {"PAGES": f"bot:{port}"}
    host = settings["TENHOURS_WEB__PUBLIC_URL"].removeprefix("https://")
    assert (DEPLOY / "pages.Caddyfile").read_text(encoding="utf-8").startswith(f"{host} {{")
    [network] = whole["networks"].values()
    assert network["ipam"]["config"] == [{"subnet": settings["TENHOURS_WEB__TRUST_PROXY"]}]


def test_the_image_can_dump_what_the_server_of_the_compose_file_holds(stages: list[Stage]) -> None:
    assert any("postgresql-client" in run for run in of(stages[-1], "RUN"))
    assert re.fullmatch(r"postgres:\d+", compose("compose.postgres.yaml")["services"]["database"]["image"])


@pytest.mark.skipif(shutil.which("install") is None or os.geteuid() != 0, reason="gives files to other users")
def test_the_secrets_of_the_docs_are_those_of_the_compose_file(stages: list[Stage], tmp_path: Path) -> None:
    """The lines for secrets are run as they stand, with a token on standard input."""
    page = (ROOT / "docs" / "container.md").read_text(encoding="utf-8").partition("## On PostgreSQL")[2]
    [script] = [text for text in re.findall(r"```sh\n(.*?)```", page, re.DOTALL) if "database_url" in text]
    (tmp_path / "deploy").mkdir()
    run = subprocess.run(
        ["sh", "-eu", "-c", script], cwd=tmp_path, input="a.b.c\n", text=True, capture_output=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
    folder = tmp_path / "deploy" / "secrets"
    whole = compose("compose.postgres.yaml")
    assert {path.name for path in folder.iterdir()} == set(whole["secrets"])
    owner = int(of(stages[-1], "USER")[0].partition(":")[0])
    for name in bot_of("compose.postgres.yaml")["secrets"]:
        assert (folder / name).stat().st_uid == owner
    assert all(path.stat().st_mode & 0o777 == 0o400 for path in folder.iterdir())
    password = (folder / "database_password").read_text()
    assert ServerDatabase((folder / "database_url").read_text()).password == password
    assert len(password) == 48
    server = whole["services"]["database"]["environment"]
    wanted = f"postgresql://{server['POSTGRES_USER']}:{password}@database/{server['POSTGRES_DB']}"
    assert (folder / "database_url").read_text() == wanted


@pytest.mark.parametrize("page", ["operators.md", "pages.md"])
def test_settings_of_the_docs_are_taken_as_they_stand(page: str, tmp_path: Path) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    examples = [block for block in re.findall(r"```toml\n(.*?)```", text, re.DOTALL) if re.match(r"\[\w+\]\n", block)]
    for example in examples:
        (tmp_path / "config.toml").write_text(example)
        settings = config.load(tmp_path / "config.toml", {})
        if "web" in settings.asking_adapters():
            check_settings(settings.section("web", WebSettings))
    assert examples


def unit(file: Path) -> dict[str, list[str]]:
    settings: dict[str, list[str]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        name, is_setting, value = line.partition("=")
        if is_setting and not line.startswith("#"):
            settings.setdefault(name, []).append(value)
    return settings


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_a_unit_watches_limits_starts_and_hands_over_secrets(file: Path) -> None:
    settings = unit(file)
    assert settings["Type"] == ["notify"]
    assert settings["WatchdogSec"] == ["3min"]
    assert {"StartLimitIntervalSec", "StartLimitBurst", "Restart", "RestartSec"} <= set(settings)
    assert settings["ProtectSystem"] == ["strict"]
    assert settings["MemoryDenyWriteExecute"] == ["yes"]
    assert "169.254.169.254" in settings["IPAddressDeny"][0].split()
    credentials = {value.partition(":")[0] for value in settings["LoadCredential"]}
    handed = [value for value in settings["Environment"] if "_FILE=" in value]
    assert {value.rpartition("/")[2] for value in handed} == credentials
    assert all("=%d/" in value for value in handed)


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_a_unit_sets_what_the_program_takes(file: Path, tmp_path: Path) -> None:
    (tmp_path / "discord-token").write_text("a.b.c")
    (tmp_path / "database-url").write_text("postgresql://tenhours@/tenhours")
    told = dict(value.replace("%d", str(tmp_path)).split("=", 1) for value in unit(file)["Environment"])
    settings = config.load(None, told)
    assert settings.adapters() == ["discord"]
    assert isinstance(settings.database.location, ServerDatabase) is ("@" in file.name)


def test_the_template_differs_from_the_unit_only_in_what_several_processes_need() -> None:
    one, several = (unit(file) for file in UNITS)
    differing = {name for name in one | several if one.get(name) != several.get(name)}
    assert differing == {"Description", "After", "EnvironmentFile", "Environment", "LoadCredential"}
    assert several["EnvironmentFile"] == ["-/etc/tenhours/%i.env"]
    assert "%i" in several["Description"][0]


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_systemd_takes_a_unit_and_finds_it_well_shut(file: Path, tmp_path: Path) -> None:
    assert ANALYZE is not None
    there = tmp_path / file.name.replace("@", "@1")
    text = file.read_text(encoding="utf-8")
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
