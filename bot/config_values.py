"""The values of settings as they are written: in a TOML file, in the environment, and in files of their own."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from bot.adapter.plugin import file_keys
from bot.errors import Misconfigured

DEFAULT_FILE = Path("config.toml")
PREFIX = "TENHOURS_"
Values = dict[str, Any]
"""Settings by section and key, as they are written."""

Kinds = Mapping[str, type[Struct]]
"""Types of sections by their names."""


class Problems:
    """Sentences about all settings that are wrong; each setting is called what whoever set it called it."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.sentences: list[str] = []
        self._variables = {address: name for address, name, _ in read_environment(environ)}
        self._files: dict[tuple[str, str], str] = {}

    def add(self, sentence: str) -> None:
        """Add a sentence, once."""
        if sentence not in self.sentences:
            self.sentences.append(sentence)

    def note_file(self, section: str, key: str, place: str) -> None:
        """Remember that a setting stands in the file that is named at this place."""
        self._files[section, key] = place

    def file_place(self, section: str, key: str) -> str:
        """Return the name of the setting that names the file in which this one stands; "" where it is in none."""
        return self._files.get((section, key), "")

    def place(self, section: str, key: str) -> str:
        """Return the name of a setting: its variable where the environment sets it, else `[section] key`."""
        return self._variables.get((section, key)) or f"[{section}] {key}".strip()

    def place_of_section(self, section: str) -> str:
        """Return the name of a section, with the first variable that gives it a value."""
        variable = next((name for (of_section, _), name in self._variables.items() if of_section == section), "")
        return f"[{section}] (from {variable})" if variable else f"[{section}]"


def read_file(file: Path, *, is_required: bool) -> Values:
    """Return the values of a file, none where there is no file. Raises `Misconfigured` for a broken one."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if is_required:
            raise Misconfigured(f"There's no configuration file {file}.") from None
        return {}
    except OSError as error:
        raise Misconfigured(f"The configuration file {file} can't be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured(f"The configuration file {file} isn't valid TOML: {error}.") from error


def override(values: Values, environ: Mapping[str, str], kinds: Kinds) -> None:
    """Put what the environment says in the place of what the file says, a secret in whichever way it is given."""
    texts: dict[str, dict[str, str]] = {}
    for (section, key), _, text in read_environment(environ):
        texts.setdefault(section, {})[key] = text
    for section, overrides in texts.items():
        table = values.setdefault(section, {})
        if not isinstance(table, dict):
            continue
        kind = kinds.get(section)
        for key in file_keys(kind) if kind is not None else ():
            if key in overrides or f"{key}_file" in overrides:
                table.pop(key, None)
                table.pop(f"{key}_file", None)
        table.update(overrides)


def read_environment(environ: Mapping[str, str]) -> Iterator[tuple[tuple[str, str], str, str]]:
    """Yield section and key, the variable's name and its text, of every variable that is a setting."""
    for name, text in environ.items():
        if name.startswith(PREFIX) and "__" in name:
            section, _, key = name.removeprefix(PREFIX).lower().partition("__")
            yield (section, key), name, text


def read_files_of_values(values: Values, kinds: Kinds, problems: Problems) -> None:
    """Put the settings that stand in files of their own in their places."""
    for name, kind in kinds.items():
        table = values.get(name)
        if not isinstance(table, dict):
            continue
        for key in sorted(file_keys(kind)):
            path, place = table.pop(f"{key}_file", ""), problems.place(name, f"{key}_file")
            if path and table.get(key):
                problems.add(f"{problems.place(name, key)} is set twice, also as {place}: set only one of them.")
            elif path:
                table.pop(key, None)
                text = _read_secret(path, place, problems)
                if text is not None:
                    table[key] = text
                    problems.note_file(name, key, place)


def _read_secret(path: object, place: str, problems: Problems) -> str | None:
    try:
        return Path(str(path)).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError, ValueError):
        problems.add(f"{place} names a file that can't be read: {path}.")
        return None
