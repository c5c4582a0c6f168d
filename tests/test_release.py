"""What a release holds, and that it installs by itself: wheel, source, licences, bill of materials."""

import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from collections import Counter
from hashlib import sha256
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
COMMON_NAMES = {"tests", "test", "docs", "examples", "src", "scripts", "tools", "utils"}
FONTS = (".ttf", ".otf", ".ttc", ".woff", ".woff2")
LOCKED = ("requirements.txt", "requirements-postgres.txt")
SMALL_BYTES = 1024
INSTALL_SECONDS = 600


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the wheel and the source archive."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel], [source] = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, source


def test_the_wheel_is_for_every_machine_and_holds_nothing_twice(built: tuple[Path, Path]) -> None:
    wheel, _ = built
    assert wheel.name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        contents = Counter(
            sha256(archive.read(name)).hexdigest() for name in names if archive.getinfo(name).file_size > SMALL_BYTES
        )
        licences = {name.partition("/licenses/")[2] for name in names if "/licenses/" in name}
        about = archive.read(next(name for name in names if name.endswith("/METADATA"))).decode()
    tops = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert tops == {"bot", "adapters", "migrations"}
    assert not any("tests" in Path(name).parts for name in names)
    assert [name for name in names if name.endswith(FONTS)] == []
    assert max(contents.values()) == 1
    assert licences == {"LICENSE", "bot/charts/twemoji.LICENSE"}
    assert "License-Expression: MIT AND CC-BY-4.0" in about


def test_the_newest_entry_of_the_changelog_is_about_this_version_or_what_follows() -> None:
    newest = re.search(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert newest is not None
    released = rf"{re.escape(PROJECT['version'])} \(\d{{4}}-\d\d-\d\d\)"
    assert re.fullmatch(rf"Unreleased|{released}", newest[1])


def test_the_source_builds_the_same_program_and_brings_no_tests(built: tuple[Path, Path], tmp_path: Path) -> None:
    wheel, source = built
    with tarfile.open(source) as archive:
        names = archive.getnames()
        archive.extractall(tmp_path, filter="data")
    assert {Path(name).parts[1] for name in names if len(Path(name).parts) > 1} == {
        *("bot", "adapters", "migrations", "deploy"),
        *("LICENSE", "README.md", "CHANGELOG.md", "PKG-INFO", "config.example.toml", "pyproject.toml"),
        *("requirements.txt", "requirements-postgres.txt", ".gitignore"),
    }
    [folder] = tmp_path.iterdir()
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "again")]
    subprocess.run(build, cwd=folder, check=True, capture_output=True)
    [again] = (tmp_path / "again").glob("*.whl")
    with zipfile.ZipFile(wheel) as one, zipfile.ZipFile(again) as other:
        assert {(info.filename, info.CRC) for info in one.infolist()} == {
            (info.filename, info.CRC) for info in other.infolist()
        }


def test_no_dependency_installs_a_package_of_a_name_that_is_everybodys() -> None:
    needed, queue = set[str](), [Requirement(line) for line in PROJECT["dependencies"]]
    while queue:
        requirement = queue.pop()
        name = canonicalize_name(requirement.name)
        if name in needed or (requirement.marker is not None and not requirement.marker.evaluate({"extra": ""})):
            continue
        needed.add(name)
        tops = {file.parts[0] for file in metadata.files(name) or []}
        assert not tops & COMMON_NAMES, name
        queue += [Requirement(line) for line in metadata.requires(name) or []]
    assert {"discord-py", "slack-bolt", "pillow"} <= needed


@pytest.mark.slow
@pytest.mark.timeout(INSTALL_SECONDS)
def test_it_installs_in_a_clean_environment_without_tools_to_build(built: tuple[Path, Path], tmp_path: Path) -> None:
    """As pipx does it: an environment of its own, with the libraries that its metadata name, as wheels alone."""
    home = tmp_path / "home"
    venv.create(home, with_pip=True)
    binaries = home / ("Scripts" if os.name == "nt" else "bin")
    environ = {name: text for name, text in os.environ.items() if not name.startswith(("TENHOURS_", "PYTHON"))}
    pip = [str(binaries / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    install = [*pip, "--only-binary", ":all:", str(built[0])]
    done = subprocess.run(install, capture_output=True, text=True, env=environ, check=False, timeout=INSTALL_SECONDS)
    if "No matching distribution" in done.stderr or "Connection" in done.stderr:
        pytest.skip("no registry can be reached")
    assert done.returncode == 0, done.stderr
    for words in (["--version"], ["check", "--local"], ["demo"]):
        run = subprocess.run(
            [binaries / "tenhours", *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env=environ,
            cwd=tmp_path,
            check=False,
            timeout=INSTALL_SECONDS,
        )
        assert (run.returncode, run.stderr) == (0, ""), words
    [site] = home.glob("lib/python*/site-packages")
    assert not {path.name for path in site.iterdir()} & COMMON_NAMES
    fonts = Counter(path.name for path in site.rglob("*") if path.suffix in FONTS)
    assert [name for name, times in fonts.items() if times > 1] == []


def test_the_bill_of_materials_names_every_locked_library(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / ".ci" / "sbom", *LOCKED],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    bill = json.loads(done.stdout)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    lines = [line for name in LOCKED for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
    locked = {line.split()[0] for line in lines if "==" in line and not line.startswith(" ")}
    libraries = [component for component in bill["components"] if component["type"] == "library"]
    assert len(libraries) == len(locked)
    assert "psycopg" in {component["name"] for component in libraries}
    assert all(component["purl"].startswith("pkg:pypi/") and component["hashes"] for component in libraries)
    [artwork] = [component for component in bill["components"] if component["type"] == "file"]
    assert artwork["licenses"] == [{"license": {"id": "CC-BY-4.0"}}]
    assert bill["metadata"]["component"]["version"] == PROJECT["version"]
