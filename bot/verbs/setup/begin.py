"""The beginning of `tenhours setup`: who speaks, and which answers were brought along."""

import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.adapter.plugin import file_keys
from bot.clock import SystemClock
from bot.config import CORE_SECTIONS, Plugins
from bot.config_values import PREFIX
from bot.errors import Misconfigured
from bot.verbs.setup.conversation import Address, Conversation, Script, Terminal
from bot.verbs.setup.installation import Installation
from bot.verbs.setup.run import Setup, SetupOptions

STANDARD_INPUT = "-"
FILE_ENDING = "_file"


async def begin(
    file: Path | None, environ: Mapping[str, str], plugins: Plugins, given: Path | None, options: SetupOptions
) -> int:
    """Set up what `options` name, with the answers of the file `given` where there is one. Return the status.

    Raises `Misconfigured` where settings or answers are wrong.
    """
    answers = {**options.answers, **(_read_answers(given, plugins) if given is not None else {})}
    is_person = not answers and sys.stdin.isatty() and sys.stdout.isatty()
    talk: Conversation = Terminal() if is_person else Script(answers)
    wait = options.wait_seconds if is_person or options.wait_seconds is not None else 0.0
    chosen = SetupOptions(options.what, answers, options.test_in, wait)
    taken = {f"{PREFIX}{section}__{key}".upper() for section, key in options.answers}
    taken |= {f"{name}{FILE_ENDING}".upper() for name in taken}
    rest = {name: text for name, text in environ.items() if name not in taken}
    installation = Installation(file, rest, plugins)
    return await Setup(installation, talk, chosen, SystemClock()).run()


def answers_of_environment(environ: Mapping[str, str], plugins: Plugins) -> dict[Address, str]:
    """Return what the environment sets, to be saved. Raises `Misconfigured` for a file that cannot be read."""
    values: dict[str, dict[str, str]] = {}
    for name, text in environ.items():
        if name.startswith(PREFIX) and "__" in name:
            section, _, key = name.removeprefix(PREFIX).lower().partition("__")
            values.setdefault(section, {})[key] = text
    return _flat(values, plugins)


def _read_answers(file: Path, plugins: Plugins) -> dict[Address, str]:
    """Return the answers of a file in the shape of config.toml; `-` is standard input."""
    try:
        text = sys.stdin.read() if str(file) == STANDARD_INPUT else file.read_text(encoding="utf-8")
        return _flat(tomllib.loads(text), plugins)
    except OSError as error:
        raise Misconfigured(f"The answers {file} can't be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured(f"The answers {file} aren't valid TOML: {error}.") from error


def _flat(values: Mapping[str, Any], plugins: Plugins) -> dict[Address, str]:
    answers: dict[Address, str] = {}
    for section, table in values.items():
        if not isinstance(table, dict):
            raise Misconfigured(f"[{section}] isn't a section: answers have the shape of config.toml.")
        in_files = _keys_in_files(section, plugins)
        for key, value in table.items():
            plain = key.removesuffix(FILE_ENDING)
            if plain != key and plain in in_files:
                answers[section, plain] = _read_secret(section, key, str(value))
            else:
                answers[section, key] = str(value)
    return answers


def _keys_in_files(section: str, plugins: Plugins) -> frozenset[str]:
    if section in CORE_SECTIONS:
        return file_keys(CORE_SECTIONS[section])
    return file_keys(plugins[section].settings) if section in plugins else frozenset()


def _read_secret(section: str, key: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"[{section}] {key} names a file that can't be read: {path}.") from error
