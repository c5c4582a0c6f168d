"""Documents and code cannot drift apart; no file names a machine or a registry, is too long or uses a retired word."""

import ast
import re
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.chat.command import Reading
from bot.chat.reading.split import split_words
from bot.commands.registry import SPECS
from tests.documents import PAGES, ROOT, render

READING = Reading(date(2026, 1, 7), ("Statistics", "Mathematics"))
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
CODE = [path for room in ("bot", "adapters", "migrations") for path in sorted((ROOT / room).rglob("*.py"))]
RETIRED = (
    "Turn turn_for Books Standing tenure courier owe Owed Owing hasten spare heart pulse aftermath patience Newsroom"
    " Desk Easel Wall Come seeking zoning greeting logging_time"
).split()
"""Names that gave way to the field's own words; each of them said nothing to someone who read it first."""
SNIPPET = re.compile(r"<!-- (\S+) -->\n```\w+\n(.*?)```\n", re.DOTALL)
"""The name of a file, and some of its lines."""

LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_pages_say_of_the_code_is_as_it_is(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == render(page), "python -m tests.documents writes it"


def test_what_the_manual_for_adapters_shows_stands_in_a_package_that_works() -> None:
    snippets = SNIPPET.findall((ROOT / "docs" / "adapters.md").read_text(encoding="utf-8"))
    assert len(snippets) >= 9
    for file, snippet in snippets:
        assert snippet in (ROOT / file).read_text(encoding="utf-8"), file


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


@pytest.fixture(scope="module")
def names() -> dict[str, Path]:
    """All names in the code, and all words in the code spans of documents, in lower case, each with a file of it."""
    places: dict[str, Path] = {}
    for path in CODE:
        places |= dict.fromkeys((path.stem, *_names(ast.parse(path.read_text(encoding="utf-8")))), path)
    for document in DOCUMENTS:
        spans = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", document.read_text(encoding="utf-8"))
        places |= dict.fromkeys(re.findall(r"\w+", " ".join(spans)), document)
    return {name.strip("_").casefold(): path for name, path in places.items()}


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                yield name.rpartition(".")[2]
            case ast.arg(arg=name) | ast.keyword(arg=str(name)):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case _:
                pass


@pytest.mark.parametrize("word", RETIRED)
def test_a_retired_word_is_the_name_of_nothing(word: str, names: dict[str, Path]) -> None:
    place = names.get(word.casefold())
    assert place is None, f"{place} has it"


def test_architecture_is_a_page_to_read_at_once() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) <= 200


def test_no_file_names_a_machine_or_a_registry() -> None:
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    pattern = re.compile(r"(^|[^a-z])/(work|farm|root)/[a-z.]|index-url|find-links|pypi\.org|pythonhosted")
    for name in names:
        path = ROOT / name
        if name == "tests/test_documents.py" or path.suffix in {".png", ".db", ".zip"} or not path.exists():
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
