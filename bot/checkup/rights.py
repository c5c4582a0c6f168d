"""File rights: others on the machine should read neither secrets nor what members have written."""

import os
import stat
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.adapter.installed import installed
from bot.adapter.plugin import secret_keys
from bot.checkup.line import Line, warning, well
from bot.config import DEFAULT_FILE, PREFIX, Settings
from bot.upkeep import copies

SUBJECT = "file rights"


def look(file: Path | None, environ: Mapping[str, str], settings: Settings | None) -> list[Line]:
    """Return a line for each file of secrets or the database that everybody can read; one line where all is well."""
    if os.name != "posix":
        return [
            well(
                SUBJECT,
                "can't be checked here; make sure that only you can read config.toml and the database",
            )
        ]
    files = [*_secret_files(file or DEFAULT_FILE, environ), *(_database_files(settings) if settings else [])]
    open_to_all = [
        warning(SUBJECT, f"{path} {what} and everyone on this machine can read it", f"type: chmod o-rwx {path}")
        for path, what in files
        if _is_open(path)
    ]
    return open_to_all or [well(SUBJECT, "other users can't read the secrets or the database")]


def _secret_files(file: Path, environ: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    tables = list(_platform_tables(file))
    if any(table.get(key) for table, keys in tables for key in keys):
        yield file, "holds secrets"
    for table, keys in tables:
        for key in sorted(keys):
            if table.get(f"{key}_file"):
                yield Path(str(table[f"{key}_file"])), "holds a secret"
    for name, text in environ.items():
        if name.startswith(PREFIX) and name.endswith("_FILE") and text:
            yield Path(text), "holds a secret"


def _platform_tables(file: Path) -> Iterator[tuple[dict[str, Any], frozenset[str]]]:
    """Yield each platform's section of the file as it is written, and the keys of its secrets."""
    try:
        sections = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    for name, plugin in installed().items():
        table = sections.get(name)
        if isinstance(table, dict):
            yield table, secret_keys(plugin.settings)


def _database_files(settings: Settings) -> Iterator[tuple[Path, str]]:
    location, folder = settings.database.location, settings.backup_folder
    if not isinstance(location, Path):
        return
    yield location, "is the database"
    if folder is not None:
        for _, copy in copies.all_of(folder, location)[-1:]:
            yield copy, "is a copy of the database"


def _is_open(path: Path) -> bool:
    """Return True if the file, and every folder on the way to it, lets others in."""
    try:
        if not path.stat().st_mode & stat.S_IROTH:
            return False
        return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.absolute().parents)
    except OSError:
        return False
