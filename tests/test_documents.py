"""Documents and code cannot drift apart; no file names a machine or a registry, or is too long."""

import ast
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from bot.chat.command import Reading
from bot.chat.parse import split_words
from bot.commands.registry import SPECS
from tests.documents import PAGES, ROOT, render

READING = Reading(date(2026, 1, 7), ("Statistics", "Mathematics"))
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_pages_say_of_the_code_is_as_it_is(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == render(page), "python -m tests.documents writes it"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_within_the_documents_leads_somewhere(document: Path) -> None:
    for target in LINK.findall(document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


@pytest.mark.parametrize("example", [example for spec in SPECS.values() for example in spec.examples])
def test_every_example_of_a_command_is_read(example: str) -> None:
    words = example.removeprefix("/")
    spec = next(spec for spec in sorted(SPECS.values(), key=lambda s: -len(s.name)) if words.startswith(spec.name))
    raw = split_words(spec, words.removeprefix(spec.name).strip(), READING)
    for name, text in raw.items():
        option = spec.option(name)
        assert option is not None
        option.read(text, READING)


def test_architecture_is_a_page_to_read_at_once() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) < 200


def test_no_file_names_a_machine_or_a_registry() -> None:
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    pattern = re.compile(r"(^|[^a-z])/(work|farm|root)/[a-z.]|index-url|find-links|pypi\.org|pythonhosted")
    for name in names:
        path = ROOT / name
        if name == "tests/test_documents.py" or path.suffix in {".png", ".db"} or not path.exists():
            continue
        assert not pattern.search(path.read_text(encoding="utf-8", errors="replace")), name


@pytest.mark.parametrize("room", ["bot", "adapters", "migrations"])
def test_files_and_functions_are_short_enough_to_read_at_once(room: str) -> None:
    for path in (ROOT / room).rglob("*.py"):
        if path.parent.name == "versions":
            continue  # what a migration creates stands in one place, and is never changed
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 400, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                assert node.end_lineno - node.lineno < 50, (path, node.name)
